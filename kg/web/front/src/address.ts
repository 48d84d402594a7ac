/** Where a look is kept: in the path and query of a served page, behind the hash of a file, or only in memory. */

import { type Address, type Look, NOWHERE, read, VIEWS, write } from "./state";

/**
 * The addresses of a served page. `/entity/ID`, `/document/ID` and `/sparql` are also the addresses of linked data and
 * of the endpoint, where a browser is given this page. A view's name, which a person may type, leads there: `/map`.
 */
export function pathAddress(base: string): Address {
  const href = (look: Look): string => {
    const { view, document, query, ...rest } = look;
    if (view === "sparql" && !query) return new URL("sparql", base).href;
    if (view === "documents" && document) {
      const left = write({ ...rest, view: "graph", document: null, query: null });
      return new URL(`document/${encodeURIComponent(document)}${left ? `?${left}` : ""}`, base).href;
    }
    const written = write(look);
    return new URL(written ? `?${written}` : "", base).href;
  };
  return {
    href,
    read: () => readPath(location.pathname.slice(new URL(base).pathname.length), location.search),
    write: (look, step) => history[step ? "pushState" : "replaceState"](null, "", href(look)),
    listen: (changed) => {
      addEventListener("popstate", changed);
      return () => removeEventListener("popstate", changed);
    },
  };
}

/** What `path` (without the base) and `search` tell. */
export function readPath(path: string, search: string): Look {
  const look = read(search);
  const [room, ...rest] = path.split("/");
  const id = decoded(rest.join("/"));
  if (room === "entity" && id) return { ...look, focus: id, seeds: search.includes("seeds=") ? look.seeds : [id] };
  if (room === "document" && id) return { ...look, view: "documents", document: id };
  if (room === "document") return { ...look, view: "documents" };
  const view = VIEWS.find((one) => one === room);
  if (view) return { ...look, view };
  return look;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** For a page that is a file: file: addresses have no query of their own to change. */
export function hashAddress(start: Partial<Look>): Address {
  const href = (look: Look): string => `#${write(look)}`;
  return {
    href,
    read: () => (location.hash.length > 1 ? read(location.hash.slice(1)) : { ...NOWHERE, ...start }),
    write: (look, step) => history[step ? "pushState" : "replaceState"](null, "", href(look)),
    listen: (changed) => {
      addEventListener("popstate", changed);
      return () => removeEventListener("popstate", changed);
    },
  };
}

/** For a notebook, whose address is not ours. */
export function memoryAddress(start: Partial<Look>): Address {
  return { href: () => null, read: () => ({ ...NOWHERE, ...start }), write: () => {}, listen: () => () => {} };
}
