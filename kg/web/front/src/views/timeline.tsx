/** A view of the explorer: dated statements. */

import { useMemo, useState } from "preact/hooks";
import { useAnswer } from "../ask";
import { count, Modality } from "../parts";
import { type Span, binned, extent, unitFor } from "../timeline/bins";
import { Chart, MODALITIES } from "../timeline/chart";
import { type Item, asFilter, chosenSpan, spanned } from "../timeline/items";
import { StatementList } from "../timeline/list";
import type { Timeline as Answer } from "../source";
import type { ViewProps } from "./props";
import { inGraph, MOST, Nothing } from "./shared";

export default function Timeline({ source, state }: ViewProps) {
  const filters = state.filters.value;
  // The whole stretch of time is always drawn, so that a chosen part can be widened again.
  const asked = { ...filters, from: null, to: null };
  const key = `${JSON.stringify(asked)} ${state.edits.value}`;
  const { value, problem } = useAnswer(key, () => source.timeline(asked));
  if (problem) return <p class="kg-problem" role="alert">{problem}</p>;
  if (!value) return <p class="kg-empty" role="status">Reading the dates…</p>;
  return <Drawn answer={value} state={state} />;
}

function Drawn({ answer, state }: { answer: Answer; state: ViewProps["state"] }) {
  const items = useMemo(() => spanned(answer.items), [answer]);
  const whole = useMemo(() => extent(items), [items]);
  if (!whole) {
    return <Nothing state={state} held="No statement that passes the filters has a date." none="No statement here has a date." />;
  }
  return <Brushed items={items} whole={whole} omitted={answer.omitted} state={state} />;
}

interface BrushedProps {
  items: Item[];
  whole: Span;
  omitted: number;
  state: ViewProps["state"];
}

function Brushed({ items, whole, omitted, state }: BrushedProps) {
  const { from, to } = state.look.value;
  const [preview, setPreview] = useState<Span | null>(null);
  const [near, setNear] = useState<Span | null>(null);
  const shown = near ?? whole;
  const unit = unitFor(shown);
  const bins = useMemo(() => binned(items, shown, unit), [items, shown, unit]);
  const chosen = preview ?? chosenSpan(whole, from, to);
  const inside = touching(items, chosen);
  const all = from === null && to === null;

  const choose = (span: Span, done: boolean): void => {
    setPreview(done ? null : span);
    if (!done) return;
    const everything = span.start <= whole.start && span.end >= whole.end;
    state.amend(everything ? { from: null, to: null } : asFilter(span, unit));
    state.say(`${count(touching(items, span).length, "statement")} in the span`);
  };
  const ends = endsOf(inside);
  const open = (): void => state.go(inGraph(ends.slice(0, MOST)));
  return (
    <div class="kg-timeline">
      <header class="kg-toolbar">
        <h2>{count(inside.length, "dated statement")}{all ? "" : " in the span"}</h2>
        <button type="button" class="kg-button kg-main-button" onClick={open} disabled={!inside.length}>
          Show in the graph
        </button>
        <button type="button" class="kg-button" onClick={() => setNear(extent([chosen]))} disabled={all && !near}>
          Look closer
        </button>
        {near && <button type="button" class="kg-button" onClick={() => setNear(null)}>Whole time</button>}
        {!all && <button type="button" class="kg-button" onClick={() => choose(whole, true)}>Choose all</button>}
      </header>
      {ends.length > MOST && <p class="kg-muted">The graph opens on the {MOST} of {ends.length} things that most of these are about.</p>}
      <Chart bins={bins} whole={shown} chosen={bounded(chosen, shown)} unit={unit} choose={choose} />
      <Legend items={inside} />
      {omitted > 0 && (
        <p class="kg-muted">{count(omitted, "more statement")} left out for the size of the answer: narrow the filters.</p>
      )}
      <section aria-label="Statements in the span">
        {inside.length === 0 && <p class="kg-empty">Nothing in this span.</p>}
        <StatementList items={inside} span={bounded(chosen, shown)} state={state} />
      </section>
    </div>
  );
}

function Legend({ items }: { items: Item[] }) {
  const counts = new Map<string, number>();
  for (const { modality } of items) counts.set(modality, (counts.get(modality) ?? 0) + 1);
  return (
    <ul class="kg-key" aria-label="How the texts hold them">
      {[...counts].sort(([a], [b]) => MODALITIES.indexOf(a) - MODALITIES.indexOf(b)).map(([modality, number]) => (
        <li key={modality}>
          <svg width="16" height="16" aria-hidden="true"><rect class={`kg-bar-${modality}`} width="16" height="16" rx="2" /></svg>
          <Modality name={modality} /> <span class="kg-muted">{number.toLocaleString("en")}</span>
        </li>
      ))}
    </ul>
  );
}

const touching = (items: Item[], { start, end }: Span): Item[] =>
  items.filter((item) => item.start < end && item.end > start);

/** A span within another, at least a day of it. */
function bounded(span: Span, whole: Span): Span {
  const start = Math.max(whole.start, Math.min(span.start, whole.end - 1));
  return { start, end: Math.max(start + 1, Math.min(span.end, whole.end)) };
}

/** The things at the ends of statements, those of most statements first. */
function endsOf(items: Item[]): string[] {
  const counts = new Map<string, number>();
  for (const end of items.flatMap((item) => item.ends)) counts.set(end, (counts.get(end) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([id]) => id);
}
