/** A view of the explorer: the SPARQL editor. */

import { signal } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { AnswerPanel } from "../sparql/answer";
import { Completions } from "../sparql/complete";
import { Editor } from "../sparql/editor";
import { QueryFailed, type Ran, ask } from "../sparql/run";
import { count, number } from "../parts";
import { SMALL } from "../shell";
import type { Space } from "../source";
import type { ViewProps } from "./props";

/** A query that was run while this page is open; nothing of it is kept anywhere else. */
interface Past {
  query: string;
  outcome: string;
  at: Date;
}

const history = signal<Past[]>([]);
const KEPT = 50;
const ANYTHING = "SELECT * WHERE { ?s ?p ?o } LIMIT 20";

type Outcome = { ran: Ran } | { failed: QueryFailed };
type Shown = { query: string } & Outcome;

export default function Sparql({ source, state }: ViewProps) {
  const space = state.space.value as Space;
  const endpoint = source.endpoint ?? "";
  const [loaded, setLoaded] = useState({ text: state.look.value.query ?? space.examples[0]?.query ?? ANYTHING });
  const text = useRef(loaded.text);
  const [shown, setShown] = useState<Shown | null>(null);
  const running = useRef<AbortController | null>(null);
  const [busy, setBusy] = useState(false);
  const completions = useMemo(() => new Completions(source, space), [source, space]);

  const run = async (query: string): Promise<void> => {
    running.current?.abort();
    const mine = (running.current = new AbortController());
    setBusy(true);
    state.amend({ query });
    const outcome = await attempt(endpoint, query, mine.signal);
    if (mine.signal.aborted) return;
    setBusy(false);
    setShown({ query, ...outcome });
    remember(query, outcomeOf(outcome));
    state.say(outcomeOf(outcome));
  };
  const stop = (): void => {
    running.current?.abort();
    setBusy(false);
  };
  const take = (query: string): void => {
    text.current = query;
    setLoaded({ text: query });
    void run(query);
  };
  // A link to a query shows its answer; Back and Forward go from query to query.
  const linked = state.look.value.query;
  useEffect(() => {
    if (linked && linked !== shown?.query) take(linked);
    return () => running.current?.abort();
  }, [linked]);
  const failed = shown && "failed" in shown ? shown.failed : null;
  return (
    <div class="kg-column kg-sparql">
      <h2>SPARQL</h2>
      <p class="kg-muted">
        Facts are plain triples; what each text says, with its words, is in <code>GRAPH ?document</code>. Prefixes
        need no declaration. A query may take {space.limits.seconds} s, and its answer {number(Math.round(space.limits.bytes / 2 ** 20))} MB.
      </p>
      <Examples space={space} take={take} />
      <Editor
        loaded={loaded} completions={completions} prefixes={space.prefixes} mistake={failed?.place ?? null} run={() => void run(text.current)}
        change={(typed) => void (text.current = typed)}
      />
      <div class="kg-toolbar">
        <button type="button" class="kg-button kg-main-button" onClick={() => void run(text.current)}>Run</button>
        {busy && <button type="button" class="kg-button" onClick={stop}>Stop waiting</button>}
        <span class="kg-muted">Ctrl+Enter runs, Ctrl+Space completes, Tab leaves the editor.</span>
      </div>
      {busy && <p role="status" class="kg-muted">Asking …</p>}
      {failed && <p class="kg-problem" role="alert">{told(failed, space)}</p>}
      {shown && "ran" in shown && shown.ran.unknown.length > 0 && (
        <div class="kg-problem" role="alert">{shown.ran.unknown.map((line) => <p key={line}>{line}</p>)}</div>
      )}
      {shown && "ran" in shown && <AnswerPanel ran={shown.ran} query={shown.query} state={state} />}
      <History take={take} />
    </div>
  );
}

async function attempt(endpoint: string, query: string, signal: AbortSignal): Promise<Outcome> {
  try {
    return { ran: await ask(endpoint, query, signal) };
  } catch (error) {
    return { failed: error instanceof QueryFailed ? error : new QueryFailed((error as Error).message, 0) };
  }
}

function outcomeOf(outcome: Outcome): string {
  if ("failed" in outcome) return outcome.failed.message.split("\n")[0] ?? "failed";
  const { answer } = outcome.ran;
  if (answer.form === "ask") return answer.yes ? "yes" : "no";
  return answer.form === "select" ? count(answer.table.rows.length, "row") : count(answer.triples.length, "triple");
}

/** What went wrong; of a query that took too long also what can be done, where the server has not told. */
function told({ message, status }: QueryFailed, { limits }: Space): string {
  if (status !== 504 || message.includes("--time-limit")) return message;
  const remedy = "add a LIMIT, name more of what you look for, or start kg serve with a longer --time-limit";
  return `${message}\nA query may take ${limits.seconds} s: ${remedy}.`;
}

function remember(query: string, outcome: string): void {
  const others = history.value.filter((past) => past.query !== query);
  history.value = [{ query, outcome, at: new Date() }, ...others].slice(0, KEPT);
}

function Examples({ space, take }: { space: Space; take(query: string): void }) {
  if (!space.examples.length) return null;
  return (
    <details class="kg-examples" open={innerWidth >= SMALL}>
      <summary>Examples ({space.examples.length})</summary>
      <div class="kg-toolbar" role="group" aria-label="Examples">
        {space.examples.map(({ title, query }) => (
          <button key={title} type="button" class="kg-button" onClick={() => take(query)}>{title}</button>
        ))}
      </div>
    </details>
  );
}

function History({ take }: { take(query: string): void }) {
  if (!history.value.length) return null;
  return (
    <details class="kg-history">
      <summary>Run before, while this page is open ({history.value.length})</summary>
      <ol class="kg-rows" role="list">
        {history.value.map(({ query, outcome, at }) => (
          <li key={query}>
            <button type="button" class="kg-past" onClick={() => take(query)}>
              <code>{query}</code>
              <span class="kg-muted">{at.toLocaleTimeString("en-GB")} · {outcome}</span>
            </button>
          </li>
        ))}
      </ol>
    </details>
  );
}
