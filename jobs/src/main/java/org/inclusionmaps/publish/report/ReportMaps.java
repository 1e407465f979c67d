package org.inclusionmaps.publish.report;

import java.util.List;
import java.util.Map;
import org.inclusionmaps.format.pmtiles.Bounds;
import org.inclusionmaps.publish.figures.Areas;
import org.inclusionmaps.publish.figures.Classes;
import org.inclusionmaps.publish.figures.ShownPlaces;
import org.inclusionmaps.publish.writing.Html;

/**
 * The report's maps.
 *
 * @param hexagons what {@link MapPicture} drew
 * @param level of the areas that are drawn; -1 where none are
 * @param areas what {@link AreaPicture} drew; empty where nothing
 * @param notShown what the hexagons do not show of places, one sentence each
 */
public record ReportMaps(
    MapPicture.Picture hexagons, int level, String areas, List<String> notShown) {

  /**
   * Draws them.
   *
   * @param hexagons resolution to how many hexagons of it there are
   * @param borders the areas whose outlines and names lie over the hexagons
   */
  public static ReportMaps of(
      ShownPlaces shown,
      Map<Integer, Long> hexagons,
      Areas areas,
      List<Areas.Border> borders,
      Bounds bounds) {
    MapPicture.Picture picture =
        MapPicture.of(shown.rows(), shown.chunks(), hexagons, bounds, borders);
    int level = AreaPicture.level(areas.drawn());
    String drawn = level < 0 ? "" : AreaPicture.svg(areas, level, bounds);
    return new ReportMaps(picture, level, drawn, shown.sentences());
  }

  String html() {
    String out = "<h3>Maps</h3>\n";
    if (!areas.isEmpty()) {
      out +=
          ReportSection.figure(
              areas + legend(),
              "The share of persons that lacks affordable access, by area of level %d. A large area is not one with many people."
                  .formatted(level));
    }
    out += "<p>" + hexagons.sentence() + "</p>\n";
    out +=
        ReportSection.figure(
            hexagons.svg() + legend(),
            "The same by hexagon, where people live; hexagons without people are blank. Five equal classes of 20 points, the same in every release. Colours are from ColorBrewer and safe for colour-blind readers. A map that can be searched and enlarged is in viewer/.");
    StringBuilder notes = new StringBuilder();
    notShown.forEach(told -> notes.append(ReportSection.note(Html.escaped(told))));
    return out + notes;
  }

  private static String legend() {
    StringBuilder legend = new StringBuilder("<ul class=\"legend\">\n");
    legend.append(mark("style=\"background:" + Classes.ZERO + "\"", "Zero"));
    for (int i = 0; i < Classes.WORSE.size(); i++) {
      legend.append(
          mark("style=\"background:" + Classes.WORSE.get(i) + "\"", Classes.words().get(i)));
    }
    return legend + mark("class=\"swatch hatched\"", "Not known: no data here") + "</ul>\n";
  }

  private static String mark(String style, String words) {
    return "<li><span %s></span>%s</li>\n"
        .formatted(style.startsWith("class") ? style : "class=\"swatch\" " + style, words);
  }
}
