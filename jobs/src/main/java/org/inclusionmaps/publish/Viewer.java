package org.inclusionmaps.publish;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inclusionmaps.contract.FeedWords;
import org.inclusionmaps.format.Json;
import org.inclusionmaps.format.pmtiles.Bounds;
import org.inclusionmaps.publish.figures.Areas;
import org.inclusionmaps.publish.figures.Group;
import org.inclusionmaps.publish.report.MapPicture;
import org.inclusionmaps.publish.tiles.TileArchive;
import org.inclusionmaps.publish.writing.EarlierRelease;
import org.inclusionmaps.publish.writing.Html;
import org.inclusionmaps.publish.writing.ReleaseContext;
import org.inclusionmaps.publish.writing.ReleaseFiles;
import org.inclusionmaps.publish.writing.Resources;
import org.locationtech.jts.geom.Coordinate;

/** The map page of a release. */
final class Viewer {
  private static final String FOLDER = "viewer/";
  private static final List<String> COPIED =
      List.of(
          "address.js",
          "archive.js",
          "areas.js",
          "book.js",
          "chosen.js",
          "classes.js",
          "controls.js",
          "disk.js",
          "dom.js",
          "h3.js",
          "labels.js",
          "legend.js",
          "mapview.js",
          "numbers.js",
          "panel.js",
          "releases.js",
          "room.js",
          "search.js",
          "strings.js",
          "style.js",
          "table.js",
          "tip.js",
          "viewer.css",
          "viewer.js",
          "vendor/maplibre-gl.LICENSE.txt",
          "vendor/maplibre-gl.css",
          "vendor/maplibre-gl.js",
          "vendor/pmtiles.LICENSE.txt",
          "vendor/pmtiles.js");
  private static final int MOST_LABELS = 40;

  private Viewer() {}

  /**
   * Writes the page and what it needs.
   *
   * @param levels level to how many areas are drawn
   * @param borders the areas whose outlines and names are always shown, all of one level, the most
   *     populous first
   * @param notShown what hexagons do not show, one sentence each
   */
  static void write(
      ReleaseContext context,
      List<Group> groups,
      Bounds bounds,
      Map<Integer, Long> levels,
      int borderLevel,
      List<Areas.Border> borders,
      List<String> notShown,
      ReleaseFiles files) {
    for (String name : COPIED) {
      files.write(FOLDER + name, Resources.bytes(Viewer.class, FOLDER + name));
    }
    String page = Resources.text(Viewer.class, FOLDER + "index.html");
    Map<String, Object> about = about(context, groups, bounds, levels, borderLevel, borders);
    about.put("not_shown", notShown);
    String release = Json.text(about);
    files.write(
        FOLDER + "index.html",
        page.replace("{{title}}", Html.escaped(context.title())).replace("{{release}}", release));
  }

  private static Map<String, Object> about(
      ReleaseContext context,
      List<Group> groups,
      Bounds bounds,
      Map<Integer, Long> levels,
      int borderLevel,
      List<Areas.Border> borders) {
    List<Object> labels = new ArrayList<>();
    List<Areas.Border> named = MapPicture.named(borders, bounds);
    for (Areas.Border border : named.subList(0, Math.min(MOST_LABELS, named.size()))) {
      Coordinate at = border.geometry().getInteriorPoint().getCoordinate();
      labels.add(List.of(border.name(), at.x, at.y));
    }
    List<Object> counts = new ArrayList<>();
    levels.forEach((level, count) -> counts.add(List.of(level, count)));
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("archive", "../" + TileArchive.NAME);
    about.put("release", context.runId());
    about.put("country", context.settings().country().name());
    about.put("date", context.settings().release().referenceDate());
    about.put("technology", context.technology());
    about.put("basket", context.basket());
    about.put("threshold_pct", context.settings().affordability().thresholdPct());
    about.put("groups", groups.stream().map(Group::name).toList());
    about.put("releases", context.earlier().stream().map(EarlierRelease::told).toList());
    about.put("levels", counts);
    about.put("land_level", levels.keySet().stream().min(Integer::compare).orElse(0));
    about.put("border_level", borderLevel);
    about.put("bounds", List.of(bounds.west(), bounds.south(), bounds.east(), bounds.north()));
    about.put("labels", labels);
    about.put(
        "missing",
        context.sources().missing().stream().map(table -> FeedWords.of(table.name())).toList());
    return about;
  }
}
