/** The text of a document in paragraphs. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { paragraphsOf } from "../src/document/text";

test("paragraphs part where the text breaks, and what is marked stays marked on both sides", () => {
  const pieces = [{ text: "One " }, { text: "two\n\nthree", statements: ["s"] }, { text: "\n" }, { text: "four" }];
  assert.deepEqual(paragraphsOf(pieces), [
    [{ text: "One " }, { text: "two", statements: ["s"] }],
    [{ text: "three", statements: ["s"] }],
    [{ text: "four" }],
  ]);
});
