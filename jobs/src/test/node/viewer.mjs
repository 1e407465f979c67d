// The viewer as readers use it, in Chromium: node viewer.mjs <facts.json> [name of one way]
// Facts: address of the page, path of Chromium, folder for pictures, and what the release's GeoParquet says of
// hexagons and areas (persons and parts of groups), which every figure on the page must equal.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { compareMaps, keysAlone, phone, reducedMotion, shareAddress } from "./viewer-ways.mjs";

const facts = JSON.parse(readFileSync(process.argv[2], "utf8"));
mkdirSync(facts.pictures, { recursive: true });
const FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
  "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
const PATIENCE = 120_000;

/** Text with plain spaces only. */
const plain = (text) => text.replaceAll("\u00a0", " ");

/** A page, with everything that went wrong on it. */
class Reader {
  wrong = [];
  expected = [];

  static async open(browser, options = {}, hash = "") {
    const reader = new Reader();
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    reader.page = page;
    page.setDefaultTimeout(PATIENCE);
    page.on("console", (message) => { if (["error", "warning"].includes(message.type())) reader.note(message.text()); });
    page.on("pageerror", (error) => reader.note(error.stack));
    page.on("request", (request) => {
      const { protocol, host } = new URL(request.url());
      if (/^http/.test(protocol) && host !== new URL(facts.address).host) reader.note(`asked ${request.url()}`);
    });
    await page.addInitScript(() => {
      globalThis.refused = [];
      document.addEventListener("securitypolicyviolation", (event) => globalThis.refused.push(event.violatedDirective));
    });
    await page.goto(facts.address + hash);
    await reader.idle();
    return reader;
  }

  note(text) {
    if (/GPU stall|GL Driver Message|software WebGL|swiftshader/i.test(text)) return; // of the driver, not of the page
    if (!this.expected.some((pattern) => pattern.test(text))) this.wrong.push(text);
  }

  /** Waits until every map is drawn. */
  async idle() {
    await this.page.waitForTimeout(60);
    await this.page.waitForFunction(() => document.body.dataset.ready === "true"
      && !document.querySelector('#maps[aria-busy="true"]')
      && [...document.querySelectorAll(".frame")].every((frame) => frame.dataset.idle === "true"));
  }

  async choose(id, value) {
    await this.page.selectOption(`#${id}`, value);
    await this.idle();
  }

  async click(x, y) {
    await this.page.mouse.click(x, y);
    await this.idle();
  }

  async text(selector) {
    return plain(await this.page.locator(selector).first().innerText());
  }

  hash() {
    return this.page.evaluate(() => location.hash);
  }

  /** What the panel says: title, and of each section its persons by part. */
  async panel() {
    await this.page.waitForSelector('#panel[aria-busy="false"]:not([hidden])');
    const told = await this.page.evaluate(() => ({
      title: document.querySelector("#panel h2").textContent,
      text: document.querySelector("#panel").innerText,
      sections: [...document.querySelectorAll("#panel .sections > section")].map((section) => ({
        text: section.innerText,
        persons: Number(section.querySelector("p data")?.value),
        parts: Object.fromEntries([...section.querySelectorAll("td[data-part]")].map((cell) => [
          cell.dataset.part, { persons: Number(cell.querySelector("data").value), share: cell.nextElementSibling.textContent }])),
      })),
    }));
    return JSON.parse(plain(JSON.stringify(told)));
  }

  async picture(name) {
    await this.page.screenshot({ path: join(facts.pictures, `${name}.png`) });
  }

  async close() {
    assert.deepEqual(await this.page.evaluate(() => globalThis.refused), [], "the content security policy refused");
    assert.equal(await this.page.evaluate(() => globalThis.evil), undefined, "a name was run");
    assert.deepEqual(this.wrong, []);
    await this.page.context().close();
  }
}

/** A section of the panel tells what the file says of a group. */
export function sameFigures(section, row, group) {
  const ending = group ? `_${group}` : "";
  const of = (name) => (row[name + ending] === undefined ? undefined : Number(row[name + ending]));
  assert.equal(section.persons, of("persons"));
  let counted = 0;
  for (const name of ["uncovered", "priced_out", "burdened", "unaffordable", "held_back", "included", "affordable", "unknown"]) {
    const told = section.parts[name];
    const expected = name === "unknown" && of(name) === 0 ? undefined : of(name);
    assert.equal(told?.persons, expected, `${name}${ending}`);
    if (told) {
      counted += 1;
      assert.equal(told.share, `${((100 * told.persons) / section.persons).toFixed(1)} %`);
    }
  }
  assert.ok(counted > 0);
  if (of("lacking") !== undefined) {
    const share = ((100 * of("lacking")) / (of("persons") - (of("unknown") ?? 0))).toFixed(1);
    assert.ok(section.text.includes(`(${share} % of persons whose coverage is known`), section.text);
  }
}

export const hexagonOf = (panel) => facts.hexagons[/^Hexagon ([0-9a-f]{15})$/.exec(panel.title)[1]];

