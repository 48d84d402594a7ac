/** How texts hold a fact, in words and lines. */

import assert from "node:assert/strict";
import test from "node:test";
import { isPlain, lineOf, standingsOf, wordOf } from "../src/kinds";
import { edge } from "./toy";

const held = (...modalities: string[]) => edge("a", "b", { modalities });

test("a fact that one text asserts and another plans tells both", () => {
  assert.deepEqual(standingsOf(held("planned", "asserted")), ["asserted", "planned"]);
  assert.deepEqual([lineOf(held("planned", "asserted")), wordOf(held("planned", "asserted"))], ["asserted", "also planned"]);
  assert.equal(wordOf(held("past", "reported")), "reported, past");
  assert.deepEqual([wordOf(held("asserted")), isPlain(held("asserted"))], ["", true]);
  assert.deepEqual([wordOf(held("negated")), isPlain(held("negated"))], ["negated", false]);
});
