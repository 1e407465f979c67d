// The page: one or two maps, their choices, the chosen place, and the address that tells them all.
import { read, write } from "./address.js";
import { Chosen } from "./chosen.js";
import { ALLOWED, Controls, USUAL } from "./controls.js";
import { at } from "./dom.js";
import { legend } from "./legend.js";
import { frame, MapView } from "./mapview.js";
import { dateOf, openRelease, release } from "./releases.js";
import { narrow, paddingOf, uncover } from "./room.js";
import { search } from "./search.js";
import { Table } from "./table.js";
import { tip, words } from "./tip.js";

class App {
  #controls = [];
  #opened = [];
  #chosen = new Chosen(this);
  #table = new Table((area) => this.choose({ area: area.id }), say);
  #tableShown = false;
  #written = "";
  #turn = 0;
  #before = null;
  choices;
  views = [];

  async start() {
    for (const number of [0, 1]) {
      const made = new Controls(number, (which, key, value) => this.#change(which, key, value));
      this.#controls.push(made);
      at("choices").append(made.set);
    }
    const own = await openRelease(release.release);
    search(own.areas, (area) => this.#fly(area), say);
    const state = this.#state();
    this.choices = state.choices;
    this.#tableShown = state.table;
    await this.#apply(state.camera, state.selected);
    at("compare").addEventListener("click", () => this.#compare());
    at("as-table").addEventListener("click", () => {
      this.#tableShown = !this.#tableShown;
      this.#showTable();
      this.#remember();
    });
    at("copy").addEventListener("click", () => this.#copy());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#chosen.place) this.choose(null);
    });
    window.addEventListener("hashchange", () => {
      if (location.hash !== this.#written) this.#restore();
    });
  }

  #state() {
    return read(location.hash, ALLOWED, USUAL);
  }

  async #restore() {
    const { choices, camera, selected, table } = this.#state();
    this.choices = choices;
    this.#tableShown = table;
    if (camera) this.views[0]?.map.jumpTo({ center: [camera.lon, camera.lat], zoom: camera.zoom });
    await this.#apply(camera, selected);
  }

  #change(which, key, value) {
    this.choices[which] = { ...this.choices[which], [key]: value };
    this.#apply(null, key === "unit" ? null : undefined);
  }

