/**
 * One JSON object that answers like a server: what graph.html and the notebook widget carry.
 *
 * Search, neighbours, paths, cards and why are done here in the browser, over at most some thousand edges.
 */

import {
  type Asked, type Claim, type Decided, type DocumentPage, type Documents, type Edge, type Entity, type EntityCard,
  type Filters, type Found, type Judgement, type MapScene, type Names, type Paths, type Piece, type Review, type Scene,
  type SceneOf, type Source, SourceError, type Space, type Timeline, type ViewName, type Why,
} from "./source";
import { edgePasses, nodePasses, twins } from "./filters";
import { namesLike } from "./match";
import { shortestPaths } from "./paths";
import { filtersOf, type Look, NOWHERE } from "./state";

/** What a file or a notebook carries. All ids, names and shapes are those of /api. */
export interface Embedded {
  /** Of this shape; grows when it changes incompatibly. */
  format: 1;
  /** As /api/space answers, with `edit: false` and no token; all counts are of what travels. */
  space: Space;
  /** All nodes and edges that travel. Edges whose object is a value (`target: null`) belong to it: cards list them.
   *  Both ends of every edge with a target are among the nodes. `degree` counts who is there. */
  scene: Scene;
  /** The statements behind each edge, by the edge's id, best first. An edge without an entry has no evidence here. */
  claims: Record<string, Claim[]>;
  /** How many claims of an edge were left out, by the edge's id; left out itself where none were. */
  more?: Record<string, number>;
  /** Names of entities that claims and pieces speak of and that are no nodes of the scene. */
  names?: Names;
  /** A line to tell an entity from its namesakes, by the entity's id. */
  context?: Record<string, Piece[]>;
  /** What to show first: as much of a look as differs from the usual. Without it, everything that travels. */
  look?: Partial<Look>;
}

export class EmbeddedSource implements Source {
  readonly endpoint = null;
  readonly views: readonly ViewName[];
  private readonly nodes: Map<string, Entity>;
  private readonly edges: Map<string, Edge>;
  /** Edges at each node. */
  private readonly at = new Map<string, Edge[]>();

  constructor(private readonly data: Embedded) {
    this.nodes = new Map(data.scene.nodes.map((node) => [node.id, node]));
    this.edges = new Map(data.scene.edges.map((edge) => [edge.id, edge]));
    for (const edge of data.scene.edges) {
      for (const end of new Set([edge.source, edge.target])) {
        if (end === null) continue;
        const edges = this.at.get(end);
        if (edges) edges.push(edge);
        else this.at.set(end, [edge]);
      }
    }
    const placed = data.scene.nodes.some((node) => node.point);
    const dated = data.scene.edges.some((edge) => edge.times.length || edge.value?.datatype === "date");
    this.views = ["graph", ...(placed ? (["map"] as const) : []), ...(dated ? (["timeline"] as const) : [])];
  }

  async space(): Promise<Space> {
    return this.data.space;
  }

  async search(query: string, { type, limit = 20 }: { type?: string; limit?: number } = {}): Promise<Found[]> {
    const nodes = type ? this.data.scene.nodes.filter((node) => node.type === type) : this.data.scene.nodes;
    return namesLike(query, nodes)
      .slice(0, limit)
      .map(([node, matched]) => ({ ...node, matched, context: this.context(node.id) }));
  }

  async scene(of: SceneOf, filters: Filters, limit = 150): Promise<Scene> {
    if ("most" in of) return this.around(null, filters, Infinity);
    if ("entity" in of) return this.around(of.entity, filters, limit);
    const says = (edge: Edge): boolean => this.claims(edge.id).some((claim) => claim.document.id === of.document);
    return this.sceneOf(this.passing(filters).filter(says));
  }

  async neighbours(id: string, known: string[], filters: Filters, limit = 60): Promise<Scene> {
    const shown = new Set(known);
    const around = await this.around([id], filters, limit + known.length);
    return { ...around, nodes: around.nodes.filter((node) => !shown.has(node.id)) };
  }

  async path(from: string, to: string, length = 6): Promise<Paths> {
    const facts = this.passing(filtersOf(NOWHERE)).filter((edge) => edge.target !== null && edge.stance === "fact");
    const paths = shortestPaths(facts, from, to, length);
    const edges = [...new Set(paths.flat())].flatMap((id) => this.edges.get(id) ?? []);
    return { ...this.sceneOf(edges, [from, to]), paths };
  }

