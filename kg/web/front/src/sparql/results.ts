/** What the endpoint answers, as rows and terms. */

export type Term = { kind: "iri" | "literal" | "blank" | "triple"; value: string; datatype?: string; lang?: string };

export type Row = Record<string, Term | undefined>;

export type Table = { variables: string[]; rows: Row[] };

/** A yes or a no, rows, or triples. */
export type Answer =
  | { form: "ask"; yes: boolean }
  | { form: "select"; table: Table }
  | { form: "triples"; triples: Triple[] };

export type Triple = { subject: Term; predicate: Term; object: Term };

type JsonTerm = { type: string; value: unknown; datatype?: string; "xml:lang"?: string };
type JsonResults = { boolean?: boolean; head?: { vars?: string[] }; results?: { bindings: Record<string, JsonTerm>[] } };

const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(
  ["integer", "decimal", "double", "float", "int", "long", "short", "byte", "nonNegativeInteger"].map((n) => XSD + n),
);

/** The answer in SPARQL 1.1 Query Results JSON. */
export function fromJson(json: JsonResults): Answer {
  if (typeof json.boolean === "boolean") return { form: "ask", yes: json.boolean };
  const variables = json.head?.vars ?? [];
  const rows = (json.results?.bindings ?? []).map((binding) => {
    const row: Row = {};
    for (const [name, term] of Object.entries(binding)) row[name] = fromTerm(term);
    return row;
  });
  return { form: "select", table: { variables, rows } };
}

function fromTerm(term: JsonTerm): Term {
  if (term.type === "triple") return { kind: "triple", value: JSON.stringify(term.value) };
  const value = String(term.value);
  if (term.type === "uri") return { kind: "iri", value };
  if (term.type === "bnode") return { kind: "blank", value };
  const literal: Term = { kind: "literal", value };
  if (term.datatype) literal.datatype = term.datatype;
  if (term["xml:lang"]) literal.lang = term["xml:lang"];
  return literal;
}

/** The number that a term is; null where it is none. */
export function numberOf(term: Term | undefined): number | null {
  if (!term || term.kind !== "literal" || !NUMBERS.has(term.datatype ?? "")) return null;
  const number = Number(term.value);
  return Number.isFinite(number) ? number : null;
}

/** Rows in the order of a column: numbers as numbers, all else as text; what is missing comes last. */
export function sorted(rows: Row[], variable: string, descending: boolean): Row[] {
  const collator = new Intl.Collator("en", { numeric: true });
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [left, right] = [a[variable], b[variable]];
    if (!left || !right) return Number(!left) - Number(!right);
    const [first, second] = [numberOf(left), numberOf(right)];
    if (first !== null && second !== null) return sign * (first - second);
    return sign * collator.compare(left.value, right.value);
  });
}

/** A term as SPARQL writes it, with the space's prefixes. */
export function written(term: Term, prefixes: Record<string, string>): string {
  if (term.kind === "iri") return shortened(term.value, prefixes);
  if (term.kind === "blank") return `_:${term.value}`;
  return term.value;
}

/** An IRI with the longest prefix that fits, or in full. */
export function shortened(iri: string, prefixes: Record<string, string>): string {
  let best: [string, string] | null = null;
  for (const [name, start] of Object.entries(prefixes)) {
    if (iri.startsWith(start) && start.length > (best?.[1].length ?? 0)) best = [name, start];
  }
  if (!best) return `<${iri}>`;
  const local = iri.slice(best[1].length);
  return /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?$/u.test(local) ? `${best[0]}:${local}` : `<${iri}>`;
}
