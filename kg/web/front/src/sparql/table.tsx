/** Rows of an answer: sorted by a column, a page at a time, with links to what they name. */

import { useMemo, useState } from "preact/hooks";
import type { State } from "../state";
import { Link, outside } from "../link";
import { count } from "../parts";
import { Pages, inGraph } from "../views/shared";
import { type Row, type Table as Answer, type Term, numberOf, shortened, sorted } from "./results";

const PAGE = 50;
const LONG = 300;

export interface TableProps {
  table: Answer;
  prefixes: Record<string, string>;
  state: State;
}

type Order = { variable: string; descending: boolean };

export function Table({ table, prefixes, state }: TableProps) {
  const [order, setOrder] = useState<Order | null>(null);
  const [page, setPage] = useState(0);
  const rows = useMemo(
    () => (order ? sorted(table.rows, order.variable, order.descending) : table.rows),
    [table, order],
  );
  const turn = (variable: string): void => {
    setPage(0);
    if (order?.variable !== variable) setOrder({ variable, descending: false });
    else setOrder(order.descending ? null : { variable, descending: true });
  };
  if (rows.length === 0) return <p class="kg-empty">No row: nothing in the space fits the query.</p>;
  return (
    <>
      <div class="kg-scroll" tabIndex={0} role="region" aria-label="Rows of the answer">
        <table class="kg-table">
          <thead>
            <tr>{table.variables.map((name) => <Head key={name} name={name} order={order} turn={turn} />)}</tr>
          </thead>
          <tbody>
            {rows.slice(page * PAGE, (page + 1) * PAGE).map((row, index) => (
              <Cells key={page * PAGE + index} row={row} variables={table.variables} prefixes={prefixes} state={state} />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > PAGE && (
        <Pages page={page} pages={Math.ceil(rows.length / PAGE)} sum={count(rows.length, "row")} go={setPage} />
      )}
    </>
  );
}

function Head({ name, order, turn }: { name: string; order: Order | null; turn(name: string): void }) {
  const mine = order?.variable === name ? order : null;
  return (
    <th scope="col" aria-sort={mine ? (mine.descending ? "descending" : "ascending") : "none"}>
      <button type="button" onClick={() => turn(name)} title="Sort: up, down, as it came">
        {name}
        <span aria-hidden="true">{mine ? (mine.descending ? " ▼" : " ▲") : ""}</span>
      </button>
    </th>
  );
}

type CellsProps = { row: Row; variables: string[]; prefixes: Record<string, string>; state: State };

function Cells({ row, variables, prefixes, state }: CellsProps) {
  return (
    <tr>
      {variables.map((name) => {
        const term = row[name];
        return (
          <td key={name} class={numberOf(term) !== null ? "kg-number" : isText(term) ? "kg-wordy" : undefined}>
            {term && <TermCell term={term} prefixes={prefixes} state={state} />}
          </td>
        );
      })}
    </tr>
  );
}

const WORDS = 24; // characters from which a value is a text, which may take several lines

const isText = (term: Term | undefined): boolean => (term?.kind === "literal" || term?.kind === "triple") && term.value.length > WORDS;

/** A term: an IRI leads to where it is told of, all else is text. */
export function TermCell({ term, prefixes, state }: { term: Term; prefixes: Record<string, string>; state: State }) {
  if (term.kind === "blank") return <>_:{term.value}</>;
  if (term.kind !== "iri") return <LiteralCell term={term} />;
  const words = shortened(term.value, prefixes).replace(/^<(.*)>$/, "$1");
  const [, kind, rest = ""] = /^urn:kg:(entity|document)\/([^#]*)/.exec(term.value) ?? [];
  const id = decoded(rest);
  if (kind === "entity") return <Link state={state} to={inGraph([id])}>{words}</Link>;
  if (kind === "document") {
    return <Link state={state} to={{ view: "documents", document: id, statement: null }}>{words}</Link>;
  }
  const href = outside(term.value);
  if (href) return <a href={href} rel="noreferrer noopener" target="_blank">{words}</a>;
  return <span title={term.value}>{words}</span>;
}

function LiteralCell({ term }: { term: Term }) {
  const [open, setOpen] = useState(false);
  const tag = term.lang ? <span class="kg-muted"> @{term.lang}</span> : null;
  if (term.value.length <= LONG || open) return <>{term.value}{tag}</>;
  return (
    <>
      {term.value.slice(0, LONG)}…{" "}
      <button type="button" class="kg-button" onClick={() => setOpen(true)}>
        all {count(term.value.length, "character")}
      </button>
    </>
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
