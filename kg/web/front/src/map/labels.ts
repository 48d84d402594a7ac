/** Which names fit, and on which side of their marks: the greatest first, none over another. */

export type Labelled = { x: number; y: number; radius: number; text: string };

const HEIGHT = 18;

export type Rect = { left: number; top: number; right: number; bottom: number };

export type Side = "right" | "left";

/**
 * The side on which a name can stand beside its mark with no name or mark under it, within a window so wide and not
 * under what stands on it, by the index of the mark; the first win. What fits on neither side has no entry.
 */
export function legible(
  marks: Labelled[], widthOf: (text: string) => number, window: number, above: Rect[] = [],
): Map<number, Side> {
  const taken: Rect[] = [...marks.map(markRect), ...above];
  const shown = new Map<number, Side>();
  marks.forEach((mark, index) => {
    for (const side of ["right", "left"] as const) {
      const rect = labelRect(mark, widthOf(mark.text), side);
      if (rect.left < 0 || rect.right > window) continue;
      if (taken.some((other, place) => place !== index && overlap(rect, other))) continue;
      taken.push(rect);
      shown.set(index, side);
      return;
    }
  });
  return shown;
}

function markRect({ x, y, radius }: Labelled): Rect {
  return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
}

function labelRect({ x, y, radius }: Labelled, width: number, side: Side): Rect {
  const left = side === "right" ? x + radius : x - radius - width - 8;
  return { left, top: y - HEIGHT / 2, right: left + width + 8, bottom: y + HEIGHT / 2 };
}

function overlap(a: Rect, b: Rect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
