/** How types and modalities look: a colour and a shape each, a line and a word each, so that none rests on colour. */

import type { Edge, Space } from "./source";

export type Shape = "circle" | "square" | "triangle" | "diamond" | "star" | "hexagon";

export interface Kind {
  name: string;
  colour: string;
  shape: Shape;
}

/** Okabe and Ito's colours, which colour-blind people tell apart. */
export const KINDS: Record<string, Kind> = {
  Person: { name: "Person", colour: "#0072b2", shape: "circle" },
  Organisation: { name: "Organisation", colour: "#e69f00", shape: "square" },
  Vehicle: { name: "Vehicle", colour: "#009e73", shape: "triangle" },
  Place: { name: "Place", colour: "#cc79a7", shape: "diamond" },
  Work: { name: "Work", colour: "#56b4e9", shape: "star" },
};
export const OTHER: Kind = { name: "other", colour: "#7f8790", shape: "hexagon" };

/** In the order in which shaders number them. */
export const SHAPES: readonly Shape[] = ["circle", "square", "triangle", "diamond", "star", "hexagon"];

/** The kind of a type, or of the nearest of its parents that has a look of its own. */
export function kindOf(type: string, types: Space["types"] = []): Kind {
  let name: string | null | undefined = type;
  for (let step = 0; name && step < 9; step += 1) {
    const kind: Kind | undefined = KINDS[name];
    if (kind) return kind;
    name = types.find((one) => one.name === name)?.parent;
  }
  return OTHER;
}

/** Lines, in the order in which shaders number them. */
export const LINES = ["asserted", "past", "planned", "possible", "reported", "negated"] as const;
export type Line = (typeof LINES)[number];

const PRIORITY: readonly Line[] = ["asserted", "reported", "past", "planned", "possible", "negated"];

/** All the ways in which texts hold what an edge says, the firmest first. */
export function standingsOf(edge: Edge): Line[] {
  const found = PRIORITY.filter((line) => edge.modalities.includes(line));
  return found.length ? found : ["asserted"];
}

/** The line that an edge is drawn with: the firmest of the ways in which texts hold it. */
export const lineOf = (edge: Edge): Line => standingsOf(edge)[0]!;

/** Whether nothing but a plain assertion is known of an edge. */
export const isPlain = (edge: Edge): boolean => String(standingsOf(edge)) === "asserted";

/** The words that stand beside a label where an edge is not simply asserted. */
export function wordOf(edge: Edge): string {
  const [first, ...others] = standingsOf(edge);
  if (first !== "asserted") return [first, ...others].join(", ");
  return others.length ? `also ${others.join(", ")}` : "";
}

export const MODALITY_MEANING: Record<string, string> = {
  asserted: "stated as fact",
  reported: "somebody is cited as saying so",
  past: "held before, no longer",
  planned: "scheduled or intended",
  possible: "may be",
  negated: "denied, or said not to hold",
};
