/** What is looked at follows what a decision made come and go. */

import assert from "node:assert/strict";
import test from "node:test";
import { heir } from "../src/decide";
import { MOST, NOWHERE } from "../src/state";

const look = {
  ...NOWHERE, focus: "a", seeds: ["a", "x"], expand: ["b"], pin: ["a~1~2", "x~3~4"], hide: ["b"], why: "entity:a",
  path: ["a", "x"] as [string, string],
};

test("of two that became one the card and the scene are those of the one", () => {
  const next = heir(look, { gone: ["a"], come: [], into: "b" });
  assert.deepEqual([next.focus, next.seeds, next.pin, next.why, next.path], ["b", ["b", "x"], ["x~3~4"], null, null]);
  const both = heir(look, { gone: ["a", "b"], come: ["c"], into: "b" });
  assert.deepEqual([both.focus, both.seeds, both.expand, both.hide], ["c", ["c", "x"], ["c"], []]);
});

test("of one that became two both are shown", () => {
  const next = heir(look, { gone: ["a"], come: ["a-1", "a-2"] });
  assert.deepEqual([next.focus, next.seeds], ["a-1", ["a-1", "a-2", "x"]]);
  const beside = heir({ ...NOWHERE, focus: "a" }, { gone: [], come: ["a-2"] });
  assert.deepEqual(beside, { seeds: [MOST, "a-2"] });
});

test("where nothing came or went all stays", () => assert.deepEqual(heir(look, { gone: [], come: [] }), {}));

test("what is gone without an heir is looked at no more", () => {
  const next = heir(look, { gone: ["a"], come: [] });
  assert.deepEqual([next.focus, next.seeds], [null, ["x"]]);
});
