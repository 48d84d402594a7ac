/** Search as you type, over the names of some thousand entities. */

import type { Entity } from "./source";

/** Lower case without diacritics, so that "gorbatschow" finds "Gorbatschów". */
export const folded = (text: string): string =>
  text.normalize("NFKD").replace(/\p{Diacritic}/gu, "").toLowerCase();

/** Entities with a name or alias that the query's words begin or lie in, best first, with the name that matched. */
export function namesLike(query: string, entities: Entity[]): [Entity, string][] {
  const wanted = folded(query).trim();
  if (!wanted) return [];
  const found: { entity: Entity; matched: string; rank: number }[] = [];
  for (const entity of entities) {
    let best: { matched: string; rank: number } | null = null;
    for (const name of [entity.name, ...entity.aliases]) {
      const rank = rankOf(folded(name), wanted);
      if (rank !== null && (best === null || rank < best.rank)) best = { matched: name, rank };
    }
    if (best) found.push({ entity, ...best });
  }
  found.sort((one, other) => one.rank - other.rank || other.entity.mentions - one.entity.mentions);
  return found.map(({ entity, matched }) => [entity, matched]);
}

/** 0 the very name, 1 its beginning, 2 every word of the query begins one of its words, 3 inside it, null not at all. */
function rankOf(name: string, wanted: string): number | null {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  const words = name.split(/[^\p{L}\p{N}]+/u);
  if (wanted.split(/[^\p{L}\p{N}]+/u).every((part) => words.some((word) => word.startsWith(part)))) return 2;
  return name.includes(wanted) ? 3 : null;
}
