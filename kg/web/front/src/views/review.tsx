/** A view of the explorer: pairs that a person should judge. */

import { useAnswer } from "../ask";
import { Decisions } from "../review/decisions";
import { Pair } from "../review/pair";
import type { ViewProps } from "./props";

export default function Review({ source, state }: ViewProps) {
  if (!state.space.value?.edit) {
    return (
      <p class="kg-empty">
        The space is shown to read. Start kg serve with --edit to decide what is the same thing and what is not.
      </p>
    );
  }
  return <Open source={source} state={state} />;
}

function Open({ source, state }: ViewProps) {
  const key = String(state.edits.value);
  const { value, problem } = useAnswer(key, () => source.review());
  return (
    <div class="kg-column kg-review">
      <h2>Are these one?</h2>
      {problem ? <p class="kg-problem" role="alert">{problem}</p> : null}
      {value ? <Pair pairs={value.pairs} source={source} state={state} /> : <p class="kg-empty">Reading…</p>}
      <Decisions source={source} state={state} />
    </div>
  );
}
