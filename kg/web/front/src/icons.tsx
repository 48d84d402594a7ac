/** Icons of the tools, drawn in the colour of the words beside them. */

const PATHS = {
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  fit: "M2.500 6V2.500H6M10 2.500h3.500V6M13.500 10v3.500H10M6 13.500H2.500V10",
  home: "M2.500 7.500 8 3l5.500 4.500M4 6.500V13h8V6.500",
  down: "m4 6 4 4 4-4",
  up: "m4 10 4-4 4 4",
  left: "m10 4-4 4 4 4",
  right: "m6 4 4 4-4 4",
  close: "m4 4 8 8M12 4l-8 8",
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zm3.600-1.400L14 14",
  sun: "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1v1.500M8 13.500V15M1 8h1.500M13.500 8H15M3 3l1.100 1.100M11.900 11.900 13 13M13 3l-1.100 1.100M4.100 11.900 3 13",
  moon: "M13.500 9.500A6 6 0 0 1 6.500 2.500a6 6 0 1 0 7 7z",
  help: "M5.800 6a2.200 2.200 0 1 1 3.400 1.900C8.400 8.500 8 9 8 10M8 12.500v.200",
  pin: "M6 2h4l-.500 5 2.500 2.500H4L6.500 7zM8 9.500V14",
  expand: "M8 2v4M8 10v4M2 8h4M10 8h4",
  hide: "M2 8s2-4 6-4 6 4 6 4-2 4-6 4-6-4-6-4zM3 13 13 3",
  path: "M4 13a2 2 0 1 0 0-.010zM12 3a2 2 0 1 0 0-.010zM5.500 11.500l5-7",
  why: "M3 3h10v7H8l-3 3v-3H3z",
  filter: "M2 3.500h12M4.500 8h7M6.500 12.500h3",
  outside: "M6 3H3v10h10v-3M9 3h4v4M13 3 7.500 8.500",
  merge: "M1.500 8h5.500M14.500 8H9M4.500 5.500 7 8l-2.500 2.500M11.500 5.500 9 8l2.500 2.500",
  split: "M7 8H1.500M9 8h5.500M4 5.500 1.500 8 4 10.500M12 5.500 14.500 8 12 10.500",
  wrong: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM4 12l8-8",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="kg-glyph" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d={PATHS[name]} /></svg>
  );
}
