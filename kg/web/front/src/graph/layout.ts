/**
 * Where things lie. The same look gives the same picture: a thing starts at a place made of its id, what is added later
 * never moves what lies already, and no clock decides how long is iterated.
 */

import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import type { Edge, Entity } from "../source";

export interface Point {
  x: number;
  y: number;
}

/** Things beyond this number are laid out while they are already shown. */
export const LARGE = 700;
const ROUNDS = 12; // iterations of a slice
const BREATH = 14; // milliseconds of slices before the page may draw

const SETTINGS = { gravity: 0.6, scalingRatio: 2400, slowDown: 2, edgeWeightInfluence: 0, barnesHutTheta: 0.8 };

/** Two numbers from 0 to 1 that a text always gives. */
export function spread(text: string): [number, number] {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  }
  const scrambled = (seed: number): number => {
    let value = Math.imul(hash ^ seed ^ (hash >>> 16), 0x85ebca6b);
    value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
    return ((value ^ (value >>> 16)) >>> 0) / 0x1_0000_0000;
  };
  return [scrambled(0x9e3779b9), scrambled(0x51ed270b)];
}

export class Layout {
  /** Everything ever placed, shown or not, so that what comes back lies where it lay. */
  readonly points = new Map<string, Point>();

  /**
   * Place the nodes that have no place yet. `moved` is called while a large scene settles; the promise is kept when all
   * is at rest, or `stop` says so.
   */
  async place(nodes: Entity[], edges: Edge[], moved: () => void, stop: () => boolean): Promise<void> {
    const fresh = nodes.filter((node) => !this.points.has(node.id));
    if (!fresh.length) return;
    const first = fresh.length === nodes.length;
    this.start(fresh, edges);
    if (fresh.length > LARGE) moved();
    await this.settle(nodes, edges, new Set(fresh.map((node) => node.id)), moved, stop);
    if (nodes.length <= LARGE) separate(nodes, this.points, first ? null : new Set(fresh.map((node) => node.id)));
  }

  /** Begin beside a neighbour that lies already, else on a disc large enough for all. */
  private start(fresh: Entity[], edges: Edge[]): void {
    const beside = new Map<string, Point>();
    for (const { source, target } of edges) {
      if (target === null) continue;
      const [one, other] = [this.points.get(source), this.points.get(target)];
      if (one && !other && !beside.has(target)) beside.set(target, one);
      if (other && !one && !beside.has(source)) beside.set(source, other);
    }
    const reach = 40 * Math.sqrt(fresh.length) + 60;
    const middle = centre([...this.points.values()]);
    for (const { id } of fresh) {
      const [turn, far] = spread(id);
      const near = beside.get(id);
      const from = near ?? middle;
      const radius = near ? 90 + 60 * far : reach * Math.sqrt(far);
      // Away from the middle of all that lies already, where there is room.
      const out = near && (near.x !== middle.x || near.y !== middle.y)
        ? Math.atan2(near.y - middle.y, near.x - middle.x) + (turn - 0.5) * 2.4
        : turn * 2 * Math.PI;
      this.points.set(id, { x: from.x + Math.cos(out) * radius, y: from.y + Math.sin(out) * radius });
    }
  }

  private async settle(
    nodes: Entity[], edges: Edge[], free: Set<string>, moved: () => void, stop: () => boolean,
  ): Promise<void> {
    const graph = new Graph({ multi: true, type: "undirected" });
    for (const { id } of nodes) graph.addNode(id, { ...this.points.get(id), fixed: !free.has(id) });
    for (const { source, target } of edges) {
      if (target !== null && graph.hasNode(source) && graph.hasNode(target) && !graph.hasUndirectedEdge(source, target)) {
        graph.addUndirectedEdge(source, target);
      }
    }
    const settings = { ...SETTINGS, barnesHutOptimize: nodes.length > 400 };
    const slices = Math.ceil((nodes.length > 2000 ? 96 : nodes.length > 400 ? 180 : 420) / ROUNDS);
    let breath = performance.now();
    for (let slice = 0; slice < slices && !stop(); slice += 1) {
      forceAtlas2.assign(graph, { iterations: ROUNDS, settings });
      if (performance.now() - breath < BREATH) continue;
      if (free.size > LARGE) this.take(graph, free, moved);
      await new Promise((later) => setTimeout(later));
      breath = performance.now();
    }
    this.take(graph, free, moved);
  }

  private take(graph: Graph, free: Set<string>, moved: () => void): void {
    for (const id of free) {
      const { x, y } = graph.getNodeAttributes(id) as Point;
      if (Number.isFinite(x) && Number.isFinite(y)) this.points.set(id, { x, y });
    }
    moved();
  }
}

function centre(points: Point[]): Point {
  if (!points.length) return { x: 0, y: 0 };
  const sum = points.reduce((all, { x, y }) => ({ x: all.x + x, y: all.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

interface Box {
  id: string;
  left: number;
  right: number;
  half: number;
}

/** Push apart what would lie on another's shape or name; only those in `free` move, all where it is null. */
export function separate(nodes: Entity[], points: Map<string, Point>, free: Set<string> | null): void {
  const boxes: Box[] = nodes.map(({ id, name }) => ({ id, left: 16, right: 24 + Math.min(name.length, 34) * 6.4, half: 15 }));
  for (let round = 0; round < 80; round += 1) {
    let still = true;
    for (let one = 0; one < boxes.length; one += 1) {
      for (let other = one + 1; other < boxes.length; other += 1) {
        if (apart(boxes[one]!, boxes[other]!, points, free)) still = false;
      }
    }
    if (still) return;
  }
}

/** Whether the two had to be pushed; always up and down, which costs the least where names run sideways. */
function apart(one: Box, other: Box, points: Map<string, Point>, free: Set<string> | null): boolean {
  const [a, b] = [points.get(one.id)!, points.get(other.id)!];
  if (a.x - one.left > b.x + other.right || b.x - other.left > a.x + one.right) return false;
  const overlap = one.half + other.half - Math.abs(a.y - b.y);
  if (overlap <= 0.5) return false;
  const [moveOne, moveOther] = [!free || free.has(one.id), !free || free.has(other.id)];
  if (!moveOne && !moveOther) return false;
  const up = a.y > b.y || (a.y === b.y && one.id < other.id) ? 1 : -1;
  const push = overlap / (moveOne && moveOther ? 2 : 1);
  if (moveOne) points.set(one.id, { x: a.x, y: a.y + up * push });
  if (moveOther) points.set(other.id, { x: b.x, y: b.y - up * push });
  return true;
}
