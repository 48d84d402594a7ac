/**
 * What the explorer shows, and where it comes from.
 *
 * The records are those of the JSON under /api. Two things answer them: a server (`http.ts`), and one JSON object that
 * travels in a file or a notebook (`embedded.ts`). Views never know which.
 */

/** A thing of the graph. */
export interface Entity {
  id: string;
  iri: string;
  name: string;
  type: string;
  subtype: string | null;
  aliases: string[];
  mentions: number;
  documents: number;
  /** With how many others it is connected, so that a node can tell how many of them are not drawn. */
  degree: number;
  sameAs: string[];
  /** Latitude, longitude. */
  point: [number, number] | null;
  country: string | null;
}

export interface Value {
  value: string;
  datatype: string;
}

export type Stance = "fact" | "possible" | "negated";

/** All that the texts say of one fact: a fold over its statements. */
export interface Edge {
  /** A hash of subject, predicate, object and stance: the same in a server, a file and a notebook. */
  id: string;
  source: string;
  /** An entity's id; null where the object is a value. */
  target: string | null;
  value: Value | null;
  predicate: string;
  label: string;
  stance: Stance;
  modalities: string[];
  score: number;
  times: string[];
  statements: number;
  documents: number;
  inferred: boolean;
}

export interface Scene {
  generation: string;
  nodes: Entity[];
  edges: Edge[];
  /** What belongs to the answer and was left out of it for its size. */
  omitted: { nodes: number; edges: number };
}

export interface Paths extends Scene {
  /** Ids of edges, in order from one end to the other. */
  paths: string[][];
}

/** A run of text. Marked text travels in pieces: Python and JavaScript count characters differently. */
export interface Piece {
  text: string;
  quote?: boolean;
  role?: "subject" | "object" | "source";
  entity?: string;
  type?: string;
}

export interface DocumentRef {
  id: string;
  title: string;
  published: string | null;
  source: string;
}

/** One statement with its evidence. */
export interface Claim {
  id: string;
  edge: string;
  subject: string;
  predicate: string;
  label: string;
  object: string | null;
  value: Value | null;
  modality: string;
  /** Who says so: an entity's id, or words. */
  source: string | null;
  time: string | null;
  score: number;
  by: string;
  version: string;
  inferred: boolean;
  start: number;
  end: number;
  document: DocumentRef;
  sentence: Piece[];
}

/** Names of entities, by id. */
export type Names = Record<string, string>;

export interface Space {
  name: string;
  generation: string;
  version: string;
  /** Whether merge, split and refute are offered. */
  edit: boolean;
  token?: string;
  /** Statements are those that texts make, facts the different things that these say. */
  counts: { documents: number; entities: number; facts: number; statements: number };
  types: { name: string; label: string; parent: string | null; count: number }[];
  predicates: { name: string; label: string; iri: string; count: number }[];
  modalities: { name: string; count: number }[];
  years: [number, number] | null;
  prefixes: Record<string, string>;
  /** How long a query may take, and how large its answer may be; 0 where there are none to ask. */
  limits: { seconds: number; bytes: number };
  examples: { title: string; query: string }[];
}

export interface Found extends Entity {
  /** The name or alias that the query matched. */
  matched: string;
  /** A sentence or a fact that tells this one from its namesakes. */
  context: Piece[];
}

export interface EntityCard extends Entity {
  /** Also those whose object is a value, and those that follow by rule. */
  facts: Edge[];
  /** How many of all its facts texts state, listed or not. */
  told: number;
  names: Names;
  /** Facts that were left out of the list for its length. */
  more?: number;
  /** Passages that name it; those with the same `mention` are held for one thing by their document itself. */
  places: { document: DocumentRef; pieces: Piece[]; mention?: string }[];
}

export interface Why {
  title: string;
  entity?: Entity;
  claims: Claim[];
  names: Names;
  /** Claims that the limit left out. */
  more: number;
}

/** What is asked why of. */
export type Asked = { edge: string } | { entity: string } | { pair: [string, string] } | { statement: string };

export interface Documents {
  documents: (DocumentRef & { statements: number; mentions: number })[];
  total: number;
}

export interface DocumentPage extends DocumentRef {
  pieces: DocumentPiece[];
  statements: Claim[];
  names: Names;
}