  async entity(id: string): Promise<EntityCard> {
    const node = this.known(id);
    const facts = this.at.get(id) ?? [];
    const passages = facts
      .flatMap((edge) => this.claims(edge.id))
      .map((claim) => ({ document: claim.document, pieces: claim.sentence }));
    const places = [...new Map(passages.map((place) => [textOf(place.pieces), place])).values()];
    const told = facts.filter((edge) => !edge.inferred).length;
    return { ...node, facts, told, names: this.namesOf(facts), places: places.slice(0, 50) };
  }

  async why(asked: Asked, limit = 100): Promise<Why> {
    const edges = this.askedEdges(asked);
    const claims = edges.flatMap((edge) => this.claims(edge.id));
    const found = "statement" in asked ? claims.filter((claim) => claim.id === asked.statement) : claims;
    const left = edges.reduce((sum, edge) => sum + (this.data.more?.[edge.id] ?? 0), 0);
    const entity = "entity" in asked ? { entity: this.known(asked.entity) } : {};
    const [shown, names] = [found.slice(0, limit), this.namesOf(edges)];
    const more = left + found.length - shown.length;
    return { ...entity, title: this.title(asked, edges, names), claims: shown, names, more };
  }

  async timeline(filters: Filters): Promise<Timeline> {
    const edges = this.passing(filters);
    const names = this.namesOf(edges);
    const items = edges.flatMap((edge) => this.claims(edge.id)).flatMap((claim) => {
      const time = timeOf(claim);
      if (time === null) return [];
      const object = claim.object ? (names[claim.object] ?? claim.object) : (claim.value?.value ?? "");
      return [{
        statement: claim.id, edge: claim.edge, ...daysOf(time), modality: claim.modality,
        label: `${names[claim.subject] ?? claim.subject} ${claim.label} ${object}`,
        ends: [claim.subject, claim.object].filter((end) => end !== null),
      }];
    });
    return { items, omitted: 0 };
  }

  async map(filters: Filters): Promise<MapScene> {
    const things = this.passing(filters).flatMap((edge) => {
      const place = edge.target === null ? undefined : this.nodes.get(edge.target);
      const thing = this.nodes.get(edge.source);
      if (!place?.point || !thing) return [];
      const { id, name, type } = thing;
      return [{ entity: id, name, type, place: place.id, edge: edge.id, label: edge.label }];
    });
    const places = this.data.scene.nodes.flatMap(({ id, name, point, country }) =>
      point ? [{ id, name, point, country, things: new Set(things.filter(({ place }) => place === id).map(({ entity }) => entity)).size }] : [],
    );
    return { places, things, omitted: 0 };
  }

  documents = (): Promise<Documents> => this.absent();
  document = (): Promise<DocumentPage> => this.absent();
  review = (): Promise<Review> => this.absent();
  judgements = (): Promise<Judgement[]> => this.absent();
  judge = (): Promise<Decided> => this.absent();
  split = (): Promise<Decided> => this.absent();
  refute = (): Promise<Decided> => this.absent();
  undo = (): Promise<Decided> => this.absent();

  private absent(): Promise<never> {
    const message = "This page carries a part of the space only. Open the space itself with kg serve.";
    return Promise.reject(new SourceError(message));
  }

  private known(id: string): Entity {
    const node = this.nodes.get(id);
    if (!node) throw new SourceError(`Nothing here has the id ${id}. It may be in the whole space: see kg serve.`, 404);
    return node;
  }

  private claims(edge: string): Claim[] {
    return this.data.claims[edge] ?? [];
  }

  /** What the filters let through, without what follows by rule from that anyway. */
  private passing(filters: Filters): Edge[] {
    const edges = this.data.scene.edges.filter((edge) => edgePasses(edge, filters));
    const follow = new Set(twins(edges, filters.predicate.length > 0));
    return edges.filter(({ id }) => !follow.has(id));
  }

  private context(id: string): Piece[] {
    const told = this.data.context?.[id];
    if (told) return told;
    const [edge] = this.at.get(id) ?? [];
    return edge ? (this.claims(edge.id)[0]?.sentence ?? []) : [];
  }

