/** One document: its text with what is named and what is said in it marked, and the statements beside it. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { useAnswer } from "../ask";
import { Icon } from "../icons";
import { Link, outside } from "../link";
import { count, timeInWords } from "../parts";
import { RdfLinks } from "../rdf-links";
import type { DocumentPage } from "../source";
import type { ViewProps } from "../views/props";
import { inGraph } from "../views/shared";
import { Claims } from "./claims";
import { MarkedText } from "./text";

export function DocumentText({ id, source, state }: ViewProps & { id: string }) {
  const { value, problem } = useAnswer(`${id} ${state.edits.value}`, () => source.document(id));
  useEffect(() => {
    state.subject.value = value ? value.title || value.id : null;
    return () => void (state.subject.value = null);
  }, [value]);
  if (problem) {
    return (
      <div class="kg-column">
        <p class="kg-problem" role="alert">{problem}</p>
        <Link state={state} to={{ document: null, statement: null }}>All documents</Link>
      </div>
    );
  }
  if (!value) return <p class="kg-empty" role="status">Reading…</p>;
  return <Page page={value} state={state} />;
}

function Page({ page, state }: { page: DocumentPage; state: ViewProps["state"] }) {
  const chosen = state.look.value.statement;
  const [marks, setMarks] = useState(true);
  const choose = (statement: string | null): void => {
    state.amend({ statement });
    const claim = page.statements.find((one) => one.id === statement);
    if (claim) state.say(`Marked in the text: ${claim.label}`);
  };
  const entities = useMemo(() => entitiesOf(page), [page]);
  return (
    <article class="kg-document">
      <header class="kg-document-head">
        <Link state={state} to={{ document: null, statement: null }} class="kg-back-link">
          <Icon name="left" /> All documents
        </Link>
        <h2>{page.title || page.id}</h2>
        <p class="kg-muted"><Origin page={page} /></p>
        <div class="kg-toolbar">
          <Link state={state} to={{ ...inGraph([]), document: page.id }}>Its graph</Link>
          <span class="kg-muted">{count(entities, "thing")} named, {count(page.statements.length, "statement")}</span>
          <RdfLinks source={state.source} room="document" id={page.id} />
          <label class="kg-check">
            <input type="checkbox" checked={marks} onChange={() => setMarks(!marks)} /> Mark what is named
          </label>
        </div>
      </header>
      <div class="kg-document-body">
        <MarkedText page={page} chosen={chosen} choose={choose} marks={marks} state={state} />
        <Claims page={page} chosen={chosen} choose={choose} state={state} />
      </div>
    </article>
  );
}

function Origin({ page }: { page: DocumentPage }) {
  const href = outside(page.source);
  return (
    <>
      {page.published ? timeInWords(page.published) : "No date"}
      {page.source ? " · " : ""}
      {href ? <a href={href} rel="noreferrer noopener" target="_blank">{page.source}</a> : page.source}
    </>
  );
}

const entitiesOf = (page: DocumentPage): number =>
  new Set(page.pieces.flatMap((piece) => (piece.mention ? [piece.mention.entity] : []))).size;
