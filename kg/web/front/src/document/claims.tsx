/** The statements of a document in the order of its text; the chosen one opened. */

import { useEffect, useRef } from "preact/hooks";
import { Link } from "../link";
import { Modality, Score, objectOf, timeInWords } from "../parts";
import type { Claim, DocumentPage } from "../source";
import type { State } from "../state";
import { EntityLink } from "../views/shared";

export interface ClaimsProps {
  page: DocumentPage;
  chosen: string | null;
  choose(statement: string | null): void;
  state: State;
}

export function Claims({ page, chosen, choose, state }: ClaimsProps) {
  const list = useRef<HTMLOListElement>(null);
  const claims = [...page.statements].sort((a, b) => a.start - b.start || a.end - b.end || (a.id < b.id ? -1 : 1));
  useEffect(() => {
    // Beside the text the list scrolls by itself; below it, on a narrow screen, the page is the text's to scroll.
    const [side, line] = [list.current?.parentElement, list.current?.querySelector("[aria-expanded=true]")];
    if (!side || !line || getComputedStyle(side).overflowY === "visible") return;
    const [from, to] = [side.getBoundingClientRect(), line.getBoundingClientRect()];
    if (to.top < from.top || to.bottom > from.bottom) side.scrollTop += to.top - from.top - from.height / 3;
  }, [chosen]);
  return (
    <section class="kg-claims-side" aria-label="Statements">
      <h3>What it says</h3>
      {claims.length === 0 ? <p class="kg-empty">No statement was read in this text.</p> : null}
      <ol ref={list} class="kg-rows">
        {claims.map((claim) => (
          <li key={claim.id}>
            <button
              type="button" class="kg-claim-line" aria-expanded={claim.id === chosen}
              onClick={() => choose(claim.id === chosen ? null : claim.id)}
            >
              {page.names[claim.subject] ?? claim.subject} <span class="kg-muted">{claim.label}</span>{" "}
              {objectOf(claim, page.names)}
              {claim.modality === "asserted" ? null : <> <Modality name={claim.modality} /></>}
            </button>
            {claim.id === chosen ? <Opened claim={claim} page={page} state={state} /> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Opened({ claim, page, state }: { claim: Claim; page: DocumentPage; state: State }) {
  const { names } = page;
  const ends = [claim.subject, ...(claim.object === null ? [] : [claim.object])];
  return (
    <div class="kg-claim-open">
      <p class="kg-claim-how">
        <Modality name={claim.modality} />
        {claim.time ? <span class="kg-badge kg-badge-time">{timeInWords(claim.time)}</span> : null}
        {claim.inferred ? <span class="kg-badge">inferred</span> : null}
        <Score score={claim.score} />
      </p>
      {claim.source === null ? null : <p>Said by {names[claim.source] ?? claim.source}</p>}
      <p class="kg-toolbar">
        {ends.map((id) => <EntityLink key={id} state={state} id={id} name={names[id] ?? id} />)}
        <Link
          state={state}
          to={{ view: "graph", seeds: ends, focus: null, document: null, statement: null, why: claim.edge, path: null }}
        >
          All evidence
        </Link>
      </p>
      <p class="kg-muted">Characters {claim.start}–{claim.end}, read by {claim.by || "an unnamed extractor"}</p>
    </div>
  );
}
