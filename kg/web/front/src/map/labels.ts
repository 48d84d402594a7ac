/** Which names fit: the greatest first, none over another. */

export type Labelled = { x: number; y: number; radius: number; text: string };

const HEIGHT = 18;

type Rect = { left: number; top: number; right: number; bottom: number };

/** The indexes of those whose name can stand beside its mark with no name or mark under it; the first win. */
export function legible(marks: Labelled[], widthOf: (text: string) => number): Set<number> {
  const taken: Rect[] = marks.map(markRect);
  const shown = new Set<number>();
  marks.forEach((mark, index) => {
    const rect = labelRect(mark, widthOf(mark.text));
    if (taken.some((other, place) => place !== index && overlap(rect, other))) return;
    taken.push(rect);
    shown.add(index);
  });
  return shown;
}

function markRect({ x, y, radius }: Labelled): Rect {
  return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
}

function labelRect({ x, y, radius }: Labelled, width: number): Rect {
  return { left: x + radius, top: y - HEIGHT / 2, right: x + radius + width + 8, bottom: y + HEIGHT / 2 };
}

function overlap(a: Rect, b: Rect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