async function firstSight(browser) {
  const reader = await Reader.open(browser);
  const { page } = reader;
  assert.equal(await page.title(), "Made & Up: who lacks affordable access to digital networks");
  assert.equal(await page.getAttribute("html", "lang"), "en");
  assert.match(await reader.text("#about"), /2026-01-01.*subscriptions/s);
  const legend = await reader.text(".card");
  for (const words of ["Zero", "80 to 100 %", "Not known", "Nobody of this group", "Plain ground", "five equal steps", "ColorBrewer"]) {
    assert.ok(legend.includes(words), words);
  }
  await page.waitForSelector(".label");
  assert.ok((await page.locator(".label").count()) <= 30);
  await reader.picture("viewer");

  // What lies beside the pointer is what the panel tells after a click.
  await page.mouse.move(940, 330);
  await page.waitForSelector(".tip:not([hidden])");
  const tip = await reader.text(".tip");
  await reader.click(940, 330);
  const panel = await reader.panel();
  const [, share] = /Everybody: ([\d.]+ %)$/.exec(tip);
  assert.ok(panel.sections[0].text.includes(`(${share} of persons whose coverage is known`), `${tip}: ${panel.text}`);
  sameFigures(panel.sections[0], hexagonOf(panel), "");
  assert.match(panel.text, /Intervals are told for areas, not for hexagons/);
  await reader.picture("viewer-panel");

  for (const [value, group] of [["female", "female"], ["15-24", "15_24"]]) {
    await reader.choose("group", value);
    sameFigures((await reader.panel()).sections[0], hexagonOf(panel), group);
  }
  await reader.choose("group", "all");

  // The area that holds the hexagon opens with its interval.
  await page.click("#panel .holder button");
  await reader.idle();
  const area = await reader.panel();
  const [, id] = /\((MU-[NS][EW])\)$/.exec(area.title);
  sameFigures(area.sections[0], facts.areas[id], "");

  await reader.choose("unit", "1");
  await reader.click(940, 300);
  const north = await reader.panel();
  assert.equal(north.title, "Norte (MU-N)");
  sameFigures(north.sections[0], facts.areas["MU-N"], "");
  const known = facts.areas["MU-N"].persons - (facts.areas["MU-N"].unknown ?? 0);
  const ends = facts.interval.map((end) => `${((100 * end) / known).toFixed(1)} %`);
  assert.ok(north.text.includes(`90 % interval ${ends.join(" to ")}`), north.text);
  assert.match(north.text, /90 % interval 1,000 to 2,000 \(/, "the interval of the uncovered");
  assert.match(north.text, /unreliable/);
  await reader.picture("viewer-areas");
  await page.keyboard.press("Escape");
  assert.ok(await page.isHidden("#panel"));

  // Every indicator can be shown; those of everybody alone say so.
  for (const indicator of await page.locator("#indicator option").evaluateAll((all) => all.map((one) => one.value))) {
    await page.selectOption("#indicator", indicator);
    assert.equal(await page.isDisabled("#group"), /^t\d$|^price_income|^coverage/.test(indicator), indicator);
  }
  await reader.idle();
  await reader.close();
}

async function hostileNames(browser) {
  const reader = await Reader.open(browser);
  const { page } = reader;
  for (const [asked, id] of [["hyperlink", "MU-NW"], ["<SCRIPT>", "MU-NE"], ["😀", "MU-SW"], ["nandu, \"sur", "MU-S"], ["mu-se", "MU-SE"]]) {
    await page.fill("#search", asked);
    await page.waitForSelector("#found li");
    assert.equal(await page.getAttribute("#search", "aria-expanded"), "true");
    await page.keyboard.press("ArrowDown");
    const active = await page.getAttribute("#search", "aria-activedescendant");
    assert.equal(await page.getAttribute(`#${active}`, "aria-selected"), "true");
    await page.keyboard.press("Enter");
    await reader.idle();
    assert.ok(await page.isHidden("#found"));
    const panel = await reader.panel();
    assert.equal(panel.title, `${facts.names[id]} (${id})`);
    sameFigures(panel.sections[0], facts.areas[id], "");
  }
  await page.fill("#search", "nothing of the kind");
  await page.waitForSelector("#none:not([hidden])");
  await page.fill("#search", "norte");
  await page.waitForSelector("#found li");
  await page.keyboard.press("Escape");
  assert.ok(await page.isHidden("#found"));
  assert.equal(await page.locator("main script, main img, main iframe, #found script, #found img").count(), 0);

  await page.click("#as-table");
  await page.selectOption("#table-level", "2");
  await page.waitForFunction(() => document.querySelectorAll("#table-body tr").length === 4);
  await page.locator("#table-head button").nth(2).click();
  assert.equal(await page.getAttribute("#table-head th:nth-child(3)", "aria-sort"), "descending");
  const rows = await page.locator("#table-body tr").evaluateAll((all) => all.map((row) => [
    /\((MU-..)\)$/.exec(row.children[0].textContent)[1], Number(row.querySelector("data").value)]));
  const shares = Object.entries(facts.areas).filter(([id]) => /^MU-..$/.test(id)).map(([id, area]) => {
    const of = area.persons - (area.unknown ?? 0);
    return [id, of > 0 ? (100 * area.lacking) / of : -1];
  }).sort(([, a], [, b]) => b - a);
  assert.deepEqual(rows.map(([id]) => id), shares.map(([id]) => id));
  rows.forEach(([, value], i) => assert.ok(Math.abs(value - shares[i][1]) < 1e-9));
  assert.equal(await reader.text("#table-body tr:last-child td:last-child"), "not known");
  await reader.picture("viewer-table");
  await reader.close();
}

const browser = await chromium.launch({ executablePath: facts.chromium, args: FLAGS });
try {
  const known = { Reader, browser, facts, sameFigures, hexagonOf };
  for (const way of [firstSight, hostileNames, compareMaps, shareAddress, keysAlone, phone, reducedMotion]) {
    if (process.argv[3] && way.name !== process.argv[3]) continue;
    const start = Date.now();
    await way(browser, known);
    console.log(`${way.name}: ${Date.now() - start} ms`);
  }
} finally {
  await browser.close();
}
