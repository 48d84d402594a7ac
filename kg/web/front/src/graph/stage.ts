/** The drawn graph: sigma with our shapes and lines, told what to show and telling what was done. */

import Graph from "graphology";
import Sigma from "sigma";
import { EdgeLineProgram } from "sigma/rendering";
import type { CameraState, EdgeDisplayData, NodeDisplayData } from "sigma/types";
import { kindOf, LINES, lineOf, SHAPES, wordOf } from "../kinds";
import type { Edge, Entity, Space } from "../source";
import { type EdgeLook, lineProgram } from "./edges";
import { edgeLabel, NARROW, nodeHover, nodeLabel, type Stood, type Taken } from "./labels";
import { lanesOf } from "./lanes";
import type { Point, Side } from "./layout";
import { type NodeLook, shapeProgram } from "./nodes";
import { mixed, type Theme } from "./theme";

/** Scenes with more edges than this are drawn in hairlines, without words on them. */
export const PLAIN = 3000;
const TOOLS = 44; // pixels at the head of a narrow canvas, where the tools lie in a row
const HELD = 12; // neighbours up to which all that is said of the chosen thing stands on its lines, where it is wide
const FEW = 400; // things whose names are all tried; beyond, sigma's grid chooses


const BOX: { x: [number, number]; y: [number, number] } = { x: [-500, 500], y: [-500, 500] };

const emptyGraph = (): Graph => new Graph({ multi: true, type: "directed" });

/** What is chosen, and so stands out. */
export interface Emphasis {
  focus: string | null;
  /** Edges that matter now (a path, the one asked why of), with their ends; empty for none. */
  edges: ReadonlySet<string>;
  pins: ReadonlySet<string>;
}

/** Where nothing is chosen. */
const NOTHING: Emphasis = { focus: null, edges: new Set(), pins: new Set() };

/** What is drawn, and where. */
export interface Picture {
  nodes: ReadonlyMap<string, Entity>;
  edges: ReadonlyMap<string, Edge>;
  points: ReadonlyMap<string, Point>;
  /** Where names stand beside their things. */
  sides: ReadonlyMap<string, Side>;
}

interface EdgeAttributes {
  word: string;
  from: string;
  to: string;
  inferred: boolean;
}

export interface StageEvents {
  chooseNode(id: string): void;
  openNode(id: string): void;
  chooseEdge(id: string): void;
  chooseNothing(): void;
  dragged(id: string, point: Point): void;
  dropped(id: string, point: Point): void;
}

export class Stage {
  private graph = emptyGraph();
  private readonly sigma: Sigma;
  private emphasis = NOTHING;
  private near = new Set<string>();
  private hovered: string | null = null;
  private plain = false;
  /** Whether every name may be shown where there is room. */
  private few = true;
  private readonly taken: Taken = [];
  private readonly stood: Stood = new Map();
  private dragging: { id: string; moved: boolean } | null = null;
  private gone = false;

  constructor(
    private readonly host: HTMLElement,
    private readonly theme: () => Theme,
    private readonly types: Space["types"],
    private readonly events: StageEvents,
  ) {
    this.sigma = new Sigma(this.graph, host, {
      allowInvalidContainer: true,
      autoRescale: true,
      defaultNodeType: "shape",
      defaultEdgeType: "line",
      nodeProgramClasses: { shape: shapeProgram(theme) },
      edgeProgramClasses: { line: lineProgram(), hair: EdgeLineProgram },
      defaultDrawNodeLabel: nodeLabel(theme, this.taken, this.stood),
      defaultDrawNodeHover: nodeHover(theme, this.stood),
      defaultDrawEdgeLabel: edgeLabel(theme, this.taken),
      enableEdgeEvents: true,
      hideEdgesOnMove: true,
      hideLabelsOnMove: false,
      renderEdgeLabels: true,
      labelDensity: 0,
      labelGridCellSize: 60,
      labelRenderedSizeThreshold: 3.2,
      zoomToSizeRatioFunction: (ratio) => ratio ** 0.4,
      stagePadding: 0,
      zIndex: true,
      minCameraRatio: 0.02,
      maxCameraRatio: 40,
      nodeReducer: (id, data) => this.nodeLook(id, data as NodeLook),
      edgeReducer: (id, data) => this.edgeLook(id, data as EdgeLook & EdgeAttributes),
    });
    // One unit is one pixel at ratio 1, and stays so whatever is added: nothing jumps.
    this.sigma.setCustomBBox(BOX);
    this.listen();
  }

