/** The statements of a span, one a row: what, when, how the text holds it, and a bar for how long. */

import { useState } from "preact/hooks";
import type { State } from "../state";
import { Link } from "../link";
import { Modality } from "../parts";
import type { Span } from "./bins";
import { type Item, isInterval, unitOf, when } from "./items";

const PAGE = 100;

export function StatementList({ items, span, state }: { items: Item[]; span: Span; state: State }) {
  const [shown, setShown] = useState(PAGE);
  return (
    <>
      <ol class="kg-rows kg-dated" role="list">
        {items.slice(0, shown).map((item) => <Row key={item.statement} item={item} span={span} state={state} />)}
      </ol>
      {items.length > shown && (
        <button type="button" class="kg-button" onClick={() => setShown(shown + PAGE)}>
          Show more ({(items.length - shown).toLocaleString("en")} left)
        </button>
      )}
    </>
  );
}

function Row({ item, span, state }: { item: Item; span: Span; state: State }) {
  return (
    <li class="kg-dated-row">
      <span class="kg-dated-when">
        {when(item)}
        {!isInterval(item) && unitOf(item) !== "day" && <span class="kg-muted"> (to the {unitOf(item)})</span>}
      </span>
      <span class="kg-dated-what">
        <Link state={state} to={{ why: `statement:${item.statement}`, focus: null }}>{item.label}</Link>{" "}
        <Modality name={item.modality} />
      </span>
      <Bar item={item} span={span} />
    </li>
  );
}

function Bar({ item, span }: { item: Item; span: Span }) {
  const share = (day: number): number => ((day - span.start) / (span.end - span.start)) * 100;
  const place = (day: number): number => Math.max(0, Math.min(100, share(day)));
  const [left, right] = [place(item.start), place(item.end)];
  return (
    <svg class="kg-dated-bar" width="100%" height="8" aria-hidden="true">
      <rect class="kg-dated-track" x="0" y="3" width="100%" height="2" />
      <rect
        class={`kg-bar-${item.modality}`} x={`${Math.min(left, 99)}%`} y="0" height="8" rx="2"
        width={`${Math.max(right - left, 0.8)}%`}
      />
    </svg>
  );
}
