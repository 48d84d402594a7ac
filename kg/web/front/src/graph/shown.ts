/**
 * What the graph shows: the parts that the look asks for, one after the other, filtered and without what is hidden.
 *
 * A part is one answer of the source: what surrounds a seed, what an expansion adds, a path. Each is asked for once;
 * the places of its nodes depend on the parts before it alone, so that a link shows what its sender saw.
 */

import { batch, effect, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import { edgePasses, holdsBack, nodePasses, twins } from "../filters";
import { type Edge, type Entity, type Filters, type Scene, type SceneOf, SourceError } from "../source";
import { filtersOf, type Look, MOST, NOWHERE, type State } from "../state";
import { LARGE, Layout, type Point, type Side } from "./layout";

const FIRST = 60; // things around what is looked for
const CONNECTED = 80; // of the most connected, where nothing is looked for
const NARROW = 30; // of them on a small screen
const MORE = 40; // things that an expansion adds
const PAUSE = 120; // milliseconds in which a filter may still move
const KNOWN = 400; // ids sent along, so that an address stays one

export class Shown {
  readonly nodes: Signal<ReadonlyMap<string, Entity>> = signal(new Map());
  readonly edges: Signal<ReadonlyMap<string, Edge>> = signal(new Map());
  /** Those of the path looked for: ids of edges, one list a path. */
  readonly paths: Signal<string[][]> = signal([]);
  readonly omitted: Signal<{ nodes: number; edges: number }> = signal({ nodes: 0, edges: 0 });
  readonly busy: Signal<boolean> = signal(true);
  readonly problem: Signal<string | null> = signal(null);
  /** Grows whenever places changed. */
  readonly moves: Signal<number> = signal(0);
  /** Grows when a new scene began, which is then looked at as a whole. */
  readonly fresh: Signal<number> = signal(0);
  /** An end of a path, chosen first; the next thing chosen is the other. Another view ends the choosing. */
  readonly pathFrom: Signal<string | null> = signal(null);
  readonly points: ReadonlyMap<string, Point>;
  /** Where names stand beside their things. */
  readonly sides: ReadonlyMap<string, Side>;
  /** To be called when there is something to draw on: nothing is laid out before, so that the first picture comes first. */
  staged: () => void = () => {};
  private readonly stage = new Promise<void>((staged) => (this.staged = staged));
  private layout = new Layout();
  private parts = new Map<string, Scene & { paths?: string[][] }>();
  private base = "";
  private asking = "";
  private turn = 0;

  constructor(
    private readonly state: State,
    private readonly visible: ReadonlySignal<boolean>,
    private readonly narrow = false,
  ) {
    this.points = this.layout.points;
    this.sides = this.layout.sides;
    let { view } = state.look.peek();
    effect(() => {
      if (state.look.value.view !== view) this.pathFrom.value = null;
      ({ view } = state.look.value);
    });
    let edits = 0;
    effect(() => {
      const look = state.look.value;
      if (state.edits.value !== edits) {
        edits = state.edits.value;
        this.parts.clear();
        this.asking = "";
      }
      if (this.visible.value) untracked(() => void this.load(look));
    });
  }

  /** Choose a thing: where it is not shown yet, it and what surrounds it are added. */
  open(id: string): void {
    const { seeds, hide } = this.state.look.value;
    if (this.pathFrom.value && this.pathFrom.value !== id) {
      const path: [string, string] = [this.pathFrom.value, id];
      this.pathFrom.value = null;
      this.state.go({ path, focus: null, why: null, view: "graph" });
      return;
    }
    const added = this.nodes.value.has(id) || seeds.includes(id) ? seeds : [...seeds, id];
    this.state.go({ focus: id, why: null, seeds: added, hide: hide.filter((other) => other !== id), view: "graph" });
  }

  /** Begin anew around a thing. */
  begin(id: string): void {
    if (this.pathFrom.value && this.pathFrom.value !== id) return this.open(id);
    if (this.state.look.value.view === "graph" && this.nodes.value.has(id)) return this.open(id);
    const { type, predicate, modality, score, from, to } = this.state.look.value;
    this.state.go({ ...NOWHERE, type, predicate, modality, score, from, to, seeds: [id], focus: id });
  }

  expand(id: string): void {
    const { expand } = this.state.look.value;
    if (!expand.includes(id)) this.state.go({ expand: [...expand, id] });
  }

  collapse(id: string): void {
    this.state.go({ expand: this.state.look.value.expand.filter((other) => other !== id) });
  }

  hide(id: string): void {
    const { hide, focus } = this.state.look.value;
    this.state.go({ hide: [...hide, id], ...(focus === id ? { focus: null } : {}) });
  }

  isPinned = (id: string): boolean => this.state.look.value.pin.some((pin) => pin.split("~")[0] === id);

  /** Hold a thing where it is, or at `point`; the address remembers where. */
  pin(id: string, point = this.points.get(id)): void {
    if (!point) return;
    this.layout.points.set(id, point);
    const others = this.state.look.value.pin.filter((pin) => pin.split("~")[0] !== id);
    this.state.amend({ pin: [...others, `${id}~${Math.round(point.x)}~${Math.round(point.y)}`] });
    this.moves.value += 1;
  }

  unpin(id: string): void {
    this.state.amend({ pin: this.state.look.value.pin.filter((pin) => pin.split("~")[0] !== id) });
  }

  move(id: string, point: Point): void {
    this.layout.points.set(id, point);
  }

  /** How many others that a thing is connected with are not shown beside it, as far as is known. */
  left(id: string): number {
    const node = this.nodes.value.get(id);
    if (!node) return 0;
    const drawn = new Set<string>();
    for (const { source, target } of this.edges.value.values()) {
      if (source === id) drawn.add(target!);
      else if (target === id) drawn.add(source);
    }
    return Math.max(0, node.degree - drawn.size);
  }

  private async load(look: Look): Promise<void> {
    const { seeds, expand, hide, path } = look;
    const asking = JSON.stringify([startOf(look), seeds, expand, hide, path, filtersOf(look)]);
    if (asking === this.asking) return; // Something else changed: what is chosen, what is held.
    this.asking = asking;
    const turn = (this.turn += 1);
    const stale = (): boolean => turn !== this.turn;
    const base = JSON.stringify(startOf(look));
    const anew = base !== this.base;
    this.busy.value = true;
    try {
      const all: Gathered = { nodes: new Map(), edges: new Map(), passed: new Set(), paths: [], omitted: { nodes: 0, edges: 0 } };
      if (anew) this.layout.forget();
      this.takePins(look);
      for (const [key, ask] of this.asked(look, all.nodes)) {
        if (key.startsWith(FILTERED) && !this.parts.has(key)) {
          this.show(all, look, anew); // What is here already, at once; more when the slider rests.
          await new Promise((later) => setTimeout(later, PAUSE));
          if (stale()) return;
        }
        const part = this.parts.get(key) ?? (await ask());
        await this.stage;
        if (stale()) return;
        this.parts.set(key, part);
        gather(all, part, key.startsWith(FILTERED));
        await this.lay(all, look, anew, stale);
        if (stale()) return;
      }
      this.show(all, look, anew);
      this.base = base;
      this.problem.value = null;
    } catch (cause) {
      if (stale()) return;
      this.asking = "";
      if (!(cause instanceof SourceError)) throw cause;
      this.problem.value = cause.message;
    }
    this.busy.value = false;
  }

  private async lay(all: Gathered, look: Look, anew: boolean, stale: () => boolean): Promise<void> {
    let first = true;
    const moved = (): void => {
      if (stale()) return;
      if (first && all.nodes.size > LARGE) this.show(all, look, anew);
      else this.moves.value += 1;
      first = false;
    };
    await this.layout.place([...all.nodes.values()], [...all.edges.values()], moved, stale);
  }

  private takePins(look: Look): void {
    for (const pin of look.pin) {
      const [id, x, y] = pin.split("~");
      if (id && x && y && Number.isFinite(+x) && Number.isFinite(+y)) this.layout.points.set(id, { x: +x, y: +y });
    }
  }

  /** What to ask for, in the order in which it is laid out; `nodes` are those gathered when a question's turn comes. */
  private *asked(look: Look, nodes: ReadonlyMap<string, Entity>): Generator<[string, () => Promise<Scene>]> {
    const { source } = this.state;
    const open = filtersOf(NOWHERE);
    const filters = filtersOf(look);
    const known = (): string[] => [...nodes.keys()].slice(0, KNOWN);
    const of = startOf(look);
    const limit = "most" in of ? (this.narrow ? NARROW : CONNECTED) : FIRST;
    if (of !== NOTHING) yield [`scene ${JSON.stringify(of)}`, () => source.scene(of, open, limit)];
    for (const id of look.seeds.slice(1)) {
      yield [`seed ${id}`, () => source.scene({ entity: [id] }, open, MORE)];
    }
    for (const id of look.expand) {
      yield [`expand ${id} ${known().length}`, () => source.neighbours(id, known(), open, MORE)];
    }
    if (look.path) {
      const [from, to] = look.path;
      yield [`path ${from} ${to}`, () => source.path(from, to)];
    }
    if (!holdsBack(filters)) return;
    // The same again as the filters let it through: what fits and was beyond the limit, and what the source alone can
    // tell (the day of an undated statement is its document's).
    const around = [...look.seeds.slice(1), ...look.expand].map((id): SceneOf => ({ entity: [id] }));
    for (const one of of === NOTHING ? around : [of, ...around]) {
      const key = `${FILTERED}${JSON.stringify([one, filters])}`;
      yield [key, () => source.scene(one, filters, one === of ? limit : MORE)];
    }
  }

  private show(all: Gathered, look: Look, anew: boolean): void {
    const filters = filtersOf(look);
    const types = this.state.space.peek()?.types ?? [];
    const onPath = new Set(all.paths.flat());
    const hidden = new Set(look.hide);
    const edges = new Map<string, Edge>();
    const kept = new Set([look.focus, ...look.seeds, ...(look.path ?? []), ...look.pin.map((pin) => pin.split("~")[0])]);
    const passes = (id: string): boolean => {
      const node = all.nodes.get(id);
      return node !== undefined && !hidden.has(id) && (nodePasses(node, filters, types) || kept.has(id));
    };
    for (const edge of all.edges.values()) {
      if (edge.target === null || !passes(edge.source) || !passes(edge.target)) continue;
      if (all.passed.has(edge.id) || edgePasses(edge, filters) || onPath.has(edge.id)) edges.set(edge.id, edge);
    }
    for (const id of twins(edges.values(), filters.predicate.length > 0)) edges.delete(id);
    const nodes = new Map([...all.nodes].filter(([id]) => passes(id) && (!byEdges(filters) || kept.has(id))));
    for (const { source, target } of edges.values()) {
      for (const id of [source, target!]) nodes.set(id, all.nodes.get(id)!);
    }
    batch(() => {
      if (!same(nodes, this.nodes.value)) this.nodes.value = nodes;
      if (!same(edges, this.edges.value)) this.edges.value = edges;
      this.paths.value = all.paths;
      this.omitted.value = all.omitted;
      this.moves.value += 1;
      if (anew) this.fresh.value += 1;
    });
  }
}

const FILTERED = "filtered ";
const NOTHING: SceneOf = { entity: [] };

/** What the scene began with; choosing a thing in it does not begin another. */
function startOf({ seeds: [seed], document, path }: Look): SceneOf {
  if (seed === MOST) return { most: "connected" };
  if (seed) return { entity: [seed] };
  if (document) return { document };
  return path ? NOTHING : { most: "connected" };
}

interface Gathered {
  nodes: Map<string, Entity>;
  edges: Map<string, Edge>;
  /** Edges that the source itself let through the filters. */
  passed: Set<string>;
  paths: string[][];
  omitted: { nodes: number; edges: number };
}

function gather(all: Gathered, part: Scene & { paths?: string[][] }, filtered: boolean): void {
  if (filtered) for (const { id } of part.edges) all.passed.add(id);
  for (const node of part.nodes) if (!all.nodes.has(node.id)) all.nodes.set(node.id, node);
  for (const edge of part.edges) all.edges.set(edge.id, edge);
  all.paths.push(...(part.paths ?? []));
  if (filtered) return;
  all.omitted.nodes += part.omitted.nodes;
  all.omitted.edges += part.omitted.edges;
}

/** The same records under the same ids: a picture of them need not be made again. */
function same<Kind>(one: ReadonlyMap<string, Kind>, other: ReadonlyMap<string, Kind>): boolean {
  if (one.size !== other.size) return false;
  for (const [id, record] of one) if (other.get(id) !== record) return false;
  return true;
}

/** Whether filters look at edges, so that a thing without a fitting edge has no place in the picture. */
const byEdges = (filters: Filters): boolean => holdsBack({ ...filters, type: [] }) > 0;
