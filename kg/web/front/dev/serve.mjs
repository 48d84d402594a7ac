/**
 * For working on the front end without Python: the built page, and /api answered from one JSON object of the shape that
 * src/embedded.ts tells. `node dev/serve.mjs DATA.json [PORT] [--edit]`; not part of what is shipped.
 */

import { mkdtempSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as esbuild from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const STATIC = join(HERE, "..", "..", "static");
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const KINDS = { ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html", ".json": "application/json" };

const [file, port = "8123"] = process.argv.slice(2);
const edit = process.argv.includes("--edit");
const made = join(mkdtempSync(join(tmpdir(), "kg-dev-")), "embedded.mjs");
await esbuild.build({ entryPoints: [join(HERE, "../src/embedded.ts")], bundle: true, format: "esm", platform: "node", outfile: made });
const { EmbeddedSource } = await import(pathToFileURL(made).href);
const source = new EmbeddedSource(JSON.parse(readFileSync(file, "utf8")));

const list = (value) => (value ?? "").split(",").filter(Boolean);

function filtersOf(q) {
  return {
    type: list(q.get("type")), predicate: list(q.get("predicate")), modality: list(q.get("modality")),
    score: Number(q.get("score") ?? 0), from: q.get("from"), to: q.get("to"),
  };
}

const answers = {
  space: async () => ({ ...(await source.space()), edit, ...(edit ? { token: "dev" } : {}) }),
  search: async (q) => ({ results: await source.search(q.get("q") ?? "", { limit: Number(q.get("limit") ?? 20) }) }),
  scene: (q) => source.scene(
    q.get("entity") ? { entity: list(q.get("entity")) } : q.get("document") ? { document: q.get("document") } : { most: "connected" },
    filtersOf(q), Number(q.get("limit") ?? 150)),
  neighbours: (q) => source.neighbours(q.get("id"), list(q.get("known")), filtersOf(q), Number(q.get("limit") ?? 60)),
  path: (q) => source.path(q.get("from"), q.get("to"), Number(q.get("length") ?? 6)),
  entity: (q) => source.entity(q.get("id")),
  why: (q) => source.why(
    q.get("edge") ? { edge: q.get("edge") } : q.get("entity") ? { entity: q.get("entity") }
      : q.get("pair") ? { pair: list(q.get("pair")) } : { statement: q.get("statement") },
    Number(q.get("limit") ?? 100)),
  map: (q) => source.map(filtersOf(q)),
  timeline: (q) => source.timeline(filtersOf(q)),
};

createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  const send = (status, type, body) => {
    response.writeHead(status, { "Content-Type": type, "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff" });
    response.end(body);
  };
  try {
    if (request.method === "POST") return send(200, KINDS[".json"], JSON.stringify({ undo: "dev", changes: [], generation: "dev" }));
    const ask = pathname.startsWith("/api/") && answers[pathname.slice(5)];
    if (ask) return send(200, KINDS[".json"], JSON.stringify(await ask(searchParams)));
    if (pathname.startsWith("/api/")) return send(404, KINDS[".json"], JSON.stringify({ error: `There is no ${pathname} here.` }));
    const name = pathname.startsWith("/static/") ? pathname.slice(8) : "index.html";
    return send(200, KINDS[extname(name)], readFileSync(join(STATIC, name.replaceAll("..", ""))));
  } catch (cause) {
    return send(cause.status || 500, KINDS[".json"], JSON.stringify({ error: cause.message }));
  }
}).listen(Number(port), "127.0.0.1", () => console.log(`http://127.0.0.1:${port}/`));
