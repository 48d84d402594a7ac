/** The graph with what stands on it: tools, the legend, and what is said of the scene as a whole. */

import { effect, useComputed } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Shell } from "../shell";
import { Icon } from "../icons";
import { holdsBack } from "../filters";
import type { Edge, Entity } from "../source";
import { NOWHERE } from "../state";
import { count } from "../parts";
import { keyPressed } from "./keys";
import { Legend } from "./legend";
import type { Theme } from "./theme";
import { type Emphasis, type Picture, Stage, type StageEvents } from "./stage";

export function GraphView({ shell }: { shell: Shell }) {
  const host = useRef<HTMLDivElement>(null);
  const stage = useRef<Stage | null>(null);
  useStage(shell, host, stage);
  const { state, shown } = shell;
  const spoken = useComputed(() => {
    const focus = state.look.value.focus;
    const name = focus ? shown.nodes.value.get(focus)?.name : undefined;
    const sum = `${count(shown.nodes.value.size, "thing")}, ${count(shown.edges.value.size, "fact")}`;
    return `Graph of ${sum}.${name ? ` Chosen: ${name}.` : ""} Arrow keys move between things, Enter opens one.`;
  });
  return (
    <section class="kg-graph" aria-label="Graph">
      <div
        ref={host} id={shell.compact ? undefined : "kg-graph"} class="kg-canvas" tabIndex={0} role="application" aria-label={spoken.value}
        onKeyDown={(event) => keyPressed(event, shell, stage.current)}
      />
      <Tools stage={stage} shell={shell} />
      <Notices shell={shell} />
      <Legend shell={shell} />
    </section>
  );
}

function useStage(shell: Shell, host: { current: HTMLDivElement | null }, stage: { current: Stage | null }): void {
  const { state } = shell;
  useEffect(() => {
    const element = host.current!;
    const made = new Stage(element, () => shell.theme.peek(), state.space.peek()?.types ?? [], eventsOf(shell));
    if (shell.compact) leaveWheel(element);
    stage.current = made;
    let { clientWidth: width, clientHeight: height } = element;
    const watching = new ResizeObserver(() => {
      if (width === element.clientWidth && height === element.clientHeight) return;
      [width, height] = [element.clientWidth, element.clientHeight];
      made.resize();
    });
    watching.observe(element);
    const following = follow(shell, made);
    shell.shown.staged();
    return () => {
      following();
      watching.disconnect();
      made.kill();
      stage.current = null;
    };
  }, []);
}

/** In a frame the wheel scrolls the page around it, until the graph is what the keyboard is in, or Ctrl is held. */
function leaveWheel(element: HTMLElement): void {
  const told = (event: WheelEvent): void => {
    if (!event.ctrlKey && document.activeElement !== element) event.stopPropagation();
  };
  element.addEventListener("wheel", told, { capture: true });
}

/** Keep the stage in step with what is shown and chosen; nothing is drawn twice for one change. */
function follow(shell: Shell, stage: Stage): () => void {
  const { state, shown } = shell;
  const was: Partial<Drawn> = {};
  return effect(() => {
    const now = drawnOf(shell);
    if (now.nodes !== was.nodes || now.edges !== was.edges) stage.show(pictureOf(shell), emphasisOf(shell));
    else if (now.moves !== was.moves) stage.place(shown);
    else if (now.chosen !== was.chosen) stage.emphasise(emphasisOf(shell));
    else if (now.theme !== was.theme) stage.repaint();
    const more = now.nodes.size !== was.nodes?.size;
    if (now.fresh !== was.fresh) stage.fit(undefined, false);
    else if (now.paths !== was.paths && now.paths.length) stage.fit(endsOf(shell));
    else if (more && !stage.sees(now.nodes.keys())) stage.fit();
    const { focus } = state.look.value;
    if (now.chosen !== was.chosen && focus && now.nodes.has(focus)) stage.reveal(focus);
    Object.assign(was, now);
  });
}

/** All that the picture depends on. */
interface Drawn {
  nodes: ReadonlyMap<string, Entity>;
  edges: ReadonlyMap<string, Edge>;
  paths: string[][];
  fresh: number;
  moves: number;
  theme: Theme;
  chosen: string;
}

