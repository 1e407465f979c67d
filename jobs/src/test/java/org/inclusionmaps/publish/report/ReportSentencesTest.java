package org.inclusionmaps.publish.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.publish.figures.Areas;
import org.inclusionmaps.publish.figures.Figures;
import org.inclusionmaps.publish.figures.Group;
import org.inclusionmaps.publish.figures.Part;
import org.inclusionmaps.publish.report.DotChart.Mark;
import org.inclusionmaps.publish.report.DotChart.Series;
import org.inclusionmaps.publish.report.Estimates.Estimate;
import org.inclusionmaps.publish.writing.Html;
import org.inclusionmaps.publish.writing.Numbers;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Envelope;

/** What sentences and charts say of figures that are given here. */
class ReportSentencesTest {
  private static Estimate estimate(double value, double half) {
    return new Estimate(value, value - half, value + half);
  }

  /** Figures in whole persons: uncovered, and included for the rest. */
  private static Figures figures(long persons, long uncovered) {
    Long[] parts = new Long[Part.values().length];
    Arrays.fill(parts, 0L);
    parts[Part.UNCOVERED.index()] = uncovered * Tables.MICRO;
    parts[Part.INCLUDED.index()] = (persons - uncovered) * Tables.MICRO;
    return new Figures(persons * Tables.MICRO, List.of(parts));
  }

  private static Areas.Area area(String id, long persons, long uncovered) {
    return new Areas.Area(
        1, id, "Name " + id, "", true, new Envelope(), figures(persons, uncovered));
  }

  private static Ranking ranking(double halfInterval) {
    List<Areas.Area> areas =
        List.of(area("A", 100, 60), area("B", 1000, 550), area("C", 50, 5), area("D", 10, 1));
    Map<Estimates.Key, Estimate> told = new LinkedHashMap<>();
    for (Areas.Area area : areas) {
      double value = 100.0 * area.figures().lacking() / area.figures().known();
      told.put(
          new Estimates.Key(area.id(), Tables.ALL, Estimates.LACKING),
          estimate(value, halfInterval));
    }
    return Ranking.of(1, areas, halfInterval == 0 ? Estimates.NONE : new Estimates(told));
  }

  @Test
  void areasAreInTheOrderOfTheirSharesAndOfTheirPersons() {
    Ranking ranking = ranking(2);
    assertThat(ranking.byShare())
        .extracting(e -> e.area().id())
        .containsExactly("A", "B", "C", "D");
    assertThat(ranking.byPersons())
        .extracting(e -> e.area().id())
        .containsExactly("B", "A", "C", "D");
    assertThat(ranking.holdHalf()).isEqualTo(1);
  }

  @Test
  void whoIsFirstIsCertainOnlyWhereNoIntervalOverlaps() {
    assertThat(ReportWhere.byShare(ranking(2)))
        .contains("<bdi>Name A</bdi>", "4 areas of level 1", "60.0 % (58.0 to 62.0 %)")
        .contains("no point in common");
    assertThat(ReportWhere.byShare(ranking(3)))
        .contains("not certain: the 90 % intervals of 1 other area overlap");
    assertThat(ReportWhere.byShare(ranking(0))).contains("There is no interval");
    assertThat(ReportWhere.byPersons(ranking(2)))
        .contains("<bdi>Name B</bdi>", "about 550 persons", "1 of the areas holds half");
  }

  @Test
  void aChangeIsToldWithItsDirectionAndItsCertainty() {
    assertThat(ReportChange.lead(estimate(50, 2), estimate(45, 2), "2025-01-01"))
        .contains("Since 2025-01-01", "has fallen from 50.0 %", "45.0 %", "by 5.0 points")
        .contains("do not overlap");
    assertThat(ReportChange.lead(estimate(50, 3), estimate(55, 3), "2025-01-01"))
        .contains("has risen", "not certain that anything changed");
    assertThat(ReportChange.lead(new Estimate(50, null, null), estimate(55, 3), "2025-01-01"))
        .contains("it is not known how certain");
    assertThat(ReportChange.lead(estimate(50, 3), estimate(50.01, 3), "2025-01-01"))
        .contains("has not changed");
  }

  private static Findings.Indicator persons(String name, double value, double low, double high) {
    return new Findings.Indicator(
        name,
        Tables.ALL,
        Tables.ALL,
        Tables.ALL,
        value,
        low,
        high,
        "persons",
        "as a test has it",
        "good",
        null);
  }

