// Builds what the browser gets into static/build/: styles, fonts, the editor. Same input, same
// bytes.
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";
import * as sass from "sass";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const target = here("../static/build/");
const FONT = "node_modules/@fontsource-variable/source-sans-3/files/source-sans-3";
const SUBSETS = ["latin", "latin-ext", "greek"];
// What a page with an editor may cost a phone, in bytes as they are sent.
const EDITOR_BYTES = 200_000;

const files = new Map();
for (const subset of SUBSETS) {
  files.set(`fonts/${subset}.woff2`, readFileSync(here(`${FONT}-${subset}-wght-normal.woff2`)));
}
for (const sheet of ["site", "admin"]) {
  const { css } = sass.compile(here(`styles/${sheet}.scss`), {
    style: "compressed",
    loadPaths: [here("node_modules")],
    // Bootstrap 5.3 is written for Sass before modules; its authors answer for these warnings.
    quietDeps: true,
    silenceDeprecations: ["import", "global-builtin", "color-functions"],
  });
  files.set(`${sheet}.css`, css);
}

function bundle(entry) {
  const { outputFiles } = buildSync({
    entryPoints: [here(entry)],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    write: false,
  });
  return outputFiles[0].contents;
}

files.set("plan.js", bundle("plan/main.ts"));
const editor = bundle("editor/main.ts");
const bytes = gzipSync(editor, { level: 9 }).length;
if (bytes > EDITOR_BYTES) throw new Error(`The editor has ${bytes} bytes, packed: too many.`);
files.set("editor.js", editor);

// Only what was built whole is put in place: a portal that runs meanwhile never misses a file.
mkdirSync(`${target}fonts`, { recursive: true });
for (const [name, content] of files) {
  writeFileSync(`${target}${name}.part`, content);
  renameSync(`${target}${name}.part`, target + name);
}
for (const name of readdirSync(target, { recursive: true, withFileTypes: true })) {
  const path = `${name.parentPath ?? name.path}/${name.name}`;
  if (name.isFile() && !files.has(relative(target, path))) rmSync(path);
}
