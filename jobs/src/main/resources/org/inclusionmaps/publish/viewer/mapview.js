// One map: draws a choice, and tells what lies at a point of it.
import { at, element } from "./dom.js";
import { addressOf, idOf } from "./h3.js";
import { Labels } from "./labels.js";
import { release } from "./releases.js";
import { FILLS, picture, styleOf, UNDER } from "./style.js";

const MOST_ZOOM = 15;
const PADDING = 24;
const ROOMY = 800;
const CARD = 264;
/** Whether the reader asks for less motion. */
export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The mean of the corners of a feature's first ring: a point within a hexagon. */
function middle(geometry) {
  const ring = geometry.type === "Polygon" ? geometry.coordinates[0] : geometry.coordinates[0][0];
  const sum = ring.reduce(([x, y], [lon, lat]) => [x + lon, y + lat], [0, 0]);
  return sum.map((value) => value / ring.length);
}

export class MapView {
  #labels;
  #listeners;
  map;
  frame;
  opened;

  /**
   * @param camera {zoom, lat, lon}, or null for the whole country
   * @param listeners what is told of: choose(place), hover(view, point, place), move(view), idle(view), problem(error)
   */
  constructor(frame, opened, choice, selected, camera, listeners) {
    this.frame = frame;
    this.opened = opened;
    this.#listeners = listeners;
    const place = element("div", undefined, "map");
    frame.prepend(place);
    const card = frame.clientWidth > ROOMY ? CARD : PADDING;
    this.map = new maplibregl.Map({
      container: place,
      style: styleOf(opened, choice, selected),
      ...(camera ? { center: [camera.lon, camera.lat], zoom: camera.zoom }
        : { bounds: release.bounds, fitBoundsOptions: { padding: { top: PADDING, bottom: PADDING, right: PADDING, left: card } } }),
      maxZoom: MOST_ZOOM,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      locale: STRINGS.mapControls,
      refreshExpiredTiles: false,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
    this.map.addControl(new maplibregl.ScaleControl(), "bottom-right");
    this.#labels = new Labels(this.map);
    this.#listen();
    this.#listenToKeys(this.map.getCanvas());
  }

  #listen() {
    const { map } = this;
    map.on("styleimagemissing", ({ id }) => {
      const made = picture(id);
      if (made && !map.hasImage(id)) map.addImage(id, made, { pixelRatio: 2 });
    });
    map.on("error", ({ error }) => this.#listeners.problem(error));
    map.on("movestart", () => { this.frame.dataset.idle = "false"; });
    map.on("move", () => this.#listeners.move(this));
    map.on("idle", () => {
      this.#labels.draw();
      this.#listeners.idle(this);
      this.frame.dataset.idle = "true";
    });
    map.on("click", ({ point }) => this.#listeners.choose(this.placeAt(point)));
    let waiting = 0;
    map.on("mousemove", ({ point }) => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => {
        const place = this.placeAt(point);
        map.getCanvas().style.cursor = place ? "pointer" : "";
        this.#listeners.hover(this, point, place);
      });
    });
    map.on("mouseout", () => {
      cancelAnimationFrame(waiting);
      this.#listeners.hover(this, null, null);
    });
  }

  #listenToKeys(canvas) {
    canvas.setAttribute("aria-label", STRINGS.mapHelp);
    canvas.addEventListener("focus", () => { this.frame.dataset.keys = String(canvas.matches(":focus-visible")); });
    canvas.addEventListener("blur", () => { this.frame.dataset.keys = "false"; });
    canvas.addEventListener("keydown", (event) => {
      this.frame.dataset.keys = "true";
      if (event.key === "Enter") {
        event.preventDefault();
        this.#listeners.choose(this.placeAt(this.middle()), true);
      }
    });
  }

  get byKeys() {
    return this.frame.dataset.keys === "true";
  }

  /** The middle of the map in pixels. */
  middle() {
    const { clientWidth, clientHeight } = this.map.getContainer();
    return new maplibregl.Point(clientWidth / 2, clientHeight / 2);
  }

  show(opened, choice, selected) {
    this.opened = opened;
    this.frame.dataset.idle = "false";
    this.map.setStyle(styleOf(opened, choice, selected));
    this.map.triggerRepaint();
  }

  /** What is drawn at a point: {area or h3, properties, point}; null where nothing is. */
  placeAt(point) {
    const layers = FILLS.filter((id) => this.map.getLayer(id));
    if (layers.length === 0) return null;
    const [first] = this.map.queryRenderedFeatures(point, { layers });
    if (!first) return null;
    const { lng, lat } = this.map.unproject(point);
    const key = first.sourceLayer === "areas" ? { area: first.properties.area } : { h3: addressOf(first.id) };
    return { ...key, properties: first.properties, point: [lng, lat] };
  }

  /** The finest area that is drawn at a place on earth: its properties, or null. */
  areaAt(point) {
    if (!this.map.getLayer(UNDER)) return null;
    const found = this.map.queryRenderedFeatures(this.map.project(point), { layers: [UNDER] });
    return found.map((feature) => feature.properties).sort((a, b) => b.level - a.level)[0] ?? null;
  }

  /** A hexagon among the tiles that are loaded: {properties, point}; null if it is not there. */
  hexagon(h3) {
    const filter = ["==", ["id"], idOf(h3)];
    const [first] = this.map.querySourceFeatures("inclusion", { sourceLayer: "places", filter });
    return first ? { properties: first.properties, point: middle(first.geometry) } : null;
  }

  flyTo(box, padding) {
    this.map.fitBounds([box.slice(0, 2), box.slice(2)], { padding, maxZoom: 12, animate: !calm() });
  }

  remove() {
    this.map.remove();
    this.frame.remove();
  }
}

/** A frame for a map: a card that tells what is shown, a cross for keys, words beside the pointer. */
export function frame(number) {
  const made = element("section", undefined, "frame");
  made.setAttribute("aria-label", STRINGS.sides[number]);
  for (const name of ["card", "cross", "tip"]) made.append(element("div", undefined, name));
  made.querySelector(".cross").setAttribute("aria-hidden", "true");
  made.querySelector(".tip").setAttribute("aria-hidden", "true");
  made.querySelector(".tip").hidden = true;
  at("maps").append(made);
  return made;
}
