/** All that a person has decided of the space, each to be taken back. */

import { useAnswer } from "../ask";
import { count, timeInWords } from "../parts";
import type { Judgement } from "../source";
import type { ViewProps } from "../views/props";
import { decide } from "../decide";

export function Decisions({ source, state }: ViewProps) {
  const { value, problem } = useAnswer(String(state.edits.value), () => source.judgements());
  const undo = (judgement: Judgement): void =>
    void decide(source, state, `Taken back: ${judgement.title}`, () => source.undo(judgement.id));
  return (
    <section aria-label="Decisions" class="kg-decisions">
      <h3>Decided so far{value ? ` (${count(value.length, "decision")})` : ""}</h3>
      {problem ? <p class="kg-problem" role="alert">{problem}</p> : null}
      {value?.length === 0 ? <p class="kg-muted">Nothing yet.</p> : null}
      <ul class="kg-rows">
        {value?.map((judgement) => (
          <li key={judgement.id} class="kg-decision">
            <span>
              <span class="kg-badge">{judgement.kind === "refute" ? "wrong" : judgement.verdict}</span> {judgement.title}
              {judgement.note ? <span class="kg-muted"> – {judgement.note}</span> : null}
            </span>
            <span class="kg-muted">{judgement.time ? timeInWords(judgement.time) : ""}</span>
            <button type="button" class="kg-button" aria-label={`Undo: ${judgement.title}`} onClick={() => undo(judgement)}>
              Undo
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
