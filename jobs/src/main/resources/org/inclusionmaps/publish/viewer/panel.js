// The panel that tells the figures of a hexagon or an area, one section a map.
import { groupLabel } from "./book.js";
import { INDICATORS, PARTS, valueOf } from "./classes.js";
import { bar, button, element, figure, named, swatch } from "./dom.js";
import { percent, persons, share, told } from "./numbers.js";

const NETWORKS = ["coverage_probability", "t2", "t3", "t4", "t5", "price_income_pct"];
const TOLD_ANYHOW = ["lacking", "lacking_persons", "persons", ...NETWORKS];
const QUALITIES = ["good", "caution", "unreliable", "suppressed"];

/** The figures of one group in one feature: persons as numbers, undefined where not known. */
function figuresOf(book, group, properties) {
  const of = (measure) => {
    const value = properties[book.key(measure, group)];
    return value === undefined ? undefined : value / book.perPerson;
  };
  const all = of("persons");
  const unknown = of("unknown") ?? 0;
  const parts = PARTS.map(([name, colour]) => ({ name, colour, value: name === "unknown" ? unknown : of(name) })).filter(
    ({ name, value }) => (name === "unknown" ? value > 0 : value !== undefined));
  return { all, known: all - unknown, lacking: of("lacking"), parts, burdened: of("burdened"), included: of("included") };
}

/** The interval of a measure in persons: [low, high]; undefined without one. */
function intervalOf(told, book, measure, group) {
  return told?.intervals?.[measure]?.[book.groups.indexOf(group)];
}

function sentence(label, value, known, interval) {
  const made = element("p", `${label}: `);
  made.append(figure(persons(value), value), ` (${share(value, known)} ${STRINGS.ofKnown}`);
  if (interval) made.append("; ", STRINGS.interval(...interval.map((end) => share(end, known))));
  made.append(")");
  return made;
}

function row(part, all, interval) {
  const made = element("tr");
  const label = element("th");
  label.scope = "row";
  const key = element("div", swatch(part.colour), "key");
  const name = element("span", STRINGS.parts[part.name]);
  if (interval) {
    const shares = interval.map((end) => share(end, all));
    name.append(element("small", `${STRINGS.interval(...interval.map(persons))} (${STRINGS.range(...shares)})`));
  }
  key.append(name);
  label.append(key);
  const number = element("td", figure(persons(part.value), part.value));
  number.dataset.part = part.name;
  made.append(label, number, element("td", share(part.value, all)));
  return made;
}

function partsTable(book, group, { parts, all }, figures) {
  const made = element("table");
  const head = element("tr");
  for (const text of [STRINGS.part, STRINGS.number, STRINGS.share]) {
    const cell = element("th", text);
    cell.scope = "col";
    head.append(cell);
  }
  const body = element("tbody");
  body.append(...parts.map((part) => row(part, all, intervalOf(figures, book, part.name, group))));
  const top = element("thead");
  top.append(head);
  made.append(top, body);
  return made;
}

function networks(book, properties) {
  const shown = NETWORKS.filter((name) => properties[book.mean(INDICATORS[name].mean)] !== undefined);
  if (shown.length === 0) return [];
  const list = element("dl");
  for (const name of shown) {
    list.append(element("dt", STRINGS.indicators[name][0].replace(/, .*/, "")));
    list.append(element("dd", told(name, valueOf(book, name, "all", properties))));
  }
  return [element("h3", STRINGS.networks), list];
}

/** What is told of one group: sentences, bar and table. */
function figures(book, group, properties, withIntervals) {
  const of = figuresOf(book, group, properties);
  if (of.all === undefined) return [element("p", STRINGS.noGroup)];
  if (of.all === 0) return [element("p", STRINGS.nobodyHere)];
  const all = element("p", `${STRINGS.persons}: `);
  all.append(figure(persons(of.all), of.all));
  const out = [all];
  if (of.known > 0 && of.lacking !== undefined) {
    const line = sentence(STRINGS.lacking, of.lacking, of.known, intervalOf(withIntervals, book, "lacking", group));
    line.className = "headline";
    out.push(line);
  }
  out.push(bar(of.parts.map(({ colour, value }) => [colour, value]), of.all));
  out.push(partsTable(book, group, of, withIntervals), element("p", STRINGS.shareOf, "note"));
  return out;
}

/** Whether there are intervals of this group, and how far they can be used. */
function quality(book, group, told) {
  if (told === undefined) return [];
  if (told === null) return [element("p", STRINGS.intervalFailed, "note")];
  const words = STRINGS.quality[QUALITIES[told.quality?.[book.groups.indexOf(group)] ?? 0]];
  const out = words ? [element("p", words, "note")] : [];
  if (!intervalOf(told, book, "lacking", group)) out.push(element("p", STRINGS.intervalNone, "note"));
  return out;
}

/** The area that holds a hexagon, with its interval. */
function holder(book, group, { area, told }, onArea) {
  const made = element("div", undefined, "holder");
  const why = element("p", STRINGS.intervalAreas, "note");
  made.append(why);
  if (!area) {
    if (area === null) why.append(` ${STRINGS.noHolder}`);
    return made;
  }
  const open = button(named(area.name), () => onArea(area.area), "link");
  open.append(" (", named(area.area), ")");
  why.append(` ${STRINGS.holder}`);
  made.append(open);
  const of = figuresOf(book, group, told?.properties ?? area);
  if (of.known > 0 && of.lacking !== undefined) {
    const interval = intervalOf(told, book, "lacking", group);
    const line = element("p", `${STRINGS.lacking}: ${share(of.lacking, of.known)}`);
    if (interval) line.append(`; ${STRINGS.interval(...interval.map((end) => share(end, of.known)))}`);
    made.append(line);
  }
  return made;
}

/** The figure that the map shows, where no other line tells it. */
function chosenLine(book, { indicator, group }, properties) {
  const made = element("p", `${STRINGS.indicators[indicator][0].replace(/, .*/, "")}: `);
  made.append(element("strong", told(indicator, valueOf(book, indicator, group, properties))));
  return made;
}

/**
 * One section of the panel.
 *
 * @param data {book, properties, told, holder}: properties of the feature, undefined while they are read, null where
 *     there are none; told is {intervals, quality}, undefined while read, null if they cannot be; holder of a hexagon
 */
export function section(label, choice, data, onArea) {
  const made = element("section");
  made.append(element("h3", label, "who"));
  const { book, properties } = data;
  if (!properties) {
    made.append(element("p", properties === null ? STRINGS.noPlace : STRINGS.waiting));
    return made;
  }
  const { group, indicator } = choice;
  if (!TOLD_ANYHOW.includes(indicator)) made.append(chosenLine(book, choice, properties));
  made.append(...figures(book, group, properties, data.told));
  made.append(...(data.holder ? [holder(book, group, data.holder, onArea)] : quality(book, group, data.told)));
  made.append(...networks(book, properties));
  return made;
}

/** Fills the panel. */
export function fill(panel, title, sections, onClose, busy) {
  panel.setAttribute("aria-busy", String(busy));
  const close = button("×", onClose, "close");
  close.setAttribute("aria-label", STRINGS.close);
  const heading = element("h2");
  heading.tabIndex = -1;
  heading.append(...title);
  const body = element("div", undefined, "sections");
  body.append(...sections);
  panel.replaceChildren(heading, close, body);
  panel.hidden = false;
}

export const label = (choice, date) => [groupLabel(choice.group), ...(date ? [date] : [])].join(", ");
