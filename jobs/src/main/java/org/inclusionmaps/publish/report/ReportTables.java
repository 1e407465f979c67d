package org.inclusionmaps.publish.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.inclusionmaps.config.AffordabilitySettings;
import org.inclusionmaps.publish.figures.Areas;
import org.inclusionmaps.publish.figures.Figures;
import org.inclusionmaps.publish.figures.Part;
import org.inclusionmaps.publish.writing.Html;
import org.inclusionmaps.publish.writing.Numbers;

/** The report's annex of tables: people, areas, SDG 9.c.1, the other indicators of the country. */
final class ReportTables {
  private static final int MOST_ROWS = 40;
  private static final List<String> INDICATORS = List.of("Indicator", "Value", "Quality", "Method");

  private ReportTables() {}

  static List<String> header(String first) {
    return List.of(
        first, "Persons", "Lacking", "Lacking, %", "Uncovered, %", "Connected, %", "Not known");
  }

  /** A row of figures behind an escaped label. */
  static List<String> row(String label, Figures figures) {
    return List.of(
        label,
        Numbers.persons(figures.persons()),
        figures.known() > 0 ? Numbers.persons(figures.lacking()) : "–",
        figures.lackingPct(),
        Numbers.pct(figures.part(Part.UNCOVERED), figures.known()),
        figures.splitPct(figures.connected()),
        Numbers.persons(figures.part(Part.UNKNOWN)));
  }

  static String people(Findings findings) {
    List<List<String>> rows = new ArrayList<>();
    findings
        .country()
        .forEach((group, figures) -> rows.add(row(Html.escaped(group.label()), figures)));
    return "<h3>People</h3>\n" + Html.table(header("Persons aged 15 and over"), rows);
  }

  /** The areas of each level, those with the most people lacking first. */
  static String areas(List<Areas.Area> areas) {
    StringBuilder out = new StringBuilder();
    TreeMap<Integer, List<Areas.Area>> levels =
        areas.stream()
            .collect(Collectors.groupingBy(Areas.Area::level, TreeMap::new, Collectors.toList()));
    levels.forEach((level, rows) -> out.append(areas(level, rows)));
    return out.toString();
  }

  private static String areas(int level, List<Areas.Area> areas) {
    List<List<String>> rows =
        areas.stream()
            .sorted(
                Comparator.<Areas.Area>comparingLong(a -> -a.figures().lacking())
                    .thenComparing(Areas.Area::id))
            .limit(MOST_ROWS)
            .map(area -> row(ReportWhere.place(area), area.figures()))
            .toList();
    String left =
        areas.size() > MOST_ROWS
            ? " The first %d of %s; the others are in indicators.csv."
                .formatted(MOST_ROWS, Numbers.count(areas.size()))
            : "";
    return "<h3>Areas of level %d</h3>\n<p>By the number of persons who lack affordable access.%s</p>\n"
            .formatted(level, left)
        + Html.table(header("Area"), rows);
  }

  /** The indicators of everybody that are no numbers of persons. */
  static String indicators(
      List<Findings.Indicator> indicators, AffordabilitySettings affordability) {
    List<List<String>> sdg = new ArrayList<>();
    List<List<String>> others = new ArrayList<>();
    for (Findings.Indicator indicator : indicators) {
      if (indicator.ofEverybody() && !indicator.unit().equals("persons")) {
        (indicator.name().startsWith(IndicatorLabels.SDG) ? sdg : others)
            .add(
                List.of(
                    Html.escaped(IndicatorLabels.of(indicator.name(), affordability)),
                    value(indicator),
                    Html.escaped(indicator.quality()),
                    Html.escaped(indicator.method())));
      }
    }
    String out = "";
    if (!sdg.isEmpty()) {
      out +=
          "<h3>SDG 9.c.1: population covered by a mobile network</h3>\n<p>Coverage alone, for persons of all ages, whatever it costs. It is the official indicator, and it says nothing of who can afford to use the network.</p>\n"
              + text(sdg);
    }
    if (!others.isEmpty()) {
      out += "<h3>Other national indicators</h3>\n" + text(others);
    }
    return out;
  }

  private static String text(List<List<String>> rows) {
    return "<div class=\"text\">" + Html.table(INDICATORS, rows) + "</div>\n";
  }

  private static String value(Findings.Indicator indicator) {
    Double value = indicator.value();
    if (value == null) {
      String reason = indicator.reason();
      return "not known" + (reason == null ? "" : ": " + Html.escaped(reason));
    }
    Double low = indicator.low();
    Double high = indicator.high();
    String interval =
        low == null || high == null
            ? ""
            : " (%s to %s)".formatted(Numbers.figure(low), Numbers.figure(high));
    return Numbers.figure(value) + (indicator.unit().equals("percent") ? "\u00a0%" : "") + interval;
  }
}
