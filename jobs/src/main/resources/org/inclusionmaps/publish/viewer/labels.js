// Names of places over the map: those of most persons first, none upon another.
import { element, named } from "./dom.js";
import { release } from "./releases.js";

const MOST = 30;
const LETTER = 7;
const LINE = 20;
const MARGIN = 6;

/** Areas first, then settlements of the tiles that are loaded: [name, lon, lat], those of most persons first. */
function pointsOf(map) {
  const points = new Map();
  for (const { properties, geometry } of map.querySourceFeatures("inclusion", { sourceLayer: "labels" })) {
    const [lon, lat] = geometry.coordinates;
    const key = `${properties.name} ${lon.toFixed(2)} ${lat.toFixed(2)}`;
    points.set(key, [properties.name, lon, lat, properties.persons ?? 0]);
  }
  const settlements = [...points.values()].sort((a, b) => b[3] - a[3] || (a[0] < b[0] ? -1 : 1));
  return [...release.labels, ...settlements];
}

export class Labels {
  #map;
  #markers = new Map();

  constructor(map) {
    this.#map = map;
  }

  /** Shows the names that have room. */
  draw() {
    const { width, height } = this.#map.getCanvas().getBoundingClientRect();
    const taken = [];
    const shown = new Map();
    for (const [name, lon, lat] of pointsOf(this.#map)) {
      if (shown.size >= MOST) break;
      const { x, y } = this.#map.project([lon, lat]);
      const half = (name.length * LETTER) / 2 + MARGIN;
      const box = [x - half, y - LINE / 2, x + half, y + LINE / 2];
      const inside = box[0] > 0 && box[1] > 0 && box[2] < width && box[3] < height;
      if (inside && !taken.some((other) => overlap(box, other))) {
        taken.push(box);
        shown.set(`${name} ${lon.toFixed(4)} ${lat.toFixed(4)}`, [name, lon, lat]);
      }
    }
    this.#replace(shown);
  }

  #replace(shown) {
    for (const [key, marker] of this.#markers) {
      if (!shown.has(key)) {
        marker.remove();
        this.#markers.delete(key);
      }
    }
    for (const [key, [name, lon, lat]] of shown) {
      if (this.#markers.has(key)) continue;
      const label = element("span", named(name), "label");
      label.setAttribute("aria-hidden", "true");
      this.#markers.set(key, new maplibregl.Marker({ element: label }).setLngLat([lon, lat]).addTo(this.#map));
    }
  }
}

function overlap(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
