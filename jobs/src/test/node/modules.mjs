// The viewer's modules without a browser: node modules.mjs <viewer folder>
// Sources of truth: h3-js for indexes, MapLibre's own evaluation of expressions, the address that was written.
import { createExpression } from "@maplibre/maplibre-gl-style-spec";
import * as h3 from "h3-js";
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const folder = mkdtempSync(join(tmpdir(), "viewer-"));
cpSync(process.argv[2], folder, { recursive: true });
writeFileSync(join(folder, "package.json"), '{"type":"module"}');
const load = (name) => import(pathToFileURL(join(folder, name)));

// A generator of numbers that gives the same ones each time (Park and Miller 1988).
let seed = 20260101;
const random = (below) => {
  seed = (seed * 48271) % 2147483647;
  return seed % below;
};

function indexes({ addressOf, idOf, leastOf, resolutionOf }) {
  let before = 0;
  for (let resolution = 0; resolution <= 14; resolution++) {
    for (let i = 0; i < 200; i++) {
      const index = h3.latLngToCell(random(170) - 85, random(360) - 180, resolution);
      const id = idOf(index);
      assert.ok(Number.isSafeInteger(id), `${index} has the id ${id}`);
      assert.equal(addressOf(id), index);
      assert.equal(resolutionOf(id), resolution);
      assert.ok(id >= leastOf(resolution) && id > before);
    }
    before = leastOf(resolution + 1) - 1;
  }
  // The example of the codebook: base cell 89, digits of 8859...: 2^(7+3R) + base cell * 2^(3R) + digits.
  assert.equal(idOf(h3.latLngToCell(0, 0, 0)), 128 + h3.getBaseCellNumber(h3.latLngToCell(0, 0, 0)));
  for (const wrong of ["", "88", "xyz", "<script>", "8".repeat(16)]) assert.equal(idOf(wrong), 0);
}

const LETTERS = { p: "persons", u: "uncovered", o: "priced_out", b: "burdened", x: "unaffordable", h: "held_back",
  i: "included", a: "affordable", n: "unknown", l: "lacking", c: "coverage_probability", r: "price_income_pct",
  t2: "coverage_probability_2g",
  t3: "coverage_probability_3g", t4: "coverage_probability_4g", t5: "coverage_probability_5g" };

function metadata(groups) {
  const measures = Object.fromEntries(Object.entries(LETTERS).map(([letter, name]) => [letter, { name, unit: "0.001 persons" }]));
  return { codebook: { measures, groups: groups.map((name) => ({ name })) } };
}

function books({ Book }) {
  const now = new Book(metadata(["all", "female", "male"]));
  const before = new Book(metadata(["all", "male"]));
  assert.equal(now.key("uncovered", "male"), "u2");
  assert.equal(before.key("uncovered", "male"), "u1", "a group is found by its name");
  assert.equal(before.key("uncovered", "female"), "", "a group that a release does not have");
  assert.equal(now.perPerson, 1000);
  assert.throws(() => new Book({}), /codebook/);
}

/** Features with every mixture of absent, zero and other figures. */
function feature() {
  const properties = {};
  for (const letter of Object.keys(LETTERS)) {
    const key = letter.startsWith("t") || "cr".includes(letter) ? letter : `${letter}0`;
    const kind = random(4);
    if (kind > 0) properties[key] = kind === 1 ? 0 : random(1000);
  }
  if (random(2) === 0) properties.p0 = (properties.n0 ?? 0) + random(3) * 500;
  return properties;
}

