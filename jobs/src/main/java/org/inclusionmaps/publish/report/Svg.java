package org.inclusionmaps.publish.report;

import java.util.Locale;
import org.inclusionmaps.publish.writing.Numbers;

/**
 * A drawing as wide as the page: across it goes in per cent, down in pixels, so that text keeps its
 * size on a phone and on paper. Text that is handed in must be escaped.
 */
final class Svg {
  private final StringBuilder out = new StringBuilder();

  /**
   * Begins a drawing.
   *
   * @param id of the drawing within the page
   * @param title what it is, for those who do not see it
   * @param description what it shows, likewise
   */
  Svg(String id, int height, String title, String description) {
    out.append(
        "<svg class=\"chart\" id=\"%1$s\" width=\"100%%\" height=\"%2$d\" role=\"img\" aria-labelledby=\"%1$s-title %1$s-desc\">\n"
            .formatted(id, height));
    out.append(
        "<title id=\"%1$s-title\">%2$s</title>\n<desc id=\"%1$s-desc\">%3$s</desc>\n"
            .formatted(id, title, description));
  }

  /** A line from one point to another. */
  Svg line(double fromPct, double fromY, double toPct, double toY, String style) {
    out.append(
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" class=\"%s\"/>\n"
            .formatted(pct(fromPct), y(fromY), pct(toPct), y(toY), style));
    return this;
  }

  /** A bar with a text that is shown where it is pointed at. */
  Svg bar(double fromPct, double widthPct, double top, double height, String fill, String title) {
    out.append(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"><title>%s</title></rect>\n"
            .formatted(pct(fromPct), y(top), pct(widthPct), y(height), fill, title));
    return this;
  }

  /** A mark: a disc, a ring or a diamond, by its style, with a text likewise. */
  Svg mark(double pct, double y, String style, String title) {
    String shape =
        style.equals("men")
            ? "<path d=\"M0-6L6 0L0 6L-6 0Z\"><title>%s</title></path>"
            : "<circle r=\"5\"><title>%s</title></circle>";
    out.append(
        "<svg x=\"%s\" y=\"%s\" class=\"mark %s\">%s</svg>\n"
            .formatted(pct(pct), y(y), style, shape.formatted(title)));
    return this;
  }

  /** Text; its style tells whether it begins, ends or is in the middle there. */
  Svg text(double pct, double y, String style, String text) {
    out.append(
        "<text x=\"%s\" y=\"%s\" class=\"%s\">%s</text>\n".formatted(pct(pct), y(y), style, text));
    return this;
  }

  /** The finished drawing. */
  String end() {
    return out.append("</svg>\n").toString();
  }

  private static String pct(double value) {
    return String.format(Locale.ROOT, "%.2f%%", value);
  }

  private static String y(double value) {
    return Numbers.plain(value);
  }
}
