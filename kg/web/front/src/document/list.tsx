/** All documents of the space, to search and to page through. */

import { useState } from "preact/hooks";
import { useAnswer } from "../ask";
import { Link } from "../link";
import { count, timeInWords } from "../parts";
import type { Documents } from "../source";
import type { ViewProps } from "../views/props";
import { Pages } from "../views/shared";

const PAGE = 50;

export function DocumentList({ source, state }: ViewProps) {
  const [wanted, setWanted] = useState("");
  const [page, setPage] = useState(0);
  const key = `${page} ${wanted} ${state.edits.value}`;
  const { value, problem } = useAnswer(key, () => source.documents(wanted, page * PAGE, PAGE));
  const search = (text: string): void => {
    setWanted(text);
    setPage(0);
  };
  return (
    <div class="kg-column">
      <h2>Documents</h2>
      <label class="kg-field">
        <span>Find by title or source</span>
        <input type="search" value={wanted} onInput={(event) => search(event.currentTarget.value)} />
      </label>
      {problem ? <p class="kg-problem" role="alert">{problem}</p> : null}
      {value ? <Found found={value} page={page} go={setPage} state={state} /> : null}
    </div>
  );
}

type FoundProps = { found: Documents; page: number; go(page: number): void; state: ViewProps["state"] };

function Found({ found, page, go, state }: FoundProps) {
  const sum = count(found.total, "document");
  return (
    <>
      <p class="kg-muted" role="status">{sum}</p>
      <ul class="kg-documents">
        {found.documents.map(({ id, title, published, statements, mentions, source }) => (
          <li key={id}>
            <Link state={state} to={{ view: "documents", document: id, statement: null }} class="kg-document-title">
              {title || id}
            </Link>
            <span class="kg-muted">
              {published ? `${timeInWords(published)} · ` : ""}{count(statements, "statement")} ·{" "}
              {count(mentions, "mention")}{source ? ` · ${source}` : ""}
            </span>
          </li>
        ))}
      </ul>
      {found.total > PAGE ? <Pages page={page} pages={Math.ceil(found.total / PAGE)} sum={sum} go={go} /> : null}
    </>
  );
}
