import assert from "node:assert/strict";
import test from "node:test";
import { edgePasses, touches } from "../src/filters";
import { lineOf } from "../src/kinds";
import { namesLike } from "../src/match";
import { shortestPaths } from "../src/paths";
import { outside } from "../src/link";
import { runs, timeInWords } from "../src/parts";
import { filtersOf, NOWHERE } from "../src/state";
import { edge, entity } from "./toy";

const open = filtersOf(NOWHERE);

test("an edge passes by predicate, modality, confidence and time", () => {
  const planned = edge("a", "b", { modalities: ["asserted", "planned"], score: 0.6, times: ["2021-10-05T10:55+02:00"] });
  assert.ok(edgePasses(planned, open));
  assert.ok(edgePasses(planned, { ...open, modality: ["planned"], score: 0.6, from: "2021", to: "2021-10-05" }));
  assert.ok(!edgePasses(planned, { ...open, modality: ["negated"] }));
  assert.ok(!edgePasses(planned, { ...open, predicate: ["leads"] }));
  assert.ok(!edgePasses(planned, { ...open, score: 0.61 }));
  assert.ok(!edgePasses(planned, { ...open, from: "2022" }));
  assert.ok(!edgePasses(edge("a", "b"), { ...open, from: "2022" }), "what has no time is in no time");
});

test("open intervals touch what lies at their open end", () => {
  assert.ok(touches("2019..", "2024", null));
  assert.ok(!touches("2019..", null, "2018"));
  assert.ok(touches("..2019", null, "2001"));
  assert.ok(!touches("..2019", "2020", null));
  assert.ok(touches("2019..2021", "2020", "2020"));
  assert.ok(touches("2021", "2021-05-01", null), "a year touches its days");
});

test("search folds case and diacritics and puts the beginning first", () => {
  const all = [entity("1", { name: "Zoë Peña" }), entity("2", { name: "Penal Court" }), entity("3", { name: "x", aliases: ["Open"] })];
  assert.deepEqual(namesLike("PEN", all).map(([one]) => one.id), ["2", "1", "3"]);
  assert.deepEqual(namesLike("pena zoe", all), [[all[0], "Zoë Peña"]]);
  assert.deepEqual(namesLike("  ", all), []);
});

test("shortest paths run against arrows too, all of the same length", () => {
  const edges = [edge("a", "b"), edge("c", "b"), edge("c", "d"), edge("a", "x"), edge("x", "y"), edge("y", "z"), edge("z", "d"),
    edge("a", "e"), edge("e", "c"), edge("c", null)];
  assert.deepEqual(shortestPaths(edges, "a", "d", 6).sort(), [["a-b", "c-b", "c-d"], ["a-e", "e-c", "c-d"]]);
  assert.deepEqual(shortestPaths(edges, "a", "d", 2), []);
  assert.deepEqual(shortestPaths(edges, "a", "a", 6), []);
});

test("an edge is drawn as its firmest modality", () => {
  assert.equal(lineOf(edge("a", "b", { modalities: ["planned", "reported"] })), "reported");
  assert.equal(lineOf(edge("a", "b", { modalities: ["negated"] })), "negated");
});

test("only addresses of the web become links", () => {
  assert.equal(outside("javascript:alert(1)"), null);
  assert.equal(outside("data:text/html,x"), null);
  assert.equal(outside("seeds/a.txt"), null);
  assert.equal(outside("https://example.org/a"), "https://example.org/a");
});

test("times are told in words", () => {
  assert.equal(timeInWords("2021-10-05T10:55+02:00"), "5 October 2021, 10:55");
  assert.equal(timeInWords("2019.."), "since 2019");
  assert.equal(timeInWords("..2019-03"), "until March 2019");
  assert.equal(timeInWords("soon"), "soon");
});

test("neighbouring pieces of a quote are one mark", () => {
  const pieces = [{ text: "a" }, { text: "b", quote: true }, { text: "c", quote: true }, { text: "d" }];
  assert.deepEqual(runs(pieces).map(([quoted, run]) => [quoted, run.length]), [[false, 1], [true, 2], [false, 1]]);
});
