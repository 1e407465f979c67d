// What can be shown, its value and classes: as numbers for the panel and as expressions of MapLibre for the map.
// Both come from the same integers of a feature. An attribute that is absent is not known, never zero.

// ColorBrewer 5-class YlOrBr (more is worse), YlGnBu (more is better) and Purples (counts); all colour-blind safe.
const WORSE = ["#ffffd4", "#fed98e", "#fe9929", "#d95f0e", "#993404"];
const BETTER = ["#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494"];
const COUNTS = ["#dadaeb", "#bcbddc", "#9e9ac8", "#756bb1", "#54278f"];

// Values that are no figure; the map draws each with a pattern of its own.
export const UNKNOWN = -1;
export const NOBODY = -2;

const PERCENT_STEPS = [20, 40, 60, 80];
const COUNT_STEPS = [10, 100, 1000, 10000];
const PER_THOUSAND = 10;

// Parts in the order in which they are drawn, with colours of Okabe and Ito (2008).
export const PARTS = [
  ["uncovered", "#d55e00"],
  ["priced_out", "#e69f00"],
  ["burdened", "#f0e442"],
  ["unaffordable", "#cc79a7"],
  ["held_back", "#56b4e9"],
  ["included", "#009e73"],
  ["affordable", "#0072b2"],
  ["unknown", "#b8b8b8"],
];

const share = (sum, colours, split) => ({ kind: "share", sum, colours, split });
const count = (sum, split) => ({ kind: "count", sum: [sum], colours: COUNTS, split });
const network = (mean, colours) => ({ kind: "network", mean, colours });

// sum: the measures that are added; split: whether it needs to be known who is connected.
export const INDICATORS = {
  lacking: share(["lacking"], WORSE, false),
  uncovered: share(["uncovered"], WORSE, false),
  priced_out: share(["priced_out"], WORSE, true),
  burdened: share(["burdened"], WORSE, true),
  held_back: share(["held_back"], WORSE, true),
  included: share(["included"], BETTER, true),
  connected: share(["burdened", "included"], BETTER, true),
  lacking_persons: count("lacking", false),
  uncovered_persons: count("uncovered", false),
  priced_out_persons: count("priced_out", true),
  burdened_persons: count("burdened", true),
  held_back_persons: count("held_back", true),
  included_persons: count("included", true),
  persons: count("persons", false),
  coverage_probability: network("coverage_probability", BETTER),
  price_income_pct: network("price_income_pct", WORSE),
  t2: network("coverage_probability_2g", BETTER),
  t3: network("coverage_probability_3g", BETTER),
  t4: network("coverage_probability_4g", BETTER),
  t5: network("coverage_probability_5g", BETTER),
};

export const forEverybodyOnly = (indicator) => INDICATORS[indicator].kind === "network";

/** What the figures of an indicator for a group rest on: names of attributes, "" where the release has none. */
function needed(book, indicator, group) {
  const { kind, sum, mean, split } = INDICATORS[indicator];
  const who = kind === "network" ? "all" : group;
  return {
    persons: book.key("persons", who),
    unknown: book.key("unknown", who),
    sum: kind === "network" ? [book.mean(mean)] : sum.map((name) => book.key(name, who)),
    unsplit: split ? ["unaffordable", "affordable"].map((name) => book.key(name, who)) : [],
    // Persons alone are known where nobody knows the coverage.
    everybody: sum?.[0] === "persons" || kind === "network",
  };
}

/** The value of an indicator for a group in one feature: per cent or persons, UNKNOWN or NOBODY. */
export function valueOf(book, indicator, group, properties) {
  const { persons, unknown, sum, unsplit, everybody } = needed(book, indicator, group);
  const all = properties[persons];
  if (all === undefined) return UNKNOWN;
  if (all === 0) return NOBODY;
  const known = everybody ? all : all - (properties[unknown] ?? 0);
  const values = sum.map((key) => properties[key]);
  if (known <= 0 || values.includes(undefined) || unsplit.some((key) => key in properties)) return UNKNOWN;
  const added = values.reduce((a, b) => a + b);
  const { kind } = INDICATORS[indicator];
  return kind === "share" ? (100 * added) / known : added / (kind === "count" ? book.perPerson : PER_THOUSAND);
}

/** The same as an expression. */
export function expressionOf(book, indicator, group) {
  const { persons, unknown, sum, unsplit, everybody } = needed(book, indicator, group);
  if (persons === "" || sum.includes("")) return UNKNOWN;
  const all = ["get", persons];
  const known = everybody || unknown === "" ? all : ["-", all, ["coalesce", ["get", unknown], 0]];
  const added = ["+", ...sum.map((key) => ["get", key])];
  const { kind } = INDICATORS[indicator];
  const value = kind === "share" ? ["/", ["*", 100, added], known]
    : ["/", added, kind === "count" ? book.perPerson : PER_THOUSAND];
  const cases = [["!", ["has", persons]], UNKNOWN, ["==", all, 0], NOBODY, ["<=", known, 0], UNKNOWN];
  for (const key of sum) cases.push(["!", ["has", key]], UNKNOWN);
  for (const key of unsplit) cases.push(["has", key], UNKNOWN);
  return ["case", ...cases, value];
}

/** Where each class but the first begins. */
export function stepsOf(indicator, threshold) {
  if (indicator === "price_income_pct") return [0.5, 1, 2, 5].map((times) => times * threshold);
  return INDICATORS[indicator].kind === "count" ? COUNT_STEPS : PERCENT_STEPS;
}

/** The colour of each class as an expression; what is no figure, and zero, have none. */
export function colourOf(book, indicator, group, threshold) {
  const { colours } = INDICATORS[indicator];
  const step = ["step", ["var", "v"], colours[0]];
  stepsOf(indicator, threshold).forEach((from, i) => step.push(from, colours[i + 1]));
  const value = expressionOf(book, indicator, group);
  return ["let", "v", value, ["case", ["<=", ["var", "v"], 0], "rgba(0,0,0,0)", step]];
}

/** The pattern of what is no figure, and of zero, as an expression. */
export function patternOf(book, indicator, group) {
  const value = expressionOf(book, indicator, group);
  return ["let", "v", value,
    ["case", ["==", ["var", "v"], UNKNOWN], "unknown", ["==", ["var", "v"], NOBODY], "nobody", "zero"]];
}

/** Colour and words of each class of an indicator, from least to most. */
export function classesOf(indicator, threshold) {
  const { colours, kind } = INDICATORS[indicator];
  const steps = stepsOf(indicator, threshold);
  const percent = kind !== "count";
  const written = (n) => n.toLocaleString(STRINGS.language) + (percent ? " %" : "");
  return colours.map((colour, i) => {
    if (i === 0) return [colour, STRINGS.firstClass(written(steps[0]))];
    const from = steps[i - 1];
    if (i < steps.length) return [colour, STRINGS.middleClass(from.toLocaleString(STRINGS.language), written(steps[i]))];
    const whole = percent && indicator !== "price_income_pct";
    return [colour, whole ? STRINGS.lastShare(from) : STRINGS.lastClass(written(from))];
  });
}

/** How the classes are made, in words. */
export function methodOf(indicator, threshold) {
  if (indicator === "price_income_pct") return STRINGS.priceMethod(threshold);
  return INDICATORS[indicator].kind === "count" ? STRINGS.countMethod : STRINGS.percentMethod;
}