  private askedEdges(asked: Asked): Edge[] {
    if ("edge" in asked) return [this.edges.get(asked.edge)].filter((edge) => edge !== undefined);
    if ("entity" in asked) return this.at.get(asked.entity) ?? [];
    if ("statement" in asked) {
      return this.data.scene.edges.filter((edge) => this.claims(edge.id).some((claim) => claim.id === asked.statement));
    }
    const [one, other] = asked.pair;
    return (this.at.get(one) ?? []).filter((edge) => edge.source === other || edge.target === other);
  }

  private title(asked: Asked, edges: Edge[], names: Names): string {
    if ("entity" in asked) return names[asked.entity] ?? this.known(asked.entity).name;
    if ("pair" in asked) return asked.pair.map((id) => names[id] ?? id).join(" and ");
    const [edge] = edges;
    if (!edge) throw new SourceError("The evidence asked for is not in this page. See the whole space with kg serve.");
    const object = edge.target === null ? (edge.value?.value ?? "") : (names[edge.target] ?? edge.target);
    return `${names[edge.source] ?? edge.source} ${edge.label} ${object}`;
  }

  private namesOf(edges: Edge[]): Names {
    const names: Names = { ...this.data.names };
    for (const edge of edges) {
      for (const end of [edge.source, edge.target]) {
        const node = end === null ? undefined : this.nodes.get(end);
        if (node) names[node.id] = node.name;
      }
    }
    for (const claim of edges.flatMap((edge) => this.claims(edge.id))) {
      const node = claim.source === null ? undefined : this.nodes.get(claim.source);
      if (node) names[node.id] = node.name;
    }
    return names;
  }

  /** The seeds with the best supported of their neighbours; with no seeds, everything. */
  private around(seeds: string[] | null, filters: Filters, limit: number): Scene {
    if (seeds === null) {
      const scene = this.sceneOf(this.passing(filters));
      const lonely = this.data.scene.nodes.filter((node) => !(this.at.get(node.id) ?? []).length);
      const nodes = [...scene.nodes, ...lonely].filter((node) => nodePasses(node, filters));
      return { ...scene, nodes };
    }
    const kept = new Set(seeds.filter((id) => this.nodes.has(id)));
    const edges = seeds.flatMap((id) => this.at.get(id) ?? []).filter((edge) => edgePasses(edge, filters));
    const ends = edges.sort((one, other) => other.statements - one.statements || (one.id < other.id ? -1 : 1));
    let omitted = 0;
    for (const id of ends.flatMap((edge) => [edge.source, edge.target])) {
      const node = id === null ? undefined : this.nodes.get(id);
      if (!node || kept.has(node.id) || !nodePasses(node, filters)) continue;
      if (kept.size < limit) kept.add(node.id);
      else omitted += 1;
    }
    const inside = this.passing(filters).filter(({ source, target }) => kept.has(source) && target !== null && kept.has(target));
    const scene = this.sceneOf(inside, [...kept]);
    return { ...scene, omitted: { nodes: omitted, edges: 0 } };
  }

  private sceneOf(edges: Edge[], more: string[] = []): Scene {
    const between = edges.filter((edge) => edge.target !== null);
    const ids = new Set([...more, ...between.flatMap((edge) => [edge.source, edge.target ?? ""])]);
    const nodes = [...ids].flatMap((id) => this.nodes.get(id) ?? []);
    return { generation: this.data.scene.generation, nodes, edges: between, omitted: this.data.scene.omitted };
  }
}

/** When it is or was so: as the text says, or the day that is said itself. */
const timeOf = ({ time, value }: Claim): string | null => time ?? (value?.datatype === "date" ? value.value : null);

/** The first and the last day of a time; an end that is open has none. */
function daysOf(time: string): Pick<Timeline["items"][number], "from" | "to" | "precision"> {
  const [from = "", to = from] = time.split("..").map((end) => end.slice(0, 10));
  const precision = from === to ? ({ 4: "year", 7: "month" }[from.length] ?? "day") : "interval";
  return { from: from || null, to: to || null, precision };
}

const textOf = (pieces: Piece[]): string => pieces.map((piece) => piece.text).join("");
