package org.inclusionmaps.publish.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.inclusionmaps.publish.report.Estimates.Estimate;
import org.inclusionmaps.publish.writing.Numbers;

/**
 * Rows of marks on one line from 0 to 100 %, each with its 90 % interval where it has one. With two
 * marks a row, a line joins them.
 */
final class DotChart {
  private static final int ROW = 38;
  private static final int LABEL = 14;
  private static final int MIDDLE = 25;
  private static final int AXIS = 20;

  /** What a mark is of. */
  enum Series {
    SHARE("share", "Share"),
    WOMEN("women", "Women"),
    MEN("men", "Men"),
    THEN("then", "Then"),
    NOW("now", "Now");

    private final String style;
    private final String label;

    Series(String style, String label) {
      this.style = style;
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /** A mark of a row. */
  record Mark(Series series, Estimate at) {}

  /**
   * A row.
   *
   * @param label escaped
   * @param figures the figures as text, escaped
   */
  record Row(String label, String figures, List<Mark> marks) {
    Row {
      marks = List.copyOf(marks);
    }
  }

  private DotChart() {}

  /** One share and its interval. */
  static Row row(String label, Estimate at) {
    return new Row(label, figures(at), List.of(new Mark(Series.SHARE, at)));
  }

  /** Two shares to compare, without their intervals in the text: there is no room for them. */
  static Row row(String label, Mark one, Mark other) {
    return new Row(
        label,
        "%s · %s".formatted(Numbers.pct(one.at().value()), Numbers.pct(other.at().value())),
        List.of(one, other));
  }

  /** A share with its interval, as {@code 48.9 % (44.8 to 56.1 %)}. */
  static String figures(Estimate at) {
    return Numbers.pct(at.value()) + (at.interval() ? " (" + at.between() + ")" : "");
  }

  /**
   * The chart with its legend; empty without rows.
   *
   * @param id of the drawing within the page
   */
  static String html(String id, String title, String description, List<Row> rows) {
    if (rows.isEmpty()) {
      return "";
    }
    int bottom = rows.size() * ROW;
    Svg svg = new Svg(id, bottom + AXIS, title, description);
    for (int tick = 0; tick <= 100; tick += 25) {
      svg.line(tick, 0, tick, bottom, "grid");
      svg.text(
          tick,
          bottom + LABEL,
          tick == 0 ? "tick start" : tick == 100 ? "tick end" : "tick middle",
          tick + " %");
    }
    for (int i = 0; i < rows.size(); i++) {
      row(svg, i * ROW, rows.get(i));
    }
    return svg.end() + legend(rows);
  }

  private static void row(Svg svg, int top, Row row) {
    svg.text(0, top + LABEL, "label start", row.label());
    svg.text(100, top + LABEL, "figure end", row.figures());
    int y = top + MIDDLE;
    List<Mark> marks = row.marks();
    if (marks.size() == 2) {
      svg.line(marks.get(0).at().value(), y, marks.get(1).at().value(), y, "joins");
    }
    for (int i = 0; i < marks.size(); i++) {
      Mark mark = marks.get(i);
      // Intervals of two marks lie a little above and below each other.
      double at = marks.size() == 1 ? y : y + (i == 0 ? -2.5 : 2.5);
      Double low = mark.at().low();
      Double high = mark.at().high();
      if (low != null && high != null) {
        svg.line(low, at, high, at, "whisker " + mark.series().style);
      }
    }
    for (Mark mark : marks) {
      svg.mark(
          mark.at().value(),
          y,
          mark.series().style,
          "%s, %s: %s"
              .formatted(
                  row.label(), mark.series().label().toLowerCase(Locale.ROOT), figures(mark.at())));
    }
  }

  private static String legend(List<Row> rows) {
    List<String> keys = new ArrayList<>();
    for (Mark mark : rows.get(0).marks()) {
      keys.add(
          "<li><span class=\"key %s\"></span>%s</li>"
              .formatted(mark.series().style, mark.series().label()));
    }
    if (rows.stream().flatMap(row -> row.marks().stream()).anyMatch(m -> m.at().interval())) {
      keys.add("<li><span class=\"key line\"></span>90 % interval</li>");
    }
    return "<ul class=\"legend\">\n" + String.join("\n", keys) + "\n</ul>\n";
  }
}
