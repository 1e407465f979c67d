// What the map draws, as a style of MapLibre made from a release, a choice and the chosen place.
import { colourOf, expressionOf, patternOf } from "./classes.js";
import { idOf, leastOf } from "./h3.js";
import { release } from "./releases.js";

export const LAYERS = { hexagons: "places", areas: "areas" };
export const FILLS = ["hexagons-fill", "areas-fill"];
export const UNDER = "areas-under";
const INK = "#1a1a1a";
const PATTERN_SIZE = 16;

const layerOf = (type) => (id, layer, paint, filter) => ({
  id, type, source: "inclusion", "source-layer": layer, paint, ...(filter ? { filter } : {}) });
const fill = layerOf("fill");
const line = layerOf("line");
const ofLevel = (level) => ["==", ["get", "level"], level];

/** 1 for hexagons coarser than those of their zoom, else 0. */
function coarser(book) {
  const zooms = Object.entries(book.resolutions).map(([zoom, resolution]) => [Number(zoom), leastOf(resolution)]);
  zooms.sort(([a], [b]) => a - b);
  if (zooms.length === 0) return 0;
  const opacity = (least) => ["case", ["<", ["id"], least], 1, 0];
  const step = ["step", ["zoom"], opacity(zooms[0][1])];
  for (const [zoom, least] of zooms.slice(1)) step.push(zoom, opacity(least));
  return step;
}

export function styleOf({ book, tiles }, choice, selected) {
  const { indicator, group, unit } = choice;
  const hexagons = unit === "hexagons";
  const kind = hexagons ? "hexagons" : "areas";
  const layer = LAYERS[kind];
  const own = hexagons ? [] : [ofLevel(Number(unit))];
  const value = expressionOf(book, indicator, group);
  const layers = [
    { id: "sheet", type: "background", paint: { "background-color": "#dce4e9" } },
    fill("land", "areas", { "fill-color": "#eeefea" }, ofLevel(release.land_level)),
    fill(UNDER, "areas", { "fill-color": "#000", "fill-opacity": 0 }),
    fill(`${kind}-fill`, layer, { "fill-color": colourOf(book, indicator, group, release.threshold_pct), "fill-opacity": 0.92 },
      own[0]),
    fill("pattern", layer, { "fill-pattern": patternOf(book, indicator, group) }, ["all", ["<=", value, 0], ...own]),
    line("edge", layer, { "line-color": "#666", "line-width": 0.5,
      "line-opacity": ["interpolate", ["linear"], ["zoom"], 5, 0.25, 10, 0.6] }, own[0]),
  ];
  if (hexagons) {
    layers.push(line("coarse", layer, { "line-color": INK, "line-width": 2, "line-dasharray": [2, 2],
      "line-opacity": coarser(book) }));
  }
  layers.push(line("borders", "areas", { "line-color": "#3a3a3a", "line-width": 1.1 }, ofLevel(release.border_level)));
  if (selected) {
    const [chosen, filter] = selected.area
      ? ["areas", ["==", ["get", "area"], selected.area]]
      : ["places", ["==", ["id"], idOf(selected.h3)]];
    layers.push(line("chosen-halo", chosen, { "line-color": "#fff", "line-width": 6 }, filter));
    layers.push(line("chosen", chosen, { "line-color": "#000", "line-width": 3 }, filter));
  }
  return { version: 8, sources: { inclusion: { type: "vector", url: tiles } }, layers };
}

const PATTERNS = {
  // Lines aslant, dots, and thin lines across: apart from each other without any colour.
  unknown: (x, y) => ((x + y) % 8 < 2 ? [128, 128, 128] : [228, 228, 228]),
  nobody: (x, y) => ((x % 8 - 4) ** 2 + (y % 8 - 4) ** 2 < 4 ? [90, 90, 90] : [250, 250, 250]),
  zero: (_, y) => (y % 8 === 4 ? [86, 130, 163] : [255, 255, 255]),
};

/** The picture of a pattern, or null of a name that is none. */
export function picture(name) {
  const colour = PATTERNS[name];
  if (!colour) return null;
  const data = new Uint8Array(PATTERN_SIZE * PATTERN_SIZE * 4);
  for (let y = 0; y < PATTERN_SIZE; y++) {
    for (let x = 0; x < PATTERN_SIZE; x++) data.set([...colour(x, y), 255], 4 * (y * PATTERN_SIZE + x));
  }
  return { width: PATTERN_SIZE, height: PATTERN_SIZE, data };
}
