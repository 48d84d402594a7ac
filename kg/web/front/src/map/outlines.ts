/** The outlines of the countries (Natural Earth, public domain), as paths on the projected sheet. */

import type { Feature, MultiPolygon, Polygon, Position } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import coarse from "world-atlas/countries-110m.json";
import { project } from "./mercator";

export type Outline = { path: Path2D; left: number; top: number; right: number; bottom: number };

type Atlas = Topology<{ countries: GeometryCollection<{ name: string }> }>;

/** Coarse outlines, at once. */
export function coarseOutlines(): Outline[] {
  return outlines(coarse as unknown as Atlas);
}

/** Finer outlines, for who looks closer; loaded when asked for. A file to send would grow by a third: not there. */
export async function fineOutlines(): Promise<Outline[]> {
  if (!__EMBEDDED__) {
    const { default: fine } = await import("world-atlas/countries-50m.json");
    return outlines(fine as unknown as Atlas);
  }
  return coarseOutlines();
}

function outlines(atlas: Atlas): Outline[] {
  const { features } = feature(atlas, atlas.objects.countries);
  return features.map((country) => outline(country as Feature<Polygon | MultiPolygon>)).filter((one) => one !== null);
}

function outline({ geometry }: Feature<Polygon | MultiPolygon | null>): Outline | null {
  if (!geometry) return null;
  const drawn: Outline = { path: new Path2D(), left: 1, top: 1, right: 0, bottom: 0 };
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  for (const polygon of polygons) for (const ring of polygon) trace(drawn, ring);
  return drawn;
}

/** Add a ring, unrolled where it crosses the 180th meridian, and again from the other side of the sheet. */
function trace(drawn: Outline, ring: Position[]): void {
  const points = unrolled(ring);
  const [first, last] = [points[0], points.at(-1)];
  if (first && last && Math.abs(last[0] - first[0]) > 180) return addRing(drawn, aboutPole(ring), 0);
  const lons = points.map(([lon]) => lon);
  addRing(drawn, points, 0);
  if (Math.max(...lons) > 180.5) addRing(drawn, points, -360);
  if (Math.min(...lons) < -180.5) addRing(drawn, points, 360);
}

/** Longitudes that go on beyond 180 instead of jumping to the other side. */
function unrolled(ring: Position[]): [number, number][] {
  let turns = 0;
  let before = ring[0]?.[0] ?? 0;
  return ring.map(([lon = 0, lat = 0]) => {
    if (Math.abs(lon - before) > 180) turns += lon < before ? 360 : -360;
    before = lon;
    return [lon + turns, lat];
  });
}

/** A ring about the south pole, from one edge of the sheet to the other and back below it. */
function aboutPole(ring: Position[]): [number, number][] {
  const points = ring.slice(1).map(([lon = 0, lat = 0]): [number, number] => [lon, lat]);
  const jump = points.findIndex(([lon], place) => Math.abs(lon - (points[place - 1]?.[0] ?? lon)) > 180);
  const open = [...points.slice(jump), ...points.slice(0, jump)];
  const [first, last] = [open[0], open.at(-1)];
  if (!first || !last) return open;
  const edge = (lon: number): number => Math.sign(lon) * 180;
  return [...open, [edge(last[0]), last[1]], [edge(last[0]), -90], [edge(first[0]), -90], [edge(first[0]), first[1]]];
}

function addRing(drawn: Outline, points: [number, number][], shift: number): void {
  points.forEach(([lon, lat], index) => {
    const [x, y] = project(lat, lon + shift);
    if (index === 0) drawn.path.moveTo(x, y);
    else drawn.path.lineTo(x, y);
    drawn.left = Math.min(drawn.left, x);
    drawn.right = Math.max(drawn.right, x);
    drawn.top = Math.min(drawn.top, y);
    drawn.bottom = Math.max(drawn.bottom, y);
  });
  drawn.path.closePath();
}
