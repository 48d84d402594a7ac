/** What the editor completes, what the answers hold, and what can be charted. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { columns, ticks } from "../src/sparql/chartable";
import { parseTriples } from "../src/sparql/ntriples";
import { positionAt, variablesOf } from "../src/sparql/position";
import { fromJson, shortened, sorted } from "../src/sparql/results";
import { QueryFailed } from "../src/sparql/run";

const PLACES: [string, string, string][] = [
  ["SEL", "SEL", "start"],
  ["SELECT * WHERE { ?s kg:ab", "kg:ab", "verb"],
  ["SELECT * WHERE { ?s ", "", "verb"],
  ["SELECT * WHERE { ?s a sch", "sch", "class"],
  ["SELECT * WHERE { ?s rdf:type ", "", "class"],
  ["SELECT * WHERE { ?s kg:aboard soyuz", "soyuz", "node"],
  ["SELECT * WHERE { ?s kg:aboard ?o ; kg:", "kg:", "verb"],
  ["SELECT * WHERE { ?s kg:aboard ?o , so", "so", "node"],
  ["SELECT * WHERE { ?s kg:aboard/rdfs:", "rdfs:", "verb"],
  ["SELECT * WHERE { ?s kg:aboard ?o . ?o ", "", "verb"],
  ["SELECT * WHERE { GRAPH ?g { ?s kg:m", "kg:m", "verb"],
  ["SELECT ?wh", "?wh", "variable"],
  ['SELECT * WHERE { ?s rdfs:label "Soyu', "", "nothing"],
  ["SELECT * # kg:", "", "nothing"],
  ["SELECT * WHERE { <urn:kg:ent", "", "nothing"],
];

for (const [before, word, place] of PLACES) {
  test(`at the end of ${before} stands a ${place}`, () => {
    assert.equal(positionAt(before).place, place);
    if (place !== "nothing") assert.equal(positionAt(before).word, word);
  });
}

test("variables are found outside of texts and comments", () => {
  assert.deepEqual(variablesOf('SELECT ?a $b { ?a ?b "?c" } # ?d'), ["?a", "?b"]);
});

test("an answer keeps its terms, and rows without a value come last in either order", () => {
  const answer = fromJson({
    head: { vars: ["n"] },
    results: {
      bindings: ["10", "9"].map((value) => ({
        n: { type: "literal", value, datatype: "http://www.w3.org/2001/XMLSchema#integer" },
      })).concat([{} as never]),
    },
  });
  assert.equal(answer.form, "select");
  if (answer.form !== "select") return;
  const values = (down: boolean) => sorted(answer.table.rows, "n", down).map((row) => row["n"]?.value);
  assert.deepEqual(values(false), ["9", "10", undefined]);
  assert.deepEqual(values(true), ["10", "9", undefined]);
  assert.deepEqual(columns(answer.table).numbers, ["n"]);
});

test("an IRI is shortened only where SPARQL would read it back", () => {
  const prefixes = { ent: "urn:kg:entity/", kg: "https://w3id.org/kg/schema#" };
  assert.equal(shortened("urn:kg:entity/soyuz-ms-19", prefixes), "ent:soyuz-ms-19");
  assert.equal(shortened("urn:kg:entity/a%20b", prefixes), "<urn:kg:entity/a%20b>");
  assert.equal(shortened("urn:kg:entity/st.", prefixes), "<urn:kg:entity/st.>");
});

test("N-Triples are read with their escapes, languages and datatypes", () => {
  const [one, two] = parseTriples(
    '<urn:a> <urn:p> "say \\"hi\\"\\n\\u00e9"@en .\n# a comment\n\n_:b1 <urn:p> "4"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
  );
  assert.deepEqual(one?.object, { kind: "literal", value: 'say "hi"\né', lang: "en" });
  assert.equal(two?.subject.kind, "blank");
  assert.throws(() => parseTriples("<urn:a> <urn:p>"), /line 1/);
});

test("marks on an axis are round and hold all values", () => {
  assert.deepEqual(ticks(3, 11), [0, 5, 10, 15]);
  assert.deepEqual(ticks(-2, 2), [-2, -1, 0, 1, 2]);
  assert.deepEqual(ticks(0, 0), [0]);
});

test("a failure names the place that the endpoint names", () => {
  assert.deepEqual(new QueryFailed("line 2, column 16: not SPARQL", 400).place, { line: 2, column: 16 });
  assert.equal(new QueryFailed("too slow", 503).place, null);
});
