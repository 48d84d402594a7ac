/** Names on the canvas: each on its own side, else on another that is free, and left out only where none is. */

import assert from "node:assert/strict";
import test from "node:test";
import { edgeLabel, nodeLabel, type Stood, type Taken } from "../src/graph/labels";
import { LIGHT } from "../src/graph/theme";

type Data = Parameters<ReturnType<typeof nodeLabel>>[1];

/** Draw names ten pixels a letter on a canvas so wide; returns on which side each stood. */
function drawn(names: Partial<Data>[], width = 800): Record<string, string> {
  const context = {
    canvas: { clientWidth: width }, measureText: (text: string) => ({ width: text.length * 10 }), strokeText() {}, fillText() {},
  };
  const [taken, stood]: [Taken, Stood] = [[], new Map()];
  const draw = nodeLabel(() => LIGHT, taken, stood);
  for (const name of names) {
    draw(context as unknown as CanvasRenderingContext2D, { label: "name", color: "", size: 14, x: 400, y: 100, ...name } as Data);
  }
  return Object.fromEntries(stood);
}

test("a name that would lie on another stands on the next free side", () => {
  const crowd = ["a", "b", "c", "d", "e"].map((key) => ({ key, side: "right" }));
  assert.deepEqual(drawn(crowd), { a: "right", b: "left", c: "below", d: "above" });
});

test("neighbours of what is chosen give way too, what is chosen never", () => {
  const crowd = ["a", "b", "c", "d"].map((key) => ({ key, side: "right" }));
  assert.equal(drawn([...crowd, { key: "e", side: "right", active: true }])["e"], undefined);
  assert.equal(drawn([...crowd, { key: "e", side: "right", active: true, held: true }])["e"], "right");
});

test("what the edge would cut stands on the other side", () => {
  assert.deepEqual(drawn([{ key: "a", x: 780, side: "right" }, { key: "b", x: 20, y: 300, side: "left" }]), { a: "left", b: "right" });
});

test("on a narrow canvas names stand under their things while there is room", () => {
  assert.deepEqual(drawn([{ key: "a", x: 180 }, { key: "b", x: 180 }, { key: "c", x: 180 }], 360), { a: "below", b: "above", c: "right" });
});

test("what an edge says makes way along it for the names on it", () => {
  const at: number[] = [];
  const context = {
    measureText: () => ({ width: 60 }), translate: (x: number) => at.push(x), save() {}, restore() {}, rotate() {}, fillRect() {},
    fillText() {},
  };
  const draw = (taken: Taken): void =>
    edgeLabel(() => LIGHT, taken)(
      context as unknown as CanvasRenderingContext2D, { label: "leads", color: "", size: 1, lane: 0 } as never,
      { x: 0, y: 0, size: 10 }, { x: 400, y: 0, size: 10 }, {} as never,
    );
  draw([]);
  draw([[190, -8, 260, 8]]);
  draw([[0, -8, 400, 8]]);
  assert.equal(at.length, 2);
  assert.equal(at[0], 200);
  assert.ok(at[1]! - 30 > 260 || at[1]! + 30 < 190);
});
