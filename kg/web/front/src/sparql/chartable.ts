/** Which columns of an answer make a chart. */

import { type Row, type Table, numberOf } from "./results";

export type Bar = { label: string; value: number };

/** The columns that are names, the columns that are numbers. */
export function columns({ variables, rows }: Table): { labels: string[]; numbers: string[] } {
  const numbers = variables.filter((name) => filled(rows, name) && rows.every((row) => isNumber(row, name)));
  return { labels: variables.filter((name) => filled(rows, name)), numbers };
}

function filled(rows: Row[], name: string): boolean {
  return rows.some((row) => row[name] !== undefined);
}

function isNumber(row: Row, name: string): boolean {
  return row[name] === undefined || numberOf(row[name]) !== null;
}

/** One bar a row, in the order of the answer. */
export function bars(rows: Row[], label: string, number: string, name: (row: Row, label: string) => string): Bar[] {
  return rows.flatMap((row) => {
    const value = numberOf(row[number]);
    return value === null ? [] : [{ label: name(row, label), value }];
  });
}

/** Whether the labels follow one another in time or number, so that a line between them means something. */
export function ordered(labels: string[]): boolean {
  return labels.length > 2 && labels.every((label) => /^-?\d+(?:[-.:T]\d+)*/.test(label));
}

/** Round numbers for an axis from zero or below to the most. */
export function ticks(least: number, most: number, about = 5): number[] {
  const low = Math.min(0, least);
  const span = Math.max(most, 0) - low || 1;
  const power = 10 ** Math.floor(Math.log10(span / about));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => span / one <= about) ?? power * 10;
  const first = Math.floor(low / step);
  const last = Math.ceil(Math.max(most, 0) / step);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}
