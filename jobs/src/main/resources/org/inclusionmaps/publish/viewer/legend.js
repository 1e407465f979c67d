// What a map shows and what its colours and patterns mean, on the map itself.
import { groupLabel } from "./book.js";
import { classesOf, methodOf, stepsOf } from "./classes.js";
import { element, swatch } from "./dom.js";
import { dateOf, release, releases } from "./releases.js";

function rows(choice) {
  const made = [[swatch("", "zero"), STRINGS.zero],
    ...classesOf(choice.indicator, release.threshold_pct).map(([colour, words]) => [swatch(colour), words]),
    [swatch("", "unknown"), STRINGS.nothing], [swatch("", "nobody"), STRINGS.nobody]];
  if (choice.unit === "hexagons") {
    made.push([swatch("#eeefea"), STRINGS.empty]);
    if (release.not_shown.length > 0) made.push([swatch("", "coarse"), STRINGS.coarse]);
  }
  return made;
}

/** The classes in one line, for where there is no room for more. */
function scale(choice) {
  const made = element("div", undefined, "scale");
  made.setAttribute("aria-hidden", "true");
  const steps = stepsOf(choice.indicator, release.threshold_pct);
  classesOf(choice.indicator, release.threshold_pct).forEach(([colour], i) => {
    const item = element("span", swatch(colour));
    item.append(element("small", i === 0 ? "" : steps[i - 1].toLocaleString(STRINGS.language, { notation: "compact" })));
    made.append(item);
  });
  return made;
}

/**
 * Writes the caption and the legend of one map.
 *
 * @param roomy whether there is room for the whole legend; where there is none, it is there to be opened
 */
export function legend(card, choice, roomy) {
  const { indicator, group } = choice;
  const caption = element("p", undefined, "caption");
  caption.append(element("strong", STRINGS.indicators[indicator][0]), element("br"), groupLabel(group));
  if (releases.length > 1) caption.append(`, ${dateOf(choice.release)}`);
  const list = element("ul");
  list.append(...rows(choice).map(([mark, words]) => {
    const item = element("li", mark);
    item.append(element("span", words));
    return item;
  }));
  const method = element("p", `${methodOf(indicator, release.threshold_pct)} ${STRINGS.colourMethod}`, "note");
  const made = element("details");
  made.append(element("summary", STRINGS.legend), list, method);
  const asBefore = card.dataset.roomy === String(roomy);
  made.open = asBefore ? card.querySelector("details").open : roomy;
  card.dataset.roomy = String(roomy);
  card.replaceChildren(caption, made, scale(choice));
}
