/** An answer with a column of names and one of numbers, as bars, or as a line where the names follow one another. */

import { useMemo, useRef, useState } from "preact/hooks";
import { useWidth } from "../measure";
import { type Bar, bars, columns, ordered, ticks } from "./chartable";
import { type Table, written } from "./results";

const ROWS = 60;
const ROW = 24;

export function Chart({ table, prefixes }: { table: Table; prefixes: Record<string, string> }) {
  const { labels, numbers } = useMemo(() => columns(table), [table]);
  const [number, setNumber] = useState(numbers[0] ?? "");
  const [label, setLabel] = useState(labels.find((name) => !numbers.includes(name)) ?? labels[0] ?? "");
  const [line, setLine] = useState<boolean | null>(null);
  const all = useMemo(
    () => bars(table.rows, label, number, (row, name) => (row[name] ? written(row[name], prefixes) : "")),
    [table, label, number],
  );
  const asLine = line ?? ordered(all.map((bar) => bar.label));
  const shown = asLine ? sortedByLabel(all) : all.slice(0, ROWS);
  const root = useRef<HTMLDivElement>(null);
  const width = Math.min(useWidth(root), WIDEST);
  const title = `${number} by ${label}`;
  return (
    <div ref={root} class="kg-chart">
      <div class="kg-toolbar">
        <Choice name="Names" options={labels} value={label} change={setLabel} />
        <Choice name="Numbers" options={numbers} value={number} change={setNumber} />
        <label class="kg-check">
          <input type="checkbox" checked={asLine} onChange={() => setLine(!asLine)} /> as a line
        </label>
      </div>
      {width > 0 && asLine && <Line points={shown} title={title} width={width} />}
      {width > 0 && !asLine && <Bars bars={shown} title={title} width={width} />}
      {!asLine && all.length > ROWS && (
        <p class="kg-muted">The first {ROWS} of {all.length} rows; order and limit them in the query.</p>
      )}
    </div>
  );
}

type ChoiceProps = { name: string; options: string[]; value: string; change(value: string): void };

function Choice({ name, options, value, change }: ChoiceProps) {
  return (
    <label class="kg-field">
      <span>{name}</span>
      <select value={value} onChange={(event) => change(event.currentTarget.value)}>
        {options.map((option) => <option key={option}>{option}</option>)}
      </select>
    </label>
  );
}

const WIDEST = 860;

function Bars({ bars, title, width }: { bars: Bar[]; title: string; width: number }) {
  const left = Math.min(200, width * 0.4);
  const marks = ticks(Math.min(...bars.map((bar) => bar.value)), Math.max(...bars.map((bar) => bar.value)));
  const x = between(marks, left, width - 48);
  const high = bars.length * ROW + 30;
  return (
    <svg width={width} height={high} role="img" aria-label={`${title}: ${told(bars)}`}>
      {marks.filter((_, place) => width > 500 || place % 2 === 0).map((mark) => (
        <g key={mark}>
          <line class="kg-chart-grid" x1={x(mark)} x2={x(mark)} y1={0} y2={high - 22} />
          <text class="kg-chart-text" x={x(mark)} y={high - 6} text-anchor="middle">{mark.toLocaleString("en")}</text>
        </g>
      ))}
      {bars.map(({ label, value }, index) => (
        <g key={index}>
          <title>{label}: {value}</title>
          <text class="kg-chart-text" x={left - 8} y={index * ROW + 16} text-anchor="end">{short(label, Math.floor(left / 7.2))}</text>
          <rect
            class="kg-bar-asserted" x={Math.min(x(0), x(value))} y={index * ROW + 4} height={ROW - 8}
            width={Math.max(1, Math.abs(x(value) - x(0)))}
          />
          <text class="kg-chart-text" x={Math.max(x(0), x(value)) + 6} y={index * ROW + 16}>
            {value.toLocaleString("en")}
          </text>
        </g>
      ))}
    </svg>
  );
}

const HEIGHT = 320;

function Line({ points, title, width }: { points: Bar[]; title: string; width: number }) {
  const marks = ticks(Math.min(...points.map((point) => point.value)), Math.max(...points.map((point) => point.value)));
  const y = between(marks, HEIGHT - 30, 12);
  const x = (index: number): number => 60 + (index / Math.max(points.length - 1, 1)) * (width - 80);
  const every = Math.max(1, Math.ceil((points.length * 80) / width));
  return (
    <svg width={width} height={HEIGHT} role="img" aria-label={`${title}: ${told(points)}`}>
      {marks.map((mark) => (
        <g key={mark}>
          <line class="kg-chart-grid" x1={60} x2={width - 20} y1={y(mark)} y2={y(mark)} />
          <text class="kg-chart-text" x={54} y={y(mark) + 4} text-anchor="end">{mark.toLocaleString("en")}</text>
        </g>
      ))}
      <polyline class="kg-chart-line" points={points.map(({ value }, index) => `${x(index)},${y(value)}`).join(" ")} />
      {points.map(({ label, value }, index) => (
        <circle key={index} class="kg-bar-asserted" cx={x(index)} cy={y(value)} r={3}><title>{label}: {value}</title></circle>
      ))}
      {points.map(({ label }, index) => index % every === 0 && (
        <text key={index} class="kg-chart-text" x={x(index)} y={HEIGHT - 8} text-anchor="middle">{short(label, 12)}</text>
      ))}
    </svg>
  );
}

/** A scale from the first mark to the last. */
function between(marks: number[], start: number, end: number): (value: number) => number {
  const [low, high] = [marks[0] ?? 0, marks.at(-1) ?? 1];
  return (value) => start + ((value - low) / (high - low || 1)) * (end - start);
}

function sortedByLabel(all: Bar[]): Bar[] {
  const collator = new Intl.Collator("en", { numeric: true });
  return [...all].sort((a, b) => collator.compare(a.label, b.label));
}

const short = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** The first of them in words, for who does not see the chart; the table holds all. */
const told = (all: Bar[]): string => all.slice(0, 10).map(({ label, value }) => `${label} ${value}`).join(", ");