function drawnOf({ state, shown, theme }: Shell): Drawn {
  const { focus, why, path, pin } = state.look.value;
  return {
    nodes: shown.nodes.value, edges: shown.edges.value, paths: shown.paths.value, fresh: shown.fresh.value,
    moves: shown.moves.value, theme: theme.value, chosen: JSON.stringify([focus, why, path, pin]),
  };
}

function eventsOf({ state, shown }: Shell): StageEvents {
  return {
    chooseNode: (id) => shown.open(id),
    openNode: (id) => (state.look.value.expand.includes(id) ? shown.collapse(id) : shown.expand(id)),
    chooseEdge: (id) => state.go({ why: id, focus: null }),
    chooseNothing: () => state.look.value.focus || state.look.value.why ? state.go({ focus: null, why: null }) : undefined,
    dragged: (id, point) => shown.move(id, point),
    dropped: (id, point) => shown.pin(id, point),
  };
}

function pictureOf({ shown }: Shell): Picture {
  return { nodes: shown.nodes.value, edges: shown.edges.value, points: shown.points, sides: shown.sides };
}

function emphasisOf({ state, shown }: Shell): Emphasis {
  const { focus, why, path, pin } = state.look.value;
  const edges = shown.edges.value;
  const chosen = new Set<string>();
  if (why && edges.has(why)) chosen.add(why);
  else if (why?.includes(",")) {
    const [one, other] = why.split(",");
    for (const { id, source, target } of edges.values()) {
      if ((source === one && target === other) || (source === other && target === one)) chosen.add(id);
    }
  } else if (path && !focus) for (const id of shown.paths.value.flat()) chosen.add(id);
  return { focus, edges: chosen, pins: new Set(pin.map((one) => one.split("~")[0]!)) };
}

function endsOf({ shown }: Shell): string[] {
  const ends = shown.paths.value.flat().flatMap((id) => {
    const edge = shown.edges.value.get(id);
    return edge?.target ? [edge.source, edge.target] : [];
  });
  return [...new Set(ends)];
}

function Tools({ stage, shell }: { stage: { current: Stage | null }; shell: Shell }) {
  const tools = [
    { name: "Zoom in", icon: "plus", act: () => stage.current?.zoom(1 / 1.5) },
    { name: "Zoom out", icon: "minus", act: () => stage.current?.zoom(1.5) },
    { name: "Fit all into view", icon: "fit", act: () => stage.current?.fit() },
  ] as const;
  return (
    <div class="kg-tools" role="group" aria-label="View of the graph">
      {tools.map(({ name, icon, act }) => (
        <button type="button" class="kg-tool" aria-label={name} title={name} onClick={act}><Icon name={icon} /></button>
      ))}
      <button
        type="button" class="kg-tool" aria-label="Start again with the most connected" title="Start again"
        onClick={() => shell.state.go({ ...NOWHERE })}
      ><Icon name="home" /></button>
    </div>
  );
}

function Notices({ shell }: { shell: Shell }) {
  const { shown, state } = shell;
  const { nodes, edges, busy, problem, omitted, pathFrom } = shown;
  if (problem.value) {
    return (
      <div class="kg-notice kg-notice-wrong" role="alert">
        <p>{problem.value}</p>
        <button type="button" onClick={() => state.go({ ...NOWHERE })}>Start again</button>
      </div>
    );
  }
  const from = pathFrom.value;
  if (from) {
    return (
      <div class="kg-notice" role="status">
        <p>A path from <b>{nodes.value.get(from)?.name ?? from}</b> to …? Choose a thing in the graph, or search for it.</p>
        <button type="button" onClick={() => (pathFrom.value = null)}>Cancel</button>
      </div>
    );
  }
  if (!busy.value && !nodes.value.size) {
    const held = holdsBack(state.filters.value);
    return (
      <div class="kg-notice" role="status">
        <p>{held ? "Nothing here passes the filters." : "Nothing here yet. Search for a name."}</p>
        {held ? <button type="button" onClick={() => state.unfilter()}>Clear the filters</button> : null}
      </div>
    );
  }
  const left = omitted.value.nodes;
  return (
    <p class="kg-sum" role="status">
      {busy.value && !nodes.value.size ? "Reading…" : `${count(nodes.value.size, "thing")} · ${count(edges.value.size, "fact")}`}
      {left > 0 ? <span> · {count(left, "more thing")} not drawn</span> : null}
    </p>
  );
}
