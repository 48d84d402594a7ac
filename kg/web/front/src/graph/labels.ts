/** Labels on the canvas: with a halo in the colour of the ground, so that lines do not cut through words. */

import type { Settings } from "sigma/settings";
import type { EdgeDisplayData, NodeDisplayData, PartialButFor } from "sigma/types";
import { type EdgeLook, LANE } from "./edges";
import type { Theme } from "./theme";

type NodeData = PartialButFor<NodeDisplayData, "x" | "y" | "size" | "label" | "color">;
type EdgeData = PartialButFor<EdgeDisplayData, "label" | "color" | "size">;
type Ends = PartialButFor<NodeDisplayData, "x" | "y" | "size">;

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
const LONGEST = 34; // characters of a name beside its node; the card tells the rest

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1).trimEnd()}…` : text);

export function nodeLabel(theme: () => Theme) {
  return (context: CanvasRenderingContext2D, data: NodeData): void => {
    if (!data.label) return;
    const { ground, ink, muted } = theme();
    const large = data["ringed"] || data["active"];
    context.font = `${large ? 600 : 500} ${fontSize(data.size)}px ${FONT}`;
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = ground;
    context.fillStyle = data["faded"] ? muted : ink;
    const [x, y] = [data.x + data.size + 5, data.y + fontSize(data.size) * 0.35];
    context.strokeText(cut(data.label), x, y);
    context.fillText(cut(data.label), x, y);
  };
}

const fontSize = (size: number): number => Math.min(16, Math.max(12, 10 + size * 0.28));

/** The node under the pointer: its whole name on a card of its own. */
export function nodeHover(theme: () => Theme) {
  return (context: CanvasRenderingContext2D, data: NodeData): void => {
    if (!data.label) return;
    const { ground, ink, dark } = theme();
    const size = fontSize(data.size);
    context.font = `600 ${size}px ${FONT}`;
    const width = context.measureText(data.label).width;
    context.save();
    context.shadowColor = dark ? "rgba(0,0,0,.7)" : "rgba(20,30,40,.28)";
    context.shadowBlur = 8;
    context.shadowOffsetY = 1;
    context.fillStyle = ground;
    context.beginPath();
    context.roundRect(data.x + data.size + 1, data.y - size * 0.85, width + 10, size * 1.7, 4);
    context.fill();
    context.restore();
    context.fillStyle = ink;
    context.fillText(data.label, data.x + data.size + 5, data.y + size * 0.35);
  };
}

/** What an edge says, along it; left out where it does not fit between its ends. */
export function edgeLabel(theme: () => Theme) {
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
    const lane = (edge as unknown as EdgeLook).lane * LANE;
    const middle = source.size + 8 + room / 2;
    // The screen's y grows downwards, the graph's upwards: the left of an edge is across (dy, -dx) here.
    const x = source.x + (dx / whole) * middle + (dy / whole) * lane;
    const y = source.y + (dy / whole) * middle - (dx / whole) * lane;
    let angle = Math.atan2(dy, dx);
    if (Math.abs(angle) > Math.PI / 2) angle -= Math.sign(angle) * Math.PI;
    const { ground, muted, ink } = theme();
    context.save();
    context.translate(x, y);
    context.rotate(angle);
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = ground;
    context.fillStyle = edge["active"] ? ink : muted;
    context.strokeText(edge.label, -width / 2, 3.5);
    context.fillText(edge.label, -width / 2, 3.5);
    context.restore();
  };
}
