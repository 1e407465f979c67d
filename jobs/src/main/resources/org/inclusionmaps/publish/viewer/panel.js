// The panel that tells the figures of a hexagon or an area.
import { PARTS, TENTHS, UNKNOWN } from "./classes.js";
import { STRINGS } from "./strings.js";

const SVG = "http://www.w3.org/2000/svg";

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** Persons from tenths: whole from ten up, one decimal below. */
export function persons(tenths) {
  const value = tenths / TENTHS;
  const digits = value < 10 && tenths % TENTHS !== 0 ? 1 : 0;
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function share(part, whole) {
  return whole > 0 ? `${((100 * part) / whole).toFixed(1)} %` : "–";
}

function bar(parts, whole) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 100 8");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("class", "bar");
  svg.setAttribute("aria-hidden", "true");
  let x = 0;
  for (const [, colour, value] of parts) {
    const width = (100 * value) / whole;
    const rect = document.createElementNS(SVG, "rect");
    for (const [name, at] of [["x", x], ["y", 0], ["width", width], ["height", 8], ["fill", colour]]) {
      rect.setAttribute(name, at);
    }
    svg.append(rect);
    x += width;
  }
  return svg;
}

function swatch(colour) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 1 1");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("class", "swatch");
  const rect = document.createElementNS(SVG, "rect");
  rect.setAttribute("width", 1);
  rect.setAttribute("height", 1);
  rect.setAttribute("fill", colour);
  svg.append(rect);
  return svg;
}

function table(parts, whole) {
  const made = element("table");
  const head = element("tr");
  for (const text of [STRINGS.part, STRINGS.number, STRINGS.share]) head.append(element("th", text));
  made.append(head);
  for (const [name, colour, value] of parts) {
    const row = element("tr");
    const label = element("td");
    label.append(swatch(colour), STRINGS.parts[name]);
    row.append(label, element("td", persons(value)), element("td", share(value, whole)));
    made.append(row);
  }
  return made;
}

function shown(properties, group) {
  return PARTS.map(([name, colour]) => [name, colour, properties[`${name}_${group}`]]).filter(
    ([name, , value]) => (name === "unknown" ? value > 0 : value !== undefined));
}

/** Fills the panel with the parts of a group in one feature. */
export function tell(panel, properties, group, groupLabel, onClose) {
  const close = element("button", "×", "close");
  close.setAttribute("aria-label", STRINGS.close);
  close.addEventListener("click", onClose);
  const name = properties.h3 ? STRINGS.hexagon(properties.h3) : STRINGS.area(properties.name, properties.area);
  panel.replaceChildren(close, element("h2", name), element("p", groupLabel, "who"));
  const whole = properties[`persons_${group}`];
  if (whole === undefined || whole === 0) {
    panel.append(element("p", whole === 0 ? STRINGS.nobody : STRINGS.noGroup));
  } else {
    const parts = shown(properties, group);
    const known = whole - (properties[`unknown_${group}`] ?? 0);
    const lacking = properties[`lacking_${group}`];
    panel.append(element("p", `${STRINGS.persons}: ${persons(whole)}`));
    if (known > 0) {
      panel.append(
        element("p", `${STRINGS.lacking}: ${persons(lacking)} (${share(lacking, known)} ${STRINGS.ofKnown})`, "headline"));
    }
    panel.append(bar(parts, whole), table(parts, whole));
  }
  panel.hidden = false;
}

export { swatch, element, UNKNOWN };
