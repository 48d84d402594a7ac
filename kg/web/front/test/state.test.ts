import assert from "node:assert/strict";
import test from "node:test";
import { readPath } from "../src/address";
import { type Look, MOST, NOWHERE, read, write } from "../src/state";

test("nothing looked at needs no query", () => assert.equal(write(NOWHERE), ""));

test("a look reads back as it was written", () => {
  const looks: Partial<Look>[] = [
    { focus: "soyuz-ms-19", seeds: ["soyuz-ms-19"] },
    { focus: "soyuz-ms-19", seeds: [MOST] },
    { path: ["a", "b"], seeds: [] },
    { path: ["a", "b"], seeds: [MOST], focus: "c" },
    { document: "d é&=/1", seeds: [], focus: "x" },
    { view: "map", type: ["Person", "Place"], score: 0.5, from: "2021", to: "2022-03-01" },
    { pin: ["a~-10~20"], hide: ["b"], expand: ["c", "d"], why: "entity:a", seeds: ["a", "b"] },
  ];
  for (const look of looks) {
    const whole = { ...NOWHERE, ...look };
    assert.deepEqual(read(write(whole)), whole, write(whole));
  }
});

test("a thing alone begins its own scene", () => assert.deepEqual(read("focus=a").seeds, ["a"]));

test("what makes no sense counts as not given", () => {
  assert.deepEqual(read("view=nonsense&score=lots&path=a&why="), NOWHERE);
  assert.equal(read("score=7").score, 1);
});

test("paths of linked data open the thing and the document", () => {
  assert.deepEqual(readPath("entity/soyuz%20x", ""), { ...NOWHERE, focus: "soyuz x", seeds: ["soyuz x"] });
  assert.equal(readPath("document/a/b.txt", "?statement=s").document, "a/b.txt");
  assert.equal(readPath("document/a", "?statement=s").view, "documents");
  assert.equal(readPath("sparql", "?query=ASK%20%7B%7D").query, "ASK {}");
  assert.deepEqual(["map", "timeline", "documents", "document/", "review", "nowhere"].map((path) => readPath(path, "").view),
    ["map", "timeline", "documents", "documents", "review", "graph"]);
  assert.equal(readPath("entity/%E0%A4%A", "").focus, "%E0%A4%A");
});
