/** Small parts that views share. Texts of documents only ever become text nodes. */

import type { ComponentChildren } from "preact";
import { isPlain, kindOf, LINES, MODALITY_MEANING, type Line, type Shape, standingsOf } from "./kinds";
import type { Claim, Edge, Names, Piece, Space } from "./source";

const OUTLINES: Record<Shape, ComponentChildren> = {
  circle: <circle cx="8" cy="8" r="6" />,
  square: <rect x="2.500" y="2.500" width="11" height="11" rx="1" />,
  triangle: <path d="M8 1.500 14.800 13.500H1.200z" />,
  diamond: <path d="M8 .8 15.200 8 8 15.200.8 8z" />,
  star: <path d="m8 .8 2.200 4.700 5.100.600-3.800 3.500 1 5L8 12.100 3.500 14.600l1-5L.7 6.100l5.100-.600z" />,
  hexagon: <path d="M4.400 1.800h7.200L15.200 8l-3.600 6.200H4.400L.8 8z" />,
};

/** The shape and colour of a type; `label` where no word beside it says the type. */
export function TypeIcon({ type, types, label }: { type: string; types?: Space["types"] | undefined; label?: boolean }) {
  const kind = kindOf(type, types);
  const spoken = label ? { role: "img" as const, "aria-label": type } : { "aria-hidden": true as const };
  return (
    <svg class={`kg-icon kg-kind-${kind.name}`} viewBox="0 0 16 16" width="16" height="16" {...spoken}>
      {OUTLINES[kind.shape]}
    </svg>
  );
}

/** A line as the graph draws that modality. */
export function LineSample({ line }: { line: string }) {
  const at = LINES.includes(line as Line) ? line : "asserted";
  return (
    <svg class={`kg-line kg-line-${at}`} viewBox="0 0 36 10" width="36" height="10" aria-hidden="true">
      {at === "reported" ? <path d="M1 3.500h34M1 6.500h34" /> : <path d="M1 5h34" />}
      {at === "negated" ? <path d="M8 1.500l4 7M16 1.500l4 7M24 1.500l4 7" /> : null}
    </svg>
  );
}

/** How a text holds a statement: a word in a frame, whose line is that of the graph. */
export function Modality({ name }: { name: string }) {
  return (
    <span class={`kg-badge kg-badge-${name}`} title={MODALITY_MEANING[name]}>
      <LineSample line={name} />
      {name}
    </span>
  );
}

/** All the ways in which texts hold a fact, unless they simply assert it. */
export function Standings({ edge }: { edge: Edge }) {
  return isPlain(edge) ? null : <>{standingsOf(edge).map((name) => <Modality name={name} />)}</>;
}

/** A confidence between 0 and 1, as a bar and a number. */
export function Score({ score }: { score: number }) {
  const percent = Math.round(score * 100);
  return (
    <span class="kg-score">
      <span class="kg-score-bar" aria-hidden="true"><span style={{ width: `${percent}%` }} /></span>
      <span><span class="kg-hidden">confidence </span>{percent} %</span>
    </span>
  );
}

const ASKED: Record<string, string> = { Person: "who", Place: "where" };

/** What a role is called at a thing of that type. */
export function roleWord(role: NonNullable<Piece["role"]>, type: string | undefined): string {
  return role === "source" ? "says so" : (ASKED[type ?? ""] ?? "what");
}

interface MarkedProps {
  pieces: Piece[];
  /** What choosing a named entity does; without it, names are no buttons. */
  choose?: ((entity: string) => void) | undefined;
  /** Words before the first and after the last piece that are cut off. */
  cut?: boolean;
}

/** A sentence: its quote on a tint, and who, what and where underlined, each in its own way and with a word. */
export function Marked({ pieces, choose }: MarkedProps) {
  return (
    <p class="kg-sentence">
      {runs(pieces).map(([quoted, run]) => {
        const inside = run.map((piece) => <MarkedPiece piece={piece} choose={choose} />);
        return quoted ? <mark class="kg-quote">{inside}</mark> : inside;
      })}
    </p>
  );
}

function MarkedPiece({ piece, choose }: { piece: Piece; choose?: ((entity: string) => void) | undefined }) {
  const { role, entity, text, type } = piece;
  const name = choose && entity
    ? <button type="button" class="kg-name" onClick={() => choose(entity)}>{text}</button>
    : text;
  if (!role) return <>{name}</>;
  return (
    <>
      <span class={`kg-role kg-role-${role}`}>{name}</span>
      <span class="kg-role-word">{"\u00a0"}{roleWord(role, type)}</span>
    </>
  );
}

/** Neighbouring pieces of one quote, together. */
export function runs(pieces: Piece[]): [boolean, Piece[]][] {
  const found: [boolean, Piece[]][] = [];
  for (const piece of pieces) {
    const last = found.at(-1);
    if (last && last[0] === Boolean(piece.quote)) last[1].push(piece);
    else found.push([Boolean(piece.quote), [piece]]);
  }
  return found;
}

/** The claim in words: what it says, without its evidence. */
export function objectOf(claim: Pick<Claim, "object" | "value">, names: Names): string {
  return claim.object === null ? (claim.value?.value ?? "") : (names[claim.object] ?? claim.object);
}

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

/** "2021-10-05T10:55+02:00" as "5 October 2021, 10:55"; "2019.." as "since 2019". */
export function timeInWords(time: string): string {
  const [start = "", end] = time.split("..");
  if (end === undefined || end === start) return instant(start);
  if (!end) return `since ${instant(start)}`;
  return start ? `${instant(start)} to ${instant(end)}` : `until ${instant(end)}`;
}

function instant(text: string): string {
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d:\d\d))?)?)?/.exec(text);
  if (!found) return text;
  const [, year = "", month, day, clock] = found;
  if (!month) return year;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
  if (Number.isNaN(date.getTime())) return text;
  return `${(day ? DAY : MONTH).format(date)}${clock ? `, ${clock}` : ""}`;
}

const NUMBER = new Intl.NumberFormat("en-GB");
export const number = (value: number): string => NUMBER.format(value);

/** "1 fact", "2 facts". */
export const count = (value: number, one: string, many = `${one}s`): string =>
  `${number(value)} ${value === 1 ? one : many}`;

/** "connected with 3 others" */
export const connected = (degree: number): string => `connected with ${count(degree, "other")}`;
