// What can be shown, its classes and colours, as data and as MapLibre expressions.
// Attributes of features are "<part>_<group>", in tenths of a person. Of a group that a place has figures
// for, "persons_<group>" is there; "unaffordable_" and "affordable_" only where nobody knows who is connected.

export const TENTHS = 10;

// ColorBrewer 5-class YlOrBr (more is worse), YlGnBu (more is better) and Purples (counts); all colour-blind safe.
const WORSE = ["#ffffd4", "#fed98e", "#fe9929", "#d95f0e", "#993404"];
const BETTER = ["#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494"];
const COUNTS = ["#dadaeb", "#bcbddc", "#9e9ac8", "#756bb1", "#54278f"];
export const ZERO = "#ffffff";
export const UNKNOWN = "#b8b8b8";

const PERCENT_STEPS = [20, 40, 60, 80];
const COUNT_STEPS = [10, 100, 1000, 10000];

// Parts in the order in which they are drawn, with colours of Okabe and Ito (2008).
export const PARTS = [
  ["uncovered", "#d55e00"],
  ["priced_out", "#e69f00"],
  ["burdened", "#f0e442"],
  ["unaffordable", "#cc79a7"],
  ["held_back", "#56b4e9"],
  ["included", "#009e73"],
  ["affordable", "#0072b2"],
  ["unknown", UNKNOWN],
];

const percent = (sum, colours, split) => ({ sum, colours, split, steps: PERCENT_STEPS, percent: true });
const count = (sum) => ({ sum, colours: COUNTS, split: false, steps: COUNT_STEPS, percent: false });

// sum: the parts that are added; split: whether it needs to be known who is connected.
export const INDICATORS = {
  lacking: percent(["uncovered", "priced_out", "burdened", "unaffordable"], WORSE, false),
  uncovered: percent(["uncovered"], WORSE, false),
  priced_out: percent(["priced_out"], WORSE, true),
  burdened: percent(["burdened"], WORSE, true),
  held_back: percent(["held_back"], WORSE, true),
  included: percent(["included"], BETTER, true),
  connected: percent(["burdened", "included"], BETTER, true),
  lacking_persons: count(["uncovered", "priced_out", "burdened", "unaffordable"]),
  persons: count(["persons"]),
};

const part = (name, group) => ["coalesce", ["get", `${name}_${group}`], 0];

/** The value of an indicator as an expression: per cent or persons; -1 where it is not known. */
export function valueOf(key, group) {
  const indicator = INDICATORS[key];
  const sum = ["+", ...indicator.sum.map((name) => part(name, group))];
  const known = ["-", part("persons", group), part("unknown", group)];
  const counted = key === "persons" ? part("persons", group) : known;
  const figure = indicator.percent ? ["/", ["*", 100, sum], known] : ["/", sum, TENTHS];
  const unsplit = indicator.split
    ? ["any", ["has", `unaffordable_${group}`], ["has", `affordable_${group}`]]
    : false;
  return ["case", ["!", ["has", `persons_${group}`]], -1, ["<=", counted, 0], -1, unsplit, -1, figure];
}

/** The colour of each class of an indicator; unknown is transparent and hatched by another layer. */
export function colourOf(key, group) {
  const { colours, steps } = INDICATORS[key];
  const step = ["step", ["var", "v"], colours[0]];
  steps.forEach((from, i) => step.push(from, colours[i + 1]));
  return ["let", "v", valueOf(key, group),
    ["case", ["<", ["var", "v"], 0], "rgba(0,0,0,0)", ["==", ["var", "v"], 0], ZERO, step]];
}

/** Colour and words of each class of an indicator, from least to most. */
export function classesOf(key) {
  const { colours, steps, percent: inPercent } = INDICATORS[key];
  const written = (n) => n.toLocaleString("en");
  return colours.map((colour, i) => {
    const from = i === 0 ? 0 : steps[i - 1];
    if (i === steps.length) {
      return [colour, inPercent ? `${from} to 100 %` : `${written(from)} or more`];
    }
    const start = i === 0 ? "more than 0, under" : `${written(from)} to under`;
    return [colour, `${start} ${written(steps[i])}${inPercent ? " %" : ""}`];
  });
}
