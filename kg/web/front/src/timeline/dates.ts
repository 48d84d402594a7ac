/** ISO 8601 dates of any precision as numbers to draw with: days since 1970, in UTC. */

export type Unit = "year" | "month" | "day";

const DAY = 86_400_000;

/** The first day of a year, month, day or moment as written; null where it is no date. */
export function firstDay(iso: string): number | null {
  const parts = /^(-?\d{1,6})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?$/.exec(iso.trim());
  if (!parts) return null;
  return dayOf(Number(parts[1]), Number(parts[2] ?? 1) - 1, Number(parts[3] ?? 1));
}

/** The day after the last of a year, month, day or moment as written; null where it is no date. */
export function dayAfter(iso: string): number | null {
  const start = firstDay(iso);
  return start === null ? null : step(start, precisionOf(iso), 1);
}

/** How exactly a date is written. */
export function precisionOf(iso: string): Unit {
  const dashes = iso.trim().replace(/^-/, "").split("T")[0]?.split("-").length ?? 1;
  return dashes >= 3 ? "day" : dashes === 2 ? "month" : "year";
}

/** The start of the year, month or day that a day lies in. */
export function floor(day: number, unit: Unit): number {
  const date = new Date(day * DAY);
  if (unit === "year") return dayOf(date.getUTCFullYear(), 0, 1);
  if (unit === "month") return dayOf(date.getUTCFullYear(), date.getUTCMonth(), 1);
  return Math.floor(day);
}

/** The day that is so many years, months or days later. */
export function step(day: number, unit: Unit, by: number): number {
  const date = new Date(day * DAY);
  if (unit === "year") return dayOf(date.getUTCFullYear() + by, date.getUTCMonth(), date.getUTCDate());
  if (unit === "month") return dayOf(date.getUTCFullYear(), date.getUTCMonth() + by, date.getUTCDate());
  return day + by;
}

/** The number of the year, month or day that a day lies in. */
export function ordinal(day: number, unit: Unit): number {
  const date = new Date(day * DAY);
  if (unit === "year") return date.getUTCFullYear();
  return unit === "month" ? date.getUTCFullYear() * 12 + date.getUTCMonth() : Math.floor(day);
}

/** A day as ISO 8601, as exact as the unit. */
export function iso(day: number, unit: Unit): string {
  const date = new Date(day * DAY);
  const year = date.getUTCFullYear();
  const years = year < 0 ? `-${String(-year).padStart(4, "0")}` : String(year).padStart(4, "0");
  if (unit === "year") return years;
  const month = `${years}-${String(date.getUTCMonth() + 1).padStart(2, "0")}`;
  return unit === "month" ? month : `${month}-${String(date.getUTCDate()).padStart(2, "0")}`;
}

/** A day as people write it, as exact as the unit. */
export function spoken(day: number, unit: Unit): string {
  const date = new Date(day * DAY);
  if (unit === "year") return String(date.getUTCFullYear());
  const options: Intl.DateTimeFormatOptions = { year: "numeric", month: "short", timeZone: "UTC" };
  if (unit === "day") options.day = "numeric";
  return new Intl.DateTimeFormat("en-GB", options).format(date);
}

function dayOf(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return Math.round(date.getTime() / DAY);
}
