/** What could stand where the cursor is, told from the text before it. */

export type Place = "start" | "node" | "verb" | "class" | "variable" | "nothing";

/** The word under the cursor, from its first character, and what could stand in its place. */
export interface Position {
  word: string;
  place: Place;
}

const WORD = /(?:[?$]?[\p{L}\p{N}_][\p{L}\p{N}_.:-]*|[?$])$/u;
const OPAQUE = /<[^<>"{}|^`\\\s]*>|"""[^]*?"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*\n/g;
const OPEN = /<[^<>"{}|^`\\\s]*$|"(?:[^"\\\n]|\\.)*$|'(?:[^'\\\n]|\\.)*$|#[^\n]*$/;
const KEYWORDS =
  /^(select|distinct|reduced|construct|describe|ask|where|from|named|prefix|base|order|by|asc|desc|group|having|limit|offset|filter|bind|as|values|count|sum|min|max|avg|sample|group_concat|separator|not|exists|in|str|lang|contains|regex|lcase|ucase|strstarts|strends|year|month|day|if|coalesce|bound)$/i;
const CLAUSE = /^(optional|union|graph|minus|where)$/i;

/** Read the text up to the cursor. */
export function positionAt(before: string): Position {
  const visible = before.replace(OPAQUE, (text) => (text.startsWith("#") ? " " : "_:x"));
  if (OPEN.test(visible)) return { word: "", place: "nothing" };
  const word = WORD.exec(before)?.[0] ?? "";
  if (word.startsWith("?") || word.startsWith("$")) return { word, place: "variable" };
  const words = visible.slice(0, visible.length - word.length).match(/[{}().;,[\]|/^]|[^\s{}();,[\]|/^]+/g) ?? [];
  return { word, place: placeAfter(words) };
}

function placeAfter(words: string[]): Place {
  if (!words.some((word) => word === "{")) return "start";
  let terms: string[] = [];
  for (const word of words) terms = after(terms, word);
  if (terms.length === 1) return "verb";
  if (terms.length !== 2) return "node";
  return isType(terms[1]) ? "class" : "node";
}

/** The terms of the triple so far: subject, verb. */
function after(terms: string[], word: string): string[] {
  if (word === ";") return terms.slice(0, 1);
  if (word === ",") return terms.slice(0, 2);
  if (word === "[") return ["[]"];
  if (word === "/" || word === "|" || word === "^") return terms.slice(0, 1);
  if (/^[{}().\]]$/.test(word) || KEYWORDS.test(word) || CLAUSE.test(word)) return [];
  if (word.endsWith(".") && word.length > 1) return [];
  return terms.length >= 3 ? [word] : [...terms, word];
}

const isType = (verb: string | undefined): boolean => verb === "a" || verb === "rdf:type";

/** The variables of a query, in order, once each. */
export function variablesOf(query: string): string[] {
  const visible = `${query}\n`.replace(OPAQUE, " ");
  return [...new Set((visible.match(/[?$][\p{L}\p{N}_]+/gu) ?? []).map((name) => `?${name.slice(1)}`))];
}