  /** Show these, where they are placed. */
  show({ nodes, edges, points, sides }: Picture, emphasis = NOTHING): void {
    this.simplify(nodes.size, edges.size);
    const degrees = degreesOf(edges);
    const lanes = this.plain ? new Map<string, number>() : lanesOf(edges);
    // A graph that sigma does not listen to yet: it reads all at once what it would otherwise be told bit by bit.
    const graph = emptyGraph();
    const important = [...nodes].sort(([, one], [, other]) => other.degree - one.degree);
    for (const [id, node] of this.few ? important : nodes) {
      const kind = kindOf(node.type, this.types);
      graph.addNode(id, {
        ...points.get(id), label: node.name, colour: kind.colour, shape: SHAPES.indexOf(kind.shape),
        size: sizeOf(Math.max(node.degree, degrees.get(id) ?? 0)) * (this.plain ? 0.6 : 1), side: sides.get(id),
      });
    }
    const type = this.plain ? "hair" : "line";
    for (const [id, edge] of edges) {
      const word = wordOf(edge);
      graph.addDirectedEdgeWithKey(id, edge.source, edge.target!, {
        label: word ? `${edge.label} · ${word}` : edge.label, lane: lanes.get(id) ?? 0, word, type, from: edge.source,
        to: edge.target, line: LINES.indexOf(lineOf(edge)), inferred: edge.inferred,
        size: edge.inferred ? 0.8 : 1.3 + Math.min(2, Math.log2(edge.statements) * 0.6),
      });
    }
    this.graph = graph;
    this.take(emphasis);
    this.sigma.setGraph(graph);
  }

  /** Take new places of what is shown. */
  place({ points, sides }: Pick<Picture, "points" | "sides">): void {
    this.graph.updateEachNodeAttributes(
      (id, attributes) => ({ ...attributes, ...points.get(id), side: sides.get(id) }), { attributes: ["x", "y"] },
    );
  }

  emphasise(emphasis: Emphasis): void {
    this.take(emphasis);
    // Of many lines only those that matter are worth the sorting that draws them on top.
    if (this.plain) this.sigma.setSetting("zIndex", this.near.size > 0);
    this.sigma.refresh({ skipIndexation: true, schedule: true });
  }

  private take(emphasis: Emphasis): void {
    this.emphasis = emphasis;
    this.near = new Set();
    const { focus, edges } = emphasis;
    for (const id of edges) {
      if (this.graph.hasEdge(id)) for (const end of this.graph.extremities(id)) this.near.add(end);
    }
    if (!edges.size && focus && this.graph.hasNode(focus)) {
      this.near = new Set([focus, ...this.graph.neighbors(focus)]);
    }
  }

  /** The theme changed. */
  repaint(): void {
    if (!this.gone) this.sigma.refresh({ schedule: true });
  }

  resize(): void {
    this.sigma.resize();
    this.sigma.scheduleRefresh();
  }

  zoom(factor: number): void {
    const camera = this.sigma.getCamera();
    this.fly({ ratio: camera.getBoundedRatio(camera.ratio * factor) }, 180);
  }

  /** Bring all that is shown, or these, into view. */
  fit(ids?: string[], animated = true): void {
    const nodes = (ids ?? this.graph.nodes()).filter((id) => this.graph.hasNode(id));
    const { width, height } = this.sigma.getDimensions();
    if (!nodes.length || !width || !height) return;
    // Names keep their size on the screen whatever the scale, so their room is taken off first.
    let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
    const narrow = width < NARROW;
    let [before, after] = narrow ? [76, 76] : [70, 34];
    const places = nodes.map((id) => this.graph.getNodeAttributes(id) as Point & { label: string; side?: Side });
    for (const { x, y } of places) {
      [left, right, low, high] = [Math.min(left, x), Math.max(right, x), Math.min(low, y), Math.max(high, y)];
    }
    for (const { x, label, side = "right" } of this.plain || narrow ? [] : places) {
      const aside = side === "right" || side === "left";
      const name = 34 + Math.min(label.length, 34) * (aside ? 8.2 : 4.1);
      const share = (x - left) / Math.max(1, right - left);
      if (side !== "right" && share < 0.3) before = Math.max(before, (name + 36) * (1 - share / 0.3));
      if (side !== "left" && share > 0.7) after = Math.max(after, name * ((share - 0.7) / 0.3));
    }
    const unit = 1000 / Math.min(width, height); // graph units to a pixel at ratio 1
    const room = Math.max(120, width - before - after);
    const above = narrow ? TOOLS : 0;
    const upright = Math.max(80, height - above - Math.min(130, height * 0.24));
    const ratio = Math.max((right - left) / room, (high - low) / upright, ids ? 0.45 : 0.55) / unit;
    const aside = ((after - before) / 2) * ratio * unit;
    const down = (above / 2) * ratio * unit;
    const middle = { x: ((left + right) / 2 + aside + 500) / 1000, y: ((low + high) / 2 + down + 500) / 1000 };
    const state = { ...middle, ratio, angle: 0 };
    if (animated) this.fly(state, 320);
    else this.sigma.getCamera().setState(state);
  }

