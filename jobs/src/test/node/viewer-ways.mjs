// More ways to use the viewer, for viewer.mjs.
import assert from "node:assert/strict";

const cameraOf = (hash) => new URLSearchParams(hash.slice(1)).get("at");

export async function compareMaps(browser, { Reader, facts, sameFigures, hexagonOf }) {
  const reader = await Reader.open(browser);
  const { page } = reader;
  await page.click("#compare");
  await page.waitForFunction(() => document.querySelectorAll(".frame").length === 2);
  await reader.idle();
  await reader.choose("group", "female");
  await reader.choose("group2", "male");
  await reader.click(720, 250);
  const panel = await reader.panel();
  assert.equal(panel.sections.length, 2);
  sameFigures(panel.sections[0], hexagonOf(panel), "female");
  sameFigures(panel.sections[1], hexagonOf(panel), "male");
  await reader.picture("viewer-compare");
  await page.keyboard.press("Escape");
  await reader.idle();

  // Both maps move together: the same hexagon lies at the same place of each.
  for (const frame of [0, 1]) {
    const box = await page.locator(".frame").nth(frame).boundingBox();
    await page.mouse.move(box.x + 200, box.y + 500);
    await page.mouse.down();
    await page.mouse.move(box.x + 260, box.y + 440, { steps: 4 });
    await page.mouse.up();
    await reader.idle();
    const found = [];
    for (const other of [0, 1]) {
      const { x, y } = await page.locator(".frame").nth(other).boundingBox();
      await reader.click(x + 320, y + 300);
      found.push((await reader.panel()).title);
      await page.keyboard.press("Escape");
      await reader.idle();
    }
    assert.equal(found[0], found[1]);
  }

  // Another year, of a country that was smaller then; and one that is not on the server.
  // Its files are slow: a place that is chosen before they are there stays chosen.
  const slow = async (route) => { await new Promise((done) => { setTimeout(done, 500); }); await route.continue(); };
  await page.route(/\/earlier\//, slow);
  await page.selectOption("#year2", "earlier");
  await page.fill("#search", "MU-N");
  await page.waitForSelector("#found li");
  await page.keyboard.press("Enter");
  await reader.idle();
  const years = await reader.panel();
  await page.unroute(/\/earlier\//, slow);
  sameFigures(years.sections[0], facts.areas["MU-N"], "female");
  sameFigures(years.sections[1], facts.earlier["MU-N"], "male");
  assert.match(years.sections[1].text, /Men, 2025-01-01/);
  await reader.picture("viewer-years");
  reader.expected.push(/404/);
  await page.selectOption("#year2", "gone");
  await page.waitForSelector("#problem:not([hidden])");
  assert.match(await reader.text("#problem"), /2020-01-01 \(gone\) cannot be read here/);
  assert.equal(await page.inputValue("#year2"), facts.release);
  await page.click("#compare");
  await page.waitForFunction(() => document.querySelectorAll(".frame").length === 1);
  await reader.idle();
  await reader.close();
}

export async function shareAddress(browser, { Reader, facts, sameFigures, hexagonOf }) {
  const reader = await Reader.open(browser);
  const { page } = reader;
  await reader.choose("indicator", "uncovered_persons");
  await page.click("#compare");
  await page.waitForFunction(() => document.querySelectorAll(".frame").length === 2);
  await reader.choose("group2", "65+");
  await reader.click(700, 300);
  const before = await reader.panel();
  const shared = await reader.hash();
  await reader.close();

  const other = await Reader.open(browser, {}, shared);
  await other.page.waitForSelector('#panel[aria-busy="false"] td[data-part]');
  const after = await other.panel();
  assert.equal(after.title, before.title);
  assert.deepEqual(after.sections.map(({ parts }) => parts), before.sections.map(({ parts }) => parts));
  sameFigures(after.sections[1], hexagonOf(after), "65_plus");
  const [was, is] = [shared, await other.hash()].map((hash) => new URLSearchParams(hash.slice(1)));
  for (const key of ["show", "who", "where", "show2", "who2", "hexagon"]) assert.equal(is.get(key), was.get(key), key);
  // The camera too, but for what the panel takes of the map's height.
  assert.equal(cameraOf(await other.hash()).split("/")[0], cameraOf(shared).split("/")[0]);

  // What is held back is told as one coarse hexagon.
  const [coarse, at] = [facts.coarse, cameraOf(shared)];
  await other.page.evaluate((hash) => { location.hash = hash; }, `#hexagon=${coarse}&at=${at}`);
  await other.page.waitForFunction((title) => document.querySelector("#panel h2")?.textContent.includes(title), coarse);
  await other.idle();
  sameFigures((await other.panel()).sections[0], facts.hexagons[coarse], "");
  assert.match(await other.text(".card"), /Thick dashes/);
  await other.picture("viewer-coarse");

  // An address that is changed while the page is open is followed; one that is bad does no harm.
  for (const [bad, expected] of [["#area=MU-S&where=1", "MU-S"], ["#show=<img src=x>&at=1e9/x&area=%00", null],
    ["#%E0%A4%A&who=__proto__&release=../..", null], ["#area=nowhere", "nowhere"]]) {
    await other.page.evaluate((hash) => { location.hash = hash; }, bad);
    await other.page.waitForTimeout(100);
    await other.idle();
    assert.equal(await other.page.locator(".frame").count(), 1);
    assert.ok(await other.page.isHidden("#problem"), await other.text("#problem"));
    if (expected) assert.ok((await other.panel()).title.includes(expected), bad);
  }
  assert.match((await other.panel()).text, /no figures here/);
  await other.close();
}

export async function keysAlone(browser, { Reader, sameFigures, hexagonOf }) {
  const reader = await Reader.open(browser);
  const { page } = reader;
  const reached = [];
  for (let i = 0; i < 40 && !reached.includes("canvas"); i++) {
    await page.keyboard.press("Tab");
    const focus = await page.evaluate(() => {
      const { activeElement: at } = document;
      const { outlineStyle, outlineWidth } = getComputedStyle(at);
      return { id: at.tagName === "CANVAS" ? "canvas" : at.id || at.tagName, seen: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
        named: Boolean(at.labels?.length || at.getAttribute("aria-label") || at.textContent.trim()) };
    });
    assert.ok(focus.seen && focus.named, JSON.stringify(focus));
    reached.push(focus.id);
  }
  for (const id of ["search", "indicator", "group", "unit", "year", "compare", "as-table", "copy", "canvas"]) {
    assert.ok(reached.includes(id), `${id} of ${reached}`);
  }
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector(".cross")).display), "block");
  const camera = cameraOf(await reader.hash());
  for (const key of ["ArrowUp", "ArrowRight", "+"]) {
    await page.keyboard.press(key);
    await page.waitForTimeout(500);
    await reader.idle();
  }
  assert.notEqual(cameraOf(await reader.hash()), camera);
  assert.match(await page.textContent("#spoken"), /^Hexagon in .*, Everybody: /);
  await reader.picture("viewer-keys");
  await page.keyboard.press("Enter");
  await reader.idle();
  const panel = await reader.panel();
  sameFigures(panel.sections[0], hexagonOf(panel), "");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), panel.title);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Close");
  await page.keyboard.press("Escape");
  assert.ok(await page.isHidden("#panel"));
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "CANVAS");
  assert.deepEqual(await page.evaluate(() => {
    const names = new Set();
    return [...document.querySelectorAll("[id]")].map(({ id }) => id).filter((id) => names.has(id) || !names.add(id));
  }), [], "ids that are there twice");
  await reader.close();
}

