/**
 * Builds what kg/web/static holds: the explorer with its lazily loaded parts, and `embed`, the same in one file for
 * graph.html and for notebooks. `node build.mjs` for good, `--out DIR` elsewhere, `--tests` for the unit tests alone.
 *
 * manifest.json tells which file is which, and a hash of the sources, so that a test without Node can tell whether the
 * built files belong to them (tests/web/test_front.py).
 */

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as topojson from "topojson-client";

const HERE = dirname(fileURLToPath(import.meta.url));
const LIMIT = 700_000; // bytes, compressed, of all files that a page may ask for

/** Every file that decides what is built, by its path with forward slashes. */
function sources() {
  const found = ["build.mjs", "package.json", "package-lock.json", "tsconfig.json"];
  const walk = (folder) => {
    for (const entry of readdirSync(join(HERE, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else found.push(path);
    }
  };
  walk("src");
  return found.sort();
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** A hash over one line for each source: its own hash, two spaces, its path. */
const hashOfSources = () =>
  sha256(sources().map((path) => `${sha256(readFileSync(join(HERE, path)))}  ${path}\n`).join(""));

/** `import address from "x.css?url"` copies a file beside the chunks and gives its address relative to them. */
const addresses = {
  name: "addresses",
  setup(build) {
    build.onResolve({ filter: /\?url$/ }, async ({ path, resolveDir }) => {
      const found = await build.resolve(path.slice(0, -4), { resolveDir, kind: "import-statement" });
      return { path: found.path, namespace: "address", errors: found.errors };
    });
    build.onLoad({ filter: /.*/, namespace: "address" }, ({ path }) => ({
      contents: readFileSync(path), loader: "file",
    }));
  },
};

/** Outlines on a grid of some four kilometres and without names: half as heavy, and no eye sees it. */
const outlines = {
  name: "outlines",
  setup(build) {
    build.onLoad({ filter: /world-atlas\/countries-50m\.json$/ }, ({ path }) => {
      const { transform, arcs, objects } = JSON.parse(readFileSync(path, "utf8"));
      const undone = topojson.transform(transform);
      const plain = arcs.map((arc) => arc.map((point, place) => undone(point, place)));
      const geometries = objects.countries.geometries.map(({ type, arcs }) => ({ type, arcs }));
      const countries = { type: "GeometryCollection", geometries };
      const bbox = [-180, -90, 180, 90];
      return { contents: JSON.stringify(topojson.quantize({ type: "Topology", bbox, arcs: plain, objects: { countries } }, 1e4)), loader: "json" };
    });
  },
};

const common = {
  absWorkingDir: HERE,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022"],
  jsx: "automatic",
  jsxImportSource: "preact",
  loader: { ".svg": "text" },
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
  plugins: [addresses, outlines],
};

function pages(out) {
  return esbuild.build({
    ...common,
    entryPoints: { explorer: "src/main.ts", "explorer-style": "src/styles/index.css" },
    outdir: out,
    splitting: true,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    define: { __EMBEDDED__: "false" },
  });
}

function embedded(out) {
  return esbuild.build({
    ...common,
    entryPoints: { embed: "src/widget.ts" },
    outdir: out,
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    define: { __EMBEDDED__: "true" },
  });
}

function tests() {
  rmSync(join(HERE, ".tests"), { recursive: true, force: true });
  const files = readdirSync(join(HERE, "test")).filter((name) => name.endsWith(".test.ts"));
  return esbuild.build({
    ...common,
    minify: false,
    platform: "node",
    entryPoints: files.map((name) => `test/${name}`),
    outdir: ".tests",
    outExtension: { ".js": ".mjs" },
    define: { __EMBEDDED__: "false" },
  });
}

/** The file that was made of an entry point. */
function madeOf(result, entry) {
  const [path] = Object.entries(result.metafile.outputs).find(([, output]) => output.entryPoint === entry);
  return basename(path);
}

async function main(out) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const [page, embed] = [await pages(out), await embedded(out)];
  const names = {
    explorer: madeOf(page, "src/main.ts"),
    style: madeOf(page, "src/styles/index.css"),
    embed: madeOf(embed, "src/widget.ts"),
  };
  const icon = readFileSync(join(HERE, "src/icon.svg"));
  names.icon = `icon-${sha256(icon).slice(0, 8)}.svg`;
  writeFileSync(join(out, names.icon), icon);
  const shell = readFileSync(join(HERE, "src/index.html"), "utf8");
  writeFileSync(join(out, "index.html"), shell.replace(/\{\{(\w+)\}\}/g, (_, name) => names[name]));
  const files = {};
  let total = 0;
  for (const name of readdirSync(out).sort()) {
    const bytes = readFileSync(join(out, name));
    const compressed = gzipSync(bytes, { level: 9 }).length;
    files[name] = { sha256: sha256(bytes), bytes: bytes.length, compressed };
    total += compressed;
    const brotli = brotliCompressSync(bytes).length;
    console.log(`${name.padEnd(34)} ${String(bytes.length).padStart(8)} B  gzip ${String(compressed).padStart(7)}  brotli ${String(brotli).padStart(7)}`);
  }
  console.log(`${"all".padEnd(34)} ${" ".repeat(11)} gzip ${String(total).padStart(7)}`);
  const manifest = { sources: hashOfSources(), names, compressed: total, files };
  writeFileSync(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
  if (total > LIMIT) {
    console.error(`The built files take ${total} bytes compressed, more than the ${LIMIT} that a page may weigh.`);
    process.exit(1);
  }
}

const flags = process.argv.slice(2);
if (flags[0] === "--tests") await tests();
else await main(flags[0] === "--out" ? resolve(flags[1]) : join(HERE, "..", "static"));
