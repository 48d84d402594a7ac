import assert from "node:assert/strict";
import test from "node:test";
import { evenOut, span, standUp } from "../src/graph/even";
import { Layout, spread } from "../src/graph/layout";
import { edge, entity } from "./toy";

// Node draws nothing: a frame comes at once.
Object.assign(globalThis, { requestAnimationFrame: (drawn: () => void) => setTimeout(drawn) });

const nodes = ["a", "b", "c", "d", "e"].map((id) => entity(id, { name: `Name of ${id}` }));
const edges = [edge("a", "b"), edge("b", "c"), edge("c", "a"), edge("d", "e")];
const laid = async (): Promise<Layout> => {
  const layout = new Layout();
  await layout.place(nodes, edges, () => {}, () => false);
  return layout;
};

test("the same things lie in the same places", async () => {
  assert.deepEqual((await laid()).points, (await laid()).points);
});

test("what is added moves nothing that lies already", async () => {
  const layout = await laid();
  const before = structuredClone(layout.points);
  await layout.place([...nodes, entity("f")], [...edges, edge("a", "f")], () => {}, () => false);
  for (const [id, point] of before) assert.deepEqual(layout.points.get(id), point);
  assert.ok(layout.points.has("f"));
});

test("what was stopped half way has no place yet", async () => {
  const layout = new Layout();
  await layout.place(nodes, edges, () => {}, () => true);
  assert.equal(layout.points.size, 0);
});

test("no two things share a place", async () => {
  const places = [...(await laid()).points.values()];
  for (const one of places) {
    for (const other of places) if (one !== other) assert.ok(Math.hypot(one.x - other.x, one.y - other.y) > 20);
  }
});

test("what lies flat or crowded comes to fill its picture, and keeps its order", () => {
  const ids = Array.from({ length: 40 }, (_, place) => String(place));
  const flat = new Map(ids.map((id, place) => [id, { x: place ** 3, y: place % 2 ? 5 : -5 }]));
  const order = (): string[] => [...ids].sort((one, other) => flat.get(one)!.x - flat.get(other)!.x);
  const before = order();
  evenOut(ids, flat);
  assert.deepEqual(order(), before);
  const middle = flat.get("20")!.x / flat.get("39")!.x;
  assert.ok(middle > 0.3 && middle < 0.5, `the middle one lies at ${middle}`);
  const high = (): number => span([...flat.values()].map(({ y }) => y));
  assert.equal(high(), 10);
  standUp(ids, flat);
  assert.equal(high(), 20);
  const upright = new Map([["a", { x: 0, y: 0 }], ["b", { x: 10, y: 100 }]]);
  standUp(["a", "b"], upright);
  assert.deepEqual(upright.get("b"), { x: 10, y: 100 });
});

test("ids are spread over the whole square", () => {
  const all = Array.from({ length: 400 }, (_, place) => spread(`thing-${place}`));
  for (const axis of [0, 1] as const) {
    const mean = all.reduce((sum, one) => sum + one[axis], 0) / all.length;
    assert.ok(Math.abs(mean - 0.5) < 0.06, String(mean));
  }
});
