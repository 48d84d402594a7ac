/** An answer in the forms that it can take: a table, a graph, a chart, and files to keep. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { State } from "../state";
import { count } from "../parts";
import { columns } from "./chartable";
import { Chart } from "./chart";
import { AnswerGraph } from "./graph";
import type { Answer, Table as Rows } from "./results";
import { FORMATS, type Format, type Ran, download } from "./run";
import { isDrawable } from "./scene";
import { Table } from "./table";

type Form = "table" | "graph" | "chart";

const NAMES: Record<Form, string> = { table: "Table", graph: "Graph", chart: "Chart" };

export function AnswerPanel({ ran, query, state }: { ran: Ran; query: string; state: State }) {
  const { answer } = ran;
  const [wanted, setWanted] = useState<Form | null>(null);
  const rows = useMemo(() => rowsOf(answer), [answer]);
  const forms = useMemo(() => formsOf(answer, rows), [answer]);
  const form = wanted && forms.includes(wanted) ? wanted : (forms[0] ?? "table");
  const prefixes = state.space.value?.prefixes ?? {};
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => head.current?.scrollIntoView({ block: "nearest" }), [ran]);
  if (answer.form === "ask") return <p class="kg-yes" role="status">{answer.yes ? "Yes" : "No"}</p>;
  return (
    <section aria-label="Answer" class="kg-answer">
      <div ref={head} class="kg-toolbar kg-answer-head">
        <p class="kg-answer-count" role="status">
          {count(rows.rows.length, answer.form === "triples" ? "triple" : "row")}
          <span class="kg-muted"> in {(ran.took / 1000).toFixed(2)} s</span>
        </p>
        {forms.length > 1 && <Tabs forms={forms} form={form} choose={setWanted} />}
        <Downloads query={query} state={state} formats={answer.form === "triples" ? FORMATS.triples : FORMATS.rows} />
      </div>
      <div role={forms.length > 1 ? "tabpanel" : undefined} id="kg-answer-panel" aria-label={forms.length > 1 ? NAMES[form] : undefined}>
        {form === "table" && <Table key={query} table={rows} prefixes={prefixes} state={state} />}
        {form === "chart" && <Chart table={rows} prefixes={prefixes} />}
        {form === "graph" && <AnswerGraph answer={answer} query={query} state={state} />}
      </div>
    </section>
  );
}

/** The forms that make sense, the telling one first. */
function formsOf(answer: Answer, rows: Rows): Form[] {
  const { labels, numbers } = columns(rows);
  const chart: Form[] = answer.form === "select" && numbers.length > 0 && labels.length > 1 ? ["chart"] : [];
  const graph: Form[] = isDrawable(answer) ? ["graph"] : [];
  return answer.form === "triples" ? [...graph, "table"] : ["table", ...graph, ...chart];
}

function rowsOf(answer: Answer): Rows {
  if (answer.form === "select") return answer.table;
  if (answer.form === "ask") return { variables: [], rows: [] };
  return { variables: ["subject", "predicate", "object"], rows: answer.triples.map((triple) => ({ ...triple })) };
}

function Tabs({ forms, form, choose }: { forms: Form[]; form: Form; choose(form: Form): void }) {
  const turn = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = forms[(forms.indexOf(form) + by + forms.length) % forms.length] ?? form;
    choose(next);
    document.getElementById(`kg-tab-${next}`)?.focus();
  };
  return (
    <div role="tablist" aria-label="How to show it" class="kg-toolbar" onKeyDown={turn}>
      {forms.map((one) => (
        <button
          key={one} id={`kg-tab-${one}`} type="button" role="tab" class="kg-button" aria-selected={one === form}
          aria-controls="kg-answer-panel" tabIndex={one === form ? 0 : -1} onClick={() => choose(one)}
        >{NAMES[one]}</button>
      ))}
    </div>
  );
}

function Downloads({ query, state, formats }: { query: string; state: State; formats: readonly Format[] }) {
  const save = (format: Format): void => {
    const endpoint = state.source.endpoint;
    if (endpoint === null) return;
    download(endpoint, query, format).catch((error: Error) => (state.toast.value = { message: error.message, wrong: true }));
  };
  return (
    <div class="kg-toolbar" role="group" aria-label="Download">
      <span class="kg-muted">Download</span>
      {formats.map((format) => (
        <button key={format.name} type="button" class="kg-button" onClick={() => save(format)}>{format.name}</button>
      ))}
    </div>
  );
}
