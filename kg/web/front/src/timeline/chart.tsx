/** Columns of how many statements speak of each time, with the chosen span and two handles to change it. */

import { useRef } from "preact/hooks";
import { useWidth } from "../measure";
import { count } from "../parts";
import { type Bin, type Span, ticksOf } from "./bins";
import { type Unit, floor, spoken, step } from "./dates";
import { Handle } from "./handle";

export interface ChartProps {
  bins: Bin[];
  whole: Span;
  chosen: Span;
  unit: Unit;
  /** `done` when the hand is taken off. */
  choose(span: Span, done: boolean): void;
}

export const MODALITIES = ["asserted", "reported", "past", "planned", "possible", "negated"];
const HEIGHT = 180;
const FOOT = 26;
const PAD = 22;
const TICK = 90; // pixels for a date

export function Chart({ bins, whole, chosen, unit, choose }: ChartProps) {
  const root = useRef<HTMLDivElement>(null);
  const width = useWidth(root);
  const scale = scaleOf(whole, width);
  const most = bins.reduce((least, bin) => Math.max(least, bin.count), 1);
  const last = floor(chosen.end - 1, unit);
  const drag = useDrag(root, scale, unit, whole, choose);
  return (
    <div ref={root} class="kg-timeline-chart" {...drag}>
      {width > 0 && (
        <svg width={width} height={HEIGHT} aria-hidden="true">
          <Patterns />
          <rect
            class="kg-timeline-chosen" x={scale.x(chosen.start)} y={0} height={HEIGHT - FOOT}
            width={scale.x(chosen.end) - scale.x(chosen.start)}
          />
          {bins.map((bin) => <Column key={bin.start} bin={bin} most={most} scale={scale} />)}
          <line class="kg-timeline-axis" x1={PAD} x2={width - PAD} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} />
          <text class="kg-timeline-most" x={PAD + 10} y={12}>{count(most, "statement")}</text>
          {ticksOf(bins, unit, Math.floor(width / TICK)).map((bin) => (
            <text key={bin.start} class="kg-timeline-tick" x={scale.x(bin.start)} y={HEIGHT - 8}>
              {spoken(bin.start, unit)}
            </text>
          ))}
        </svg>
      )}
      {width > 0 && (
        <>
          <Handle
            name="From" at={chosen.start} x={scale.x(chosen.start)} unit={unit} least={whole.start} most={last}
            words={spoken(chosen.start, unit)} perPixel={scale.day(1) - scale.day(0)}
            move={(day, done) => choose({ ...chosen, start: floor(day, unit) }, done)}
          />
          <Handle
            name="To" at={last} x={scale.x(chosen.end)} unit={unit} least={floor(chosen.start, unit)}
            most={floor(whole.end - 1, unit)} words={spoken(last, unit)} perPixel={scale.day(1) - scale.day(0)}
            move={(day, done) => choose({ ...chosen, end: step(floor(day, unit), unit, 1) }, done)}
          />
        </>
      )}
    </div>
  );
}

function Column({ bin, most, scale }: { bin: Bin; most: number; scale: Scale }) {
  const x = scale.x(bin.start) + 0.5;
  const wide = Math.max(1, scale.x(bin.end) - scale.x(bin.start) - 1);
  let top = HEIGHT - FOOT;
  return (
    <g>
      {MODALITIES.concat([...bin.by.keys()].filter((name) => !MODALITIES.includes(name))).map((name) => {
        const high = ((bin.by.get(name) ?? 0) / most) * (HEIGHT - FOOT - 16);
        top -= high;
        return high > 0 && <rect key={name} class={`kg-bar-${name}`} x={x} width={wide} y={top} height={high} />;
      })}
    </g>
  );
}

/** Hatching, so that what is planned or only possible is told apart without colour. */
function Patterns() {
  return (
    <defs>
      <pattern id="kg-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" class="kg-hatch-ground" /><rect width="3" height="6" class="kg-hatch-line" />
      </pattern>
      <pattern id="kg-dots" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" class="kg-hatch-ground" /><circle cx="3" cy="3" r="1.6" class="kg-hatch-line" />
      </pattern>
      <pattern id="kg-cross" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" class="kg-hatch-ground" /><path d="M0 0L6 6M6 0L0 6" class="kg-hatch-stroke" />
      </pattern>
    </defs>
  );
}

type Scale = { x(day: number): number; day(x: number): number };

function scaleOf(whole: Span, width: number): Scale {
  const wide = Math.max(width - 2 * PAD, 1);
  const days = whole.end - whole.start;
  return {
    x: (day) => PAD + ((day - whole.start) / days) * wide,
    day: (x) => whole.start + ((x - PAD) / wide) * days,
  };
}

/** Dragging over the columns chooses the span between; a click chooses one column's unit. */
function useDrag(root: { current: HTMLDivElement | null }, scale: Scale, unit: Unit, whole: Span, choose: ChartProps["choose"]) {
  const start = useRef<number | null>(null);
  const dayAt = (event: PointerEvent): number => {
    const left = root.current?.getBoundingClientRect().left ?? 0;
    return Math.max(whole.start, Math.min(whole.end - 1, scale.day(event.clientX - left)));
  };
  const between = (one: number, other: number): Span => ({
    start: floor(Math.min(one, other), unit),
    end: step(floor(Math.max(one, other), unit), unit, 1),
  });
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0 || (event.target as Element).closest("[role=slider]")) return;
      start.current = dayAt(event);
      root.current?.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      if (start.current !== null) choose(between(start.current, dayAt(event)), false);
    },
    onPointerUp: (event: PointerEvent) => {
      if (start.current !== null) choose(between(start.current, dayAt(event)), true);
      start.current = null;
    },
    onPointerCancel: () => void (start.current = null),
  };
}
