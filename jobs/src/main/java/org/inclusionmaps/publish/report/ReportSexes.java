package org.inclusionmaps.publish.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.publish.figures.Areas;
import org.inclusionmaps.publish.figures.Figures;
import org.inclusionmaps.publish.figures.Group;
import org.inclusionmaps.publish.report.DotChart.Mark;
import org.inclusionmaps.publish.report.DotChart.Series;
import org.inclusionmaps.publish.report.Estimates.Estimate;
import org.inclusionmaps.publish.writing.Html;
import org.inclusionmaps.publish.writing.Numbers;
import org.jspecify.annotations.Nullable;

/** The report's section on women and men. */
final class ReportSexes {
  private static final String WOMEN = "female";
  private static final String MEN = "male";
  private static final int MOST_AREAS = 12;

  private ReportSexes() {}

  static ReportSection section(Findings findings, String country) {
    String title = "Women and men";
    Estimate women = findings.share(new Group(WOMEN, Tables.SEX, WOMEN));
    Estimate men = findings.share(new Group(MEN, Tables.SEX, MEN));
    if (women == null || men == null) {
      return new ReportSection(
          "sexes",
          title,
          "",
          "<p>No figures by sex are known, so women and men cannot be compared.</p>\n");
    }
    return new ReportSection(
        "sexes",
        title,
        lead(women, men) + gap(findings) + untold(findings.country()),
        chart(findings, country, women, men));
  }

  /** How far the sexes are apart, and how certain that is. */
  static String lead(Estimate women, Estimate men) {
    double apart = women.value() - men.value();
    String told =
        "<strong>%s of women and %s of men</strong> lack affordable access: "
            .formatted(DotChart.figures(women), DotChart.figures(men));
    if (Math.abs(apart) < 0.05) {
      return told + "no difference.";
    }
    Boolean overlap = Estimate.overlap(women, men);
    String certain =
        overlap == null
            ? ""
            : overlap
                ? ", though the 90 % intervals overlap, so by them the difference is not certain (much of the error is the same for both)"
                : "; the 90 % intervals do not overlap";
    return told
        + "%s points more of %s%s."
            .formatted(Numbers.points(apart), apart > 0 ? "women" : "men", certain);
  }

  private static String gap(Findings findings) {
    for (Findings.Indicator of : findings.indicators()) {
      Double value = of.value();
      if (of.name().equals("gender_gap_pct") && of.ofEverybody() && value != null) {
        Estimate gap = new Estimate(value, of.low(), of.high());
        return " Women's use of mobile internet is %s %s that of men (gender gap)."
            .formatted(
                DotChart.figures(
                    value >= 0
                        ? gap
                        : new Estimate(-value, negative(of.high()), negative(of.low()))),
                value >= 0 ? "below" : "above");
      }
    }
    return "";
  }

  private static @Nullable Double negative(@Nullable Double value) {
    return value == null ? null : (Double) (-value);
  }

  /** Persons whose sex the census does not tell are others than those whose sex it does. */
  static String untold(Map<Group, Figures> country) {
    long told =
        country.entrySet().stream()
            .filter(entry -> entry.getKey().dimension().equals(Tables.SEX))
            .mapToLong(entry -> entry.getValue().persons())
            .sum();
    long all = country.getOrDefault(Group.ALL, new Figures(0, List.of())).persons();
    // Thousandths of groups are rounded apart from those of everybody.
    if (all - told < Tables.MICRO) {
      return "";
    }
    boolean apart = !Numbers.about(told).equals(Numbers.about(all));
    return " The census tells the sex of %s of these %s persons only."
        .formatted(
            apart ? Numbers.about(told) : Numbers.persons(told),
            apart ? Numbers.about(all) : Numbers.persons(all));
  }

  private static String chart(Findings findings, String country, Estimate women, Estimate men) {
    List<DotChart.Row> rows = new ArrayList<>();
    rows.add(row("Everywhere", women, men));
    findings
        .degrees()
        .forEach(
            (degree, groups) ->
                add(rows, Findings.degreeLabel(degree), ofSex(groups, WOMEN), ofSex(groups, MEN)));
    List<Areas.Area> level = findings.areas().stream().filter(area -> area.level() == 1).toList();
    List<DotChart.Row> areas = new ArrayList<>();
    for (Areas.Area area : level) {
      if (areas.size() < MOST_AREAS) {
        add(
            areas,
            Html.shortName(area.name()),
            findings.estimates().get(area.id(), WOMEN, Estimates.LACKING),
            findings.estimates().get(area.id(), MEN, Estimates.LACKING));
      }
    }
    rows.addAll(areas);
    String caption =
        "Share of women and of men that lacks affordable access%s. A longer line between the marks is a wider gap."
            .formatted(
                areas.isEmpty()
                    ? ""
                    : ", everywhere and in %s areas of level 1 of %s"
                        .formatted(Numbers.count(areas.size()), Numbers.count(level.size())));
    return ReportSection.figure(
            DotChart.html("chart-sexes", "Women and men", caption, rows), caption)
        + parts(findings, country);
  }

  private static String parts(Findings findings, String country) {
    List<DotChart.Row> rows = new ArrayList<>();
    for (String share : Estimates.SHARES) {
      if (!share.equals(Estimates.LACKING)) {
        add(
            rows,
            Html.escaped(IndicatorLabels.word(share)),
            findings.estimates().get(country, WOMEN, share),
            findings.estimates().get(country, MEN, share));
      }
    }
    String caption =
        "What women and men are split into, as shares of those of known coverage. Where the lines overlap, a difference is not certain by them.";
    return ReportSection.figure(
        DotChart.html("chart-sexes-parts", "Parts of women and men", caption, rows), caption);
  }

  private static @Nullable Estimate ofSex(Map<Group, Figures> groups, String sex) {
    for (Map.Entry<Group, Figures> of : groups.entrySet()) {
      if (of.getKey().name().equals(sex) && of.getValue().known() > 0) {
        double value = 100.0 * of.getValue().lacking() / of.getValue().known();
        return new Estimate(value, null, null);
      }
    }
    return null;
  }

  private static void add(
      List<DotChart.Row> rows, String label, @Nullable Estimate women, @Nullable Estimate men) {
    if (women != null && men != null) {
      rows.add(row(label, women, men));
    }
  }

  private static DotChart.Row row(String label, Estimate women, Estimate men) {
    return DotChart.row(label, new Mark(Series.WOMEN, women), new Mark(Series.MEN, men));
  }
}
