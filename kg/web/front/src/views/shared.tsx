/** What several views show alike. */

import type { ComponentChildren } from "preact";
import type { Look, State } from "../state";

export interface LookLinkProps {
  state: State;
  to: Partial<Look>;
  class?: string;
  title?: string;
  children: ComponentChildren;
}

/** A link to another look: opens in place, and in a new tab where the reader asks for one. */
export function LookLink({ state, to, children, ...rest }: LookLinkProps) {
  const follow = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    state.go(to);
  };
  return <a href={state.href(to) ?? "#"} onClick={follow} {...rest}>{children}</a>;
}

/** What leads to a thing in the graph with its card open. */
export const lookAt = (id: string): Partial<Look> => ({ view: "graph", seeds: [id], focus: id, expand: [], why: null, path: null });

/** A thing by its type's sign and its name. */
export function EntityLink({ state, id, name, type }: { state: State; id: string; name: string; type?: string }) {
  return (
    <LookLink state={state} to={lookAt(id)} class="kg-entity">
      {type !== undefined && <TypeSign type={type} />}
      {name}
    </LookLink>
  );
}

const SHAPES: Record<string, string> = {
  Person: "M8 2a6 6 0 1 1 0 12a6 6 0 1 1 0-12Z",
  Organisation: "M2.5 2.5h11v11h-11Z",
  Vehicle: "M8 1.5L15 14H1Z",
  Place: "M8 .8L15.2 8L8 15.2L.8 8Z",
  Work: "M8 .8l2 5h5.3l-4.2 3.3l1.6 5.4L8 11.300l-4.700 3.200l1.600-5.400L.7 5.800h5.300Z",
};

/** A type as the graph draws it: a colour and a shape, and its name for who sees neither. */
export function TypeSign({ type }: { type: string }) {
  return (
    <svg class={`kg-sign kg-type-${type.toLowerCase()}`} viewBox="0 0 16 16" width="14" height="14" role="img" aria-label={type}>
      <title>{type}</title>
      <path d={SHAPES[type] ?? "M8 3.500a4.500 4.500 0 1 1 0 9a4.500 4.500 0 1 1 0-9Z"} />
    </svg>
  );
}

/** How a text holds a statement, in a word with a line of its own. */
export function ModalityWord({ modality }: { modality: string }) {
  return <span class={`kg-modality kg-modality-${modality}`}>{modality}</span>;
}

/** A number with its noun. */
export const count = (number: number, noun: string, plural = `${noun}s`): string =>
  `${number.toLocaleString("en")} ${number === 1 ? noun : plural}`;
