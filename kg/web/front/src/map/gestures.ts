/** Moving over the map with a pointer, two fingers, a wheel or keys. */

import type { Point } from "./mercator";

/** What a gesture asks for; pixels are of the element. */
export interface Moves {
  pan(dx: number, dy: number): void;
  zoom(factor: number, about: Point): void;
  /** A rectangle is being drawn from one pixel to another; `done` when it is let go. */
  box(from: Point, to: Point, done: boolean): void;
  /** Show everything again. */
  reset(): void;
}

const STEP = 60;
const NEAR = 3;

/** Follow gestures on an element; returns what ends that. Shift, or `boxing()`, draws a rectangle instead of moving. */
export function follow(element: HTMLElement, moves: Moves, boxing: () => boolean): () => void {
  const pointers = new Pointers(element, moves, boxing);
  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    moves.zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0016)), place(element, event));
  };
  const key = (event: KeyboardEvent): void => {
    if (event.target === element && pressed(event, element, moves)) event.preventDefault();
  };
  const listeners: [string, (event: never) => void][] = [
    ["wheel", wheel], ["keydown", key], ["pointerdown", pointers.down], ["pointermove", pointers.move],
    ["pointerup", pointers.up], ["pointercancel", pointers.up],
  ];
  for (const [name, act] of listeners) element.addEventListener(name, act as EventListener, { passive: false });
  return () => listeners.forEach(([name, act]) => element.removeEventListener(name, act as EventListener));
}

function place(element: HTMLElement, event: MouseEvent): Point {
  const box = element.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

function pressed(event: KeyboardEvent, element: HTMLElement, moves: Moves): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const middle: Point = [element.clientWidth / 2, element.clientHeight / 2];
  const acts: Record<string, () => void> = {
    ArrowLeft: () => moves.pan(STEP, 0), ArrowRight: () => moves.pan(-STEP, 0),
    ArrowUp: () => moves.pan(0, STEP), ArrowDown: () => moves.pan(0, -STEP),
    "+": () => moves.zoom(1.5, middle), "=": () => moves.zoom(1.5, middle), "-": () => moves.zoom(1 / 1.5, middle),
    "0": moves.reset, Home: moves.reset,
  };
  const act = acts[event.key];
  act?.();
  return act !== undefined;
}

/** One pointer moves or draws a rectangle, two pinch. */
class Pointers {
  private readonly at = new Map<number, Point>();
  private start: Point | null = null;
  private moving = false;
  private drawing = false;

  constructor(
    private readonly element: HTMLElement,
    private readonly moves: Moves,
    private readonly boxing: () => boolean,
  ) {}

  down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const point = place(this.element, event);
    this.at.set(event.pointerId, point);
    this.start = point;
    this.moving = false;
    this.drawing = this.at.size === 1 && (event.shiftKey || this.boxing());
  };

  move = (event: PointerEvent): void => {
    const before = this.at.get(event.pointerId);
    if (!before || !this.start) return;
    const now = place(this.element, event);
    if (!this.moving && Math.hypot(now[0] - this.start[0], now[1] - this.start[1]) < NEAR) return;
    // Taken only once it moves: a captured press would never click the mark under it.
    if (!this.moving) this.element.setPointerCapture(event.pointerId);
    this.moving = true;
    if (this.drawing) this.moves.box(this.start, now, false);
    else if (this.at.size === 1) this.moves.pan(now[0] - before[0], now[1] - before[1]);
    else this.pinch(event.pointerId, before, now);
    this.at.set(event.pointerId, now);
  };

  up = (event: PointerEvent): void => {
    const known = this.at.delete(event.pointerId);
    if (known && this.drawing && this.moving && this.start) {
      this.moves.box(this.start, place(this.element, event), true);
    }
    if (this.at.size === 0) [this.moving, this.drawing, this.start] = [false, false, null];
  };

  private pinch(id: number, before: Point, now: Point): void {
    const other = [...this.at].find(([key]) => key !== id)?.[1];
    if (!other) return;
    const apart = (point: Point): number => Math.hypot(point[0] - other[0], point[1] - other[1]);
    this.moves.pan((now[0] - before[0]) / 2, (now[1] - before[1]) / 2);
    this.moves.zoom(apart(now) / Math.max(apart(before), 1), [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2]);
  }
}