  #compare() {
    this.choices = this.choices.length > 1 ? this.choices.slice(0, 1) : [this.choices[0], { ...this.choices[0] }];
    this.#apply(null);
  }

  /** Opens what is chosen and shows it: with a place, with none (null), or with the one that is chosen once all is open. */
  async #apply(camera, given) {
    this.#turn += 1;
    const mine = this.#turn;
    at("maps").setAttribute("aria-busy", "true");
    problem("");
    const opened = [];
    for (const choice of this.choices) {
      try {
        opened.push(await openRelease(choice.release));
      } catch (error) {
        if (choice.release === release.release) throw error;
        problem(`${STRINGS.noRelease(dateOf(choice.release), choice.release)} (${error.message})`);
        choice.release = release.release;
        opened.push(await openRelease(choice.release));
      }
    }
    if (mine !== this.#turn) return;
    at("maps").removeAttribute("aria-busy");
    const place = given === undefined ? this.#chosen.place : given;
    this.#opened = opened;
    document.body.dataset.maps = String(this.choices.length);
    this.#showMaps(camera, place);
    this.#showChoices();
    this.#chosen.take(place);
    if (place?.point) uncover(this.views, place.point);
    this.#showTable();
    this.#remember();
  }

  #showMaps(camera, place) {
    while (this.views.length > this.choices.length) this.views.pop().remove();
    const from = camera ?? this.#camera();
    const frames = this.choices.map((_, i) => this.views[i]?.frame ?? frame(i));
    this.choices.forEach((choice, i) => {
      if (this.views[i]) {
        this.views[i].show(this.#opened[i], choice, place);
        return;
      }
      const made = frames[i];
      try {
        this.views.push(new MapView(made, this.#opened[i], choice, place, from, {
          choose: (found, byKeys) => this.choose(found && { ...found, from: this.#opened[i].id }, byKeys),
          hover: (view, point, found) => tip(view, this.choices[i], point, found),
          move: (view) => this.#follow(view),
          idle: (view) => this.#settle(view, this.choices[i]),
          problem: (error) => problem(STRINGS.noArchive(error.message)),
        }));
      } catch {
        made.remove();
        problem(STRINGS.noMap);
      }
    });
  }

  #showChoices() {
    const two = this.choices.length > 1;
    this.#controls[1].set.hidden = !two;
    this.choices.forEach((choice, i) => {
      this.#controls[i].show(choice, two ? STRINGS.sides[i] : "");
      if (this.views[i]) legend(this.views[i].frame.querySelector(".card"), choice, !two && !narrow());
    });
    at("compare").textContent = two ? STRINGS.compareEnd : STRINGS.compare;
  }

  #showTable() {
    at("table").hidden = !this.#tableShown;
    at("maps").inert = this.#tableShown;
    at("maps").classList.toggle("behind", this.#tableShown);
    at("as-table").textContent = this.#tableShown ? STRINGS.tableEnd : STRINGS.table;
    if (this.#tableShown) this.#table.show(this.#opened, this.choices, this.choices[0].unit);
  }

  /** Chooses a place, or none; byKeys: the panel is given the keys, and gives them back. */
  choose(place, byKeys = false) {
    if (byKeys) this.#before = document.activeElement;
    const within = at("panel").contains(document.activeElement);
    this.views.forEach((view, i) => {
      view.show(this.#opened[i], this.choices[i], place);
      tip(view, this.choices[i], null, null);
    });
    this.#chosen.take(place);
    this.#remember();
    if (place?.point) uncover(this.views, place.point);
    if (place && (byKeys || within)) this.#chosen.focus();
    if (!place && within) (this.#before ?? at("search")).focus();
  }

  /** Opens an area, and shows it whole once its panel has its size. */
  async #fly(area) {
    this.#before = at("search");
    at("more").setAttribute("aria-expanded", "false");
    this.choose({ area: area.id });
    if (!area.box) return;
    await Promise.allSettled(this.#opened.map((one) => one.areas.figures(area.id)));
    await new Promise((resolve) => { requestAnimationFrame(resolve); });
    if (this.#chosen.place?.area !== area.id) return;
    for (const view of this.views) view.map.resize();
    if (this.views[0]) this.views[0].flyTo(area.box, paddingOf(this.views[0].frame, this.choices.length));
  }

  /** Keeps the cameras of two maps the same. */
  #follow(view) {
    const { center, zoom } = { center: view.map.getCenter(), zoom: view.map.getZoom() };
    for (const other of this.views) {
      const { lng, lat } = other.map.getCenter();
      if (other !== view && (lng !== center.lng || lat !== center.lat || other.map.getZoom() !== zoom)) {
        other.map.jumpTo({ center, zoom });
      }
    }
  }

  #settle(view, choice) {
    this.#chosen.again();
    this.#remember();
    if (view.byKeys) {
      const place = view.placeAt(view.middle());
      if (place) say([...words(view, choice, place).children].map((line) => line.textContent).join(", "));
    }
    document.body.dataset.ready = "true";
  }

  #camera() {
    const map = this.views[0]?.map;
    if (!map) return null;
    const { lng, lat } = map.getCenter().wrap();
    return { zoom: map.getZoom(), lat, lon: lng };
  }

  #remember() {
    this.#written = write({ choices: this.choices, camera: this.#camera(), selected: this.#chosen.place, table: this.#tableShown });
    if (this.#written !== location.hash) history.replaceState(null, "", this.#written);
  }

  async #copy() {
    this.#remember();
    try {
      await navigator.clipboard.writeText(location.href);
      say(STRINGS.copied, true);
    } catch {
      say(STRINGS.notCopied, true);
    }
  }
}

/** Has words read aloud; seen: beside the button too. */
function say(text, seen = false) {
  at("spoken").textContent = text;
  if (seen) at("copy").textContent = text;
}

function problem(text) {
  at("problem").textContent = text;
  at("problem").hidden = text === "";
}

function fillPage() {
  document.documentElement.lang = STRINGS.language;
  document.title = STRINGS.title(release);
  at("title").textContent = STRINGS.title(release);
  at("lead").textContent = STRINGS.lead(release);
  at("controls").setAttribute("aria-label", STRINGS.choices);
  at("panel").setAttribute("aria-label", STRINGS.panel);
  at("copy").textContent = STRINGS.copy;
  const about = [STRINGS.about(release)];
  if (release.missing.length > 0) about.push(STRINGS.missing(release.missing));
  at("about").textContent = [...about, ...release.not_shown].join(" ");
  const more = at("more");
  more.textContent = STRINGS.showChoices;
  more.addEventListener("click", () => {
    more.setAttribute("aria-expanded", String(more.getAttribute("aria-expanded") !== "true"));
  });
}

fillPage();
new App().start().catch((error) => problem(STRINGS.noArchive(error.message)));
