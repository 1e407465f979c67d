package org.inclusionmaps.publish.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.inclusionmaps.publish.figures.Figures;
import org.inclusionmaps.publish.figures.Part;
import org.inclusionmaps.publish.writing.Html;
import org.inclusionmaps.publish.writing.Numbers;

/** Bars of the parts that people are split into, each bar everybody of its group. */
final class PartsChart {
  private static final int ROW = 43;
  private static final int LABEL = 14;
  private static final int BAR_TOP = 18;
  private static final int BAR = 18;

  /** A part narrower than this has its share in no text. */
  private static final double LEAST_WITH_TEXT = 9;

  private PartsChart() {}

  /**
   * The chart with its legend; empty without anybody.
   *
   * @param id of the drawing within the page
   * @param rows escaped label to figures
   */
  static String html(String id, String title, String description, Map<String, Figures> rows) {
    List<Map.Entry<String, Figures>> shown =
        rows.entrySet().stream().filter(row -> row.getValue().persons() > 0).toList();
    if (shown.isEmpty()) {
      return "";
    }
    Svg svg = new Svg(id, shown.size() * ROW, title, description);
    for (int i = 0; i < shown.size(); i++) {
      row(svg, i * ROW, shown.get(i).getKey(), shown.get(i).getValue());
    }
    StringBuilder legend = new StringBuilder("<ul class=\"legend\">\n");
    for (Part part : Part.values()) {
      if (shown.stream().anyMatch(row -> row.getValue().part(part) > 0)) {
        legend.append(
            "<li><span class=\"swatch\" style=\"background:%s\"></span>%s</li>\n"
                .formatted(part.colour(), Html.escaped(part.label())));
      }
    }
    return svg.end() + legend.append("</ul>\n");
  }

  private static void row(Svg svg, int top, String label, Figures figures) {
    svg.text(0, top + LABEL, "label start", label);
    svg.text(100, top + LABEL, "figure end", Numbers.persons(figures.persons()) + " persons");
    long before = 0;
    for (Part part : Part.values()) {
      long value = figures.part(part);
      if (value > 0) {
        double from = 100.0 * before / figures.persons();
        double width = 100.0 * value / figures.persons();
        svg.bar(
            from,
            width,
            top + BAR_TOP,
            BAR,
            part.colour(),
            "%s, %s: %s".formatted(label, Html.escaped(part.label()), Numbers.pct(width)));
        if (width >= LEAST_WITH_TEXT) {
          svg.text(
              from + width / 2,
              top + BAR_TOP + LABEL - 1,
              part == Part.AFFORDABLE ? "share light" : "share",
              String.format(Locale.ROOT, "%.0f %%", width));
        }
      }
      before += value;
    }
  }
}
