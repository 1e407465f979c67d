// The libraries in the viewer are those of the registry, byte for byte: node vendored.mjs <viewer folder>
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SOURCES = {
  "maplibre-gl.LICENSE.txt": "maplibre-gl/LICENSE.txt",
  "maplibre-gl.css": "maplibre-gl/dist/maplibre-gl.css",
  "maplibre-gl.js": "maplibre-gl/dist/maplibre-gl.js",
  "pmtiles.js": "pmtiles/dist/pmtiles.js",
};
const OWN = ["pmtiles.LICENSE.txt"]; // the package has none; it is that of github.com/protomaps/PMTiles

const vendor = join(process.argv[2], "vendor");
assert.deepEqual(readdirSync(vendor).sort(), [...Object.keys(SOURCES), ...OWN].sort());
for (const [name, source] of Object.entries(SOURCES)) {
  const same = readFileSync(join(vendor, name)).equals(readFileSync(join("node_modules", source)));
  assert.ok(same, `${name} is not node_modules/${source}`);
}
const pinned = JSON.parse(readFileSync("package.json", "utf8")).devDependencies;
for (const name of ["maplibre-gl", "pmtiles"]) {
  const { version } = JSON.parse(readFileSync(join("node_modules", name, "package.json"), "utf8"));
  assert.equal(version, pinned[name], `${name} in node_modules is not the one that is pinned: npm ci`);
}
console.log(`${Object.keys(SOURCES).length} files are those of the registry`);
