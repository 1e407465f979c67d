// A release's style.json: found valid by MapLibre's own validator, and drawn by MapLibre in Chromium, on a page in the
// release's folder styles/. Prints the colours of the drawing with their pixels.
// usage: node style.mjs RELEASE-ADDRESS CHROMIUM PICTURE WEST SOUTH EAST NORTH
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { validateStyleMin } from "@maplibre/maplibre-gl-style-spec";
import { chromium } from "playwright-core";

const [release, executablePath, picture, ...box] = process.argv.slice(2);
const style = await (await fetch(`${release}/styles/style.json`)).json();
assert.deepEqual(validateStyleMin(style), []);
const faulty = structuredClone(style);
faulty.layers[1].paint["fill-color"] = ["no such expression"];
assert.notDeepEqual(validateStyleMin(faulty), [], "the validator finds a fault");

const modules = new URL("node_modules/", import.meta.url);
const page = `<!doctype html><meta charset="utf-8"><style>body{margin:0}#map{width:600px;height:600px}</style>
<div id="map"></div><script src="maplibre-gl.js"></script><script src="pmtiles.js"></script>`;
const files = {
  "drawn.html": ["text/html", page],
  "maplibre-gl.js": ["text/javascript", readFileSync(new URL("maplibre-gl/dist/maplibre-gl.js", modules))],
  "pmtiles.js": ["text/javascript", readFileSync(new URL("pmtiles/dist/pmtiles.js", modules))],
};
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
});
try {
  const tab = await browser.newPage({ viewport: { width: 600, height: 600 } });
  const wrong = [];
  tab.on("pageerror", (error) => wrong.push(error.stack));
  tab.on("console", (message) => message.type() === "error" && !/favicon/.test(message.location().url) && wrong.push(message.text()));
  for (const [name, [contentType, body]] of Object.entries(files)) {
    await tab.route(`${release}/styles/${name}`, (route) => route.fulfill({ contentType, body }));
  }
  await tab.goto(`${release}/styles/drawn.html`);
  const colours = await tab.evaluate(
    (bounds) =>
      new Promise((resolve, reject) => {
        const { maplibregl, pmtiles } = globalThis;
        maplibregl.addProtocol("pmtiles", new pmtiles.Protocol().tile);
        const map = new maplibregl.Map({
          container: "map", style: "style.json", bounds, attributionControl: false, fadeDuration: 0,
          canvasContextAttributes: { preserveDrawingBuffer: true, antialias: false },
        });
        map.on("error", ({ error }) => reject(error));
        map.once("idle", () => {
          const canvas = document.createElement("canvas");
          canvas.width = canvas.height = 600;
          const context = canvas.getContext("2d");
          context.drawImage(map.getCanvas(), 0, 0);
          const pixels = context.getImageData(0, 0, 600, 600).data;
          const counts = {};
          for (let i = 0; i < pixels.length; i += 4) {
            const colour = `#${[0, 1, 2].map((k) => pixels[i + k].toString(16).padStart(2, "0")).join("")}`;
            counts[colour] = (counts[colour] ?? 0) + 1;
          }
          resolve(counts);
        });
      }),
    [box.slice(0, 2).map(Number), box.slice(2).map(Number)],
  );
  writeFileSync(picture, await tab.screenshot());
  assert.deepEqual(wrong, []);
  for (const [colour, count] of Object.entries(colours)) console.log(`colour ${colour} ${count}`);
} finally {
  await browser.close();
}
