/** The shortest ways between two things, whichever way the edges point. */

import type { Edge } from "./source";

type Step = { edge: string; from: string };

/** At most eight of the shortest paths of up to `length` edges, each as ids of edges from `start` to `end`. */
export function shortestPaths(edges: Edge[], start: string, end: string, length: number): string[][] {
  const at = new Map<string, { edge: string; to: string }[]>();
  const link = (from: string, edge: string, to: string): void => {
    const steps = at.get(from);
    if (steps) steps.push({ edge, to });
    else at.set(from, [{ edge, to }]);
  };
  for (const edge of edges) {
    if (edge.target === null) continue;
    link(edge.source, edge.id, edge.target);
    link(edge.target, edge.id, edge.source);
  }
  const before = new Map<string, Step[]>([[start, []]]);
  let border = [start];
  for (let depth = 0; depth < length && border.length && !before.has(end); depth += 1) {
    const reached = new Map<string, Step[]>();
    for (const from of border) {
      for (const { edge, to } of at.get(from) ?? []) {
        if (before.has(to)) continue;
        const steps = reached.get(to);
        if (steps) steps.push({ edge, from });
        else reached.set(to, [{ edge, from }]);
      }
    }
    for (const [id, steps] of reached) before.set(id, steps);
    border = [...reached.keys()];
  }
  return before.has(end) && start !== end ? walksBack(before, end).slice(0, 8) : [];
}

function walksBack(before: Map<string, Step[]>, end: string): string[][] {
  let walks: { at: string; edges: string[] }[] = [{ at: end, edges: [] }];
  for (;;) {
    const longer = walks.flatMap(({ at, edges }) =>
      (before.get(at) ?? []).slice(0, 8).map((step) => ({ at: step.from, edges: [step.edge, ...edges] })),
    );
    if (!longer.length) return walks.map((walk) => walk.edges);
    walks = longer.slice(0, 64);
  }
}
