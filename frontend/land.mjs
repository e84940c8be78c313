// Draws Europe's land once, as the background of the map of the partner cities:
//   npm run land   →   groups/reference/land.json
// Natural Earth's coastline (public domain, npm world-atlas) in Lambert's azimuthal equal-area
// projection. The file carries the projection's figures; groups/geography.py places the cities by
// the same ones, so that dots and coast can't drift apart.
import { readFileSync, writeFileSync } from "node:fs";
import { geoAzimuthalEqualArea, geoPath } from "d3-geo";
import { feature } from "topojson-client";

const WIDTH = 1000;
const HEIGHT = 900;
const CENTRE = [8.6, 47.6]; // longitude, latitude
const SCALE = 2010; // units of the drawing per Earth radius
const SMALLEST_ISLAND = 60; // square units
const TOLERANCE = 4; // square units: corners that matter less are dropped

const projection = geoAzimuthalEqualArea()
  .rotate([-CENTRE[0], -CENTRE[1]])
  .scale(SCALE)
  .translate([WIDTH / 2, HEIGHT / 2])
  .clipAngle(60)
  .clipExtent([[0, 0], [WIDTH, HEIGHT]]);

function rings(shape) {
  const found = [];
  geoPath(projection, {
    moveTo: (x, y) => found.push([[x, y]]),
    lineTo: (x, y) => found.at(-1).push([x, y]),
    closePath: () => {},
    arc: () => {},
  })(shape);
  return found;
}

const triangle = (a, b, c) =>
  Math.abs((a[0] - c[0]) * (b[1] - a[1]) - (a[0] - b[0]) * (c[1] - a[1])) / 2;

const area = (ring) =>
  Math.abs(
    ring.reduce((sum, [x, y], at) => {
      const [nextX, nextY] = ring[(at + 1) % ring.length];
      return sum + x * nextY - nextX * y;
    }, 0),
  ) / 2;

// Visvalingam's way: drop the corner that changes the shape least, again and again.
function simplify(ring) {
  const points = [...ring];
  while (points.length > 3) {
    let least = Infinity;
    let where = -1;
    for (let at = 0; at < points.length; at += 1) {
      const before = points.at(at - 1);
      const change = triangle(before, points[at], points[(at + 1) % points.length]);
      if (change < least) [least, where] = [change, at];
    }
    if (least > TOLERANCE) break;
    points.splice(where, 1);
  }
  return points;
}

const number = (value, first) => (first || value < 0 ? `${value}` : ` ${value}`);

function path(ring) {
  let [x, y] = ring[0].map(Math.round);
  let drawn = `M${x}${number(y)}l`;
  let first = true;
  for (const point of ring.slice(1)) {
    const [nextX, nextY] = point.map(Math.round);
    if (nextX === x && nextY === y) continue;
    drawn += number(nextX - x, first) + number(nextY - y);
    [x, y, first] = [nextX, nextY, false];
  }
  return `${drawn}z`;
}

const atlas = JSON.parse(
  readFileSync(new URL("node_modules/world-atlas/land-50m.json", import.meta.url)),
);
const land = rings(feature(atlas, atlas.objects.land))
  .filter((ring) => area(ring) >= SMALLEST_ISLAND)
  .map(simplify)
  .map(path)
  .join("");
const drawing = { width: WIDTH, height: HEIGHT, scale: SCALE, centre: CENTRE, path: land };
writeFileSync(
  new URL("../groups/reference/land.json", import.meta.url),
  `${JSON.stringify(drawing, null, 1)}\n`,
);
console.log(`${land.length} characters of coast`);
