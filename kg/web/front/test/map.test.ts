/** The map's geometry: what is under a pixel, which places are drawn as one, which names fit. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Spot, clustered } from "../src/map/cluster";
import { legible } from "../src/map/labels";
import { boxBetween, fitted, panned, project, toScreen, toSheet, unproject, zoomed } from "../src/map/mercator";

const SIZE = { width: 800, height: 600 };
const near = (one: number, other: number, by = 1e-6): void => assert.ok(Math.abs(one - other) < by, `${one} ~ ${other}`);

test("a place is found again where it was projected to", () => {
  for (const [lat, lon] of [[0, 0], [52.5, 13.4], [-33.9, 151.2], [45.96, 63.3]] as const) {
    const [back, across] = unproject(...project(lat, lon));
    near(back, lat);
    near(across, lon);
  }
});

test("zooming keeps the pixel that it is about", () => {
  const camera = { x: 0.5, y: 0.4, scale: 4000 };
  const before = toSheet(camera, SIZE, [200, 150]);
  const after = toSheet(zoomed(camera, SIZE, 1.7, [200, 150]), SIZE, [200, 150]);
  near(before[0], after[0]);
  near(before[1], after[1]);
});

test("the map cannot be lost: panning ends a little beside the sheet", () => {
  const far = panned({ x: 0.5, y: 0.5, scale: 4000 }, SIZE, -1e9, -1e9);
  const [right, bottom] = toScreen(far, SIZE, [1, 1]);
  assert.ok(right > SIZE.width / 2 && bottom > SIZE.height / 2);
});

test("fitting shows all points", () => {
  const points = [project(55.75, 37.6), project(-33.9, 18.4)];
  const camera = fitted(points, SIZE);
  for (const point of points) {
    const [x, y] = toScreen(camera, SIZE, point);
    assert.ok(x > 0 && x < SIZE.width && y > 0 && y < SIZE.height);
  }
});

test("fitting leaves the tools at the left what they cover", () => {
  const narrow = { width: 360, height: 260 };
  const points = [project(38, -97), project(61, 100)];
  const lefts = points.map((point) => toScreen(fitted(points, narrow, 58), narrow, point)[0]);
  assert.ok(lefts.every((x) => x > 58 && x < 360), String(lefts));
});

test("a rectangle drawn from any corner is the same part of the world", () => {
  const camera = { x: 0.5, y: 0.4, scale: 4000 };
  const [south, west, north, east] = boxBetween(camera, SIZE, [100, 100], [300, 200]);
  assert.deepEqual(boxBetween(camera, SIZE, [300, 200], [100, 100]), [south, west, north, east]);
  assert.ok(south < north && west < east);
});

const spot = (id: string, lat: number, lon: number, things = 1): Spot => {
  return { id, name: id, things, lat, lon, at: project(lat, lon) };
};

test("near places are one cluster named by the greatest, and part when one comes closer", () => {
  const spots = [spot("Potsdam", 52.4, 13.06), spot("Berlin", 52.52, 13.4, 9), spot("Tokyo", 35.7, 139.7, 2)];
  const far = clustered(spots, 800, 34);
  assert.deepEqual(far.map((cluster) => cluster.spots.map((one) => one.id)), [["Berlin", "Potsdam"], ["Tokyo"]]);
  assert.equal(far[0]?.things, 10);
  assert.equal(clustered(spots, 100_000, 34).length, 3);
});

test("clusters do not depend on the order of the places", () => {
  const spots = [spot("a", 50, 10), spot("b", 50, 11), spot("c", 50, 12), spot("d", 50, 13)];
  assert.deepEqual(clustered(spots, 3000, 34), clustered([...spots].reverse(), 3000, 34));
});

test("of two names over each other only the first is shown, and none lies on another's mark", () => {
  const mark = (x: number, y: number) => ({ x, y, radius: 10, text: "name" });
  const shown = legible([mark(60, 0), mark(80, 0), mark(60, 5), mark(60, 100)], () => 40, 800);
  assert.deepEqual([...shown], [[0, "left"], [1, "right"], [3, "right"]]);
});

test("a name that the map's edge would cut stands on the other side of its mark", () => {
  const mark = (x: number) => ({ x, y: 0, radius: 10, text: "name" });
  assert.deepEqual([...legible([mark(340), mark(20)], () => 60, 360)], [[0, "left"], [1, "right"]]);
  assert.deepEqual([...legible([mark(30)], () => 60, 60)], []);
  assert.deepEqual([...legible([mark(100)], () => 60, 200, [{ left: 0, top: 0, right: 58, bottom: 99 }])], [[0, "right"]]);
  assert.deepEqual([...legible([mark(100)], () => 60, 150, [{ left: 0, top: -9, right: 58, bottom: 99 }])], []);
});
