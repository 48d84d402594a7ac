import type { Edge, Entity } from "../src/source";

export const entity = (id: string, more: Partial<Entity> = {}): Entity => ({
  id, iri: `urn:kg:entity/${id}`, name: id, type: "Person", subtype: null, aliases: [], mentions: 1, documents: 1, degree: 0,
  sameAs: [], point: null, country: null, ...more,
});

export const edge = (source: string, target: string | null, more: Partial<Edge> = {}): Edge => ({
  id: `${source}-${target}`, source, target, value: target === null ? { value: "x", datatype: "string" } : null,
  predicate: "knows", label: "knows", stance: "fact", modalities: ["asserted"], score: 0.8, times: [], statements: 1,
  documents: 1, inferred: false, ...more,
});
