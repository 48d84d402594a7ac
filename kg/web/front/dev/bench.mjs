/**
 * How long until a synthetic scene is on the screen, in headless Chromium's software renderer:
 * `node dev/bench.mjs [--keep]`. CHROMIUM names the browser. Prints one line a scene, in milliseconds.
 */

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const out = mkdtempSync(join(tmpdir(), "kg-bench-"));
await esbuild.build({
  entryPoints: { bench: join(HERE, "bench.ts"), style: join(HERE, "../src/styles/index.css") }, bundle: true, minify: true,
  format: "esm", outdir: out, jsx: "automatic", jsxImportSource: "preact", define: { __EMBEDDED__: "true" }, logLevel: "error",
});
const page = '<!doctype html><link rel="stylesheet" href="/style.css"><body class="kg-page"><script type="module" src="/bench.js"></script>';

const server = createServer((request, response) => {
  if (request.url === "/done") {
    let body = "";
    request.on("data", (part) => (body += part));
    request.on("end", () => {
      for (const { things, facts, drawn } of JSON.parse(body)) console.log(`${things} things, ${facts} facts: ${drawn} ms`);
      response.end();
      browser.kill();
      server.close();
    });
  } else if (request.url === "/") response.writeHead(200, { "Content-Type": "text/html" }).end(page);
  else {
    const type = request.url.endsWith(".css") ? "text/css" : "text/javascript";
    try {
      const body = readFileSync(join(out, request.url.replaceAll("..", "")));
      response.writeHead(200, { "Content-Type": type }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  }
});
let browser;
server.listen(0, "127.0.0.1", () => {
  browser = spawn(process.env.CHROMIUM ?? "/usr/bin/chromium", [
    "--headless=new", "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--window-size=1400,900",
    `--user-data-dir=${join(out, "profile")}`, `http://127.0.0.1:${server.address().port}/`,
  ], { stdio: "ignore" });
});
setTimeout(() => {
  console.error("No answer in two minutes.");
  browser.kill();
  process.exit(1);
}, 120_000).unref();
