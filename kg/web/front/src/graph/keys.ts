/** The graph by keyboard: arrows go from thing to thing, letters do what the card's buttons do. */

import { connected } from "../parts";
import type { Shell } from "../shell";
import type { Point } from "./layout";
import type { Stage } from "./stage";

const ARROWS: Record<string, Point> = {
  ArrowRight: { x: 1, y: 0 }, ArrowLeft: { x: -1, y: 0 }, ArrowUp: { x: 0, y: 1 }, ArrowDown: { x: 0, y: -1 },
};

/** What each key does, for the help as much as for the hand. */
export const KEYS: [string, string][] = [
  ["/", "search"],
  ["Arrow keys", "go to the next thing in that direction"],
  ["Enter", "open the chosen thing’s details"],
  ["E", "expand or collapse it"],
  ["P", "pin or release it"],
  ["H", "hide it"],
  ["W", "why? – the sentences behind it"],
  ["F", "begin a path at it"],
  ["+ − 0", "zoom in, zoom out, fit all"],
  ["Escape", "close, step by step"],
  ["?", "this help"],
];

export function keyPressed(event: KeyboardEvent, shell: Shell, stage: Stage | null): void {
  if (event.ctrlKey || event.metaKey || event.altKey || !stage) return;
  const { shown, state } = shell;
  const arrow = ARROWS[event.key];
  const focus = state.look.value.focus;
  if (arrow) walk(shell, stage, arrow);
  else if (event.key === "+" || event.key === "=") stage.zoom(1 / 1.5);
  else if (event.key === "-") stage.zoom(1.5);
  else if (event.key === "0") stage.fit();
  else if (focus && shown.nodes.value.has(focus) && onThing(event.key, focus, shell)) {
    // Done.
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

function walk({ shown, state }: Shell, stage: Stage, arrow: Point): void {
  const { focus } = state.look.value;
  const nodes = shown.nodes.value;
  const next = focus && nodes.has(focus) ? stage.beside(focus, arrow) : busiest(shown.nodes.value);
  const node = next ? nodes.get(next) : undefined;
  if (!node) return;
  state.amend({ focus: node.id, why: null });
  state.say(`${node.name}, ${node.type}, ${connected(node.degree)}`);
}

const busiest = (nodes: Shell["shown"]["nodes"]["value"]): string | null =>
  [...nodes.values()].sort((one, other) => other.degree - one.degree)[0]?.id ?? null;

function onThing(key: string, id: string, { shown, state, panel }: Shell): boolean {
  switch (key.toLowerCase()) {
    case "enter":
      panel.show("details");
      return true;
    case "e":
      if (state.look.value.expand.includes(id)) shown.collapse(id);
      else shown.expand(id);
      return true;
    case "p":
      if (shown.isPinned(id)) shown.unpin(id);
      else shown.pin(id);
      return true;
    case "h":
      shown.hide(id);
      return true;
    case "w":
      state.go({ why: `entity:${id}` });
      return true;
    case "f":
      shown.pathFrom.value = id;
      return true;
    default:
      return false;
  }
}
