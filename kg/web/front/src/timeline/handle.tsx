/** One end of the chosen span: a slider that pointer and keyboard move. */

import { useRef } from "preact/hooks";
import { type Unit, step } from "./dates";

export interface HandleProps {
  name: string;
  /** The first day of the unit that it stands at. */
  at: number;
  x: number;
  unit: Unit;
  least: number;
  most: number;
  words: string;
  /** Days that a pixel covers. */
  perPixel: number;
  move(day: number, done: boolean): void;
}

const FAR = 10;

export function Handle({ name, at, x, unit, least, most, words, perPixel, move }: HandleProps) {
  const from = useRef<{ x: number; at: number } | null>(null);
  const to = (day: number, done: boolean): void => move(Math.max(least, Math.min(most, day)), done);
  const press = (event: KeyboardEvent): void => {
    const day = moved(event.key, at, unit, least, most);
    if (day === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    to(day, true);
  };
  const grab = (event: PointerEvent): void => {
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, at };
  };
  const drag = (event: PointerEvent, done: boolean): void => {
    const start = from.current;
    if (start) to(start.at + (event.clientX - start.x) * perPixel, done);
    if (done) from.current = null;
  };
  return (
    <div
      class="kg-timeline-handle" role="slider" tabIndex={0} style={{ left: `${x}px` }}
      aria-label={name} aria-valuemin={least} aria-valuemax={most} aria-valuenow={at} aria-valuetext={words}
      onKeyDown={press} onPointerDown={grab}
      onPointerMove={(event) => drag(event, false)} onPointerUp={(event) => drag(event, true)}
    />
  );
}

/** Where a key takes a handle: arrows by one, Page keys by ten, Home and End to the ends; null for other keys. */
function moved(key: string, at: number, unit: Unit, least: number, most: number): number | null {
  if (key === "Home") return least;
  if (key === "End") return most;
  const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -FAR, PageUp: FAR }[key];
  return by === undefined ? null : step(at, unit, by);
}