  /** Of everybody: 20,000 uncovered, 30,000 priced out, 5,000 burdened, 15,000 held back. */
  private static Findings findings(List<Findings.Indicator> indicators) {
    Long[] parts = new Long[Part.values().length];
    Arrays.fill(parts, 0L);
    parts[Part.UNCOVERED.index()] = 20_000 * Tables.MICRO;
    parts[Part.PRICED_OUT.index()] = 30_000 * Tables.MICRO;
    parts[Part.BURDENED.index()] = 5_000 * Tables.MICRO;
    parts[Part.HELD_BACK.index()] = 15_000 * Tables.MICRO;
    parts[Part.INCLUDED.index()] = 30_000 * Tables.MICRO;
    return new Findings(
        Map.of(Group.ALL, new Figures(100_000 * Tables.MICRO, List.of(parts))),
        Map.of(),
        List.of(),
        indicators,
        List.of(0L, 0L),
        Estimates.NONE,
        EarlierReleases.NONE,
        List.of());
  }

  @Test
  void leversAreEstimatesWithIntervalsThatHoldTheirParts() {
    ReportSection levers =
        ReportLevers.section(
            findings(
                List.of(
                    persons("uncovered_persons", 20_000, 12_000, 28_200),
                    persons("priced_out_persons", 30_000, 17_000, 30_000),
                    persons("unaffordable_persons", 35_000, 31_000, 41_000),
                    persons("held_back_persons", 15_000, 15_000, 31_175))));
    assertThat(levers.lead())
        .contains(
            "price about 35,000 (31,000 to 41,000); coverage about 20,000 (12,000 to 28,200);"
                + " devices and skills about 15,000 (15,000 to 31,200; the estimate is the lower end).")
        .doesNotContain("at most");
    assertThat(levers.body()).contains(">15,000 to 31,175<", "can be many more");
    assertThat(
            ReportLevers.section(
                    findings(List.of(persons("held_back_persons", 15_000, 12_000, 24_000))))
                .lead())
        .contains("devices and skills about 15,000 (12,000 to 24,000).");
    assertThat(ReportLevers.section(findings(List.of())).lead())
        .contains("coverage about 20,000 (no interval)");
  }

  @Test
  void barriersHaveTheirIntervalsAndWhichIsLargestIsCertainOnlyWhereNoneOverlaps() {
    String lead =
        ReportWhy.section(
                findings(
                    List.of(
                        persons("priced_out_pct", 30, 17.7, 30),
                        persons("uncovered_pct", 20, 12, 28.2),
                        persons("held_back_pct", 15, 15, 31.2))))
            .lead();
    assertThat(lead)
        .contains("about 30,000 persons (30.0 % of all; 90 % interval 17.7 to 30.0 %).")
        .contains("about 20,000 persons (20.0 % of all; 90 % interval 12.0 to 28.2 %).")
        .contains("overlaps that of uncovered")
        .contains("and that of held back");
    assertThat(ReportWhy.section(findings(List.of())).lead())
        .contains("about 30,000 persons (30.0 % of all).")
        .doesNotContain("overlaps");
  }

  @Test
  void aSentenceOfTheSummaryStandsInItsSectionOnlyWhereThatHasNothingElse() {
    assertThat(new ReportSection("a", "A", "Told once.", "<p>More.</p>\n").html())
        .contains("More.")
        .doesNotContain("Told once.");
    assertThat(new ReportSection("a", "A", "Not known.", "").html()).contains("Not known.");
  }

  @Test
  void theSexesAreComparedEitherWay() {
    assertThat(ReportSexes.lead(estimate(54, 1), estimate(44, 1)))
        .contains("10.0 points more of women; the 90 % intervals do not overlap.");
    assertThat(ReportSexes.lead(estimate(44, 6), estimate(54, 6)))
        .contains("10.0 points more of men, though the 90 % intervals overlap");
    assertThat(ReportSexes.lead(estimate(44, 6), estimate(44, 6))).contains("no difference");
  }

