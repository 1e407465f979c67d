// The map: one archive, one indicator and one group at a time.
import { Archive } from "./archive.js";
import { classesOf, colourOf, INDICATORS, UNKNOWN, valueOf, ZERO } from "./classes.js";
import { element, swatch, tell } from "./panel.js";
import { STRINGS } from "./strings.js";

const release = JSON.parse(document.getElementById("release").textContent);
const at = (id) => document.getElementById(id);
const choice = { indicator: "lacking", group: release.groups[0], unit: "hexagons" };
const LAYERS = { hexagons: "places", areas: "areas" };
let selected = null;

function groupLabel(group) {
  return STRINGS.groups[group] ?? STRINGS.ages(group);
}

function option(value, label) {
  const made = element("option", label);
  made.value = value;
  return made;
}

function fillControls() {
  at("lead").textContent = STRINGS.lead(release);
  for (const name of ["indicator", "group", "unit"]) at(`${name}-label`).textContent = STRINGS[name];
  at("legend-title").textContent = STRINGS.legend;
  at("indicator").append(...Object.keys(INDICATORS).map((key) => option(key, STRINGS.indicators[key][0])));
  at("group").append(...release.groups.map((group) => option(group, groupLabel(group))));
  at("unit").append(option("hexagons", STRINGS.hexagons));
  at("unit").append(...release.levels.map(([level, count]) => option(String(level), STRINGS.level(level, count))));
  const about = [STRINGS.about(release)];
  if (release.missing.length > 0) about.push(STRINGS.missing(release.missing));
  about.push(...release.not_shown);
  at("about").textContent = about.join(" ");
}

function hatch() {
  const size = 8;
  const data = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const line = (x + y) % size < 2;
      data.set(line ? [120, 120, 120, 255] : [216, 216, 216, 255], 4 * (y * size + x));
    }
  }
  return { width: size, height: size, data };
}

function legend() {
  const rows = classesOf(choice.indicator).map(([colour, words]) => [swatch(colour), words]);
  rows.unshift([swatch(ZERO), STRINGS.zero]);
  const unknown = swatch(UNKNOWN);
  unknown.classList.add("hatched");
  rows.push([unknown, STRINGS.unknown]);
  at("legend").replaceChildren(...rows.map(([mark, words]) => {
    const item = element("li");
    item.append(mark, words);
    return item;
  }));
  at("meaning").textContent = STRINGS.indicators[choice.indicator][1];
  at("method").textContent = INDICATORS[choice.indicator].percent ? STRINGS.percentMethod : STRINGS.countMethod;
}

function filterOf(unit) {
  return unit === "hexagons" ? ["==", ["get", "level"], -1] : ["==", ["get", "level"], Number(unit)];
}

function layers() {
  const fill = (id, layer, paint) => ({ id, type: "fill", source: "inclusion", "source-layer": layer, paint });
  const line = (id, layer, paint) => ({ id, type: "line", source: "inclusion", "source-layer": layer, paint });
  const made = [{ id: "sheet", type: "background", paint: { "background-color": "#e9eef2" } },
    { ...fill("land", "areas", { "fill-color": "#fafaf7" }), filter: ["==", ["get", "level"], release.land_level] }];
  for (const [unit, layer] of Object.entries(LAYERS)) {
    made.push(fill(`${unit}-fill`, layer, { "fill-color": "#fff", "fill-opacity": 0.9 }));
    made.push(fill(`${unit}-unknown`, layer, { "fill-pattern": "hatch", "fill-opacity": 0.8 }));
    made.push(line(`${unit}-edge`, layer, {
      "line-color": "#777", "line-opacity": ["interpolate", ["linear"], ["zoom"], 5, 0.25, 10, 0.6], "line-width": 0.4 }));
  }
  made.push({ ...line("borders", "areas", { "line-color": "#444", "line-width": 0.9 }),
    filter: ["==", ["get", "level"], release.border_level] });
  made.push({ ...line("chosen", "places", { "line-color": "#000", "line-width": 2.5 }), filter: ["==", ["get", "h3"], ""] });
  made.push({ ...line("chosen-area", "areas", { "line-color": "#000", "line-width": 2.5 }), filter: ["==", ["get", "area"], ""] });
  return made;
}

function paint(map) {
  const { indicator, group, unit } = choice;
  const unknown = ["<", valueOf(indicator, group), 0];
  for (const [kind] of Object.entries(LAYERS)) {
    const visible = (kind === "hexagons") === (unit === "hexagons");
    for (const part of ["fill", "unknown", "edge"]) {
      map.setLayoutProperty(`${kind}-${part}`, "visibility", visible ? "visible" : "none");
    }
    map.setPaintProperty(`${kind}-fill`, "fill-color", colourOf(indicator, group));
    const own = kind === "areas" ? [filterOf(unit)] : [];
    map.setFilter(`${kind}-unknown`, ["all", unknown, ...own]);
    if (kind === "areas") {
      map.setFilter("areas-fill", filterOf(unit));
      map.setFilter("areas-edge", filterOf(unit));
    }
  }
  legend();
  if (selected) show(map, selected);
}

function show(map, properties) {
  selected = properties;
  map.setFilter("chosen", ["==", ["get", "h3"], properties?.h3 ?? ""]);
  map.setFilter("chosen-area", ["==", ["get", "area"], properties?.area ?? ""]);
  if (properties) {
    tell(at("panel"), properties, choice.group, groupLabel(choice.group), () => show(map, null));
  } else {
    at("panel").hidden = true;
  }
}

function listen(map) {
  for (const name of ["indicator", "group", "unit"]) {
    at(name).addEventListener("change", (event) => {
      choice[name] = event.target.value;
      if (name === "unit") show(map, null);
      paint(map);
    });
  }
  const fills = ["hexagons-fill", "areas-fill"];
  map.on("click", (event) => {
    const [first] = map.queryRenderedFeatures(event.point, { layers: fills });
    show(map, first ? first.properties : null);
  });
  map.on("mousemove", (event) => {
    const over = map.queryRenderedFeatures(event.point, { layers: fills }).length > 0;
    map.getCanvas().style.cursor = over ? "pointer" : "";
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") show(map, null);
  });
}

function problem(words) {
  at("problem").textContent = words;
  at("problem").hidden = false;
}

function start() {
  fillControls();
  legend();
  if (location.protocol === "file:") {
    problem(STRINGS.noServer);
    return;
  }
  const archive = new pmtiles.PMTiles(new Archive(new URL(release.archive, location.href).href));
  const protocol = new pmtiles.Protocol();
  protocol.add(archive);
  maplibregl.addProtocol("pmtiles", protocol.tile);
  const map = new maplibregl.Map({
    container: "map",
    style: { version: 8, sources: { inclusion: { type: "vector", url: `pmtiles://${archive.source.getKey()}` } }, layers: layers() },
    bounds: release.bounds,
    fitBoundsOptions: { padding: 24 },
    maxZoom: 15,
    attributionControl: { compact: true },
    dragRotate: false,
    pitchWithRotate: false,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
  map.addControl(new maplibregl.ScaleControl());
  map.on("styleimagemissing", (event) => {
    if (event.id === "hatch" && !map.hasImage("hatch")) map.addImage("hatch", hatch());
  });
  map.on("error", (event) => problem(STRINGS.noArchive(event.error.message)));
  map.on("load", () => {
    for (const [name, lon, lat] of release.labels) {
      new maplibregl.Marker({ element: element("span", name, "label") }).setLngLat([lon, lat]).addTo(map);
    }
    listen(map);
    paint(map);
  });
  map.once("idle", () => document.body.setAttribute("data-ready", "true"));
}

start();
