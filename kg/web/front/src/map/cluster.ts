/** Places that would be drawn on top of one another, drawn as one. */

import type { Point } from "./mercator";

export type Spot = { id: string; name: string; things: number; lat: number; lon: number; at: Point };

/** Where to draw, the most talked-of place first, and how many things are there in all. */
export type Cluster = { at: Point; spots: Spot[]; things: number };

/** Group spots nearer than a distance in pixels at a scale; the greatest gather the others, so names stay put. */
export function clustered(spots: Spot[], scale: number, distance: number): Cluster[] {
  const cell = distance / scale;
  const grid = new Map<string, Cluster[]>();
  const clusters: Cluster[] = [];
  const ranked = [...spots].sort((a, b) => b.things - a.things || (a.id < b.id ? -1 : 1));
  for (const spot of ranked) {
    const near = nearest(grid, spot.at, cell);
    if (near) {
      near.spots.push(spot);
      near.things += spot.things;
      continue;
    }
    const cluster = { at: spot.at, spots: [spot], things: spot.things };
    clusters.push(cluster);
    const key = keyOf(spot.at, cell, 0, 0);
    grid.set(key, [...(grid.get(key) ?? []), cluster]);
  }
  return clusters;
}

function keyOf([x, y]: Point, cell: number, dx: number, dy: number): string {
  return `${Math.floor(x / cell) + dx},${Math.floor(y / cell) + dy}`;
}

function nearest(grid: Map<string, Cluster[]>, at: Point, cell: number): Cluster | undefined {
  let best: Cluster | undefined;
  let least = cell;
  for (let dx = -1; dx <= 1; dx++) {
    for (let dy = -1; dy <= 1; dy++) {
      for (const cluster of grid.get(keyOf(at, cell, dx, dy)) ?? []) {
        const apart = Math.hypot(cluster.at[0] - at[0], cluster.at[1] - at[1]);
        if (apart < least) [best, least] = [cluster, apart];
      }
    }
  }
  return best;
}

/** The radius in pixels at which a number of things is drawn: the area grows with the number, within bounds. */
export function radius(things: number, most: number): number {
  return 9 + 15 * Math.sqrt(things / Math.max(most, 1));
}
