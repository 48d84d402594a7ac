import type { Source } from "../source";
import type { State } from "../state";

/**
 * What each view is given.
 *
 * `state.look.value` says what to show and is followed by reading it while rendering (preact/signals); change it with
 * `state.go({...})` (a step in the history) or `state.amend({...})` (none). Links are
 * `<a href={state.href({view: "documents", document: id})} onClick={...}>`: use `Link` of ../link, which does both.
 * `state.filters.value` are the filters that map and timeline share with the graph; `state.space.value` is never null
 * while a view is shown; `state.edits.value` grows when an edit changed the space: read again then. `state.say(words)`
 * reaches screen readers, `state.toast.value = {message, action}` everybody.
 */
export interface ViewProps {
  source: Source;
  state: State;
}
