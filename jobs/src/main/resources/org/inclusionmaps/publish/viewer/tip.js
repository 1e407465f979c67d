// The small words beside the pointer, and what is read aloud of what lies under the cross.
import { groupLabel } from "./book.js";
import { valueOf } from "./classes.js";
import { element, named } from "./dom.js";
import { told } from "./numbers.js";

const AWAY = 14;

/** A place in words: the area, or the hexagon by the area that it lies in. */
function nameOf(view, place) {
  if (place.area) return [named(place.properties.name)];
  const area = view.areaAt(place.point);
  return area ? [`${STRINGS.hexagonIn} `, named(area.name)] : [STRINGS.hexagon(place.h3)];
}

/** Name and figure of a place: what is shown beside the pointer. */
export function words(view, choice, place) {
  const { indicator, group } = choice;
  const value = told(indicator, valueOf(view.opened.book, indicator, group, place.properties));
  const made = element("p");
  const name = element("strong");
  name.append(...nameOf(view, place));
  made.append(name, element("span", `${groupLabel(group)}: ${value}`));
  return made;
}

/** Shows words beside the pointer, within the frame; nothing where there is no place. */
export function tip(view, choice, point, place) {
  const made = view.frame.querySelector(".tip");
  made.hidden = !place;
  if (!place) return;
  made.replaceChildren(words(view, choice, place));
  const { clientWidth, clientHeight } = view.frame;
  const left = point.x + AWAY + made.offsetWidth > clientWidth ? point.x - AWAY - made.offsetWidth : point.x + AWAY;
  const top = point.y + AWAY + made.offsetHeight > clientHeight ? point.y - AWAY - made.offsetHeight : point.y + AWAY;
  made.style.transform = `translate(${Math.round(Math.max(0, left))}px, ${Math.round(Math.max(0, top))}px)`;
}
