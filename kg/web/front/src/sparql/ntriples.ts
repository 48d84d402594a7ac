/** N-Triples, read line by line: what CONSTRUCT and DESCRIBE are asked for. */

import type { Term, Triple } from "./results";

const IRI = /^<([^>]*)>/;
const BLANK = /^_:([^\s]+)/;
const LITERAL = /^"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>|@([A-Za-z0-9-]+))?/;
const NAMED: Record<string, string> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

/** The triples of a text; a line that is none is an error that names the line. */
export function parseTriples(text: string): Triple[] {
  const triples: Triple[] = [];
  text.split("\n").forEach((line, index) => {
    const rest = line.trim();
    if (rest === "" || rest.startsWith("#")) return;
    const triple = parseLine(rest);
    if (!triple) throw new Error(`line ${index + 1} of the answer is no N-Triples: ${rest.slice(0, 80)}`);
    triples.push(triple);
  });
  return triples;
}

function parseLine(line: string): Triple | null {
  const terms: Term[] = [];
  let rest = line;
  while (terms.length < 3) {
    const [term, length] = readTerm(rest);
    if (!term) return null;
    terms.push(term);
    rest = rest.slice(length).trimStart();
  }
  const [subject, predicate, object] = terms;
  return subject && predicate && object && rest.startsWith(".") ? { subject, predicate, object } : null;
}

function readTerm(text: string): [Term | null, number] {
  const iri = IRI.exec(text);
  if (iri) return [{ kind: "iri", value: unescaped(iri[1] ?? "") }, iri[0].length];
  const blank = BLANK.exec(text);
  if (blank) return [{ kind: "blank", value: blank[1] ?? "" }, blank[0].length];
  const literal = LITERAL.exec(text);
  if (!literal) return [null, 0];
  const term: Term = { kind: "literal", value: unescaped(literal[1] ?? "") };
  if (literal[2]) term.datatype = literal[2];
  if (literal[3]) term.lang = literal[3];
  return [term, literal[0].length];
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, short, long, named) => {
    if (short || long) return String.fromCodePoint(parseInt(short ?? long, 16));
    return NAMED[named] ?? named;
  });
}
