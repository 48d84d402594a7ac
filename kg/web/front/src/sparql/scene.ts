/** Triples, or rows with two things in them, as a scene that the graph can draw. */

import type { Edge, Entity, Scene } from "../source";
import { ask } from "./run";
import type { Answer, Row, Term, Triple } from "./results";

export const ENTITY = "urn:kg:entity/";
const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const LABEL = "http://www.w3.org/2000/01/rdf-schema#label";
const NODES = 400;

type Link = { subject: string; predicate: string; object: string };

/** The scene of an answer; null where nothing in it is a link between two things. */
export async function sceneOf(answer: Answer, endpoint: string, predicates: Map<string, string>): Promise<Scene | null> {
  const links = linksOf(answer);
  if (links.length === 0) return null;
  const ids = [...new Set(links.flatMap(({ subject, object }) => [subject, object]))];
  const kept = new Set(ids.slice(0, NODES));
  const drawn = links.filter(({ subject, object }) => kept.has(subject) && kept.has(object));
  const told = await toldOf([...kept], endpoint);
  const degrees = new Map<string, number>();
  for (const id of drawn.flatMap(({ subject, object }) => [subject, object])) degrees.set(id, (degrees.get(id) ?? 0) + 1);
  return {
    generation: "",
    nodes: [...kept].map((iri) => node(iri, told.get(iri), degrees.get(iri) ?? 0)),
    edges: drawn.map((link, index) => edge(link, index, predicates)),
    omitted: { nodes: ids.length - kept.size, edges: links.length - drawn.length },
  };
}

/** Whether an answer can be drawn at all. */
export const isDrawable = (answer: Answer): boolean => linksOf(answer).length > 0;

function linksOf(answer: Answer): Link[] {
  if (answer.form === "triples") return answer.triples.flatMap(fromTriple);
  return answer.form === "select" ? distinct(answer.table.rows.flatMap((row) => fromRow(row, answer.table.variables))) : [];
}

function fromTriple({ subject, predicate, object }: Triple): Link[] {
  if (object.kind === "literal" || predicate.value === `${RDF}type`) return [];
  return [{ subject: subject.value, predicate: predicate.value, object: object.value }];
}

/** The first two things of a row; an IRI that is no thing between them names the link. */
function fromRow(row: Row, variables: string[]): Link[] {
  const iris = variables.flatMap((name) => (row[name]?.kind === "iri" ? [{ name, value: (row[name] as Term).value }] : []));
  const [first, second] = iris.filter(({ value }) => value.startsWith(ENTITY));
  if (!first || !second) return [];
  const between = iris.find(({ value }) => !value.startsWith("urn:kg:"));
  return [{ subject: first.value, predicate: between?.value ?? "", object: second.value }];
}

function distinct(links: Link[]): Link[] {
  return [...new Map(links.map((link) => [`${link.subject} ${link.predicate} ${link.object}`, link])).values()];
}

type Told = { name: string; type: string };

async function toldOf(iris: string[], endpoint: string): Promise<Map<string, Told>> {
  const safe = iris.filter((iri) => !/[<>"{}|^`\\\s]/.test(iri) && iri.includes(":"));
  const values = safe.map((iri) => `<${iri}>`).join(" ");
  const query = `SELECT ?s ?name ?type WHERE { VALUES ?s { ${values} } ?s <${LABEL}> ?name OPTIONAL { ?s a ?type } }`;
  const { answer } = await ask(endpoint, query);
  const told = new Map<string, Told>();
  if (answer.form !== "select") return told;
  for (const { s, name, type } of answer.table.rows) {
    const known = told.get(s?.value ?? "");
    const local = localOf(type?.value ?? "");
    told.set(s?.value ?? "", { name: name?.value ?? "", type: TYPES[local] ?? known?.type ?? "" });
  }
  return told;
}

/** The types that the graph has shapes for, by the local names that RDF uses. */
const TYPES: Record<string, string> = {
  Person: "Person", Organisation: "Organisation", Organization: "Organisation", Vehicle: "Vehicle", Place: "Place",
  Work: "Work", CreativeWork: "Work",
};

const localOf = (iri: string): string => iri.slice(Math.max(iri.lastIndexOf("#"), iri.lastIndexOf("/")) + 1);

function node(iri: string, told: Told | undefined, degree: number): Entity {
  return {
    id: iri.startsWith(ENTITY) ? decodeURIComponent(iri.slice(ENTITY.length)) : iri, iri, name: told?.name || localOf(iri) || iri,
    type: told?.type ?? "", subtype: null, aliases: [], mentions: degree, documents: 0, degree, sameAs: [], point: null,
    country: null,
  };
}

function edge({ subject, predicate, object }: Link, index: number, predicates: Map<string, string>): Edge {
  const id = (iri: string): string => (iri.startsWith(ENTITY) ? decodeURIComponent(iri.slice(ENTITY.length)) : iri);
  return {
    id: `query-${index}`, source: id(subject), target: id(object), value: null, predicate: localOf(predicate),
    label: predicates.get(predicate) ?? localOf(predicate), stance: "fact", modalities: ["asserted"], score: 1, times: [],
    statements: 1, documents: 1, inferred: false,
  };
}
