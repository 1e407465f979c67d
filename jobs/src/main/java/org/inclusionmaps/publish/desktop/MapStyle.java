package org.inclusionmaps.publish.desktop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inclusionmaps.publish.figures.Classes;
import org.inclusionmaps.publish.figures.Part;
import org.inclusionmaps.publish.tiles.TileArchive;
import org.inclusionmaps.publish.writing.ReadableJson;
import org.jspecify.annotations.Nullable;

/**
 * A MapLibre style of the tiles without sprites and glyphs: the share that lacks affordable access,
 * and the areas' borders. The address of the archive is relative to the page that shows it: one in
 * a folder of the release, as {@code styles/} or {@code viewer/}. Source: MapLibre Style
 * Specification, version 8.
 */
final class MapStyle {
  static final String NAME = "style.json";

  private static final String SOURCE = "inclusion";

  private MapStyle() {}

  static String json() {
    Map<String, Object> style = new LinkedHashMap<>();
    style.put("version", 8);
    style.put("name", "Persons who lack affordable access, per cent");
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("type", "vector");
    source.put("url", "pmtiles://../" + TileArchive.NAME);
    style.put("sources", Map.of(SOURCE, source));
    style.put(
        "layers",
        List.of(
            layer("background", "background", null, Map.of("background-color", "#f4f4f2")),
            layer("lacking", "fill", "places", fill()),
            layer("borders", "line", "areas", line())));
    return ReadableJson.text(style);
  }

  private static Map<String, Object> layer(
      String id, String type, @Nullable String of, Map<String, Object> paint) {
    Map<String, Object> layer = new LinkedHashMap<>();
    layer.put("id", id);
    layer.put("type", type);
    if (of != null) {
      layer.put("source", SOURCE);
      layer.put("source-layer", of);
    }
    layer.put("paint", paint);
    return layer;
  }

  private static Map<String, Object> fill() {
    Map<String, Object> paint = new LinkedHashMap<>();
    paint.put("fill-antialias", false);
    paint.put("fill-color", colour());
    return paint;
  }

  private static Map<String, Object> line() {
    Map<String, Object> paint = new LinkedHashMap<>();
    paint.put("line-color", "#5a5a5a");
    paint.put("line-width", 0.5);
    return paint;
  }

  /** A figure that is absent is not known; the persons of known coverage are all less unknown. */
  private static List<Object> colour() {
    List<Object> known =
        List.of("-", List.of("get", "p0"), List.of("coalesce", List.of("get", "n0"), 0));
    List<Object> share =
        List.of(
            "case",
            List.of("!", List.of("has", "l0")),
            -1,
            List.of("<=", known, 0),
            -1,
            List.of("/", List.of("*", 100, List.of("get", "l0")), known));
    List<Object> step =
        new ArrayList<>(List.of("step", List.of("var", "share"), Classes.WORSE.get(0)));
    for (int i = 1; i < Classes.WORSE.size(); i++) {
      step.add(Classes.from(i));
      step.add(Classes.WORSE.get(i));
    }
    return List.of(
        "let",
        "share",
        share,
        List.of(
            "case",
            List.of("<", List.of("var", "share"), 0),
            Part.UNKNOWN.colour(),
            List.of("==", List.of("var", "share"), 0),
            Classes.ZERO,
            step));
  }
}
