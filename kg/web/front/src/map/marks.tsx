/** The places on the map: a diamond each, or one for several that are near, with as many names as fit. */

import { count } from "../parts";
import type { Cluster } from "./cluster";
import { radius } from "./cluster";
import { legible, type Side } from "./labels";
import { type Camera, type Size, toScreen } from "./mercator";

export interface MarksProps {
  clusters: Cluster[];
  camera: Camera;
  size: Size;
  chosen: ReadonlySet<string>;
  /** A mark was pressed; `more` keeps what was chosen before. */
  press(cluster: Cluster, more: boolean): void;
}

const MARGIN = 40;
/** What the tools in the corner cover; the style sheet says the same. */
const TOOLS = { left: 0, top: 0, right: 58, bottom: 166 };

/** Buttons for the pointer; the keyboard has the list beside the map, which says the same. */
export function Marks({ clusters, camera, size, chosen, press }: MarksProps) {
  const most = clusters.reduce((sum, cluster) => Math.max(sum, cluster.things), 0);
  const marks = clusters.map((cluster) => {
    const [x, y] = toScreen(camera, size, cluster.at);
    return { cluster, x, y, radius: radius(cluster.things, most), text: nameOf(cluster) };
  });
  const near = marks.filter(({ x, y }) => x > -MARGIN && y > -MARGIN && x < size.width + MARGIN && y < size.height + MARGIN);
  const named = legible(near, widthOf, size.width, [TOOLS]);
  return (
    <div class="kg-map-marks">
      {near.map((mark, index) => (
        <button
          key={mark.cluster.spots[0]?.id}
          type="button"
          tabIndex={-1}
          class={`${markClass(mark.cluster, chosen)} ${named.get(index) === "left" ? "kg-map-left" : ""}`}
          style={{ transform: placed(mark, named.get(index)) }}
          title={titleOf(mark.cluster)}
          aria-pressed={mark.cluster.spots.every((spot) => chosen.has(spot.id))}
          onClick={(event) => press(mark.cluster, event.shiftKey || event.ctrlKey || event.metaKey)}
        >
          <Diamond radius={mark.radius} several={mark.cluster.spots.length > 1} things={mark.cluster.things} />
          {named.has(index) && <span class="kg-map-name">{mark.text}</span>}
          <span class="kg-hidden"> {titleOf(mark.cluster)}</span>
        </button>
      ))}
    </div>
  );
}

/** The mark stands where the place is, whichever side its name is on. */
function placed({ x, y, radius: r }: { x: number; y: number; radius: number }, side: Side | undefined): string {
  return `translate(${side === "left" ? `calc(${x + r}px - 100%)` : `${x - r}px`}, ${y - r}px)`;
}

function Diamond({ radius: r, several, things }: { radius: number; several: boolean; things: number }) {
  const path = (by: number): string => `M${r} ${by} L${2 * r - by} ${r} L${r} ${2 * r - by} L${by} ${r} Z`;
  return (
    <svg width={2 * r} height={2 * r} viewBox={`0 0 ${2 * r} ${2 * r}`} aria-hidden="true">
      {several && <path class="kg-map-halo" d={path(-3)} />}
      <path class="kg-map-diamond" d={path(1)} />
      <text x={r} y={r} dy="0.36em" text-anchor="middle">{things ? short(things) : ""}</text>
    </svg>
  );
}

function markClass(cluster: Cluster, chosen: ReadonlySet<string>): string {
  return cluster.spots.some((spot) => chosen.has(spot.id)) ? "kg-map-mark kg-chosen" : "kg-map-mark";
}

function nameOf({ spots }: Cluster): string {
  return spots.length > 1 ? `${spots[0]?.name} +${spots.length - 1}` : (spots[0]?.name ?? "");
}

function titleOf({ spots, things }: Cluster): string {
  const names = spots.slice(0, 12).map((spot) => spot.name).join(", ");
  const rest = spots.length > 12 ? ` and ${spots.length - 12} more` : "";
  return things ? `${names}${rest}: ${count(things, "thing")}` : `${names}${rest}`;
}

function short(count: number): string {
  return count < 1000 ? String(count) : `${Math.round(count / 100) / 10}k`;
}

let ruler: CanvasRenderingContext2D | null = null;

function widthOf(text: string): number {
  ruler ??= document.createElement("canvas").getContext("2d");
  if (!ruler) return text.length * 7;
  ruler.font = "600 13px system-ui, sans-serif";
  return ruler.measureText(text).width;
}
