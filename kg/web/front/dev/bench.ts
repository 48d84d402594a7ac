/** A synthetic scene, drawn, and how long that took: the page that dev/bench.mjs opens. */

import { mount } from "../src/embed";
import type { Embedded } from "../src/embedded";
import type { Edge, Entity } from "../src/source";

const TYPES = ["Person", "Organisation", "Vehicle", "Place", "Work", "Event"];
const MODALITIES = ["asserted", "asserted", "reported", "planned", "past", "possible", "negated"];

/** Things in groups of forty, most edges inside a group, as a space of news has them. */
function scene(things: number, facts: number): Embedded {
  let seed = 1;
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const nodes = Array.from({ length: things }, (_, place): Entity => ({
    id: `thing-${place}`, iri: `urn:kg:entity/thing-${place}`, name: `Thing number ${place}`, type: TYPES[place % 6]!,
    subtype: null, aliases: [], mentions: 1, documents: 1, degree: Math.round((2 * facts) / things), sameAs: [], point: null,
    country: null,
  }));
  const edges = Array.from({ length: facts }, (_, place): Edge => {
    const source = Math.floor(random() * things);
    const group = Math.floor(source / 40) * 40;
    const target = random() < 0.9 ? group + Math.floor(random() * 40) : Math.floor(random() * things);
    return {
      id: `edge-${place}`, source: `thing-${source}`, target: `thing-${Math.min(target, things - 1)}`, value: null,
      predicate: "partOf", label: "part of", stance: "fact", modalities: [MODALITIES[place % 7]!], score: random(), times: [],
      statements: 1, documents: 1, inferred: false,
    };
  });
  return {
    format: 1,
    space: {
      name: "bench", generation: "1", version: "0", edit: false, counts: { documents: 1, facts: 0, entities: things, statements: facts },
      types: TYPES.map((name) => ({ name, label: name.toLowerCase(), parent: null, count: 1 })), predicates: [], modalities: [],
      years: null, prefixes: {}, limits: { seconds: 1, bytes: 1 }, examples: [],
    },
    scene: { generation: "1", nodes, edges, omitted: { nodes: 0, edges: 0 } },
    claims: {},
  };
}

const frame = (): Promise<number> => new Promise((drawn) => requestAnimationFrame(drawn));

/** Wait until the graphics card, or what stands in for it, has drawn all that it was told. */
function finish(canvas: HTMLCanvasElement): void {
  const gl = canvas.getContext("webgl2")!;
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
}

async function measure(things: number, facts: number): Promise<Record<string, number>> {
  const data = scene(things, facts);
  const root = document.createElement("div");
  root.className = "kg";
  document.body.append(root);
  const begun = performance.now();
  const unmount = mount(root, data);
  const summed = (): boolean =>
    root.querySelector("canvas.sigma-edges") !== null && (root.querySelector(".kg-sum")?.textContent ?? "").includes("fact");
  while (!summed()) await frame();
  await frame();
  await frame();
  finish(root.querySelector("canvas.sigma-edges")!);
  const drawn = performance.now() - begun;
  unmount();
  root.remove();
  return { things, facts, drawn: Math.round(drawn) };
}

/** Scenes to draw, as pairs of things and facts; whoever embeds this page may name others. */
const scenes = (window as unknown as { kgScenes?: [number, number][] }).kgScenes ?? [[60, 120], [2000, 10_000], [10_000, 50_000]];

async function all(): Promise<void> {
  const results = [];
  for (const [things, facts] of scenes) results.push(await measure(things, facts));
  await fetch("/done", { method: "POST", body: JSON.stringify(results) });
}

void all();
