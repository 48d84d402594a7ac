/** Labels on the canvas: with a halo in the colour of the ground, so that lines do not cut through words. */

import type { Settings } from "sigma/settings";
import type { EdgeDisplayData, NodeDisplayData, PartialButFor } from "sigma/types";
import type { EdgeLook } from "./edges";
import { LANE } from "./lanes";
import type { Side } from "./layout";
import type { Theme } from "./theme";

type NodeData = PartialButFor<NodeDisplayData, "x" | "y" | "size" | "label" | "color">;
type EdgeData = PartialButFor<EdgeDisplayData, "label" | "color" | "size">;
type Ends = PartialButFor<NodeDisplayData, "x" | "y" | "size">;

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
const LONGEST = 34; // characters of a name beside its node; the card tells the rest

/** Below this width of the canvas names stand under their things. */
export const NARROW = 520;

const cut = (text: string, longest = LONGEST): string =>
  text.length > longest ? `${text.slice(0, longest - 1).trimEnd()}…` : text;

/** Rectangles of the names drawn in a frame: left, top, right, bottom. */
export type Taken = [number, number, number, number][];

/** Where the names of things stood in the last frame, by the thing's id. */
export type Stood = Map<string, Side>;

const SIDES: readonly Side[] = ["right", "left", "below", "above"];
const NARROW_SIDES: readonly Side[] = ["below", "above", "right", "left"];

/**
 * Names in the order of their importance, each on its own side or another that is free; one that finds no place is
 * left out, but never one that is held.
 */
export function nodeLabel(theme: () => Theme, taken: Taken, stood: Stood) {
  return (context: CanvasRenderingContext2D, data: NodeData): void => {
    if (!data.label) return;
    const { ground, ink, muted } = theme();
    const large = data["ringed"] || data["active"];
    context.font = `${large ? 600 : 500} ${fontSize(data.size)}px ${FONT}`;
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = ground;
    context.fillStyle = data["faded"] ? muted : ink;
    const narrow = context.canvas.clientWidth < NARROW;
    const name = cut(data.label, narrow ? 18 : LONGEST);
    const width = context.measureText(name).width;
    const own = narrow ? "below" : ((data["side"] as Side | undefined) ?? "right");
    const sides = [own, ...(narrow ? NARROW_SIDES : SIDES).filter((side) => side !== own)];
    const fits = (box: Taken[number]): boolean =>
      box[0] >= 0 && box[2] <= context.canvas.clientWidth && !taken.some((other) => meet(box, other));
    const free = sides.find((side) => fits(boxOf(data, side, width)));
    if (!free && !data["held"]) return;
    const side = free ?? own;
    stood.set(data["key"] as string, side);
    taken.push(boxOf(data, side, width));
    const { x, y, align } = placeOf(data, side);
    context.textAlign = align;
    context.strokeText(name, x, y);
    context.fillText(name, x, y);
    context.textAlign = "left";
  };
}

const meet = (one: Taken[number], other: Taken[number]): boolean =>
  one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];

function boxOf(data: NodeData, side: Side, width: number): Taken[number] {
  const { x, y, align } = placeOf(data, side);
  const half = fontSize(data.size) / 2 + 1;
  const left = align === "right" ? x - width : align === "center" ? x - width / 2 : x;
  return [left - 3, y - half * 1.7, left + width + 3, y + half * 0.6];
}

function placeOf({ x, y, size: radius, ringed }: NodeData, side: Side): { x: number; y: number; align: CanvasTextAlign } {
  const font = fontSize(radius);
  const size = ringed ? radius + 7 : radius;
  if (side === "left") return { x: x - size - 5, y: y + font * 0.35, align: "right" };
  if (side === "right") return { x: x + size + 5, y: y + font * 0.35, align: "left" };
  return { x, y: side === "above" ? y - size - 5 : y + size + font, align: "center" };
}

const fontSize = (size: number): number => Math.min(16, Math.max(12, 10 + size * 0.28));

/** The node under the pointer: its whole name on a card of its own. */
export function nodeHover(theme: () => Theme, stood: Stood) {
  return (context: CanvasRenderingContext2D, data: NodeData): void => {
    if (!data.label) return;
    const { ground, ink, dark } = theme();
    const size = fontSize(data.size);
    context.font = `600 ${size}px ${FONT}`;
    const width = context.measureText(data.label).width;
    const { x, y, align } = placeOf(data, stood.get(data["key"] as string) ?? (data["side"] as Side | undefined) ?? "right");
    const left = align === "right" ? x - width : align === "center" ? x - width / 2 : x;
    context.save();
    context.shadowColor = dark ? "rgba(0,0,0,.7)" : "rgba(20,30,40,.28)";
    context.shadowBlur = 8;
    context.shadowOffsetY = 1;
    context.fillStyle = ground;
    context.beginPath();
    context.roundRect(left - 5, y - size * 1.15, width + 10, size * 1.6, 4);
    context.fill();
    context.restore();
    context.fillStyle = ink;
    context.fillText(data.label, left, y);
  };
}

/** Words that slant, as squares in a row. */
const slanting = (x: number, y: number, angle: number, width: number): Taken =>
  Array.from({ length: Math.ceil(width / 12) }, (_, place): Taken[number] => {
    const along = (place + 0.5) * 12 - width / 2;
    const [atX, atY] = [x + Math.cos(angle) * along, y + Math.sin(angle) * along];
    return [atX - 6, atY - 6, atX + 6, atY + 6];
  });

/** What an edge says, where on it there is room; left out where it fits nowhere or would lie on other words. */
export function edgeLabel(theme: () => Theme, taken: Taken) {
  return (
    context: CanvasRenderingContext2D, edge: EdgeData, source: Ends, target: Ends, _settings: Settings,
  ): void => {
    if (!edge.label || edge["faded"]) return;
    const [dx, dy] = [target.x - source.x, target.y - source.y];
    const whole = Math.hypot(dx, dy);
    const room = whole - source.size - target.size - 16;
    context.font = `400 11px ${FONT}`;
    const width = context.measureText(edge.label).width;
    if (width > room) return;
    const at = (edge as unknown as EdgeLook).lane;
    const lane = at * LANE;
    let angle = Math.atan2(dy, dx);
    if (Math.abs(angle) > Math.PI / 2) angle -= Math.sign(angle) * Math.PI;
    const spare = (room - width) / 2;
    const places = [0, 0.5, -0.5, 1, -1].map((part) => {
      // Words of neighbouring lanes stand one after the other and not one on the other.
      const shift = Math.max(-spare, Math.min(spare, at * (width + 24) + part * spare));
      const middle = source.size + 8 + room / 2 + shift;
      // The screen's y grows downwards, the graph's upwards: the left of an edge is across (dy, -dx) here.
      const x = source.x + (dx / whole) * middle + (dy / whole) * lane;
      const y = source.y + (dy / whole) * middle - (dx / whole) * lane;
      return { x, y, squares: slanting(x, y, angle, width) };
    });
    const free = places.find(({ squares }) => !squares.some((box) => taken.some((other) => meet(box, other))));
    if (!free && !edge["held"]) return;
    const { x, y, squares } = free ?? places[0]!;
    taken.push(...squares);
    const { ground, muted, ink } = theme();
    context.save();
    context.translate(x, y);
    context.rotate(angle);
    context.fillStyle = ground;
    context.fillRect(-width / 2 - 3, -6.5, width + 6, 13);
    context.fillStyle = edge["active"] ? ink : muted;
    context.fillText(edge.label, -width / 2, 3.5);
    context.restore();
  };
}
