// The areas of a level as a table, for those who cannot see the map: the figure of each map, to be sorted.
import { groupLabel } from "./book.js";
import { valueOf } from "./classes.js";
import { at, button, element, figure, named, option } from "./dom.js";
import { told } from "./numbers.js";
import { dateOf, release, releases } from "./releases.js";

const PAGE = 100;

/** The order of names; of figures the greatest first, with what is not known at the end. */
function order(column, falling) {
  const sign = falling ? -1 : 1;
  return (a, b) => {
    const [x, y] = [a.cells[column], b.cells[column]];
    if (typeof x === "string") return sign * x.localeCompare(y, STRINGS.language) || a.place - b.place;
    if (x < 0 || y < 0) return (x < 0) - (y < 0) || a.place - b.place;
    return sign * (x - y) || a.place - b.place;
  };
}

export class Table {
  #onArea;
  #say;
  #rows = [];
  #heads = [];
  #choices = [];
  #sorted = { column: 0, falling: false };
  #shown = PAGE;
  #turn = 0;
  #level;

  constructor(onArea, say) {
    this.#onArea = onArea;
    this.#say = say;
    this.#level = String(release.border_level);
    at("table-level-label").textContent = STRINGS.tableLevel;
    at("table-level").append(...release.levels.map(([level, count]) => option(String(level), STRINGS.level(level, count))));
  }

  /** Fills the table; level is that of the map, "hexagons" for the one that was last shown. */
  async show(opened, choices, level) {
    this.#turn += 1;
    const mine = this.#turn;
    if (level !== "hexagons") this.#level = level;
    this.#choices = choices;
    at("table-level").value = this.#level;
    at("table-level").onchange = () => this.show(opened, choices, at("table-level").value);
    at("table-title").textContent = STRINGS.tableTitle(this.#level);
    this.#heads = [STRINGS.tableArea, STRINGS.tableWithin, ...choices.map((choice) => [
      STRINGS.indicators[choice.indicator][0], groupLabel(choice.group),
      ...(releases.length > 1 ? [dateOf(choice.release)] : [])].join(", "))];
    this.#sorted.column = Math.min(this.#sorted.column, this.#heads.length - 1);
    at("table-state").textContent = STRINGS.waiting;
    try {
      const rows = await this.#read(opened, choices);
      if (mine !== this.#turn) return;
      this.#rows = rows;
      this.#shown = PAGE;
      at("table-state").textContent = "";
      this.#draw();
    } catch {
      if (mine === this.#turn) at("table-state").textContent = STRINGS.noIndex;
    }
  }

  async #read(opened, choices) {
    const { list } = await opened[0].areas.index();
    const own = list.filter((area) => String(area.level) === this.#level);
    return Promise.all(own.map(async (area) => {
      const figures = await Promise.all(choices.map(async ({ indicator, group }, i) => {
        const found = await opened[i].areas.figures(area.id);
        return valueOf(opened[i].book, indicator, group, found?.properties ?? {});
      }));
      return { area, place: area.place, cells: [area.name, area.parent, ...figures] };
    }));
  }

  #draw() {
    const { column, falling } = this.#sorted;
    this.#rows.sort(order(column, falling));
    const head = element("tr");
    head.append(...this.#heads.map((text, i) => {
      const cell = element("th", button(text, () => this.#sort(i), "sort"));
      cell.scope = "col";
      if (i === column) cell.setAttribute("aria-sort", falling ? "descending" : "ascending");
      return cell;
    }));
    at("table-head").replaceChildren(head);
    at("table-body").replaceChildren(...this.#rows.slice(0, this.#shown).map((row) => this.#row(row)));
    const left = this.#rows.length - this.#shown;
    at("table-more").hidden = left <= 0;
    at("table-more").textContent = STRINGS.tableMore(Math.min(PAGE, left));
    at("table-more").onclick = () => {
      this.#shown += PAGE;
      this.#draw();
    };
  }

  #row({ area, cells }) {
    const made = element("tr");
    const open = button(named(area.name), () => this.#onArea(area), "link");
    const name = element("th", open);
    name.scope = "row";
    name.append(" (", named(area.id), ")");
    made.append(name, element("td", named(area.parent)));
    cells.slice(2).forEach((value, i) => made.append(element("td", figure(told(this.#choices[i].indicator, value), value))));
    return made;
  }

  #sort(column) {
    const again = this.#sorted.column === column;
    this.#sorted = { column, falling: again ? !this.#sorted.falling : column > 1 };
    this.#draw();
    at("table-head").querySelectorAll("button")[column].focus();
    this.#say(STRINGS.tableSorted(this.#heads[column]));
  }
}
