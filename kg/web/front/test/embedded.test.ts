import assert from "node:assert/strict";
import test from "node:test";
import { type Embedded, EmbeddedSource } from "../src/embedded";
import type { Claim } from "../src/source";
import { twins } from "../src/filters";
import { filtersOf, NOWHERE } from "../src/state";
import { edge, entity } from "./toy";

const open = filtersOf(NOWHERE);
const claim = (id: string, of: string): Claim => ({
  id, edge: of, subject: "a", predicate: "knows", label: "knows", object: "b", value: null, modality: "asserted", source: "s",
  time: "2021", score: 0.8, by: "kg", version: "1", inferred: false, start: 0, end: 1,
  document: { id: "d", title: "D", published: null, source: "" }, sentence: [{ text: "A knows B." }],
});
const edges = [edge("a", "b"), edge("b", "c", { modalities: ["planned"] }), edge("c", "d"), edge("a", null)];
const data: Embedded = {
  format: 1,
  space: {
    name: "toy", generation: "g", version: "0", edit: false, counts: { documents: 1, entities: 4, facts: 4, statements: 4 }, types: [],
    predicates: [], modalities: [], years: null, prefixes: {}, limits: { seconds: 1, bytes: 1 }, examples: [],
  },
  scene: { generation: "g", nodes: ["a", "b", "c", "d"].map((id) => entity(id)), edges, omitted: { nodes: 0, edges: 0 } },
  claims: { "a-b": [claim("1", "a-b"), claim("2", "a-b")] },
  more: { "a-b": 3 },
  names: { s: "Speaker" },
};
const source = new EmbeddedSource(data);
const ids = (things: { id: string }[]): string[] => things.map(({ id }) => id).sort();

test("the whole scene, a neighbourhood, and what an expansion adds", async () => {
  assert.deepEqual(ids((await source.scene({ most: "connected" }, open)).nodes), ["a", "b", "c", "d"]);
  const around = await source.scene({ entity: ["b"] }, open);
  assert.deepEqual([ids(around.nodes), ids(around.edges)], [["a", "b", "c"], ["a-b", "b-c"]]);
  const more = await source.neighbours("c", ["a", "b", "c"], open);
  assert.deepEqual([ids(more.nodes), more.edges.some(({ id }) => id === "c-d")], [["d"], true]);
});

test("filters hold edges back", async () => {
  const planned = await source.scene({ most: "connected" }, { ...open, modality: ["planned"] });
  assert.deepEqual(ids(planned.edges), ["b-c"]);
});

test("a limit tells what it left out", async () => {
  assert.deepEqual((await source.scene({ entity: ["b"] }, open, 2)).omitted.nodes, 1);
});

test("why lists claims, counts those that did not travel, and names who speaks", async () => {
  const why = await source.why({ edge: "a-b" }, 1);
  assert.deepEqual([why.title, ids(why.claims), why.more, why.names["s"]], ["a knows b", ["1"], 4, "Speaker"]);
  assert.deepEqual(ids((await source.why({ statement: "2" })).claims), ["2"]);
  assert.deepEqual(ids((await source.why({ pair: ["b", "a"] })).claims), ["1", "2"]);
});

test("an end that is open stays open on the timeline, and a day that is said is a day", async () => {
  const times = ["2019..", "..2020-05-31", "2003-01-01..2009-12-31", "2021-10-05T10:55+02:00", "2021-10", null];
  const said = times.map((time, place) => ({ ...claim(String(place), "a-b"), time }));
  const born = { ...claim("born", "a-null"), time: null, object: null, value: { value: "1970-02-28", datatype: "date" } };
  const dated = new EmbeddedSource({ ...data, claims: { "a-b": said, "a-null": [born] } });
  const { items } = await dated.timeline(open);
  assert.deepEqual(items.map(({ from, to, precision }) => [from, to, precision]), [
    ["2019", null, "interval"], [null, "2020-05-31", "interval"], ["2003-01-01", "2009-12-31", "interval"],
    ["2021-10-05", "2021-10-05", "day"], ["2021-10", "2021-10", "month"], ["1970-02-28", "1970-02-28", "day"],
  ]);
});

test("a card holds values too", async () => {
  const card = await source.entity("a");
  assert.deepEqual([ids(card.facts), card.names["b"], card.places.length], [["a-b", "a-null"], "b", 1]);
});

test("a path and its things", async () => {
  const found = await source.path("a", "d");
  assert.deepEqual([found.paths, ids(found.nodes)], [[["a-b", "b-c", "c-d"]], ["a", "b", "c", "d"]]);
});

test("what follows from what is told anyway is not drawn beside it, nor is a way of its own", async () => {
  const follows = { inferred: true };
  const back = edge("b", "a", { ...follows, id: "back" });
  const weaker = edge("a", "b", { ...follows, id: "weaker", predicate: "meets", label: "meets" });
  const alone = edge("c", "e", { ...follows, id: "alone", predicate: "meets", label: "meets" });
  const twinned = new EmbeddedSource({ ...data, scene: { ...data.scene, nodes: [...data.scene.nodes, entity("e")], edges: [...edges, back, weaker, alone] } });
  const all = [...edges, back, weaker, alone];
  assert.deepEqual(twins(all, false), ["back", "weaker"]);
  assert.deepEqual(twins(all, true), ["back"]);
  const drawn = async (predicate: string[]) => ids((await twinned.scene({ most: "connected" }, { ...open, predicate })).edges);
  assert.deepEqual(await drawn([]), ["a-b", "alone", "b-c", "c-d"]);
  assert.deepEqual(await drawn(["meets"]), ["alone", "weaker"]);
  assert.deepEqual(await drawn(["knows"]), ["a-b", "b-c", "c-d"]);
  assert.deepEqual((await twinned.path("a", "c")).paths, [["a-b", "b-c"]]);
  assert.deepEqual((await twinned.path("c", "e")).paths, [["alone"]]);
  const said = { "a-b": [{ ...claim("told", "a-b") }], back: [claim("follows", "back")], alone: [claim("alone", "alone")] };
  const dated = new EmbeddedSource({ ...data, scene: { ...data.scene, edges: [...edges, back, alone] }, claims: said });
  assert.deepEqual((await dated.timeline(open)).items.map(({ statement }) => statement), ["told", "alone"]);
  assert.deepEqual([(await twinned.entity("a")).told, (await twinned.entity("a")).facts.length], [2, 4]);
});

test("a thing with two facts about a place is one thing there", async () => {
  const place = entity("p", { type: "Place", point: [1, 2] });
  const twice = [edge("a", "p"), edge("a", "p", { id: "again", predicate: "born", label: "born" })];
  const placed = new EmbeddedSource({ ...data, scene: { ...data.scene, nodes: [...data.scene.nodes, place], edges: twice } });
  assert.deepEqual((await placed.map(open)).places.map(({ things }) => things), [1]);
});

test("what is not carried is told as such", async () => {
  await assert.rejects(source.entity("nobody"), /kg serve/);
  await assert.rejects(source.documents(), /kg serve/);
});