export async function phone(browser, { Reader, facts, sameFigures }) {
  const reader = await Reader.open(browser, { viewport: { width: 390, height: 844 }, hasTouch: true });
  const { page } = reader;
  const fits = async (what) => {
    const wide = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight,
      ...[...document.querySelectorAll("header *, #controls *, #panel *, .card *")].filter((one) => one.checkVisibility?.()).map(
        (one) => Math.round(one.getBoundingClientRect().right))]);
    assert.ok(Math.max(wide[0], ...wide.slice(2)) <= 390 && wide[1] <= 844, `${what}: ${wide}`);
  };
  assert.ok(await page.isHidden("#controls"));
  await fits("map");
  await reader.picture("viewer-390");
  await page.touchscreen.tap(250, 420);
  await reader.idle();
  await reader.panel();
  await fits("panel");
  const box = await page.locator("#panel").boundingBox();
  assert.ok(box.x === 0 && box.width === 390 && Math.round(box.y + box.height) === 844, JSON.stringify(box));
  await reader.picture("viewer-390-panel");
  await page.click("#more");
  assert.ok(await page.isVisible("#indicator"));
  await fits("choices");
  await reader.picture("viewer-390-choices");
  await page.fill("#search", "script");
  await page.waitForSelector("#found li");
  await fits("search");
  await page.keyboard.press("Enter");
  await reader.idle();
  assert.ok(await page.isHidden("#controls"));
  sameFigures((await reader.panel()).sections[0], facts.areas["MU-NE"], "");
  await fits("an area with a long name");
  await page.click("#more");
  await page.click("#compare");
  await page.click("#more");
  await reader.idle();
  const [first, second] = await page.locator(".frame").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()));
  assert.ok(second.top >= first.bottom - 1 && second.width === 390, "one map above the other");
  await fits("two maps");
  await reader.picture("viewer-390-compare");
  await reader.close();
}

export async function reducedMotion(browser, { Reader }) {
  const reader = await Reader.open(browser, { reducedMotion: "reduce" });
  const { page } = reader;
  await page.evaluate(() => {
    globalThis.moves = new Set();
    const watch = () => {
      const map = document.querySelector(".maplibregl-ctrl-scale");
      globalThis.moves.add(map?.style.width);
      requestAnimationFrame(watch);
    };
    watch();
  });
  await page.fill("#search", "MU-NE");
  await page.waitForSelector("#found li");
  await page.keyboard.press("Enter");
  await reader.idle();
  assert.ok((await page.evaluate(() => globalThis.moves.size)) <= 2, "the map jumps");
  await reader.close();
}
