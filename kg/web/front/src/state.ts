/**
 * What is on the screen, kept in the address: a link shows what its sender saw, and Back goes back.
 *
 * `look` is the one truth. Views read it, and change it by `go` (a step that Back undoes) or `amend` (none, for sliders
 * and the like). Nothing else of the page's state needs to be shared.
 */

import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Filters, Source, Space, ViewName } from "./source";

/** All that a link tells. */
export interface Look extends Filters {
  view: ViewName;
  /** The chosen entity, whose card is open. */
  focus: string | null;
  /** Around which entities the scene began, or MOST; none where a document or a path is all that is looked at. */
  seeds: string[];
  expand: string[];
  pin: string[];
  hide: string[];
  /** The document whose page is open, or whose neighbourhood the graph shows. */
  document: string | null;
  /** A statement to show in the document. */
  statement: string | null;
  /** The edge, or the two entities with a comma between, whose evidence is open. */
  why: string | null;
  path: [string, string] | null;
  /** The query in the SPARQL editor. */
  query: string | null;
  /** The places chosen on the map. */
  place: string[];
}

/** The seed of a scene of the most connected. */
export const MOST = "*";

export const NOWHERE: Look = {
  view: "graph", focus: null, seeds: [MOST], expand: [], pin: [], hide: [], document: null, statement: null, why: null,
  path: null, query: null, place: [], type: [], predicate: [], modality: [], score: 0, from: null, to: null,
};

export const VIEWS: readonly ViewName[] = ["graph", "map", "timeline", "documents", "sparql", "review"];

/** Where a look is kept between visits. */
export interface Address {
  read(): Look;
  write(look: Look, step: boolean): void;
  /** The address to link to; null where a look has none (a notebook). */
  href(look: Look): string | null;
  /** Calls back when Back or Forward was pressed; returns what ends that. */
  listen(changed: () => void): () => void;
}

export class State {
  readonly look: Signal<Look>;
  readonly space: Signal<Space | null> = signal(null);
  /** Grows with each edit, so that what was read is read again. */
  readonly edits: Signal<number> = signal(0);
  /** What a screen reader is told. */
  readonly said: Signal<string> = signal("");
  readonly toast: Signal<Toast | null> = signal(null);
  /** What the view is about, where that is one thing, for the page's title. */
  readonly subject: Signal<string | null> = signal(null);
  readonly filters: ReadonlySignal<Filters>;

  constructor(
    readonly source: Source,
    readonly address: Address,
  ) {
    this.look = signal(address.read());
    this.filters = computed(() => filtersOf(this.look.value));
    address.listen(() => (this.look.value = address.read()));
  }

  /** Change the look; Back undoes it. */
  go(change: Partial<Look>): void {
    this.change(change, true);
  }

  /** Change the look without a step of its own in the history. */
  amend(change: Partial<Look>): void {
    this.change(change, false);
  }

  /** Where a link with this change leads. */
  href(change: Partial<Look>): string | null {
    return this.address.href({ ...this.look.value, ...change });
  }

  /** Look at everything again. */
  unfilter(): void {
    this.go(filtersOf(NOWHERE));
  }

  /** Tell a screen reader. */
  say(words: string): void {
    this.said.value = words;
  }

  private change(change: Partial<Look>, step: boolean): void {
    const next = { ...this.look.value, ...change };
    if (write(next) === write(this.look.value)) return;
    this.look.value = next;
    this.address.write(next, step);
  }
}

/** A message at the foot of the page, with at most one thing to do about it. */
export interface Toast {
  message: string;
  wrong?: boolean;
  action?: { label: string; act: () => void };
}

export function filtersOf(look: Look): Filters {
  const { type, predicate, modality, score, from, to } = look;
  return { type, predicate, modality, score, from, to };
}

/** The look as a query string, without a question mark; what is as usual is left out. */
export function write(look: Look): string {
  const parameters = new URLSearchParams();
  for (const [key, usual] of Object.entries(NOWHERE) as [keyof Look, Look[keyof Look]][]) {
    const value = look[key];
    if (value === null || value === usual) continue;
    if (Array.isArray(value) && !value.length && key !== "seeds") continue;
    if (key === "seeds" && String(value) === String(begun(look))) continue;
    parameters.set(key, Array.isArray(value) ? value.join(",") : String(value));
  }
  // These mean nothing else in a query, and an address is also read by people.
  return parameters.toString().replace(/%(2C|3A|7E|2A)/g, (code) => decodeURIComponent(code));
}

/** The seeds of a look that names none. */
function begun({ focus, document, path }: Pick<Look, "focus" | "document" | "path">): string[] {
  return path || document ? [] : [focus ?? MOST];
}

/** Read what `write` wrote, and whatever else a person may have typed: what makes no sense counts as not given. */
export function read(query: string): Look {
  const parameters = new URLSearchParams(query);
  const list = (key: string): string[] => (parameters.get(key) ?? "").split(",").filter(Boolean);
  const view = parameters.get("view") as ViewName;
  const [start, end, ...rest] = list("path");
  const path: [string, string] | null = start && end && !rest.length ? [start, end] : null;
  const [focus, document] = [parameters.get("focus") || null, parameters.get("document") || null];
  return {
    view: VIEWS.includes(view) ? view : "graph",
    focus,
    seeds: parameters.has("seeds") ? list("seeds") : begun({ focus, document, path }),
    expand: list("expand"),
    pin: list("pin"),
    hide: list("hide"),
    document,
    statement: parameters.get("statement") || null,
    why: parameters.get("why") || null,
    path,
    query: parameters.get("query") || null,
    place: list("place"),
    type: list("type"),
    predicate: list("predicate"),
    modality: list("modality"),
    score: Math.min(1, Math.max(0, Number(parameters.get("score")) || 0)),
    from: parameters.get("from") || null,
    to: parameters.get("to") || null,
  };
}
