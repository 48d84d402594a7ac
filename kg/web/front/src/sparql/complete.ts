/** What the space itself offers to complete: its predicates, classes, things and prefixes, with their names. */

import { folded } from "../match";
import type { Source, Space } from "../source";
import { type Place, variablesOf } from "./position";
import { shortened } from "./results";
import { ask } from "./run";

/** One offer: the text that is put in, and the words that tell what it is. */
export interface Offer {
  text: string;
  note: string;
}

const MOST = 40;
const FORMS = ["SELECT", "CONSTRUCT", "ASK", "DESCRIBE", "WHERE", "PREFIX", "DISTINCT", "COUNT"];
const CLAUSES = ["FILTER", "OPTIONAL", "GRAPH", "UNION", "BIND", "VALUES", "MINUS"];
const EVIDENCE: Offer[] = [
  { text: "a", note: "is of the class" },
  { text: "rdfs:label", note: "name" },
  { text: "skos:altLabel", note: "other name" },
  { text: "owl:sameAs", note: "the same elsewhere" },
  { text: "rdf:subject", note: "evidence: of what" },
  { text: "rdf:predicate", note: "evidence: says what" },
  { text: "rdf:object", note: "evidence: and what" },
  { text: "kg:modality", note: "evidence: how the text holds it" },
  { text: "kg:time", note: "evidence: when" },
  { text: "kg:confidence", note: "evidence: how surely" },
  { text: "kg:quote", note: "evidence: the words" },
  { text: "prov:wasDerivedFrom", note: "evidence: the place in the document" },
  { text: "dct:title", note: "a document's title" },
  { text: "dct:issued", note: "a document's date" },
];

export class Completions {
  private readonly predicates: Offer[];
  private classes: Promise<Offer[]> | null = null;

  constructor(
    private readonly source: Source,
    private readonly space: Space,
  ) {
    const own = [...space.predicates].sort((a, b) => b.count - a.count).map(({ iri, label, count }) => ({
      text: shortened(iri, space.prefixes), note: `${label} · ${count.toLocaleString("en")}`,
    }));
    this.predicates = [...own, ...EVIDENCE];
  }

  /** What fits a word at a place of a query, best first. */
  async offers(word: string, place: Place, query: string): Promise<Offer[]> {
    if (place === "nothing") return [];
    if (place === "variable") return variables(word, query);
    if (place === "start") return matching(word, keywords(FORMS));
    if (place === "verb") return matching(word, this.predicates);
    if (place === "class") return matching(word, [...(await this.classesOfSpace()), ...this.prefixes()]);
    const more = [...this.prefixes(), ...keywords(CLAUSES)];
    return [...(await this.things(word)), ...matching(word, more)].slice(0, MOST);
  }

  private prefixes(): Offer[] {
    return Object.entries(this.space.prefixes).map(([name, iri]) => ({ text: `${name}:`, note: iri }));
  }

  private async things(word: string): Promise<Offer[]> {
    const name = word.replace(/^ent:/, "").replaceAll("-", " ");
    if (name.length < 2 || name.includes(":")) return [];
    const found = await this.source.search(name, { limit: 12 });
    return found.map(({ iri, name, type }) => ({ text: shortened(iri, this.space.prefixes), note: `${name} · ${type}` }));
  }

  /** Asked of the endpoint once: only it knows which IRIs the classes have. */
  private classesOfSpace(): Promise<Offer[]> {
    const endpoint = this.source.endpoint;
    if (endpoint === null) return Promise.resolve([]);
    const query = "SELECT ?class (COUNT(*) AS ?n) WHERE { ?thing a ?class } GROUP BY ?class ORDER BY DESC(?n)";
    this.classes ??= ask(endpoint, query).then(
      ({ answer }) =>
        answer.form !== "select" ? [] : answer.table.rows.map((row) => ({
          text: shortened(row["class"]?.value ?? "", this.space.prefixes), note: `class · ${row["n"]?.value ?? ""}`,
        })),
      () => [],
    );
    return this.classes;
  }
}

const keywords = (words: string[]): Offer[] => words.map((text) => ({ text, note: "" }));

function variables(word: string, query: string): Offer[] {
  const found = variablesOf(query).filter((name) => name !== word && name.startsWith(`?${word.slice(1)}`));
  return found.map((text) => ({ text, note: "" }));
}

/** Offers whose text, local name or words begin with the word come first, those that hold it after. */
function matching(word: string, offers: Offer[]): Offer[] {
  const wanted = folded(word);
  const ranked = offers.map((offer) => ({ offer, rank: rankOf(offer, wanted) })).filter(({ rank }) => rank < 3);
  return ranked.sort((a, b) => a.rank - b.rank).map(({ offer }) => offer).slice(0, MOST);
}

function rankOf({ text, note }: Offer, wanted: string): number {
  const own = folded(text);
  if (own.startsWith(wanted) || own.slice(own.indexOf(":") + 1).startsWith(wanted)) return 0;
  if (folded(note).split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(wanted))) return 1;
  return own.includes(wanted) ? 2 : 3;
}
