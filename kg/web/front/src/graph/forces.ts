/**
 * ForceAtlas2 in slices. The library's own loop begins anew at each call and its worker needs a blob: address, which the
 * page's policy forbids; so its iteration is driven here, and where it is interrupted makes no difference to the result.
 */

import iterate from "graphology-layout-forceatlas2/iterate";
import type { Edge } from "../source";
import type { Point } from "./layout";

const NODE = 10; // x, y, dx, dy, old dx, old dy, mass, convergence, size, fixed
const EDGE = 3; // offsets of both ends, weight
const MASS = 6;

export class Forces {
  private readonly nodes: Float32Array;
  private readonly edges: Float32Array;
  private readonly settings;

  /** Things lie where `points` tells; only those in `free` will move. */
  constructor(
    private readonly ids: string[], edges: Edge[], points: ReadonlyMap<string, Point>,
    private readonly free: ReadonlySet<string>,
  ) {
    this.nodes = new Float32Array(ids.length * NODE);
    const offsets = new Map(ids.map((id, place) => [id, place * NODE]));
    for (const [id, offset] of offsets) {
      const { x, y } = points.get(id)!;
      this.nodes.set([x, y, 0, 0, 0, 0, 1, 1, 1, free.has(id) ? 0 : 1], offset);
    }
    const links = linksOf(edges, offsets);
    this.edges = new Float32Array(links.length * EDGE);
    links.forEach(([source, target], place) => {
      this.edges.set([source, target, 1], place * EDGE);
      this.nodes[source + MASS]! += 1;
      this.nodes[target + MASS]! += 1;
    });
    this.settings = {
      linLogMode: false, outboundAttractionDistribution: false, adjustSizes: false, edgeWeightInfluence: 0,
      strongGravityMode: false, gravity: 20, scalingRatio: 5200 * Math.min(1, Math.max(0.12, (30 / ids.length) ** 0.8)), slowDown: 2,
      barnesHutOptimize: ids.length > 400, barnesHutTheta: 0.9,
    };
  }

  step(): void {
    iterate(this.settings, this.nodes, this.edges);
  }

  /** Write where the free ones lie now. */
  read(points: Map<string, Point>): void {
    this.ids.forEach((id, place) => {
      const [x, y] = [this.nodes[place * NODE]!, this.nodes[place * NODE + 1]!];
      if (this.free.has(id) && Number.isFinite(x) && Number.isFinite(y)) points.set(id, { x, y });
    });
  }
}

/** Pairs of joined things, each once, by their offsets. */
function linksOf(edges: Edge[], offsets: ReadonlyMap<string, number>): [number, number][] {
  const seen = new Set<number>();
  const links: [number, number][] = [];
  for (const { source, target } of edges) {
    const [one, other] = [offsets.get(source), target === null ? undefined : offsets.get(target)];
    if (one === undefined || other === undefined || one === other) continue;
    const key = Math.min(one, other) * 2 ** 26 + Math.max(one, other);
    if (seen.has(key)) continue;
    seen.add(key);
    links.push([one, other]);
  }
  return links;
}
