/** A crowd in the middle, a few far out, or all in one line leave most of a picture empty: places that fill it better. */

import type { Point } from "./layout";

const CROWD = 20; // things from which on there can be a crowd
const SHARE = 0.6; // of the way
const WIDE = 1.1; // the width of a picture to its height, about that of the canvas beside the panel
const MOST = 2; // times higher than it was

/** Move the places of a group towards those that their ranks, from left to right and up, would have; order is kept. */
export function evenOut(group: string[], points: Map<string, Point>): void {
  if (group.length < CROWD) return;
  const [x, y] = (["x", "y"] as const).map((axis) => spread(group.map((id) => points.get(id)![axis])));
  group.forEach((id, place) => points.set(id, { x: x![place]!, y: y![place]! }));
}

/** Make what lies flat higher: names, which run sideways, have more room then. */
export function standUp(ids: string[], points: Map<string, Point>): void {
  const places = ids.map((id) => points.get(id)!);
  const by = Math.min(MOST, span(places.map(({ x }) => x)) / WIDE / Math.max(1, span(places.map(({ y }) => y))));
  if (by > 1) ids.forEach((id, place) => points.set(id, { x: places[place]!.x, y: places[place]!.y * by }));
}

/** How far apart the least and the most are. */
export const span = (values: number[]): number =>
  values.reduce((most, value) => Math.max(most, value), -Infinity) - values.reduce((least, value) => Math.min(least, value), Infinity);

function spread(values: number[]): number[] {
  const order = values.map((_, place) => place).sort((one, other) => values[one]! - values[other]! || one - other);
  const [least, most] = [values[order[0]!]!, values[order.at(-1)!]!];
  const even = new Array<number>(values.length);
  order.forEach((place, rank) => (even[place] = least + ((most - least) * rank) / (values.length - 1)));
  return values.map((value, place) => value + (even[place]! - value) * SHARE);
}
