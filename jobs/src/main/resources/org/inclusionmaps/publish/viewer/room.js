// Where a map is free of what lies on it: the card with its legend, and the panel.
import { at } from "./dom.js";
import { calm } from "./mapview.js";

const ROOM = 60;
const MARGIN = 40;
const LEAST_GAP = 180;

export const narrow = () => matchMedia("(max-width: 760px)").matches;

/** How far from the edges of a map an area is shown whole. */
export function paddingOf(frame, maps) {
  const { clientWidth, clientHeight } = frame;
  const panel = at("panel");
  const padding = { top: ROOM, left: ROOM, bottom: ROOM, right: ROOM };
  if (maps > 1) {
    // The panel lies below the maps, or on a phone below both.
    padding.top = padding.bottom = Math.min(ROOM, clientHeight / 4);
  } else if (narrow()) {
    padding.bottom = Math.min(panel.offsetHeight + ROOM / 2, clientHeight / 2);
  } else {
    // Between the legend and the panel, if that leaves enough.
    padding.right = Math.min(panel.offsetWidth + MARGIN, clientWidth / 2);
    const card = frame.querySelector(".card").offsetWidth;
    if (clientWidth - padding.right - card - MARGIN >= LEAST_GAP) padding.left = card + MARGIN;
  }
  return padding;
}

/** Moves the maps so that a place is seen, where it would lie under the panel or beside them. */
export function uncover(views, point) {
  for (const view of views) view.map.resize();
  const map = views[0]?.map;
  if (!map) return;
  const panel = at("panel").getBoundingClientRect();
  const ground = map.getContainer().getBoundingClientRect();
  const { x, y } = map.project(point);
  let [right, bottom] = [ground.width, ground.height];
  if (panel.top < ground.bottom && narrow()) bottom = panel.top - ground.top;
  else if (panel.top < ground.bottom && y > panel.top - ground.top - MARGIN) right = panel.left - ground.left;
  const within = (value, most) => Math.max(MARGIN, Math.min(value, most - MARGIN));
  const by = [x - within(x, right), y - within(y, bottom)];
  if (by[0] !== 0 || by[1] !== 0) map.panBy(by, { animate: !calm() });
}
