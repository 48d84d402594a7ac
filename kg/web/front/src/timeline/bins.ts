/** How many statements speak of each day, month or year. */

import { type Unit, floor, step } from "./dates";

/** The days from `start` up to, not including, `end`. */
export type Span = { start: number; end: number };

export type Bin = Span & { count: number; by: Map<string, number> };

const MOST = 64;
const LEAST = 9; // columns, so that a single day is one among others

/** The finest unit that gives no more columns than can be told apart. */
export function unitFor({ start, end }: Span): Unit {
  const days = end - start;
  if (days <= MOST) return "day";
  return days / 30.4 <= MOST ? "month" : "year";
}

/** The span of all, in whole units; null where there is nothing. */
export function extent(spans: Span[]): Span | null {
  if (spans.length === 0) return null;
  const start = spans.reduce((least, span) => Math.min(least, span.start), Infinity);
  const end = spans.reduce((most, span) => Math.max(most, span.end), -Infinity);
  const unit = unitFor({ start, end });
  const missing = unit === "day" ? Math.max(0, LEAST - (end - start)) : 0;
  return {
    start: floor(start, unit) - Math.floor(missing / 2),
    end: step(floor(end - 1, unit), unit, 1) + Math.ceil(missing / 2),
  };
}

/** Columns over a span, a unit each or several where there would be too many, with the spans that touch them. */
export function binned<T extends Span & { modality: string }>(items: T[], whole: Span, unit: Unit): Bin[] {
  const bins = emptyBins(whole, unit);
  for (const item of items) {
    for (let index = indexOf(bins, item.start); index < bins.length; index++) {
      const bin = bins[index];
      if (!bin || bin.start >= item.end) break;
      bin.count += 1;
      bin.by.set(item.modality, (bin.by.get(item.modality) ?? 0) + 1);
    }
  }
  return bins;
}

function emptyBins({ start, end }: Span, unit: Unit): Bin[] {
  const bins: Bin[] = [];
  const stride = strideOf({ start, end }, unit);
  for (let at = floor(start, unit); at < end; at = step(at, unit, stride)) {
    bins.push({ start: at, end: step(at, unit, stride), count: 0, by: new Map() });
  }
  return bins;
}

/** How many units a column covers: 1, 2, 5, 10, 20 … */
export function strideOf({ start, end }: Span, unit: Unit): number {
  const days = unit === "year" ? 365.25 : unit === "month" ? 30.4 : 1;
  const units = (end - start) / days;
  for (let power = 1; ; power *= 10) {
    for (const stride of [power, 2 * power, 5 * power]) if (units / stride <= MOST) return stride;
  }
}

/** The column that a day lies in, or the first after it. */
function indexOf(bins: Bin[], day: number): number {
  let [low, high] = [0, bins.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bins[middle]?.end ?? Infinity) <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}
