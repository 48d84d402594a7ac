/** The colours of the drawn graph, in both themes. Those of the page around it are in styles/base.css. */

export interface Theme {
  dark: boolean;
  ground: string;
  ink: string;
  muted: string;
  edge: string;
  edgeStrong: string;
  negated: string;
  accent: string;
}

export const LIGHT: Theme = {
  dark: false, ground: "#fbfaf7", ink: "#1b2430", muted: "#5c6672", edge: "#a3abb3", edgeStrong: "#46505c",
  negated: "#b3261e", accent: "#9a3412",
};

export const DARK: Theme = {
  dark: true, ground: "#12161c", ink: "#e8ebef", muted: "#99a4b0", edge: "#56616e", edgeStrong: "#b4bec9",
  negated: "#ff8a80", accent: "#ffb454",
};

/** A colour between two of the form #rrggbb: `share` of the second. */
export function mixed(one: string, other: string, share: number): string {
  const at = (colour: string, place: number): number => parseInt(colour.slice(place, place + 2), 16);
  const part = (place: number): string =>
    Math.round(at(one, place) * (1 - share) + at(other, place) * share).toString(16).padStart(2, "0");
  return `#${part(1)}${part(3)}${part(5)}`;
}
