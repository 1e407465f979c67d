package org.inclusionmaps.publish;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which resolution of hexagons each zoom of the map shows. At shift 0 a full tile at the equator
 * holds at most about 2,500 hexagons, each 12 pixels wide or more: of resolution r there are 368 ·
 * 7^r / 4^z. Source: h3geo.org, "Tables of cell statistics", average areas.
 *
 * @param finest resolution of the places
 * @param shift how much coarser than at best, so that no tile is too large
 */
record ZoomPlan(int finest, int shift) {
  private static final double PER_TILE = 2500;
  private static final double HEXAGONS_AT_ZERO = 368;

  int resolution(int zoom) {
    double best = (Math.log(PER_TILE / HEXAGONS_AT_ZERO) + zoom * Math.log(4)) / Math.log(7);
    return Math.max(0, Math.min(finest, (int) Math.floor(best) - shift));
  }

  /** The first zoom that shows the places themselves; the map enlarges it from there on. */
  int maxZoom() {
    int zoom = 0;
    while (resolution(zoom) < finest) {
      zoom++;
    }
    return zoom;
  }

  ZoomPlan coarser() {
    return new ZoomPlan(finest, shift + 1);
  }

  /** Zoom to resolution. */
  Map<Integer, Integer> resolutions() {
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

  /** The first zoom that draws a level of so many areas: from there on a tile can hold them. */
  static int firstZoom(long areas) {
    int zoom = 0;
    for (long held = 1000; held < areas; held *= 4) {
      zoom++;
    }
    return zoom;
  }
}
