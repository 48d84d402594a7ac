/** What map, timeline, documents, SPARQL and review show alike. */

import { holdsBack } from "../filters";
import { Link } from "../link";
import { TypeIcon } from "../parts";
import type { Look, State } from "../state";

/** How many things the graph is opened on at most: each brings its neighbours. */
export const MOST = 30;

/** What begins the graph anew around some things, with the card of the only one open. */
export const inGraph = (ids: string[]): Partial<Look> => ({
  view: "graph", seeds: ids, focus: ids.length === 1 ? (ids[0] ?? null) : null, expand: [], pin: [], hide: [],
  document: null, statement: null, why: null, path: null,
});

interface EntityLinkProps {
  state: State;
  id: string;
  name: string;
  type?: string;
  /** Where it leads; without it, to the thing in the graph. */
  to?: Partial<Look>;
}

/** A thing by its type's sign and its name. */
export function EntityLink({ state, id, name, type, to }: EntityLinkProps) {
  return (
    <Link state={state} to={to ?? inGraph([id])} class="kg-entity">
      {type === undefined ? null : <TypeIcon type={type} types={state.space.value?.types} label />}
      {name}
    </Link>
  );
}

/** Nothing to show, and what can be done about it: `held` where filters hold it back, `none` where there is none. */
export function Nothing({ state, held, none }: { state: State; held: string; none: string }) {
  if (!holdsBack(state.filters.value)) return <p class="kg-empty">{none}</p>;
  return (
    <div class="kg-empty kg-nothing" role="status">
      <p>{held}</p>
      <button type="button" class="kg-button" onClick={() => state.unfilter()}>Clear the filters</button>
    </div>
  );
}

interface PagesProps {
  page: number;
  pages: number;
  /** How many there are, in words. */
  sum: string;
  go(page: number): void;
}

/** Backward and forward through pages, counted from 0. */
export function Pages({ page, pages, sum, go }: PagesProps) {
  return (
    <nav class="kg-toolbar" aria-label="Pages">
      <button type="button" class="kg-button" disabled={page === 0} onClick={() => go(page - 1)}>Previous</button>
      <span>Page {page + 1} of {pages} <span class="kg-muted">({sum})</span></span>
      <button type="button" class="kg-button" disabled={page + 1 >= pages} onClick={() => go(page + 1)}>Next</button>
    </nav>
  );
}
