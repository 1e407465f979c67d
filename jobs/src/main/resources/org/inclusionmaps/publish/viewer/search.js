// Finds an area by its name or code. Source of the keys and roles: W3C ARIA Authoring Practices, editable combobox.
import { at, element, named } from "./dom.js";

const MOST = 8;

/** @param areas of the release; onChoose is told of the area that is chosen; say of what is to be read aloud */
export function search(areas, onChoose, say) {
  const input = at("search");
  const list = at("found");
  let areasFound = [];
  let active = -1;
  let turn = 0;

  const close = () => {
    areasFound = [];
    active = -1;
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const mark = (index) => {
    active = index;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === index)));
    const item = list.children[index];
    if (item) {
      input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };

  const choose = (area) => {
    close();
    input.value = area.name;
    onChoose(area);
  };

  const show = (areasNow) => {
    close();
    areasFound = areasNow;
    list.append(...areasNow.map((area, i) => {
      const item = element("li", named(area.name));
      item.id = `found-${i}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const small = element("small");
      small.append(named(area.id), `, ${STRINGS.foundLevel(area.level, "")}`);
      if (area.parent) small.append(", ", named(area.parent));
      item.append(" ", small);
      item.addEventListener("mousedown", (event) => {
        event.preventDefault();
        choose(area);
      });
      return item;
    }));
    list.hidden = areasNow.length === 0;
    input.setAttribute("aria-expanded", String(areasNow.length > 0));
    if (input.value.trim() !== "") say(STRINGS.found(areasNow.length));
    at("none").hidden = areasNow.length > 0 || input.value.trim() === "";
  };

  const look = async () => {
    turn += 1;
    const mine = turn;
    try {
      const found = await areas.search(input.value, MOST);
      if (mine === turn) show(found);
    } catch {
      at("none").textContent = STRINGS.noIndex;
      at("none").hidden = false;
    }
  };

  at("search-label").textContent = STRINGS.search;
  at("none").textContent = STRINGS.found(0);
  input.placeholder = STRINGS.searchHint;
  list.setAttribute("aria-label", STRINGS.search);
  input.addEventListener("input", look);
  input.addEventListener("blur", () => {
    turn += 1;
    close();
  });
  input.addEventListener("keydown", (event) => {
    const count = areasFound.length;
    if (event.key === "Escape") {
      event.stopPropagation();
      if (count === 0) input.value = "";
      at("none").hidden = true;
      turn += 1;
      close();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (count > 0) choose(areasFound[Math.max(0, active)]);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (count === 0) look();
      else mark(event.key === "ArrowDown" ? (active + 1) % count : (active + count - (active < 0 ? 0 : 1)) % count);
    }
  });
}
