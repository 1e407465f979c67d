// The chosen place and what its panel tells: read from tiles and from the files of areas, as they come.
import { at, named } from "./dom.js";
import { fill, label, section } from "./panel.js";
import { dateOf, releases } from "./releases.js";

export class Chosen {
  #app;
  #found = [];
  #turn = 0;
  place = null;

  /** @param app {views, choices, choose(place)} as they are at each time */
  constructor(app) {
    this.#app = app;
  }

  /** Takes another place, {area or h3, properties, point, from}, or null. */
  take(place) {
    this.place = place;
    this.refresh();
  }

  /** Tells the place anew, as choices or maps have changed. */
  refresh() {
    this.#turn += 1;
    this.#found = this.#app.views.map(() => ({}));
    if (!this.place) {
      at("panel").hidden = true;
      return;
    }
    this.#read(this.#turn);
    this.#tell();
  }

  /** Looks again for what the tiles did not have. */
  again() {
    if (!this.place?.h3) return;
    const missing = this.#found.some(({ properties, holder }) => !properties || !holder?.area);
    if (missing) this.#read(this.#turn, true);
  }

  #read(turn, settled = false) {
    this.#app.views.forEach((view, i) => {
      const told = this.#found[i];
      if (this.place.area) {
        this.#readArea(view, told, turn);
      } else {
        this.#readHexagon(view, told, turn, settled);
      }
    });
  }

  async #readArea(view, told, turn) {
    const { area, from, properties } = this.place;
    if (from === view.opened.id) told.properties = properties;
    try {
      const figures = await view.opened.areas.figures(area);
      told.told = figures ?? undefined;
      told.properties = figures ? figures.properties : told.properties ?? null;
    } catch {
      told.told = null;
      told.properties ??= null;
    }
    if (turn === this.#turn) this.#tell();
  }

  async #readHexagon(view, told, turn, settled) {
    const { h3, from } = this.place;
    if (!told.properties && from === view.opened.id) told.properties = this.place.properties;
    if (!told.properties) {
      const hexagon = view.hexagon(h3);
      if (hexagon) this.place.point ??= hexagon.point;
      told.properties = hexagon?.properties ?? (settled ? null : undefined);
    }
    const area = this.place.point ? view.areaAt(this.place.point) : null;
    told.holder = { area: area ?? (settled ? null : undefined) };
    if (settled) this.#tell();
    if (!area) return;
    try {
      told.holder.told = (await view.opened.areas.figures(area.area)) ?? undefined;
    } catch {
      return; // the area is named without its interval
    }
    if (turn === this.#turn) this.#tell();
  }

  #title() {
    const { area, h3 } = this.place;
    if (h3) return [STRINGS.hexagon(h3)];
    const name = this.#found.find(({ properties }) => properties)?.properties.name ?? area;
    return [named(name), " (", named(area), ")"];
  }

  #tell() {
    const { choices, views } = this.#app;
    const sections = views.map((view, i) => {
      const date = releases.length > 1 ? dateOf(choices[i].release) : "";
      return section(label(choices[i], date), choices[i], { book: view.opened.book, ...this.#found[i] },
        (id) => this.#app.choose({ area: id }));
    });
    const busy = this.#found.some(({ properties }) => properties === undefined);
    const focused = at("panel").contains(document.activeElement);
    fill(at("panel"), this.#title(), sections, () => this.#app.choose(null), busy);
    if (focused) this.focus();
  }

  focus() {
    at("panel").querySelector("h2")?.focus();
  }
}
