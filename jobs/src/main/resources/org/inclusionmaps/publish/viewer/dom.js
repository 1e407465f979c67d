// Elements of the page. Text goes in as text alone, whatever it holds.
const SVG = "http://www.w3.org/2000/svg";

export const at = (id) => document.getElementById(id);

export function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.append(text);
  if (className) made.className = className;
  return made;
}

/** A name that keeps its direction of writing to itself. */
export function named(text) {
  return element("bdi", text);
}

/** A figure as it is read, with the exact one beside it. */
export function figure(text, exact) {
  const made = element("data", text);
  made.value = String(exact);
  return made;
}

export function button(text, onClick, className) {
  const made = element("button", text, className);
  made.type = "button";
  made.addEventListener("click", onClick);
  return made;
}

export function option(value, label) {
  const made = element("option", label);
  made.value = value;
  return made;
}

function drawing(width, height, className) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  return svg;
}

function rectangle(x, width, height, colour) {
  const rect = document.createElementNS(SVG, "rect");
  for (const [name, value] of [["x", x], ["y", 0], ["width", width], ["height", height], ["fill", colour]]) {
    rect.setAttribute(name, value);
  }
  return rect;
}

/** A sample of a colour, or of a pattern that the style sheet draws. */
export function swatch(colour, pattern) {
  const svg = drawing(1, 1, pattern ? `swatch ${pattern}` : "swatch");
  if (colour) svg.append(rectangle(0, 1, 1, colour));
  return svg;
}

/** Parts of a whole side by side: colour and value of each. */
export function bar(parts, whole) {
  const svg = drawing(100, 8, "bar");
  let x = 0;
  for (const [colour, value] of parts) {
    const width = (100 * value) / whole;
    svg.append(rectangle(x, width, 8, colour));
    x += width;
  }
  return svg;
}
