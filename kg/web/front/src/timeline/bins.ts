/** How many statements speak of each day, month or year. */

import { type Unit, floor, ordinal, step } from "./dates";

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

/** The span of all, in whole columns; null where there is nothing. */
export function extent(spans: Span[]): Span | null {
  if (spans.length === 0) return null;
  const start = spans.reduce((least, span) => Math.min(least, span.start), Infinity);
  const end = spans.reduce((most, span) => Math.max(most, span.end), -Infinity);
  const unit = unitFor({ start, end });
  const missing = unit === "day" ? Math.max(0, LEAST - (end - start)) : 0;
  const tight = { start: start - Math.floor(missing / 2), end: end + Math.ceil(missing / 2) };
  let [whole, stride] = [tight, 0];
  // What is rounded off to whole columns is longer, and may need wider ones.
  for (let next = strideOf(whole, unit); next !== stride; next = strideOf(whole, unit)) {
    stride = next;
    const last = columnOf(tight.end - 1, unit, stride);
    whole = { start: columnOf(tight.start, unit, stride), end: step(last, unit, stride) };
  }
  return whole;
}

/** The start of the column that a day lies in: columns of several units begin at round numbers. */
function columnOf(day: number, unit: Unit, stride: number): number {
  const first = floor(day, unit);
  const over = ordinal(first, unit) % stride;
  return step(first, unit, -(over < 0 ? over + stride : over));
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
  for (let at = columnOf(start, unit, stride); at < end; at = step(at, unit, stride)) {
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

const STEPS: Record<Unit, readonly number[]> = {
  year: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000], month: [1, 2, 3, 6, 12, 24, 60], day: [1, 2, 5, 10, 20],
};

/** The columns under which a date stands: at round numbers, and no more of them than there is room for. */
export function ticksOf(bins: Bin[], unit: Unit, room: number): Bin[] {
  const at = (stride: number): Bin[] => bins.filter(({ start }) => ordinal(start, unit) % stride === 0);
  const strides = STEPS[unit].map(at).filter((ticks) => ticks.length > 0);
  return strides.find((ticks) => ticks.length <= Math.max(1, room)) ?? bins.slice(0, 1);
}
