// What is shown, in the part of the address after #: choices, camera, chosen place. What is not understood is left out.
const CAMERA = /^(\d{1,2}(?:\.\d{1,4})?)\/(-?\d{1,2}(?:\.\d{1,6})?)\/(-?\d{1,3}(?:\.\d{1,6})?)$/;
const NAMES = { indicator: "show", group: "who", unit: "where", release: "release" };
const MOST_LETTERS = 200;

/**
 * @param choices one a map: {indicator, group, unit, release}
 * @param camera {zoom, lat, lon} or null
 * @param selected {area} or {h3} or null
 * @param table whether the table is shown
 */
export function write({ choices, camera, selected, table }) {
  const out = new URLSearchParams();
  choices.forEach((choice, i) => {
    for (const [key, name] of Object.entries(NAMES)) out.set(i === 0 ? name : `${name}2`, choice[key]);
  });
  if (camera) out.set("at", [camera.zoom.toFixed(2), camera.lat.toFixed(5), camera.lon.toFixed(5)].join("/"));
  if (selected?.area) out.set("area", selected.area);
  if (selected?.h3) out.set("hexagon", selected.h3);
  if (table) out.set("table", "1");
  return `#${out.toString().replaceAll("%2F", "/")}`;
}

function cameraOf(text) {
  const [, zoom, lat, lon] = (CAMERA.exec(text ?? "") ?? []).map(Number);
  if (zoom === undefined || zoom > 22 || Math.abs(lat) > 85 || Math.abs(lon) > 180) return null;
  return { zoom, lat, lon };
}

function selectedOf(parameters) {
  const area = parameters.get("area");
  if (area && area.length <= MOST_LETTERS) return { area };
  const h3 = parameters.get("hexagon");
  return h3 && /^8[0-9a-f]{14}$/.test(h3) ? { h3 } : null;
}

/**
 * @param allowed key of a choice to the values that it can have
 * @param usual what is chosen where the address says nothing that is allowed
 */
export function read(hash, allowed, usual) {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const choiceOf = (ending, before) => {
    const choice = { ...before };
    for (const [key, name] of Object.entries(NAMES)) {
      const value = parameters.get(name + ending);
      if (allowed[key].includes(value)) choice[key] = value;
    }
    return choice;
  };
  const choices = [choiceOf("", usual)];
  if (Object.values(NAMES).some((name) => parameters.has(`${name}2`))) choices.push(choiceOf("2", choices[0]));
  return { choices, camera: cameraOf(parameters.get("at")), selected: selectedOf(parameters),
    table: parameters.get("table") === "1" };
}