  /** Bring one thing into view without changing the scale, where it lies outside or under the edge. */
  reveal(id: string): void {
    if (!this.graph.hasNode(id)) return;
    if (this.sees([id])) return;
    const { x, y } = this.graph.getNodeAttributes(id) as Point;
    const to = { x: (x + 500) / 1000, y: (y + 500) / 1000 };
    this.fly(to, 260);
  }

  /** The nearest thing in a direction on the screen (x to the right, y upwards), for the arrow keys. */
  beside(id: string, towards: Point): string | null {
    const from = this.graph.getNodeAttributes(id) as unknown as Point;
    let best: { id: string; far: number } | null = null;
    this.graph.forEachNode((other, attributes) => {
      if (other === id) return;
      const [dx, dy] = [(attributes["x"] as number) - from.x, (attributes["y"] as number) - from.y];
      const ahead = dx * towards.x + dy * towards.y;
      const aside = Math.abs(dx * towards.y - dy * towards.x);
      const far = ahead + aside * 2;
      if (ahead > 0 && aside < ahead * 2.5 && (best === null || far < best.far)) best = { id: other, far };
    });
    return (best as { id: string } | null)?.id ?? null;
  }

  kill(): void {
    this.gone = true;
    this.sigma.kill();
  }

  /** No name may lie on a thing. */
  private beginNames(): void {
    this.taken.length = 0;
    this.stood.clear();
    if (!this.few) return;
    const { width, height } = this.sigma.getDimensions();
    const camera = this.sigma.getCamera();
    const pixels = Math.min(width, height) / 1000 / camera.ratio;
    this.graph.forEachNode((_, { x, y, size }) => {
      const [atX, atY] = [width / 2 + (x + 500 - camera.x * 1000) * pixels, height / 2 - (y + 500 - camera.y * 1000) * pixels];
      const radius = this.sigma.scaleSize(size);
      this.taken.push([atX - radius, atY - radius, atX + radius, atY + radius]);
    });
  }

  private fly(state: Partial<CameraState>, duration: number): void {
    const pace = matchMedia("(prefers-reduced-motion: reduce)").matches ? 1 : duration;
    // Edges are left out while the camera moves; the last frame may still count as moving.
    void this.sigma.getCamera().animate(state, { duration: pace }).then(() => requestAnimationFrame(() => this.repaint()));
  }

  /** Whether all of these can be seen as they lie. */
  sees(ids: Iterable<string>): boolean {
    const { width, height } = this.sigma.getDimensions();
    const camera = this.sigma.getCamera();
    const pixels = Math.min(width, height) / 1000 / camera.ratio;
    for (const id of ids) {
      if (!this.graph.hasNode(id)) continue;
      const { x, y } = this.graph.getNodeAttributes(id) as Point;
      // By hand: sigma's own conversion lags behind the camera until the next frame.
      if (Math.abs(x + 500 - camera.x * 1000) * pixels > width / 2 - 50) return false;
      if (Math.abs(y + 500 - camera.y * 1000) * pixels > height / 2 - 40) return false;
    }
    return true;
  }

  /** Few things are drawn with all names and words; many with what sigma's grid leaves room for. */
  private simplify(things: number, facts: number): void {
    const [few, plain] = [things <= FEW, facts > PLAIN];
    if (few === this.few && plain === this.plain) return;
    [this.few, this.plain] = [few, plain];
    this.sigma.setSettings({
      enableEdgeEvents: !plain, renderEdgeLabels: !plain, zIndex: !plain, labelDensity: few ? 0 : plain ? 0.35 : 1.2,
      labelRenderedSizeThreshold: plain ? 5 : 3.2,
    });
  }

