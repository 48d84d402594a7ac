/** An answer drawn by the explorer's own graph. */

import { useEffect, useRef } from "preact/hooks";
import { useAnswer } from "../ask";
import { Layout } from "../graph/layout";
import { Stage, type StageEvents } from "../graph/stage";
import { DARK, LIGHT } from "../graph/theme";
import { count } from "../parts";
import type { Scene } from "../source";
import type { State } from "../state";
import { inGraph } from "../views/shared";
import type { Answer } from "./results";
import { sceneOf } from "./scene";

export function AnswerGraph({ answer, query, state }: { answer: Answer; query: string; state: State }) {
  const names = new Map((state.space.value?.predicates ?? []).map(({ iri, label }) => [iri, label]));
  const { value, problem } = useAnswer(query, () => sceneOf(answer, state.source.endpoint ?? "", names));
  if (problem) return <p class="kg-problem" role="alert">{problem}</p>;
  if (!value) return <p class="kg-empty" role="status">Drawing…</p>;
  return <Drawing scene={value} state={state} />;
}

function Drawing({ scene, state }: { scene: Scene; state: State }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => (host.current ? drawn(host.current, scene, state) : undefined), [scene]);
  const { nodes, edges } = scene.omitted;
  return (
    <>
      <div
        ref={host} class="kg-canvas kg-answer-graph" role="img"
        aria-label={`Graph of ${count(scene.nodes.length, "thing")} and ${count(scene.edges.length, "link")}; the table holds the same.`}
      />
      <p class="kg-muted">
        {count(scene.nodes.length, "thing")}, {count(scene.edges.length, "link")}
        {nodes + edges > 0 ? `; ${count(nodes, "thing")} and ${count(edges, "link")} more are only in the table` : ""}. Press
        a thing to go on from it in the explorer.
      </p>
    </>
  );
}

/** Draw the scene in an element; returns what takes it away again. */
function drawn(host: HTMLElement, scene: Scene, state: State): () => void {
  const root = host.closest(".kg");
  const theme = (): typeof LIGHT => (root?.classList.contains("kg-dark") ? DARK : LIGHT);
  const open = (id: string): void => {
    const entity = scene.nodes.find((node) => node.id === id);
    if (entity?.iri.startsWith("urn:kg:entity/")) state.go(inGraph([id]));
  };
  const nothing = (): void => {};
  const events: StageEvents = {
    chooseNode: open, openNode: open, chooseEdge: nothing, chooseNothing: nothing, dragged: nothing, dropped: nothing,
  };
  const stage = new Stage(host, theme, state.space.peek()?.types ?? [], events);
  const layout = new Layout();
  let gone = false;
  const show = (): void => stage.place(layout);
  void layout.place(scene.nodes, scene.edges, show, () => gone).then(() => {
    if (gone) return;
    stage.show({ nodes: mapOf(scene.nodes), edges: mapOf(scene.edges), points: layout.points, sides: layout.sides });
    stage.fit(undefined, false);
  });
  const painting = new MutationObserver(() => stage.repaint());
  if (root) painting.observe(root, { attributes: true, attributeFilter: ["class"] });
  const sizing = new ResizeObserver(() => stage.resize());
  sizing.observe(host);
  return () => {
    gone = true;
    painting.disconnect();
    sizing.disconnect();
    stage.kill();
  };
}

const mapOf = <One extends { id: string }>(all: One[]): Map<string, One> => new Map(all.map((one) => [one.id, one]));
