// Builds everything the pages load into src/anju/web/static/dist: one stylesheet, two scripts,
// one sprite of the icons actually used, and the licences. `node build.mjs` needs only `npm ci`.

import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { plainColours } from "./colours.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(here, process.env.ANJU_DIST ?? "../src/anju/web/static/dist");
const modules = path.join(here, "node_modules");
const target = "chrome108";
const icons = JSON.parse(await readFile(path.join(here, "icons.json"), "utf8"));

async function styles() {
  const built = await esbuild.build({
    entryPoints: [path.join(here, "src/styles/anju.css")],
    bundle: true,
    minify: true,
    write: false,
    target,
    legalComments: "none",
    logLevel: "error",
  });
  const css = plainColours(built.outputFiles[0].text);
  const young = css.match(/\b(light-dark|color-mix|oklch|oklab)(\(|%28)|@layer|@container|@scope/);
  if (young) throw new Error(`${young[0]} is too young a feature for the browsers we serve`);
  const away = css.match(/url\((?!["']?(?:data:|#))[^)]*\)/);
  if (away) throw new Error(`the stylesheet loads something from elsewhere: ${away[0]}`);
  await writeFile(path.join(out, "anju.css"), css);
}

async function scripts() {
  await esbuild.build({
    entryPoints: {
      anju: path.join(here, "src/scripts/anju.js"),
      charts: path.join(here, "src/scripts/charts.js"),
    },
    outdir: out,
    bundle: true,
    minify: true,
    format: "iife",
    target,
    legalComments: "none",
    logLevel: "warning",
  });
}

async function sprite() {
  const symbols = await Promise.all(
    icons.map(async (name) => {
      const svg = await readFile(path.join(modules, `@tabler/icons/icons/outline/${name}.svg`), "utf8");
      const inside = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").trim();
      return `<symbol id="${name}" viewBox="0 0 24 24">${inside.replace(/\s+/g, " ")}</symbol>`;
    }),
  );
  const head = '<svg xmlns="http://www.w3.org/2000/svg">';
  await writeFile(path.join(out, "icons.svg"), `${head}${symbols.join("")}</svg>\n`);
}

async function licences() {
  const parts = [];
  for (const name of ["@tabler/core", "@tabler/icons", "echarts", "zrender", "tslib"]) {
    const folder = path.join(modules, name);
    const about = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
    const files = (await readdir(folder, { withFileTypes: true }))
      .filter((entry) => entry.isFile() && /^(licen[cs]e|notice)/i.test(entry.name))
      .map((entry) => entry.name)
      .sort();
    const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), "utf8")));
    parts.push(`${name} ${about.version} (${about.license})\n\n${texts.join("\n").trim()}\n`);
  }
  await writeFile(path.join(out, "LICENSES.txt"), parts.join(`\n${"-".repeat(78)}\n\n`));
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await Promise.all([styles(), scripts(), sprite(), licences()]);
