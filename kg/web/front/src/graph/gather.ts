/**
 * A first place for thousands of things: neighbours near each other, found in a few rounds over the edges. Short lines
 * are drawn faster, and what settles from here is settled sooner.
 */

import type { Edge } from "../source";
import type { Point } from "./layout";

const ROUNDS = 12;

/** Move each thing towards its neighbours, then spread all evenly over a disc again. */
export function gatherNeighbours(ids: string[], edges: Edge[], points: Map<string, Point>): void {
  const place = new Map(ids.map((id, index) => [id, index]));
  let x: Float64Array = Float64Array.from(ids, (id) => points.get(id)!.x);
  let y: Float64Array = Float64Array.from(ids, (id) => points.get(id)!.y);
  const reach = Math.max(...[x, y].map((axis) => axis.reduce((most, value) => Math.max(most, Math.abs(value)), 1)));
  const links: [number, number][] = [];
  for (const { source, target } of edges) {
    const [one, other] = [place.get(source), target === null ? undefined : place.get(target)];
    if (one !== undefined && other !== undefined && one !== other) links.push([one, other]);
  }
  const count = new Float64Array(ids.length).fill(1);
  for (const [one, other] of links) {
    count[one]! += 1;
    count[other]! += 1;
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    [x, y] = [evened(averaged(x, links, count)), evened(averaged(y, links, count))];
  }
  // Ranks fill a square evenly; the square becomes a disc.
  ids.forEach((id, index) => {
    const [u, v] = [x[index]!, y[index]!];
    points.set(id, { x: reach * u * Math.sqrt(1 - (v * v) / 2), y: reach * v * Math.sqrt(1 - (u * u) / 2) });
  });
}

function averaged(axis: Float64Array, links: [number, number][], count: Float64Array): Float64Array {
  const sum = axis.slice();
  for (const [one, other] of links) {
    sum[one]! += axis[other]!;
    sum[other]! += axis[one]!;
  }
  return sum.map((value, index) => value / count[index]!);
}

/** Values by their rank, from -1 to 1: averaging alone would draw all to one point. */
function evened(axis: Float64Array): Float64Array {
  const order = Uint32Array.from(axis.keys()).sort((one, other) => axis[one]! - axis[other]! || one - other);
  const ranks = new Float64Array(axis.length);
  order.forEach((index, rank) => (ranks[index] = (2 * rank) / Math.max(1, axis.length - 1) - 1));
  return ranks;
}
