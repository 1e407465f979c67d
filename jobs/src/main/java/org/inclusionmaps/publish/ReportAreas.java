package org.inclusionmaps.publish;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The report's tables of areas, those with the most people lacking first. */
final class ReportAreas {
  private static final int MOST_ROWS = 40;

  private ReportAreas() {}

  static String html(List<Areas.Area> areas) {
    StringBuilder out = new StringBuilder();
    TreeMap<Integer, List<Areas.Area>> levels =
        areas.stream()
            .collect(Collectors.groupingBy(Areas.Area::level, TreeMap::new, Collectors.toList()));
    levels.forEach((level, rows) -> out.append(table(level, rows)));
    return levels.isEmpty() ? "" : Report.section("Areas") + out;
  }

  private static String table(int level, List<Areas.Area> areas) {
    List<List<String>> rows =
        areas.stream()
            .sorted(
                Comparator.<Areas.Area>comparingLong(a -> -a.figures().lacking())
                    .thenComparing(Areas.Area::id))
            .limit(MOST_ROWS)
            .map(area -> Report.row(label(level, area), area.figures()))
            .toList();
    String left =
        areas.size() > MOST_ROWS
            ? " The first %d of %s; the others are in indicators.csv."
                .formatted(MOST_ROWS, Numbers.count(areas.size()))
            : "";
    return "<h3>Level %d</h3>\n<p>By the number of persons who lack affordable access.%s</p>\n"
            .formatted(level, left)
        + Html.table(Report.header("Area"), rows);
  }

  private static String label(int level, Areas.Area area) {
    return level > 1 && !area.parent().isEmpty() ? area.name() + ", " + area.parent() : area.name();
  }
}
