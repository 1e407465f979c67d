// Every text of the page that is not a figure or a name.
export const STRINGS = {
  lead: (r) =>
    `Persons aged 15 and over who lack affordable access to digital networks: no ${r.technology} network ` +
    `where they live, or ${r.basket} a month costs more than ${r.threshold_pct} % of their income.`,
  indicator: "What to show",
  group: "Who",
  unit: "Where",
  hexagons: "Hexagons (finer as you zoom in)",
  level: (level, count) => `Areas, level ${level} (${count.toLocaleString("en")})`,
  legend: "Legend",
  unknown: "Not known: no data here",
  zero: "Zero",
  percentMethod:
    "Classes: five equal steps of 20 points, the same for every group, place and release, so that maps can be " +
    "compared. Zero and unknown are classes of their own. Colours are from ColorBrewer and safe for " +
    "colour-blind readers; unknown is hatched.",
  countMethod:
    "Classes: powers of ten, persons in each hexagon or area as drawn at this zoom. Colours are from ColorBrewer " +
    "and safe for colour-blind readers; unknown is hatched.",
  about: (r) => `${r.country}, ${r.date}. Release ${r.release}.`,
  missing: (list) => `Missing from this release: ${list.join(", ")}.`,
  persons: "Persons 15 and over",
  lacking: "Lacking affordable access",
  ofKnown: "of persons whose coverage is known",
  hexagon: (h3) => `Hexagon ${h3}`,
  area: (name, id) => `${name} (${id})`,
  close: "Close",
  noGroup: "There are no figures for this group here.",
  nobody: "Nobody of this group lives here.",
  part: "Part",
  number: "Persons",
  share: "Share",
  noServer:
    "The map cannot be read from a file. Serve this folder over HTTP, as scripts/view does, and open it there.",
  noArchive: (why) => `The map's data cannot be read: ${why}`,
  groups: { all: "Everybody", female: "Women", male: "Men", disability_any: "Persons with a disability",
    disability_none: "Persons without a disability" },
  ages: (band) => band === "15+" ? "Age above 15 not told" : `Aged ${band.replace("-", " to ").replace("+", " and over")}`,
  indicators: {
    lacking: ["Lacking affordable access, %", "No usable network at home, or too dear for their income."],
    uncovered: ["Uncovered, %", "No usable network where they live."],
    priced_out: ["Priced out, %", "Covered and not connected; the cheapest basket costs too much of their income."],
    burdened: ["Burdened, %", "Connected, although it costs too much of their income."],
    held_back: ["Held back, %", "Covered and could afford it, but not connected: device, skills, norms, relevance."],
    included: ["Included, %", "Connected at a price that they can afford."],
    connected: ["Connected, %", "Use mobile internet, at any price."],
    lacking_persons: ["Persons lacking affordable access", "How many they are."],
    persons: ["Persons 15 and over", "How many live here."],
  },
  parts: {
    uncovered: "Uncovered: no usable network",
    priced_out: "Priced out: covered, too dear, not connected",
    burdened: "Burdened: connected, too dear",
    unaffordable: "Too dear; whether connected is not known",
    held_back: "Held back: affordable, not connected",
    included: "Included: connected, affordable",
    affordable: "Affordable; whether connected is not known",
    unknown: "Not known: no data on networks here",
  },
};