export interface DocumentPiece {
  text: string;
  mention?: { id: string; entity: string; type: string; kind: string };
  /** Ids of the claims whose quote covers this piece. */
  statements?: string[];
}

export interface MapScene {
  places: { id: string; name: string; point: [number, number]; country: string | null; things: number }[];
  things: { entity: string; name: string; type: string; place: string; edge: string; label: string }[];
  omitted: number;
}

export interface Timeline {
  items: {
    statement: string;
    edge: string;
    label: string;
    /** The first day and the last, as ISO dates; null for an open end. */
    from: string | null;
    to: string | null;
    /** year, month, day, time, or interval. */
    precision: string;
    modality: string;
    /** Ids of the entities at its ends. */
    ends: string[];
  }[];
  omitted: number;
}

/** How a judgement names a thing, whatever it is resolved to. */
export interface Anchor {
  type: string;
  name: string;
  mention: string;
}

/** How one of two is spoken of: its names, the most used first, and a sentence with one of them. */
export interface Spoken {
  names: string[];
  document: DocumentRef;
  pieces: Piece[];
}

export interface Doubt {
  /** What the two belong to now, which may be one already. */
  left: Entity;
  right: Entity;
  sides: [Spoken, Spoken];
  anchors: [Anchor, Anchor];
  score: number;
  /** Why the two may be one, and why not, in words. */
  pro: string[];
  contra: string[];
}

export interface Review {
  pairs: Doubt[];
}

export interface Judgement {
  id: string;
  kind: "judge" | "refute";
  verdict: string;
  /** What was decided, in words. */
  title: string;
  time: string | null;
  note: string | null;
}

/** What a person has decided, with the way back. */
export interface Decided {
  undo: string;
  changes: Record<string, number>;
  /** Ids of entities that are no more, and of those that are new. */
  gone: string[];
  come: string[];
  /** Which of two that became one is looked at from now on, if it is still there. */
  into?: string;
  generation: string;
}

/** What of the graph is looked at. Empty lists and nulls hold nothing back. */
export interface Filters {
  type: string[];
  predicate: string[];
  modality: string[];
  /** Edges below this confidence are left out. */
  score: number;
  /** Years or ISO dates. */
  from: string | null;
  to: string | null;
}

export type SceneOf = { entity: string[] } | { document: string } | { most: "connected" };

/** Answers about one space. Methods reject with a `SourceError` whose message can be shown. */
export interface Source {
  space(): Promise<Space>;
  search(query: string, options?: { type?: string; limit?: number; signal?: AbortSignal }): Promise<Found[]>;
  scene(of: SceneOf, filters: Filters, limit?: number): Promise<Scene>;
  /** What to add to the nodes already shown when one is expanded. */
  neighbours(id: string, known: string[], filters: Filters, limit?: number): Promise<Scene>;
  path(from: string, to: string, length?: number): Promise<Paths>;
  entity(id: string): Promise<EntityCard>;
  why(asked: Asked, limit?: number): Promise<Why>;
  documents(query: string, offset: number, limit: number): Promise<Documents>;
  document(id: string): Promise<DocumentPage>;
  map(filters: Filters): Promise<MapScene>;
  timeline(filters: Filters): Promise<Timeline>;
  review(): Promise<Review>;
  judgements(): Promise<Judgement[]>;
  judge(verdict: "same" | "different" | "unsure", left: string | Anchor, right: string | Anchor, note?: string): Promise<Decided>;
  /** These mentions of a thing are another. */
  split(entity: string, mentions: string[], note?: string): Promise<Decided>;
  refute(statement: string, note?: string): Promise<Decided>;
  undo(id: string): Promise<Decided>;
  /** The SPARQL endpoint's address; null where there is none (a file, a notebook). */
  readonly endpoint: string | null;
  /** Views that this source can answer. */
  readonly views: readonly ViewName[];
}

export type ViewName = "graph" | "map" | "timeline" | "documents" | "sparql" | "review";

/** Something that could not be answered, told so that a person knows what to do. */
export class SourceError extends Error {
  constructor(
    message: string,
    readonly status: number = 0,
  ) {
    super(message);
    this.name = "SourceError";
  }
}