  @Test
  void personsOfUntoldSexAreToldButNoThousandthLostInRounding() {
    Map<Group, Figures> country = new LinkedHashMap<>();
    country.put(Group.ALL, figures(46_001, 0));
    country.put(new Group("male", Tables.SEX, "male"), figures(23_000, 0));
    Figures women = figures(23_001, 0);
    country.put(
        new Group("female", Tables.SEX, "female"),
        new Figures(women.persons() - 3_000, women.parts()));
    assertThat(ReportSexes.untold(country)).isEmpty();
    country.put(new Group("female", Tables.SEX, "female"), figures(22_991, 0));
    assertThat(ReportSexes.untold(country)).contains("45,991 of these 46,001 persons only");
    country.put(new Group("female", Tables.SEX, "female"), figures(12_000, 0));
    assertThat(ReportSexes.untold(country)).contains("35,000 of these 46,000 persons only");
  }

  @Test
  void marksAndWhiskersStandWhereTheirFiguresAre() {
    String chart =
        DotChart.html(
            "c",
            "T",
            "D",
            List.of(
                DotChart.row("X", estimate(48.92, 4.1)),
                DotChart.row(
                    "Y",
                    new Mark(Series.WOMEN, new Estimate(54.08, null, null)),
                    new Mark(Series.MEN, new Estimate(43.57, null, null)))));
    assertThat(chart)
        .contains("<svg x=\"48.92%\" y=\"25\" class=\"mark share\">")
        .contains("x1=\"44.82%\" y1=\"25\" x2=\"53.02%\" y2=\"25\" class=\"whisker share\"")
        .contains(">48.9 % (44.8 to 53.0 %)<")
        .contains("<svg x=\"54.08%\" y=\"63\" class=\"mark women\">")
        .contains("<svg x=\"43.57%\" y=\"63\" class=\"mark men\">")
        .contains("x1=\"54.08%\" y1=\"63\" x2=\"43.57%\" y2=\"63\" class=\"joins\"")
        .contains(
            "role=\"img\"", "<title id=\"c-title\">T</title>", "<desc id=\"c-desc\">D</desc>");
    assertThat(DotChart.html("c", "T", "D", List.of())).isEmpty();
  }

  @Test
  void barsOfPartsAreAsWideAsTheirSharesAndEndAtTheWhole() {
    Map<String, Figures> rows = new LinkedHashMap<>();
    rows.put("Everybody", figures(1000, 125));
    rows.put("Nobody", figures(0, 0));
    assertThat(PartsChart.html("p", "T", "D", rows))
        .contains("<rect x=\"0.00%\" y=\"18\" width=\"12.50%\"")
        .contains("<rect x=\"12.50%\" y=\"18\" width=\"87.50%\"")
        .contains(">1,000 persons<", ">88 %<")
        .doesNotContain("Nobody", "NaN", "Priced out");
    rows.remove("Everybody");
    assertThat(PartsChart.html("p", "T", "D", rows)).isEmpty();
  }

  @Test
  void personsInProseHaveThreeFigures() {
    List<String> told = new ArrayList<>();
    for (long persons : new long[] {0, 7, 999, 1004, 64_832, 999_600, 11_234_567}) {
      told.add(Numbers.about(persons * Tables.MICRO));
    }
    assertThat(told).containsExactly("0", "7", "999", "1,000", "64,800", "1,000,000", "11,200,000");
  }

  @Test
  void namesAreIsolatedAndCannotBreakOut() {
    assertThat(Html.name("<b>\"x\" & y\u202e\u2069\u0000\u200f"))
        .isEqualTo("<bdi>&lt;b&gt;&quot;x&quot; &amp; y\u200f</bdi>");
    String long40 = "\ud83d\ude00".repeat(40);
    assertThat(Html.shortName(long40)).isEqualTo("\u2068" + "\ud83d\ude00".repeat(31) + "…\u2069");
  }

  @Test
  void settingsAreRowsAndNoMapsOfJava() {
    Map<String, Object> feed = new LinkedHashMap<>();
    feed.put("path", "a|b.csv");
    feed.put("columns", Map.of("name", "N_1"));
    feed.put("where", Map.of());
    assertThat(
            Markdown.table(
                List.of("setting", "value"),
                Markdown.settings(
                    Map.of(
                        "areas", List.of(feed),
                        "levels", List.of(0, 1, 2),
                        "many", List.of(Map.of("x", 2.0), Map.of("x", 0.5))))))
        .containsExactly(
            "| setting | value |",
            "|---|---|",
            "| areas.columns.name | N\\_1 |",
            "| areas.path | a\\|b.csv |",
            "| levels | 0, 1, 2 |",
            "| many 1.x | 2 |",
            "| many 2.x | 0.5 |");
  }
}
