/** Queries to the endpoint. */

import { SourceError } from "../source";
import { parseTriples } from "./ntriples";
import { type Answer, fromJson } from "./results";

/** An answer with how long it took, in milliseconds, and what the endpoint said beside it. */
export interface Ran {
  answer: Answer;
  took: number;
  /** Names in the query that mean nothing here, a line each with what may be meant. */
  unknown: string[];
}

/** Why a query has no answer; where the endpoint names a place, the line and column in the query, from 1. */
export class QueryFailed extends SourceError {
  readonly place: { line: number; column: number } | null;

  constructor(message: string, status: number) {
    super(message, status);
    this.name = "QueryFailed";
    const told = /line (\d+), column (\d+)/.exec(message);
    this.place = told ? { line: Number(told[1]), column: Number(told[2]) } : null;
  }
}

const ANY = "application/sparql-results+json, application/n-triples;q=0.9";

/** The formats to download, by the form of the answer. */
export const FORMATS = {
  rows: [
    { name: "CSV", suffix: "csv", accept: "text/csv" },
    { name: "TSV", suffix: "tsv", accept: "text/tab-separated-values" },
    { name: "JSON", suffix: "srj", accept: "application/sparql-results+json" },
  ],
  triples: [
    { name: "Turtle", suffix: "ttl", accept: "text/turtle" },
    { name: "N-Triples", suffix: "nt", accept: "application/n-triples" },
    { name: "JSON-LD", suffix: "jsonld", accept: "application/ld+json" },
  ],
} as const;

export type Format = (typeof FORMATS)["rows" | "triples"][number];

/** Ask and read the answer. Rejects with `QueryFailed`. */
export async function ask(endpoint: string, query: string, signal?: AbortSignal): Promise<Ran> {
  const began = performance.now();
  const response = await post(endpoint, query, ANY, signal);
  const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
  const answer: Answer = isJson
    ? fromJson(await response.json())
    : { form: "triples", triples: parseTriples(await response.text()) };
  const unknown = decodeURIComponent(response.headers.get("KG-Unknown") ?? "").split("\n").filter(Boolean);
  return { answer, took: performance.now() - began, unknown };
}

/** Ask in a format and hand the bytes to the reader as a file. */
export async function download(endpoint: string, query: string, { accept, suffix }: Format): Promise<void> {
  const response = await post(endpoint, query, accept);
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = `query.${suffix}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

async function post(endpoint: string, query: string, accept: string, signal?: AbortSignal): Promise<Response> {
  const headers = { Accept: accept, "Content-Type": "application/sparql-query" };
  let response: Response;
  try {
    response = await fetch(endpoint, { method: "POST", headers, body: query, signal: signal ?? null });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new QueryFailed("The server does not answer. Is kg serve still running? Start it and try again.", 0);
  }
  if (!response.ok) throw new QueryFailed(await reason(response), response.status);
  return response;
}

async function reason(response: Response): Promise<string> {
  const text = (await response.text()).trim();
  if (!(response.headers.get("Content-Type") ?? "").includes("json")) return text || response.statusText;
  const told = JSON.parse(text) as { error?: string; detail?: string };
  return told.error ?? told.detail ?? text;
}
