/** Dated statements as stretches of days. */

import type { Timeline } from "../source";
import type { Span } from "./bins";
import { type Unit, dayAfter, firstDay, floor, iso, spoken } from "./dates";

export type Item = Timeline["items"][number] & Span;

/** The items that have a date, with the days they cover, earliest first. An open end reaches as far as the other. */
export function spanned(items: Timeline["items"]): Item[] {
  return items
    .flatMap((item) => {
      const start = firstDay(item.from || item.to || "");
      const end = dayAfter(item.to || item.from || "");
      return start === null || end === null ? [] : [{ ...item, start, end: Math.max(end, start + 1) }];
    })
    .sort((a, b) => a.start - b.start || a.end - b.end || (a.statement < b.statement ? -1 : 1));
}

/** When, in words, as exactly as the text says. */
export function when(item: Item): string {
  const unit = unitOf(item);
  const from = spoken(item.start, unit);
  const to = spoken(item.end - 1, unit);
  if (!item.to) return `from ${from}`;
  if (!item.from) return `until ${to}`;
  return from === to ? from : `${from} – ${to}`;
}

/** Whether more than one year, month or day is meant. */
export function isInterval(item: Item): boolean {
  return !item.to || !item.from || spoken(item.start, unitOf(item)) !== spoken(item.end - 1, unitOf(item));
}

/** How exactly an item is dated: as told; an interval, and where nothing is told, by where its ends lie. */
export function unitOf({ precision, from, to, start, end }: Item): Unit {
  if (precision === "year" || precision === "month") return precision;
  if (precision === "day" || precision === "time") return "day";
  const begins = (unit: Unit): boolean => from === null || floor(start, unit) === start;
  const ends = (unit: Unit): boolean => to === null || floor(end, unit) === end;
  return (["year", "month"] as const).find((unit) => begins(unit) && ends(unit)) ?? "day";
}

/** A chosen span as the filters write it: as short as says it exactly. */
export function asFilter({ start, end }: Span, unit: Unit): { from: string; to: string } {
  return { from: iso(start, unit), to: iso(end - 1, unit) };
}

/** The span that the filters choose of a whole, and where they choose nothing, the whole. */
export function chosenSpan(whole: Span, from: string | null, to: string | null): Span {
  const start = from === null ? null : firstDay(from);
  const end = to === null ? null : dayAfter(to);
  const low = Math.max(whole.start, Math.min(start ?? whole.start, whole.end - 1));
  return { start: low, end: Math.max(low + 1, Math.min(end ?? whole.end, whole.end)) };
}
