/** Which edges and nodes the filters let through: the same rule here as in the server. */

import type { Edge, Entity, Filters, Space } from "./source";

export function edgePasses(edge: Edge, { predicate, modality, score, from, to }: Filters): boolean {
  if (predicate.length && !predicate.includes(edge.predicate)) return false;
  if (modality.length && !edge.modalities.some((name) => modality.includes(name))) return false;
  if (edge.score < score) return false;
  if (from === null && to === null) return true;
  return edge.times.some((time) => touches(time, from, to));
}

/**
 * The ids of those that follow by rule from what is there anyway: an edge that texts state, of the same stance, joins the
 * same two things, whichever way. `each` looks at every predicate for itself.
 */
export function twins(edges: Iterable<Edge>, each: boolean): string[] {
  const all = [...edges];
  const key = ({ source, target, predicate, stance }: Edge): string =>
    JSON.stringify([stance, each ? predicate : "", ...[source, target ?? ""].sort()]);
  const told = new Set(all.filter((edge) => !edge.inferred).map(key));
  return all.filter((edge) => edge.inferred && edge.target !== null && told.has(key(edge))).map(({ id }) => id);
}

/** A type stands for all that are kinds of it. */
export function nodePasses(node: Entity, { type }: Filters, types: Space["types"] = []): boolean {
  if (!type.length || type.includes(node.type) || (node.subtype !== null && type.includes(node.subtype))) return true;
  let name = types.find((one) => one.name === node.type)?.parent ?? null;
  for (let step = 0; name !== null && step < 9; step += 1) {
    if (type.includes(name)) return true;
    name = types.find((one) => one.name === name)?.parent ?? null;
  }
  return false;
}

/** Whether a time (ISO 8601, also an interval with `..`) touches the days from one date or year to another. */
export function touches(time: string, from: string | null, to: string | null): boolean {
  const [start = "", end = start] = time.split("..");
  if (to !== null && start !== "" && start.slice(0, to.length) > to) return false;
  return !(from !== null && end !== "" && end.slice(0, from.length) < from.slice(0, end.length));
}

export const holdsBack = (filters: Filters): number =>
  Number(filters.type.length > 0) + Number(filters.predicate.length > 0) + Number(filters.modality.length > 0) +
  Number(filters.score > 0) + Number(filters.from !== null || filters.to !== null);
