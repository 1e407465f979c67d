package org.inclusionmaps.publish.tiles;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which resolution of hexagons each zoom of the map shows, from zoom 0 to the first that shows the
 * places themselves; the map enlarges that from there on.
 *
 * @param list of each zoom, its resolution
 */
public record ZoomPlan(List<Integer> list) {
  /** The deepest zoom of a plan: no tile there can have too many hexagons. */
  private static final int DEEPEST = 20;

  private static final double PER_TILE = 2500;
  private static final double HEXAGONS_AT_ZERO = 368;

  public ZoomPlan {
    list = List.copyOf(list);
  }

  /**
   * The plan at best: a full tile at the equator holds at most about 2,500 hexagons, each 12 pixels
   * wide or more. Of resolution r there are 368 · 7^r / 4^z. Source: h3geo.org, "Tables of cell
   * statistics", average areas.
   *
   * @param finest resolution of the places
   */
  public static ZoomPlan of(int finest) {
    List<Integer> list = new ArrayList<>();
    for (int zoom = 0; list.isEmpty() || list.get(zoom - 1) < finest; zoom++) {
      double best = (Math.log(PER_TILE / HEXAGONS_AT_ZERO) + zoom * Math.log(4)) / Math.log(7);
      list.add(Math.max(0, Math.min(finest, (int) Math.floor(best))));
    }
    return new ZoomPlan(list);
  }

  /**
   * The plan in which some zooms show the next coarser resolution. Where that was the last zoom,
   * one more shows the places themselves.
   */
  ZoomPlan coarserAt(Set<Integer> zooms) {
    List<Integer> coarser = new ArrayList<>(list);
    zooms.forEach(zoom -> coarser.set(zoom, Math.max(0, list.get(zoom) - 1)));
    if (coarser.get(maxZoom()) < finest()) {
      coarser.add(finest());
    }
    return new ZoomPlan(coarser);
  }

  /** Whether a plan that is coarser at a zoom can be made. */
  boolean canBeCoarserAt(int zoom) {
    return list.get(zoom) > 0 && maxZoom() < DEEPEST;
  }

  int finest() {
    return list.get(maxZoom());
  }

  public int resolution(int zoom) {
    return list.get(zoom);
  }

  public int maxZoom() {
    return list.size() - 1;
  }

  /** Zoom to resolution. */
  public Map<Integer, Integer> resolutions() {
    Map<Integer, Integer> plan = new LinkedHashMap<>();
    for (int zoom = 0; zoom <= maxZoom(); zoom++) {
      plan.put(zoom, resolution(zoom));
    }
    return plan;
  }

  /** Resolution to the zooms that show it. */
  HashMap<Integer, List<Integer>> zooms() {
    HashMap<Integer, List<Integer>> zooms = new HashMap<>();
    resolutions()
        .forEach((zoom, r) -> zooms.computeIfAbsent(r, key -> new ArrayList<>()).add(zoom));
    return zooms;
  }

  /**
   * Level of areas to the first zoom that draws it.
   *
   * @param drawn level to how many areas of it are drawn
   */
  public static Map<Integer, Integer> firstZooms(Map<Integer, Long> drawn) {
    Map<Integer, Integer> zooms = new HashMap<>();
    drawn.forEach((level, count) -> zooms.put(level, firstZoom(count)));
    return zooms;
  }

  /** The first zoom that draws a level of so many areas: from there on a tile can hold them. */
  private static int firstZoom(long areas) {
    int zoom = 0;
    for (long held = 1000; held < areas; held *= 4) {
      zoom++;
    }
    return zoom;
  }
}
