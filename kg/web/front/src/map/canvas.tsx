/** The map itself: outlines, marks and the ways to move over them. */

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Cluster, type Spot, clustered } from "./cluster";
import { Icon } from "../icons";
import { follow } from "./gestures";
import { Marks, type MarksProps } from "./marks";
import { type Box, type Camera, type Point, type Size, boxBetween, fitted, panned, zoomed } from "./mercator";
import { type Outline, coarseOutlines, fineOutlines } from "./outlines";
import { draw, inkOf } from "./sheet";

export interface MapCanvasProps {
  spots: Spot[];
  chosen: ReadonlySet<string>;
  choose(ids: string[], more: boolean): void;
  /** What is seen has changed. */
  look(box: Box): void;
}

const APART = 34;
const CLOSE = 2400;
const COVERED = 58; // pixels at the left, by the tools

export function MapCanvas({ spots, chosen, choose, look }: MapCanvasProps) {
  const root = useRef<HTMLDivElement>(null);
  const size = useSize(root);
  const [camera, setCamera] = useState<Camera | null>(null);
  const [boxing, setBoxing] = useState(false);
  const [rectangle, setRectangle] = useState<[Point, Point] | null>(null);
  const points = useMemo(() => spots.map((spot) => spot.at), [spots]);
  const shown = size && (camera ?? fitted(points, size, COVERED));
  const outlines = useOutlines(shown?.scale ?? 0);

  const change = (act: Change): void => {
    if (shown && size) setCamera((before) => act(before ?? shown, size));
  };
  const taken = (from: Point, to: Point): void => {
    setBoxing(false);
    setRectangle(null);
    if (shown && size) choose(idsIn(spots, boxBetween(shown, size, from, to)), false);
  };
  const press = (cluster: Cluster, more: boolean): void => {
    const closer = size && fitted(cluster.spots.map((spot) => spot.at), size, COVERED);
    if (!more && apart(cluster) && closer && shown && closer.scale > shown.scale) setCamera(closer);
    else choose(cluster.spots.map((spot) => spot.id), more);
  };
  const box = (from: Point, to: Point, done: boolean): void => (done ? taken(from, to) : setRectangle([from, to]));
  useGestures(root, { change, box, reset: () => setCamera(null), boxing });
  useEffect(() => {
    if (shown && size) look(boxBetween(shown, size, [0, 0], [size.width, size.height]));
  }, [shown?.x, shown?.y, shown?.scale, size?.width, size?.height]);
  return (
    <div class="kg-map">
      <div
        ref={root} class={boxing ? "kg-map-window kg-map-boxing" : "kg-map-window"} tabIndex={0} role="application"
        aria-label="Map of places. Arrow keys move, plus and minus zoom, 0 shows all; the list holds the same places."
      >
        {shown && size && <Sheet outlines={outlines} camera={shown} size={size} />}
        {shown && size && <Placed {...{ spots, camera: shown, size, chosen, press }} />}
        {rectangle && <Rectangle from={rectangle[0]} to={rectangle[1]} />}
      </div>
      <Tools change={change} reset={() => setCamera(null)} boxing={boxing} setBoxing={setBoxing} />
    </div>
  );
}

type Change = (camera: Camera, size: Size) => Camera;

interface Acts {
  change(act: Change): void;
  box(from: Point, to: Point, done: boolean): void;
  reset(): void;
  boxing: boolean;
}

/** Follow gestures on the map as long as it is there, with what they do now. */
function useGestures(root: { current: HTMLElement | null }, acts: Acts): void {
  const now = useRef(acts);
  now.current = acts;
  useEffect(() => {
    if (!root.current) return;
    const moves = {
      pan: (dx: number, dy: number) => now.current.change((camera, size) => panned(camera, size, dx, dy)),
      zoom: (factor: number, about: Point) => now.current.change((camera, size) => zoomed(camera, size, factor, about)),
      box: (from: Point, to: Point, done: boolean) => now.current.box(from, to, done),
      reset: () => now.current.reset(),
    };
    return follow(root.current, moves, () => now.current.boxing);
  }, []);
}

