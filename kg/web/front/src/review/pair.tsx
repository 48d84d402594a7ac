/** The least certain pair, side by side, with one key for each verdict. */

import { useEffect, useRef, useState } from "preact/hooks";
import { Link } from "../link";
import { connected, count, Marked, TypeIcon } from "../parts";
import type { Doubt, Entity, Spoken } from "../source";
import type { ViewProps } from "../views/props";
import { EntityLink } from "../views/shared";
import { decide } from "../decide";

type Verdict = "same" | "different" | "unsure";

const KEYS: { key: string; verdict: Verdict; label: string }[] = [
  { key: "s", verdict: "same", label: "Same" },
  { key: "d", verdict: "different", label: "Different" },
  { key: "u", verdict: "unsure", label: "Unsure" },
];

export function Pair({ pairs, source, state }: ViewProps & { pairs: Doubt[] }) {
  const [busy, setBusy] = useState(false);
  const undone = useRef<string[]>([]);
  const [pair] = pairs;
  const judge = async (verdict: Verdict): Promise<void> => {
    if (!pair || busy) return;
    setBusy(true);
    const [left, right] = pair.sides;
    const said = `${left.names[0]} and ${right.names[0]}: ${verdict}. ${count(pairs.length - 1, "pair")} left.`;
    const decided = await decide(source, state, said, () => source.judge(verdict, ...pair.anchors));
    if (decided) undone.current.push(decided.undo);
    setBusy(false);
  };
  const undo = async (): Promise<void> => {
    const last = undone.current.pop();
    if (!last || busy) return;
    setBusy(true);
    await decide(source, state, "The last decision is taken back", () => source.undo(last));
    setBusy(false);
  };
  useKeys((key) => {
    const found = KEYS.find((one) => one.key === key);
    if (found) void judge(found.verdict);
    else if (key === "z") void undo();
    else return false;
    return true;
  });
  return (
    <section aria-label="Pair to judge" class="kg-pair" aria-busy={busy}>
      {pair ? <Compared pair={pair} state={state} left={pairs.length} /> : <p class="kg-empty">No pair is in doubt.</p>}
      <div class="kg-toolbar">
        {KEYS.map(({ key, verdict, label }) => (
          <button
            key={key} type="button" class="kg-button" disabled={!pair || busy} aria-keyshortcuts={key}
            onClick={() => void judge(verdict)}
          ><kbd>{key}</kbd> {label}</button>
        ))}
        <button
          type="button" class="kg-button" disabled={!undone.current.length || busy} aria-keyshortcuts="z"
          onClick={() => void undo()}
        ><kbd>z</kbd> Undo</button>
      </div>
    </section>
  );
}

/** Listen to single keys of the page, not to those typed into a field. */
function useKeys(pressed: (key: string) => boolean): void {
  const now = useRef(pressed);
  now.current = pressed;
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const target = event.target as Element;
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || target.closest("input, textarea, select")) return;
      if (now.current(event.key.toLowerCase())) event.preventDefault();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
}

function Compared({ pair, state, left }: { pair: Doubt; state: ViewProps["state"]; left: number }) {
  return (
    <>
      <p class="kg-muted" role="status">
        One with probability {Math.round(pair.score * 100)} % · {count(left, "pair")} left
      </p>
      <div class="kg-sides">
        <Side entity={pair.left} said={pair.sides[0]} state={state} />
        <Side entity={pair.right} said={pair.sides[1]} state={state} />
      </div>
      {pair.left.id === pair.right.id ? <p>kg holds them for one: {pair.left.name}.</p> : null}
      <dl class="kg-reasons">
        <Reasons name="For it" reasons={pair.pro} />
        <Reasons name="Against it" reasons={pair.contra} />
      </dl>
    </>
  );
}

function Reasons({ name, reasons }: { name: string; reasons: string[] }) {
  if (!reasons.length) return null;
  return <div><dt>{name}</dt>{reasons.map((reason) => <dd>{reason}</dd>)}</div>;
}

function Side({ entity, said, state }: { entity: Entity; said: Spoken; state: ViewProps["state"] }) {
  const { type, subtype, documents, mentions, degree } = entity;
  const [name = entity.name, ...others] = said.names;
  return (
    <article class="kg-card-side">
      <p class="kg-kicker"><TypeIcon type={type} types={state.space.value?.types} /> {subtype ?? type}</p>
      <h3><EntityLink state={state} id={entity.id} name={name} /></h3>
      {others.length ? <p>also {others.join(", ")}</p> : null}
      <p class="kg-muted">{count(mentions, "mention")} in {count(documents, "document")}, {connected(degree)}</p>
      <blockquote class="kg-passage">
        <Marked pieces={said.pieces} />
        <Link state={state} to={{ view: "documents", document: said.document.id, statement: null }}>
          {said.document.title || said.document.id}
        </Link>
      </blockquote>
    </article>
  );
}