function figures({ Book }, { INDICATORS, valueOf, expressionOf, colourOf, patternOf, stepsOf }) {
  const book = new Book(metadata(["all"]));
  const compiled = (expression) => {
    const made = createExpression(expression);
    assert.equal(made.result, "success", JSON.stringify(made.value));
    return (properties) => made.value.evaluateWithoutErrorHandling({ zoom: 5 }, { type: 3, properties });
  };
  const seen = new Set();
  for (const [indicator, { colours }] of Object.entries(INDICATORS)) {
    const [value, colour, pattern] = [expressionOf, colourOf, patternOf].map((make) => compiled(make(book, indicator, "all", 2)));
    const classOf = (v) => colours[stepsOf(indicator, 2).filter((from) => v >= from).length];
    for (let i = 0; i < 500; i++) {
      const properties = feature();
      const told = valueOf(book, indicator, "all", properties);
      assert.equal(value(properties), told, `${indicator} of ${JSON.stringify(properties)}`);
      if (told > 0) {
        assert.equal(colour(properties), classOf(told), `${indicator} of ${told}`);
      } else {
        assert.equal(colour(properties), "rgba(0,0,0,0)");
        seen.add(pattern(properties));
      }
    }
    const other = createExpression(expressionOf(book, indicator, "a group of another release"));
    const [kind] = [INDICATORS[indicator].kind];
    if (kind !== "network") assert.equal(other.value.evaluate({ zoom: 5 }, { type: 3, properties: feature() }), -1);
  }
  assert.deepEqual([...seen].sort(), ["nobody", "unknown", "zero"]);
  assert.equal(valueOf(book, "lacking", "all", { p0: 3000, n0: 1000, l0: 500 }), 25, "of persons whose coverage is known");
  assert.equal(valueOf(book, "priced_out", "all", { p0: 3000, o0: 500, x0: 1 }), -1, "some are not known to be connected");
  assert.equal(valueOf(book, "persons", "all", { p0: 3000, n0: 3000 }), 3, "persons are known where coverage is not");
  assert.equal(valueOf(book, "price_income_pct", "all", { p0: 3000, r: 25 }), 2.5);
}

function addresses({ read, write }) {
  const allowed = { indicator: ["lacking", "t4"], group: ["all", "65+"], unit: ["hexagons", "1"], release: ["a b&c", "d"] };
  const usual = { indicator: "lacking", group: "all", unit: "hexagons", release: "d" };
  const other = { indicator: "t4", group: "65+", unit: "1", release: "a b&c" };
  const camera = { zoom: 7.25, lat: -21.5, lon: 179.99999 };
  for (const selected of [null, { area: "=É#&%<b>\u202e😀" }, { h3: "88b37101e1fffff" }]) {
    for (const choices of [[usual], [other], [other, usual], [usual, usual]]) {
      for (const table of [false, true]) {
        const state = { choices, camera, selected, table };
        assert.deepEqual(read(write(state), allowed, usual), state);
      }
    }
  }
  const nothing = { choices: [usual], camera: null, selected: null, table: false };
  for (const bad of ["", "#", "#%", "#%E0%A4%A", "#show=__proto__&who=constructor", "#at=NaN/1/1", "#at=99/1/1", "#at=1/99/1",
    "#at=1/1/1e9", "#hexagon=<script>", `#area=${"x".repeat(1000)}`, "#show=lacking%00", "#release=../../etc", "#&&&===&"]) {
    assert.deepEqual(read(bad, allowed, usual), nothing, bad);
  }
}

async function searches({ Areas, plain }) {
  assert.equal(plain("Ñandú ÉÀç İ"), "nandu eac i");
  const list = [["X", "Alto Norte", 0, "", null], ["X1", "Norte", 1, "Alto Norte", null], ["X2", "Ñorte Chico", 1, "Alto Norte", null],
    ["NO", "Sur", 1, "Alto Norte", null], ["X3", "Pinorte", 1, "Alto Norte", null]];
  globalThis.fetch = async (url) => ({ ok: true, json: async () => {
    assert.ok(String(url).endsWith("/areas.json"));
    return { chunk: 50, areas: list };
  } });
  const areas = new Areas("http://localhost/viewer/");
  const names = async (text) => (await areas.search(text, 9)).map(({ id }) => id);
  assert.deepEqual(await names("norté"), ["X1", "X2", "X", "X3"], "same, starts with, word, within");
  assert.deepEqual(await names("no"), ["NO", "X1", "X2", "X", "X3"]);
  assert.deepEqual(await names("x2"), ["X2"]);
  assert.deepEqual(await names("  "), []);
  assert.deepEqual(await names(".*"), []);
}

try {
  await load("strings.js");
  const [book, classes] = [await load("book.js"), await load("classes.js")];
  indexes(await load("h3.js"));
  books(book);
  figures(book, classes);
  addresses(await load("address.js"));
  await searches(await load("areas.js"));
} finally {
  rmSync(folder, { recursive: true });
}
console.log("indexes, codebook, figures, addresses and search are as they should be");
