/** The server's answers: one method for each address under /api. */

import {
  type Anchor, type Asked, type Decided, type DocumentPage, type Documents, type EntityCard, type Filters, type Found,
  type Judgement, type MapScene, type Paths, type Review, type Scene, type SceneOf, type Source, SourceError,
  type Space, type Timeline, type ViewName, type Why,
} from "./source";

const PLACES = 2000; // on a map at most
const DATED = 5000; // statements on a timeline at most

type Parameters = Record<string, string | number | null | undefined>;

export class HttpSource implements Source {
  readonly endpoint: string;
  private token: string | undefined;
  private editing = false;

  /** `base` is the address of the explorer, ending in a slash. */
  constructor(private readonly base: string) {
    this.endpoint = new URL("sparql", base).href;
  }

  get views(): readonly ViewName[] {
    const views: ViewName[] = ["graph", "map", "timeline", "documents", "sparql"];
    return this.editing ? [...views, "review"] : views;
  }

  async space(): Promise<Space> {
    const space = await this.get<Space>("space", {});
    this.token = space.token;
    this.editing = space.edit;
    return space;
  }

  async search(
    query: string, { type, limit = 20, signal }: { type?: string; limit?: number; signal?: AbortSignal } = {},
  ): Promise<Found[]> {
    return (await this.get<{ results: Found[] }>("search", { q: query, type, limit }, signal)).results;
  }

  scene(of: SceneOf, filters: Filters, limit = 150): Promise<Scene> {
    const what = "entity" in of ? { entity: of.entity.join(",") } : of;
    return this.get("scene", { ...what, limit, ...asParameters(filters) });
  }

  neighbours(id: string, known: string[], filters: Filters, limit = 60): Promise<Scene> {
    return this.get("neighbours", { id, known: known.join(","), limit, ...asParameters(filters) });
  }

  path(from: string, to: string, length = 6): Promise<Paths> {
    return this.get("path", { from, to, length });
  }

  entity(id: string): Promise<EntityCard> {
    return this.get("entity", { id });
  }

  why(asked: Asked, limit = 100): Promise<Why> {
    const what = "pair" in asked ? { pair: asked.pair.join(",") } : asked;
    return this.get("why", { ...what, limit });
  }

  documents(query: string, offset: number, limit: number): Promise<Documents> {
    return this.get("documents", { q: query, offset, limit });
  }

  document(id: string): Promise<DocumentPage> {
    return this.get("document", { id });
  }

  map(filters: Filters): Promise<MapScene> {
    return this.get("map", { limit: PLACES, ...asParameters(filters) });
  }

  timeline(filters: Filters): Promise<Timeline> {
    return this.get("timeline", { limit: DATED, ...asParameters(filters) });
  }

  review(): Promise<Review> {
    return this.get("review", {});
  }

  async judgements(): Promise<Judgement[]> {
    return (await this.get<{ judgements: Decision[] }>("judgements", {})).judgements.map(asJudgement);
  }

  judge(
    verdict: "same" | "different" | "unsure", left: string | Anchor, right: string | Anchor, note?: string,
  ): Promise<Decided> {
    return this.post("judge", { verdict, left, right, note });
  }

  split(entity: string, mentions: string[], note?: string): Promise<Decided> {
    return this.post("split", { entity, mentions, note });
  }

  refute(statement: string, note?: string): Promise<Decided> {
    return this.post("refute", { statement, note });
  }

  undo(id: string): Promise<Decided> {
    return this.post("undo", { undo: id });
  }

  private async get<Answer>(name: string, parameters: Parameters, signal?: AbortSignal): Promise<Answer> {
    const address = new URL(`api/${name}`, this.base);
    for (const [key, value] of Object.entries(parameters)) {
      if (value !== undefined && value !== null && value !== "") address.searchParams.set(key, String(value));
    }
    return answered(await reach(address, { signal: signal ?? null }));
  }

  private async post<Answer>(name: string, body: Record<string, unknown>): Promise<Answer> {
    const headers = { "Content-Type": "application/json", "X-KG-Token": this.token ?? "" };
    const address = new URL(`api/${name}`, this.base);
    return answered(await reach(address, { method: "POST", headers, body: JSON.stringify(body) }));
  }
}

/** A decision as the server tells it: of two names, or of a statement. */
interface Decision {
  undo: string;
  kind: string;
  when: string;
  note?: string;
  verdict?: string | null;
  left?: { name: string; mention?: string } | null;
  right?: { name: string; mention?: string } | null;
  claim?: string | null;
  quote?: string | null;
}

function asJudgement({ undo, when, note, verdict, left, right, claim, quote }: Decision): Judgement {
  const refuted = !left || !right;
  return {
    id: undo, kind: refuted ? "refute" : "judge", verdict: verdict ?? "wrong", time: when || null, note: note || null,
    title: refuted ? (claim ?? quote ?? "a statement") : `${left.name}, ${right.name}`,
  };
}

function asParameters(filters: Filters): Parameters {
  return {
    type: filters.type.join(","),
    predicate: filters.predicate.join(","),
    modality: filters.modality.join(","),
    score: filters.score || null,
    from: filters.from,
    to: filters.to,
  };
}

async function reach(address: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new SourceError("The server does not answer. Is kg serve still running? Start it and try again.");
  }
}

async function answered<Answer>(response: Response): Promise<Answer> {
  if (response.ok) return (await response.json()) as Answer;
  let message = `The server answered ${response.status} ${response.statusText}.`;
  try {
    const told = ((await response.json()) as { error?: string }).error;
    if (told) message = told;
  } catch {
    // No JSON: the status says all there is.
  }
  throw new SourceError(message, response.status);
}
