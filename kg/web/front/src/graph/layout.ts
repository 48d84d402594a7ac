/**
 * Where things lie. The same look gives the same picture: a thing starts at a place made of its id, what is added later
 * never moves what lies already, and no clock decides how long is iterated.
 */

import type { Edge, Entity } from "../source";
import { Forces } from "./forces";
import { evenOut, span, standUp } from "./even";
import { gatherNeighbours } from "./gather";
import { components, pack, type Room } from "./pack";

export interface Point {
  x: number;
  y: number;
}

/** Things beyond this number are laid out while they are already shown. */
export const LARGE = 700;
const BREATH = 12; // milliseconds of iterations before the page may draw
const GLANCE = 1500; // milliseconds between two pictures of a large scene that settles

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
  /** Where names stand: on the side that lines leave free. */
  readonly sides = new Map<string, Side>();
  /** Units of the picture to a pixel, about. */
  private scale = 1;

  forget(): void {
    this.points.clear();
    this.sides.clear();
  }

  /**
   * Place the nodes that have no place yet. `moved` is called while a large scene settles; the promise is kept when all
   * is at rest, or `stop` says so.
   */
  async place(nodes: Entity[], edges: Edge[], moved: () => void, stop: () => boolean): Promise<void> {
    const fresh = nodes.filter((node) => !this.points.has(node.id));
    if (!fresh.length) return;
    const first = fresh.length === nodes.length;
    this.start(fresh, edges);
    if (fresh.length > LARGE) {
      if (first) gatherNeighbours(fresh.map((node) => node.id), edges, this.points);
      moved();
      await painted(); // The first picture before its betterment.
    }
    const free = new Set(fresh.map((node) => node.id));
    const groups = first ? components([...free], edges) : [[...free]];
    await this.settle(nodes, edges, free, moved, stop);
    if (stop()) {
      // Half settled is not settled: when it is asked for again, it begins again.
      for (const id of free) this.points.delete(id);
      return;
    }
    if (first) lieDown(groups[0]!, this.points);
    if (nodes.length <= LARGE) {
      if (first) for (const group of groups) evenOut(group, this.points);
      this.turnNames(nodes, edges, free);
      this.makeRoom(nodes, edges, first ? null : free, groups);
      if (first) standUp(nodes.map((node) => node.id), this.points);
    } else if (groups.length > 1 && groups.length < 200) {
      pack(groups, [], this.points, new Map(nodes.map(({ id }) => [id, { left: 20, right: 20, half: 20 }])));
    }
    moved();
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
    const forces = new Forces(nodes.map((node) => node.id), edges, this.points, free);
    const iterations = nodes.length > 2000 ? 90 : nodes.length > 400 ? 160 : 420;
    let [breath, glance] = [performance.now(), performance.now()];
    for (let round = 0; round < iterations && !stop(); round += 1) {
      forces.step();
      if (performance.now() - breath < BREATH) continue;
      if (free.size > LARGE && performance.now() - glance > GLANCE) {
        forces.read(this.points);
        moved();
        glance = performance.now();
      }
      await new Promise((later) => setTimeout(later));
      breath = performance.now();
    }
    forces.read(this.points);
  }

  private turnNames(nodes: Entity[], edges: Edge[], free: Set<string>): void {
    const lines = new Map<string, Point[]>();
    const leave = (id: string, other: string): void => {
      const [one, two] = [this.points.get(id), this.points.get(other)];
      const far = one && two ? Math.hypot(two.x - one.x, two.y - one.y) : 0;
      if (!one || !two || !far) return;
      lines.set(id, [...(lines.get(id) ?? []), { x: (two.x - one.x) / far, y: (two.y - one.y) / far }]);
    };
    for (const { source, target } of edges) {
      if (target === null) continue;
      leave(source, target);
      leave(target, source);
    }
    for (const { id } of nodes) if (free.has(id)) this.sides.set(id, freestSide(lines.get(id) ?? []));
  }

  /**
   * Names keep their size on the screen, so that a wide picture, which is shown smaller, needs more room for them: how
   * much is seen once the parts lie side by side, and then done again.
   */
  private makeRoom(nodes: Entity[], edges: Edge[], free: Set<string> | null, groups: string[][]): void {
    for (let scale = free ? this.scale : 1, round = 0; round < 2; round += 1) {
      const rooms = new Map(nodes.map((node) => [node.id, roomOf(node, this.sides.get(node.id) ?? "right", scale)]));
      separate(rooms, this.points, free);
      if (free) return;
      if (groups.length > 1) pack(groups, edges, this.points, rooms);
      scale = this.scale = Math.min(1.8, Math.max(1, spanOf(this.points) / 860));
      if (scale < 1.1) return;
    }
  }
}

function spanOf(points: ReadonlyMap<string, Point>): number {
  const places = [...points.values()];
  return Math.max(span(places.map(({ x }) => x)) / 1.1, span(places.map(({ y }) => y)));
}

/** Turn what stands upright on its side: screens are wide, and names run sideways. */
function lieDown(group: string[], points: Map<string, Point>): void {
  const places = group.map((id) => points.get(id)!);
  if (span(places.map(({ y }) => y)) <= 1.35 * span(places.map(({ x }) => x))) return;
  for (const id of group) {
    const { x, y } = points.get(id)!;
    points.set(id, { x: y, y: -x });
  }
}

/** When the page has been drawn; a page that is out of sight draws nothing and waits a moment. */
function painted(): Promise<void> {
  return new Promise((done) => {
    const waiting = setTimeout(done, 3000);
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
      clearTimeout(waiting);
      done();
    }, 50)));
  });
}

function centre(points: Point[]): Point {
  if (!points.length) return { x: 0, y: 0 };
  const sum = points.reduce((all, { x, y }) => ({ x: all.x + x, y: all.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

/** Push apart what would lie on another's shape or name; only those in `free` move, all where it is null. */
export function separate(rooms: ReadonlyMap<string, Room>, points: Map<string, Point>, free: Set<string> | null): void {
  const boxes = [...rooms].map(([id, room]): Box => ({ id, ...room }));
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

interface Box extends Room {
  id: string;
}

export type Side = "right" | "left" | "below" | "above";

/** Directions, and how little each is liked where all are free. Names are wide, so lines from below or above cross them sooner. */
const SIDES: [Side, Point, number, number][] = [
  ["right", { x: 1, y: 0 }, 0, 6], ["left", { x: -1, y: 0 }, 0.15, 6],
  ["below", { x: 0, y: -1 }, 0.3, 2], ["above", { x: 0, y: 1 }, 0.35, 2],
];

/** The side of a thing that the lines leaving it (unit vectors) leave free. */
export function freestSide(lines: Point[]): Side {
  const costs = SIDES.map(([side, to, dislike, narrow]) => {
    const met = lines.map((line) => Math.max(0, line.x * to.x + line.y * to.y) ** narrow);
    return { side, cost: dislike + met.reduce((sum, one) => sum + one, 0) };
  });
  return costs.reduce((best, one) => (one.cost < best.cost ? one : best)).side;
}

/** What a thing and its name take where one unit is `scale` pixels. */
function roomOf({ name }: Entity, side: Side, scale: number): Room {
  const words = Math.min(name.length, 34) * 7;
  const [long, short] = [(22 + words) * scale, 15 * scale];
  if (side === "left") return { left: long, right: short, half: 13 * scale };
  if (side === "right") return { left: short, right: long, half: 13 * scale };
  return { left: (words / 2 + 6) * scale, right: (words / 2 + 6) * scale, half: 25 * scale };
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
