/** Why? – the sentences behind a fact or a thing, each with what marks it: how it is said, when, by whom, how surely. */

import { useSignal } from "@preact/signals";
import { useAnswer } from "../ask";
import { Icon } from "../icons";
import { count, Marked, Modality, objectOf, Score, timeInWords } from "../parts";
import type { Shell } from "../shell";
import type { Asked, Claim, Names } from "../source";
import { DocumentName } from "./card";
import { Refute } from "./edits";

/** What the address's `why` asks for. */
export function asked(why: string): Asked {
  const [kind, ...rest] = why.split(":");
  if (kind === "entity" && rest.length) return { entity: rest.join(":") };
  if (kind === "statement" && rest.length) return { statement: rest.join(":") };
  const [one, other] = why.split(",");
  return one && other ? { pair: [one, other] } : { edge: why };
}

export function Evidence({ shell, why }: { shell: Shell; why: string }) {
  const { source, state } = shell;
  const limit = useSignal(20);
  const key = `${why} ${limit.value} ${state.edits.value}`;
  const { value: answer, problem } = useAnswer(key, () => source.why(asked(why), limit.value));
  const one = answer && new Set(answer.claims.map((claim) => claim.edge)).size <= 1;
  return (
    <article class="kg-evidence" aria-label="Evidence">
      <button type="button" class="kg-back" onClick={() => state.go({ why: null })}><Icon name="left" /> Back</button>
      <p class="kg-kicker">Why?</p>
      {problem ? <p class="kg-problem" role="alert">{problem}</p> : null}
      {answer ? (
        <>
          <h2>{answer.title}</h2>
          <p class="kg-counts">{answer.claims.length ? count(answer.claims.length + answer.more, "piece") : "No pieces"} of evidence</p>
          <ol class="kg-claims">
            {answer.claims.map((claim) => <Said shell={shell} claim={claim} names={answer.names} alone={Boolean(one)} last={answer.claims.length + answer.more === 1} />)}
          </ol>
          {answer.more > 0 ? (
            <button type="button" class="kg-more" onClick={() => (limit.value += 50)}>{answer.more} more</button>
          ) : null}
        </>
      ) : problem ? null : <p class="kg-empty">Reading…</p>}
    </article>
  );
}

interface SaidProps {
  shell: Shell;
  claim: Claim;
  names: Names;
  /** Whether all claims shown say the same, so that the title has told what. */
  alone: boolean;
  /** Whether there is no other. */
  last: boolean;
}

function Said({ shell, claim, names, alone, last }: SaidProps) {
  const { shown, state } = shell;
  const speaker = claim.source === null ? null : (names[claim.source] ?? claim.source);
  return (
    <li class="kg-claim">
      {alone ? null : (
        <p class="kg-claim-what">
          {names[claim.subject] ?? claim.subject} <span class="kg-muted">{claim.label}</span> {objectOf(claim, names)}
        </p>
      )}
      <blockquote><Marked pieces={claim.sentence} choose={(id) => shown.open(id)} /></blockquote>
      <p class="kg-claim-how">
        <Modality name={claim.modality} />
        {claim.time ? <span class="kg-badge kg-badge-time">{timeInWords(claim.time)}</span> : null}
        {claim.inferred ? <span class="kg-badge" title="It follows from another statement by the schema’s rules.">inferred</span> : null}
        <Score score={claim.score} />
      </p>
      <p class="kg-claim-where">
        {speaker ? <>said by <b>{speaker}</b>, in </> : null}
        <DocumentName shell={shell} document={claim.document} statement={claim.id} />
      </p>
      <p class="kg-claim-by">read by {claim.by || "an unnamed extractor"}{claim.version ? ` (${claim.version})` : ""}</p>
      {state.space.value?.edit && !claim.inferred ? <Refute shell={shell} claim={claim} last={last} /> : null}
    </li>
  );
}