type ToolsProps = Pick<Acts, "change" | "reset" | "boxing"> & { setBoxing(on: boolean): void };

function Tools({ change, reset, boxing, setBoxing }: ToolsProps) {
  const zoom = (factor: number): void =>
    change((camera, size) => zoomed(camera, size, factor, [size.width / 2, size.height / 2]));
  return (
    <div class="kg-map-tools" role="group" aria-label="Move the map">
      <button type="button" onClick={() => zoom(1.6)} aria-label="Zoom in" title="Zoom in (+)"><Icon name="plus" /></button>
      <button type="button" onClick={() => zoom(1 / 1.6)} aria-label="Zoom out" title="Zoom out (−)">
        <Icon name="minus" />
      </button>
      <button type="button" onClick={reset} aria-label="Show all places" title="Show all (0)"><Icon name="fit" /></button>
      <button
        type="button" aria-pressed={boxing} onClick={() => setBoxing(!boxing)}
        aria-label="Choose a region by drawing a rectangle" title="Draw a region (or Shift and drag)"
      >▭</button>
    </div>
  );
}

function Placed({ spots, camera, ...rest }: { spots: Spot[] } & Omit<MarksProps, "clusters">) {
  const clusters = useMemo(() => clustered(spots, camera.scale, APART), [spots, camera.scale]);
  return <Marks clusters={clusters} camera={camera} {...rest} />;
}

function Sheet({ outlines, camera, size }: { outlines: Outline[]; camera: Camera; size: Size }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [theme, setTheme] = useState(0);
  useEffect(() => onTheme(canvas.current, () => setTheme((count) => count + 1)), []);
  useLayoutEffect(() => {
    if (canvas.current) draw(canvas.current, outlines, camera, size, inkOf(canvas.current));
  }, [outlines, camera.x, camera.y, camera.scale, size.width, size.height, theme]);
  return <canvas ref={canvas} class="kg-map-sheet" aria-hidden="true" />;
}

function Rectangle({ from, to }: { from: Point; to: Point }) {
  const style = {
    left: `${Math.min(from[0], to[0])}px`, top: `${Math.min(from[1], to[1])}px`,
    width: `${Math.abs(from[0] - to[0])}px`, height: `${Math.abs(from[1] - to[1])}px`,
  };
  return <div class="kg-map-rectangle" style={style} />;
}

/** Whether coming closer can tell the places of a cluster apart. */
function apart({ spots }: Cluster): boolean {
  return spots.some((spot) => spot.lat !== spots[0]?.lat || spot.lon !== spots[0]?.lon);
}

function idsIn(spots: Spot[], [south, west, north, east]: Box): string[] {
  const inside = spots.filter(({ lat, lon }) => lat >= south && lat <= north && lon >= west && lon <= east);
  return inside.map((spot) => spot.id);
}

/** Coarse outlines first; finer ones once somebody has come close. */
function useOutlines(scale: number): Outline[] {
  const [fine, setFine] = useState<Outline[] | null>(null);
  const coarse = useMemo(coarseOutlines, []);
  const close = scale > CLOSE;
  useEffect(() => {
    if (close && !fine) void fineOutlines().then(setFine);
  }, [close]);
  return close && fine ? fine : coarse;
}

function useSize(root: { current: HTMLElement | null }): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const element = root.current;
    if (!element) return;
    const measure = (): void => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return size;
}

/** Call back when the theme changes; returns what ends that. */
function onTheme(element: Element | null, changed: () => void): () => void {
  const root = element?.closest(".kg");
  const observer = new MutationObserver(changed);
  if (root) observer.observe(root, { attributes: true, attributeFilter: ["class"] });
  return () => observer.disconnect();
}
