/** Dates of any precision, and the columns that they are counted in. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { binned, extent, ticksOf, unitFor } from "../src/timeline/bins";
import { dayAfter, firstDay, floor, iso, precisionOf, step } from "../src/timeline/dates";
import { asFilter, chosenSpan, spanned, when } from "../src/timeline/items";

const span = (from: string, to: string) => ({ start: firstDay(from)!, end: dayAfter(to)! });
const item = (from: string | null, to: string | null, modality = "asserted") => {
  return { statement: `${from}${to}`, edge: "e", label: "x", from, to, precision: "", modality, ends: [] };
};

test("a date covers the day, month or year that it names", () => {
  assert.equal(dayAfter("2021-10-05T10:55+02:00")! - firstDay("2021-10-05T10:55+02:00")!, 1);
  assert.equal(dayAfter("2020-02")! - firstDay("2020-02")!, 29);
  assert.equal(dayAfter("2021")! - firstDay("2021")!, 365);
  assert.equal(firstDay("soon"), null);
  assert.equal(precisionOf("2021-10"), "month");
});

test("days are written as exactly as the unit", () => {
  const day = firstDay("2021-10-05")!;
  assert.deepEqual([iso(day, "day"), iso(day, "month"), iso(day, "year")], ["2021-10-05", "2021-10", "2021"]);
  assert.equal(iso(step(floor(day, "month"), "month", 3), "month"), "2022-01");
});

test("years before 100 stay what they are", () => {
  assert.equal(iso(firstDay("0044-03-15")!, "day"), "0044-03-15");
});

test("every item is counted in every column that it touches, by modality", () => {
  const items = spanned([item("2020", "2020"), item("2019", "2021", "planned"), item("2021-03-01", "2021-03-01")]);
  const whole = { ...extent(items)! };
  const bins = binned(items, whole, "year");
  assert.deepEqual(bins.map((bin) => bin.count), [1, 2, 2]);
  assert.deepEqual(bins.map((bin) => bin.by.get("planned")), [1, 1, 1]);
});

test("columns are never more than can be told apart", () => {
  for (const [from, to] of [["1500", "2024"], ["2020-01-01", "2020-02-20"], ["2019", "2023"]] as const) {
    const whole = span(from, to);
    assert.ok(binned([], whole, unitFor(whole)).length <= 65);
  }
});

test("an open end reaches as far as the other, and is told", () => {
  const [since] = spanned([item("2019-01-01", null)]);
  assert.equal(when(since!), "from 2019");
  const [until] = spanned([item(null, "2020-05-31")]);
  assert.equal(when(until!), "until May 2020");
  const [years] = spanned([{ ...item("2003-01-01", "2009-12-31"), precision: "interval" }]);
  assert.equal(when(years!), "2003 – 2009");
  const [day] = spanned([{ ...item("2021-01-01", "2021-01-01"), precision: "day" }]);
  assert.equal(when(day!), "1 Jan 2021");
});

test("a chosen span comes back from the filters that it was written to", () => {
  const whole = span("1990", "2024");
  const chosen = span("2008", "2012");
  const { from, to } = asFilter(chosen, "year");
  assert.deepEqual([from, to], ["2008", "2012"]);
  assert.deepEqual(chosenSpan(whole, from, to), chosen);
  assert.deepEqual(chosenSpan(whole, null, null), whole);
  assert.deepEqual(chosenSpan(whole, "nonsense", "1850"), { start: whole.start, end: whole.start + 1 });
});

test("a single day stands among others", () => {
  const [day] = spanned([item("2021-10-05", "2021-10-05")]);
  const bins = binned([day!], extent([day!])!, "day");
  assert.deepEqual(bins.map((bin) => bin.count), [0, 0, 0, 0, 1, 0, 0, 0, 0]);
});

test("columns of several years begin at round ones, and end with the time that is drawn", () => {
  for (const [from, to] of [["1869", "2020"], ["1", "2024"], ["1957", "2020"], ["1956", "2019-03"]] as const) {
    const whole = extent(spanned([item(from, from), item(to, to)]))!;
    const bins = binned([], whole, unitFor(whole));
    assert.deepEqual([bins[0]!.start, bins.at(-1)!.end], [whole.start, whole.end]);
    assert.ok(bins.length <= 65 && whole.start <= firstDay(from)! && whole.end >= dayAfter(to)!);
  }
  const { start, end } = extent(spanned([item("1869", "2020")]))!;
  assert.deepEqual([iso(start, "year"), iso(end, "year")], ["1865", "2025"]);
});

test("dates stand at round years, months and days, as many as there is room for", () => {
  const ticks = (from: string, to: string, room: number): string[] => {
    const whole = extent(spanned([item(from, from), item(to, to)]))!;
    const unit = unitFor(whole);
    return ticksOf(binned([], whole, unit), unit, room).map(({ start }) => iso(start, unit));
  };
  assert.deepEqual(ticks("1869", "2020", 9), ["1880", "1900", "1920", "1940", "1960", "1980", "2000", "2020"]);
  assert.deepEqual(ticks("2018-05-03", "2020-02-11", 8), ["2018-07", "2018-10", "2019-01", "2019-04", "2019-07", "2019-10", "2020-01"]);
  assert.deepEqual(ticks("2018-05-03", "2020-02-11", 2), ["2019-01", "2020-01"]);
  assert.equal(ticks("2021-10-05", "2021-10-05", 9).length, 9);
  assert.equal(ticks("2021-10-05", "2021-10-05", 1).length, 1);
});