  private nodeLook(id: string, data: NodeLook): Partial<NodeDisplayData> {
    const { focus, pins } = this.emphasis;
    const colour = (data as unknown as { colour: string }).colour;
    // The data are sigma's own copy, ours to change.
    if (!this.near.size && this.hovered === null && !pins.size) {
      return Object.assign(data, { color: colour, forceLabel: this.few });
    }
    const faded = this.near.size > 0 && !this.near.has(id);
    const active = id === this.hovered || this.near.has(id);
    return Object.assign(data, {
      color: faded ? mixed(colour, this.theme().ground, 0.62) : colour,
      zIndex: active ? 2 : 1,
      forceLabel: this.few || id === focus || (!this.plain && this.near.has(id)),
      // Neighbours of a hub may be hundreds: they give way to each other; what a person pointed at never does.
      held: id === this.hovered || id === focus || (active && this.emphasis.edges.size > 0),
      faded, active, pinned: pins.has(id), ringed: id === focus,
    });
  }

  private edgeLook(id: string, data: EdgeLook & EdgeAttributes): Partial<EdgeDisplayData> {
    const { ground, edge, edgeStrong, negated, accent } = this.theme();
    const usual = data.word === "negated" ? negated : edge;
    const label = data.inferred ? null : data.label;
    if (!this.near.size && this.hovered === null) return Object.assign(data, { color: usual, label });
    const { focus, edges } = this.emphasis;
    const at = (end: string | null): boolean => end !== null && (end === data.from || end === data.to);
    const chosen = edges.has(id);
    const touched = at(this.hovered) || (!edges.size && at(focus));
    const faded = this.near.size > 0 && !chosen && !touched;
    const plain = touched && data.word !== "negated" ? edgeStrong : usual;
    return Object.assign(data, {
      color: chosen ? accent : faded ? mixed(edge, ground, 0.6) : plain,
      size: data.size + (chosen ? 1.4 : 0),
      // What only follows from another statement stays quiet until it is asked for.
      label: chosen ? data.label : label,
      zIndex: chosen ? 2 : touched ? 1 : 0,
      forceLabel: (chosen || touched) && !this.plain,
      faded, active: chosen || touched, held: chosen || (touched && this.near.size <= HELD && this.host.clientWidth >= NARROW),
    });
  }

  private listen(): void {
    const { sigma, host, events } = this;
    sigma.on("beforeRender", () => this.beginNames());
    let moved = false; // The end of a drag is no click.
    sigma.on("clickNode", ({ node }) => moved || events.chooseNode(node));
    sigma.on("clickEdge", ({ edge }) => events.chooseEdge(edge));
    sigma.on("clickStage", () => events.chooseNothing());
    sigma.on("doubleClickNode", (event) => {
      event.preventSigmaDefault();
      events.openNode(event.node);
    });
    sigma.on("enterNode", ({ node }) => this.hover(node, "pointer"));
    sigma.on("leaveNode", () => this.hover(null, ""));
    sigma.on("enterEdge", () => (host.style.cursor = "pointer"));
    sigma.on("leaveEdge", () => (host.style.cursor = ""));
    sigma.on("downNode", ({ node, event }) => {
      event.preventSigmaDefault();
      this.dragging = { id: node, moved: false };
      moved = false;
    });
    sigma.on("moveBody", ({ event }) => {
      if (!this.dragging) return;
      event.preventSigmaDefault();
      const point = sigma.viewportToGraph(event);
      this.dragging.moved = moved = true;
      this.graph.mergeNodeAttributes(this.dragging.id, point);
      events.dragged(this.dragging.id, point);
    });
    const drop = (): void => {
      const { dragging } = this;
      this.dragging = null;
      if (!dragging?.moved || !this.graph.hasNode(dragging.id)) return;
      const { x, y } = this.graph.getNodeAttributes(dragging.id) as Point;
      events.dropped(dragging.id, { x, y });
    };
    sigma.on("upNode", drop);
    sigma.on("upStage", drop);
  }

  private hover(id: string | null, cursor: string): void {
    this.hovered = id;
    this.host.style.cursor = cursor;
    if (!this.plain) this.sigma.refresh({ skipIndexation: true, schedule: true });
  }
}

const sizeOf = (degree: number): number => Math.min(20, 6 + 2.1 * Math.sqrt(degree));

function degreesOf(edges: ReadonlyMap<string, Edge>): Map<string, number> {
  const degrees = new Map<string, number>();
  for (const { source, target } of edges.values()) {
    degrees.set(source, (degrees.get(source) ?? 0) + 1);
    if (target !== null) degrees.set(target, (degrees.get(target) ?? 0) + 1);
  }
  return degrees;
}
