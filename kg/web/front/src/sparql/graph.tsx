/** An answer drawn by the explorer's own graph. */

import { useAnswer } from "../answer";
import type { State } from "../state";
import { count } from "../views/shared";
import type { Answer } from "./results";
import { sceneOf } from "./scene";

export function AnswerGraph({ answer, state }: { answer: Answer; state: State }) {
  const names = new Map((state.space.value?.predicates ?? []).map(({ iri, label }) => [iri, label]));
  const { answer: scene, error } = useAnswer(() => sceneOf(answer, state.source.endpoint ?? "", names), [answer]);
  if (error) return <p class="kg-problem" role="alert">{error}</p>;
  if (!scene) return <p class="kg-empty" role="status">Drawing …</p>;
  return <p>{count(scene.nodes.length, "thing")}</p>;
}
