// The choices of one map: what, who, where, and of which release.
import { groupLabel } from "./book.js";
import { forEverybodyOnly, INDICATORS } from "./classes.js";
import { element, option } from "./dom.js";
import { release, releases } from "./releases.js";

/** Every value that each choice can have. */
export const ALLOWED = {
  indicator: Object.keys(INDICATORS),
  group: release.groups,
  unit: ["hexagons", ...release.levels.map(([level]) => String(level))],
  release: releases.map(({ id }) => id),
};

export const USUAL = { indicator: "lacking", group: release.groups[0], unit: "hexagons", release: release.release };

function optionsOf(key) {
  switch (key) {
    case "indicator":
      return Object.entries(STRINGS.kinds).map(([kind, label]) => {
        const made = element("optgroup");
        made.label = label;
        const own = ALLOWED.indicator.filter((name) => INDICATORS[name].kind === kind);
        made.append(...own.map((name) => option(name, STRINGS.indicators[name][0])));
        return made;
      });
    case "group":
      return release.groups.map((group) => option(group, groupLabel(group)));
    case "unit":
      return [option("hexagons", STRINGS.hexagons),
        ...release.levels.map(([level, count]) => option(String(level), STRINGS.level(level, count)))];
    default:
      return releases.map(({ id, date }) => option(id, STRINGS.releaseOf(date, id === release.release)));
  }
}

/** The choices of a map as a part of the page; onChange is told of each new choice. */
export class Controls {
  #selects = new Map();
  #meaning = element("p", undefined, "note");
  #everybody = element("p", STRINGS.everybodyOnly, "note");
  #legend = element("legend");
  set = element("fieldset");

  constructor(number, onChange) {
    this.set.append(this.#legend);
    const keys = ["indicator", "group", "unit", ...(releases.length > 1 ? ["release"] : [])];
    for (const key of keys) {
      const name = key === "release" ? "year" : key;
      const id = number === 0 ? name : `${name}2`;
      const label = element("label", STRINGS[key]);
      label.htmlFor = id;
      const select = element("select");
      select.id = id;
      select.append(...optionsOf(key));
      select.addEventListener("change", () => onChange(number, key, select.value));
      this.#selects.set(key, select);
      this.set.append(label, select);
      if (key === "indicator") {
        this.#meaning.id = `meaning${number === 0 ? "" : 2}`;
        select.setAttribute("aria-describedby", this.#meaning.id);
        this.set.append(this.#meaning);
      }
      if (key === "group") this.set.append(this.#everybody);
    }
  }

  /** Shows a choice; title is empty where there is one map. */
  show(choice, title) {
    this.#legend.textContent = title || STRINGS.choices;
    this.#legend.className = title ? "" : "unseen";
    for (const [key, select] of this.#selects) select.value = choice[key];
    this.#meaning.textContent = STRINGS.indicators[choice.indicator][1];
    const fixed = forEverybodyOnly(choice.indicator);
    this.#selects.get("group").disabled = fixed;
    this.#everybody.hidden = !fixed;
  }
}
