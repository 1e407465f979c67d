package org.inclusionmaps.publish.desktop;

import java.util.ArrayList;
import java.util.List;
import org.inclusionmaps.publish.figures.Classes;
import org.inclusionmaps.publish.writing.Html;

/**
 * The QGIS style of a raster, by what its name says that it holds: per cent, a share of 1, or
 * counts. A file of the raster's own base name beside it is loaded with it.
 */
final class RasterStyle {
  private static final String PERCENT = "_pct";
  private static final String PROBABILITY = "_probability";

  /** ColorBrewer, 5 classes, Purples: the viewer's colours of counts. */
  private static final List<String> COUNTS =
      List.of("#dadaeb", "#bcbddc", "#9e9ac8", "#756bb1", "#54278f");

  /** ColorBrewer, 5 classes, YlGnBu: the viewer's colours of what is better the more it is. */
  private static final List<String> BETTER =
      List.of("#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494");

  private RasterStyle() {}

  /**
   * The style of one raster.
   *
   * @param name its base name, as lacking_pct
   */
  static String of(String name) {
    List<String> items = new ArrayList<>();
    items.add(item("0", Classes.ZERO, "0"));
    if (name.endsWith(PERCENT)) {
      for (int i = 0; i < Classes.WORSE.size(); i++) {
        // A pixel belongs to the first class whose value is not less; classes begin at their ends.
        boolean last = i == Classes.WORSE.size() - 1;
        String end = last ? "inf" : Classes.from(i + 1) - 1 + ".99999";
        items.add(item(end, Classes.WORSE.get(i), Classes.words().get(i)));
      }
    } else {
      boolean share = name.endsWith(PROBABILITY);
      List<String> ends =
          share
              ? List.of("0.2", "0.4", "0.6", "0.8", "inf")
              : List.of("10", "100", "1000", "10000", "inf");
      List<String> colours = share ? BETTER : COUNTS;
      for (int i = 0; i < ends.size(); i++) {
        String words =
            i == ends.size() - 1 ? "more than " + ends.get(i - 1) : "up to " + ends.get(i);
        items.add(item(ends.get(i), colours.get(i), words));
      }
    }
    return Styles.qml(
        "  <pipe>\n    <rasterrenderer type=\"singlebandpseudocolor\" band=\"1\" opacity=\"1\" alphaBand=\"-1\" classificationMin=\"0\" classificationMax=\"100\">\n"
            + "      <rastershader>\n        <colorrampshader colorRampType=\"DISCRETE\" classificationMode=\"1\" clip=\"0\" minimumValue=\"0\" maximumValue=\"100\">\n"
            + String.join("", items)
            + "        </colorrampshader>\n      </rastershader>\n    </rasterrenderer>\n  </pipe>\n");
  }

  private static String item(String value, String colour, String label) {
    return "          <item value=\"%s\" color=\"%s\" alpha=\"255\" label=\"%s\"/>\n"
        .formatted(value, colour, Html.escaped(label));
  }
}
