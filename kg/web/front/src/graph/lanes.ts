/** Edges between the same two things run beside each other. */

import type { Edge } from "../source";

/** Pixels between two lanes. */
export const LANE = 9;

/** Edges between the same two things run in lanes beside each other. */
export function lanesOf(edges: ReadonlyMap<string, Edge>): Map<string, number> {
  const together = new Map<string, Edge[]>();
  for (const edge of edges.values()) {
    const key = [edge.source, edge.target ?? ""].sort().join(" ");
    const others = together.get(key);
    if (others) others.push(edge);
    else together.set(key, [edge]);
  }
  const lanes = new Map<string, number>();
  for (const side of together.values()) {
    if (side.length < 2) continue;
    side.sort((one, other) => (one.id < other.id ? -1 : 1));
    const [first] = side;
    side.forEach((edge, place) => {
      const lane = place - (side.length - 1) / 2;
      lanes.set(edge.id, edge.source === first!.source ? lane : -lane);
    });
  }
  return lanes;
}
