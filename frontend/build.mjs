// Builds what the browser gets into static/build/: styles and fonts. Same input, same bytes.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const target = here("../static/build/");
const FONT = "node_modules/@fontsource-variable/source-sans-3/files/source-sans-3";
const SUBSETS = ["latin", "latin-ext", "greek"];

rmSync(target, { recursive: true, force: true });
mkdirSync(`${target}fonts`, { recursive: true });

for (const subset of SUBSETS) {
  copyFileSync(here(`${FONT}-${subset}-wght-normal.woff2`), `${target}fonts/${subset}.woff2`);
}

for (const sheet of ["site", "admin"]) {
  const { css } = sass.compile(here(`styles/${sheet}.scss`), {
    style: "compressed",
    loadPaths: [here("node_modules")],
    // Bootstrap 5.3 is written for Sass before modules; its authors answer for these warnings.
    quietDeps: true,
    silenceDeprecations: ["import", "global-builtin", "color-functions"],
  });
  writeFileSync(`${target}${sheet}.css`, css);
}
