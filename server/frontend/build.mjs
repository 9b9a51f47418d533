// Bundles src/ into ../static/built: one module for each entry, with what several need in chunks of their own.
import { build } from "esbuild";
import { readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const entries = readdirSync(here("src")).filter((name) => name.endsWith(".js"));

rmSync(here("../static/built"), { recursive: true, force: true });
await build({
  entryPoints: entries.map((name) => here(`src/${name}`)),
  outdir: here("../static/built"),
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "linked",
  chunkNames: "chunks/[name]-[hash]",
  assetNames: "files/[name]-[hash]",
  loader: { ".svg": "dataurl", ".woff2": "file", ".json": "json" },
  logLevel: "warning",
});
