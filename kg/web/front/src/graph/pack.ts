/** Parts of a picture that no line joins, laid side by side instead of drifting apart. */

import type { Edge } from "../source";
import type { Point } from "./layout";

/** Ids in groups that edges join, the largest first. */
export function components(ids: string[], edges: Edge[]): string[][] {
  const parent = new Map(ids.map((id) => [id, id]));
  const root = (id: string): string => {
    let at = id;
    for (let up = parent.get(at)!; up !== at; up = parent.get(at)!) {
      parent.set(at, parent.get(up)!);
      at = up;
    }
    return at;
  };
  for (const { source, target } of edges) {
    if (target !== null && parent.has(source) && parent.has(target)) parent.set(root(source), root(target));
  }
  const groups = new Map<string, string[]>();
  for (const id of ids) {
    const group = groups.get(root(id));
    if (group) group.push(id);
    else groups.set(root(id), [id]);
  }
  return [...groups.values()].sort((one, other) => other.length - one.length || (one[0]! < other[0]! ? -1 : 1));
}

/** The room that a thing takes with its name: to the left, to the right, and half its height. */
export interface Room {
  left: number;
  right: number;
  half: number;
}

/** A rectangle by its sides. */
type Box = [left: number, right: number, low: number, high: number];

const MARGIN = 22;
const WIDE = 1.2; // the picture's width to its height
const BEAD = 45; // units between the places of a line that are kept free

/** Move each group, as it lies, to the free place nearest the middle; the first stays the middle. */
export function pack(
  groups: string[][], edges: Edge[], points: Map<string, Point>, rooms: ReadonlyMap<string, Room>,
): void {
  const taken: Box[] = [];
  for (const group of groups) {
    const boxes = [...group.map((id) => around(points.get(id)!, rooms.get(id)!)), ...beads(group, edges, points)];
    const middle = middleOf(boxes);
    const to = taken.length ? freePlace(boxes, middle, taken) : { x: 0, y: 0 };
    const [dx, dy] = [to.x - middle.x, to.y - middle.y];
    for (const id of group) {
      const { x, y } = points.get(id)!;
      points.set(id, { x: x + dx, y: y + dy });
    }
    taken.push(...boxes.map((box) => moved(box, dx, dy)));
  }
}

const around = ({ x, y }: Point, { left, right, half }: Room): Box => [
  x - left - MARGIN, x + right + MARGIN, y - half - MARGIN / 2, y + half + MARGIN / 2,
];

/** Small boxes along the lines of a group, so that nothing is laid across them. */
function beads(group: string[], edges: Edge[], points: Map<string, Point>): Box[] {
  const inside = new Set(group);
  return edges.flatMap(({ source, target }): Box[] => {
    if (target === null || !inside.has(source) || !inside.has(target)) return [];
    const [one, other] = [points.get(source)!, points.get(target)!];
    const steps = Math.ceil(Math.hypot(one.x - other.x, one.y - other.y) / BEAD);
    return Array.from({ length: Math.max(0, steps - 1) }, (_, step) => {
      const share = (step + 1) / steps;
      return around(
        { x: one.x + (other.x - one.x) * share, y: one.y + (other.y - one.y) * share }, { left: 16, right: 16, half: 16 },
      );
    });
  });
}

function middleOf(boxes: Box[]): Point {
  const [left, right] = [Math.min(...boxes.map((box) => box[0])), Math.max(...boxes.map((box) => box[1]))];
  const [low, high] = [Math.min(...boxes.map((box) => box[2])), Math.max(...boxes.map((box) => box[3]))];
  return { x: (left + right) / 2, y: (low + high) / 2 };
}

const moved = ([left, right, low, high]: Box, dx: number, dy: number): Box => [left + dx, right + dx, low + dy, high + dy];

function freePlace(boxes: Box[], middle: Point, taken: Box[]): Point {
  for (let step = 0; ; step += 1) {
    const [turn, far] = [step * 2.399963, 13 * Math.sqrt(step)];
    const at = { x: Math.cos(turn) * far * WIDE, y: Math.sin(turn) * far };
    const there = boxes.map((box) => moved(box, at.x - middle.x, at.y - middle.y));
    if (!there.some((box) => taken.some((other) => overlap(box, other)))) return at;
  }
}

const overlap = (one: Box, other: Box): boolean =>
  one[0] < other[1] && other[0] < one[1] && one[2] < other[3] && other[2] < one[3];
