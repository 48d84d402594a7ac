/** Where a place lies on a sheet one unit wide and one high: the projection of every web map. */

export type Point = [number, number];

/** South, west, north, east in degrees. */
export type Box = [number, number, number, number];

const LIMIT = 85;

/** Latitude and longitude to the sheet; beyond 85 degrees the edge of the sheet. */
export function project(lat: number, lon: number): Point {
  const bounded = Math.max(-LIMIT, Math.min(LIMIT, lat));
  const angle = Math.PI / 4 + (bounded * Math.PI) / 360;
  return [(lon + 180) / 360, (1 - Math.log(Math.tan(angle)) / Math.PI) / 2];
}

/** The latitude and longitude of a point of the sheet. */
export function unproject(x: number, y: number): Point {
  const lat = (Math.atan(Math.exp(Math.PI * (1 - 2 * y))) * 360) / Math.PI - 90;
  return [lat, x * 360 - 180];
}

/** What of the sheet is seen: its point at the middle of the window, and how many pixels wide the sheet is drawn. */
export type Camera = { x: number; y: number; scale: number };

export type Size = { width: number; height: number };

/** The pixel of the window at which a point of the sheet is drawn. */
export function toScreen(camera: Camera, size: Size, [x, y]: Point): Point {
  return [(x - camera.x) * camera.scale + size.width / 2, (y - camera.y) * camera.scale + size.height / 2];
}

/** The point of the sheet under a pixel of the window. */
export function toSheet(camera: Camera, size: Size, [px, py]: Point): Point {
  return [(px - size.width / 2) / camera.scale + camera.x, (py - size.height / 2) / camera.scale + camera.y];
}

/** The camera, kept on the sheet and between the whole world and a street's width. */
export function bounded(camera: Camera, size: Size): Camera {
  const least = Math.min(size.width, size.height * 1.6) * 0.95;
  const scale = Math.max(least, Math.min(camera.scale, 4_000_000));
  return { x: kept(camera.x, size.width / scale), y: kept(camera.y, size.height / scale), scale };
}

/** The middle of a window so wide, kept where the window shows no more than a little beside the sheet. */
function kept(middle: number, wide: number): number {
  const edge = wide / 2 - 0.04;
  return edge >= 0.5 ? 0.5 : Math.max(edge, Math.min(1 - edge, middle));
}

/** The camera after zooming by a factor about a pixel, which keeps its place. */
export function zoomed(camera: Camera, size: Size, factor: number, about: Point): Camera {
  const [x, y] = toSheet(camera, size, about);
  const scale = bounded({ ...camera, scale: camera.scale * factor }, size).scale;
  const moved = {
    x: x - (about[0] - size.width / 2) / scale,
    y: y - (about[1] - size.height / 2) / scale,
    scale,
  };
  return bounded(moved, size);
}

/** The camera moved by pixels. */
export function panned(camera: Camera, size: Size, dx: number, dy: number): Camera {
  return bounded({ ...camera, x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale }, size);
}

/** The camera that shows all the points beside what covers the left, with room about; the world where there are none. */
export function fitted(points: Point[], size: Size, covered = 0): Camera {
  if (points.length === 0) return bounded({ x: 0.5, y: 0.4, scale: 0 }, size);
  const xs = points.map((point) => point[0]);
  const ys = points.map((point) => point[1]);
  const [left, right] = [xs.reduce((a, b) => Math.min(a, b)), xs.reduce((a, b) => Math.max(a, b))];
  const [top, bottom] = [ys.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.max(a, b))];
  const wide = Math.max(right - left, 0.002);
  const high = Math.max(bottom - top, 0.002);
  const scale = Math.min(((size.width - covered) * 0.75) / wide, (size.height * 0.75) / high, 40_000);
  return bounded({ x: (left + right) / 2 - covered / 2 / scale, y: (top + bottom) / 2, scale }, size);
}

/** The part of the world between two pixels of the window. */
export function boxBetween(camera: Camera, size: Size, a: Point, b: Point): Box {
  const first = toSheet(camera, size, [Math.min(a[0], b[0]), Math.min(a[1], b[1])]);
  const last = toSheet(camera, size, [Math.max(a[0], b[0]), Math.max(a[1], b[1])]);
  const [north, west] = unproject(Math.max(0, first[0]), Math.max(0, first[1]));
  const [south, east] = unproject(Math.min(1, last[0]), Math.min(1, last[1]));
  return [south, west, north, east];
}
