package org.inclusionmaps.publish.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inclusionmaps.publish.figures.Figures;
import org.inclusionmaps.publish.figures.Part;
import org.inclusionmaps.publish.report.Estimates.Estimate;
import org.inclusionmaps.publish.writing.Html;
import org.inclusionmaps.publish.writing.Numbers;
import org.jspecify.annotations.Nullable;

/** The report's section on what stands between people and affordable access. */
final class ReportWhy {
  /** The parts that keep people from access; the two last need no split. */
  private static final List<Part> BARRIERS =
      List.of(Part.UNCOVERED, Part.PRICED_OUT, Part.BURDENED, Part.HELD_BACK, Part.UNAFFORDABLE);

  private ReportWhy() {}

  static ReportSection section(Findings findings) {
    Figures all = findings.all();
    if (all.known() <= 0) {
      return new ReportSection(
          "why",
          "Why",
          "Nothing tells of networks anywhere, so what stands in the way is not known.",
          "");
    }
    Map<String, Figures> rows = new LinkedHashMap<>();
    findings.country().forEach((group, figures) -> rows.put(Html.escaped(group.label()), figures));
    String caption =
        "All persons aged 15 and over, by what stands between them and affordable access. The parts of a bar add up to everybody of its group.";
    return new ReportSection(
        "why",
        "Why",
        lead(findings),
        ReportSection.figure(
                PartsChart.html("chart-parts", "What stands in the way", caption, rows), caption)
            + table(findings)
            + range(findings));
  }

  private static String lead(Findings findings) {
    Figures all = findings.all();
    List<Part> barriers =
        BARRIERS.stream()
            .filter(part -> all.part(part) > 0)
            .sorted(Comparator.comparingLong(part -> -all.part(part)))
            .toList();
    if (barriers.isEmpty()) {
      return "Nobody of known coverage is kept from affordable access.";
    }
    Part first = barriers.get(0);
    StringBuilder told = new StringBuilder("The largest barrier: ").append(size(findings, first));
    if (barriers.size() > 1) {
      told.append(" Next: ").append(size(findings, barriers.get(1)));
    }
    List<String> close =
        barriers.stream()
            .skip(1)
            .filter(part -> overlap(findings.interval(first), findings.interval(part)))
            .map(part -> Html.escaped(part.inWords()))
            .toList();
    if (!close.isEmpty()) {
      told.append(
          " The interval of the first overlaps that of %s, so which is the larger is not certain."
              .formatted(String.join(" and that of ", close)));
    }
    return told.toString();
  }

  private static String size(Findings findings, Part part) {
    Figures all = findings.all();
    Estimate interval = findings.interval(part);
    return "<strong>%s</strong>, about %s persons (%s of all%s)."
        .formatted(
            Html.escaped(part.inWords()),
            Numbers.about(all.part(part)),
            Numbers.pct(all.part(part), all.persons()),
            interval == null || !interval.interval()
                ? ""
                : "; 90 % interval " + interval.between());
  }

  private static boolean overlap(@Nullable Estimate one, @Nullable Estimate other) {
    return one != null && other != null && Boolean.TRUE.equals(Estimate.overlap(one, other));
  }

  private static String table(Findings findings) {
    Figures all = findings.all();
    List<List<String>> rows = new ArrayList<>();
    for (Part part : Part.values()) {
      long value = all.part(part);
      if (value == 0 && (Part.UNSPLIT.contains(part) || part == Part.UNKNOWN)) {
        continue;
      }
      if (value == 0 && Part.SPLIT.contains(part) && all.sumOf(Part.SPLIT) == 0) {
        continue;
      }
      Estimate interval = findings.interval(part);
      rows.add(
          List.of(
              "<span class=\"swatch\" style=\"background:%s\"></span>%s"
                  .formatted(part.colour(), Html.escaped(part.label())),
              Numbers.persons(value),
              Numbers.pct(value, all.persons()),
              interval == null || !interval.interval() ? "–" : interval.between()));
    }
    return Html.table(List.of("Part", "Persons", "Share of all", "90 % interval"), rows);
  }

  private static String range(Findings findings) {
    long most = findings.range().get(1);
    return most == 0 || !findings.all().split()
        ? ""
        : ReportSection.note(
            "Who of those that cannot afford it is connected all the same is not known one by one. Priced out can be anything from about %s to about %s persons; the estimate takes those who can to connect first, so it stands at the upper end. Intervals reach to where being able to pay makes no difference."
                .formatted(Numbers.about(findings.range().get(0)), Numbers.about(most)));
  }

  /** Urban and rural people. */
  static ReportSection urban(Findings findings) {
    String title = "Urban and rural";
    Map<String, Figures> rows = new LinkedHashMap<>();
    findings
        .degrees()
        .forEach((degree, groups) -> rows.put(Findings.degreeLabel(degree), Findings.all(groups)));
    rows.values().removeIf(figures -> figures.known() <= 0);
    if (rows.isEmpty()) {
      return new ReportSection(
          "urban", title, "", "<p>Urban and rural figures are not known here.</p>\n");
    }
    List<String> told = new ArrayList<>();
    List<List<String>> cells = new ArrayList<>();
    rows.forEach(
        (label, figures) -> {
          told.add("%s: %s".formatted(label, figures.lackingPct()));
          cells.add(ReportTables.row(label, figures));
        });
    String caption =
        "Cities, towns and villages by the degree of urbanisation, from where people live (Eurostat and UN, 2020). These figures have no intervals.";
    return new ReportSection(
        "urban",
        title,
        "Lack affordable access by kind of place: %s. These figures have no intervals."
            .formatted(String.join("; ", told)),
        ReportSection.figure(
                PartsChart.html("chart-urban", "Urban and rural people", caption, rows), caption)
            + Html.table(ReportTables.header("Place"), cells));
  }
}
