/** What the graph shows, and the choosing of a path in it. */

import assert from "node:assert/strict";
import test from "node:test";
import { signal } from "@preact/signals";
import { Shown } from "../src/graph/shown";
import type { Source } from "../src/source";
import { type Address, NOWHERE, State } from "../src/state";
import { edge, entity } from "./toy";

const nowhere: Address = { read: () => NOWHERE, write() {}, href: () => null, listen: () => () => {} };

function made(): { state: State; shown: Shown } {
  const state = new State({} as Source, nowhere);
  return { state, shown: new Shown(state, signal(false)) };
}

test("another view ends the choosing of a path", () => {
  const { state, shown } = made();
  for (const view of ["map", "timeline", "sparql"] as const) {
    state.go({ view: "graph" });
    shown.pathFrom.value = "a";
    state.go({ focus: "b" });
    assert.equal(shown.pathFrom.value, "a");
    state.go({ view });
    assert.equal(shown.pathFrom.value, null);
  }
  shown.pathFrom.value = "a";
  shown.open("b");
  assert.deepEqual([state.look.value.path, state.look.value.view, shown.pathFrom.value], [["a", "b"], "graph", null]);
});

test("others are left to show, not facts", () => {
  const { shown } = made();
  shown.nodes.value = new Map(["a", "b"].map((id) => [id, entity(id, { degree: 2 })]));
  const facts = [edge("a", "b"), edge("b", "a", { predicate: "leads" })];
  shown.edges.value = new Map(facts.map((one) => [one.id, one]));
  assert.equal(shown.left("a"), 1);
});
