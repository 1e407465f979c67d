package org.inclusionmaps.publish.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.inclusionmaps.config.ReleaseSettings;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.publish.figures.Areas;
import org.inclusionmaps.publish.report.DotChart.Mark;
import org.inclusionmaps.publish.report.DotChart.Series;
import org.inclusionmaps.publish.report.Estimates.Estimate;
import org.inclusionmaps.publish.writing.EarlierRelease;
import org.inclusionmaps.publish.writing.Html;
import org.inclusionmaps.publish.writing.Numbers;
import org.jspecify.annotations.Nullable;

/** The report's section on what changed since an earlier release. */
final class ReportChange {
  private static final int MOST_AREAS = 24;
  private static final List<String> HEADER =
      List.of("Share lacking", "Then", "Now", "Change, points", "90 % intervals");

  private final Findings findings;
  private final String country;
  private final ReleaseSettings release;
  private final EarlierReleases earlier;

  private ReportChange(Findings findings, Settings settings) {
    this.findings = findings;
    this.country = settings.country().id();
    this.release = settings.release();
    this.earlier = findings.earlier();
  }

  static ReportSection section(Findings findings, Settings settings) {
    return new ReportChange(findings, settings).section();
  }

  private ReportSection section() {
    if (earlier.list().isEmpty()) {
      return new ReportSection("change", "Comparison with an earlier release", "", alone());
    }
    String faults = Html.list(earlier.faults());
    EarlierRelease with = earlier.list().get(0);
    Estimate then = then(country, Tables.ALL, Estimates.LACKING);
    Estimate now = now(country, Tables.ALL, Estimates.LACKING);
    return new ReportSection(
        "change",
        "What changed since an earlier release",
        then == null || now == null
            ? "Both releases are there, but not both tell the country's share, so it cannot be compared."
            : lead(then, now, with.date()) + caution(),
        "<p>Compared with release %s of %s.</p>\n"
                .formatted(Html.escaped(with.id()), Html.escaped(with.date()))
            + comparable()
            + areas()
            + parts()
            + (earlier.faults().isEmpty() ? "" : faults)
            + before());
  }

  /** Why nothing is compared. */
  private String alone() {
    if (!earlier.faults().isEmpty()) {
      return "<p>This release could not be compared with an earlier one.</p>\n"
          + Html.list(earlier.faults());
    }
    return release.compareWith().equals(ReleaseSettings.NO_RELEASE)
        ? "<p>This release is compared with no earlier one: its settings ask for no comparison.</p>\n"
        : "<p>This release is compared with no earlier one: there is no release of this country of before %s beside it.</p>\n"
            .formatted(release.referenceDate());
  }

  /** What the country's share did, and how certain that is. */
  static String lead(Estimate then, Estimate now, String date) {
    double change = now.value() - then.value();
    if (Math.abs(change) < 0.05) {
      return "Since %s the share that lacks affordable access has not changed: it is <strong>%s</strong>."
          .formatted(date, Numbers.pct(now.value()));
    }
    Boolean overlap = Estimate.overlap(then, now);
    return "Since %s the share that lacks affordable access has %s from %s to <strong>%s</strong>, by %s points. %s"
        .formatted(
            date,
            change > 0 ? "risen" : "fallen",
            Numbers.pct(then.value()),
            Numbers.pct(now.value()),
            Numbers.points(change),
            overlap == null
                ? "Not both have an interval, so it is not known how certain that is."
                : overlap
                    ? "The 90 % intervals overlap, so by them it is not certain that anything changed."
                    : "The 90 % intervals do not overlap.");
  }

  private String caution() {
    return earlier.differences().isEmpty()
        ? ""
        : " The two were not made in the same way, so not all of it need be a change in the country.";
  }

  private String comparable() {
    return earlier.differences().isEmpty()
        ? "<p>Both were made in the same way: the same settings, version and kinds of data.</p>\n"
        : "<p>What makes them not fully comparable:</p>\n" + Html.list(earlier.differences());
  }

  private @Nullable Estimate then(String area, String sex, String share) {
    return earlier.figures().get(area, sex, share);
  }

  private @Nullable Estimate now(String area, String sex, String share) {
    return findings.estimates().get(area, sex, share);
  }

  private String areas() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(country, "The country");
    List<Areas.Area> level = findings.areas().stream().filter(area -> area.level() == 1).toList();
    level.forEach(area -> labels.put(area.id(), area.name()));
    List<DotChart.Row> chart = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    labels.forEach(
        (area, name) -> {
          Estimate then = then(area, Tables.ALL, Estimates.LACKING);
          Estimate now = now(area, Tables.ALL, Estimates.LACKING);
          if (then != null && now != null) {
            rows.add(row(area.equals(country) ? name : Html.name(name), then, now));
            if (chart.size() <= MOST_AREAS) {
              chart.add(
                  DotChart.row(
                      area.equals(country) ? name : Html.shortName(name),
                      new Mark(Series.THEN, then),
                      new Mark(Series.NOW, now)));
            }
          }
        });
    if (rows.isEmpty()) {
      return "";
    }
    String caption =
        "The share that lacks affordable access then and now, in the country%s."
            .formatted(
                chart.size() > 1
                    ? " and in " + Numbers.count(chart.size() - 1) + " areas of level 1"
                    : "");
    return ReportSection.figure(
            DotChart.html("chart-change", "Then and now", caption, chart), caption)
        + Html.table(HEADER, rows)
        + unmatched(level)
        + ReportSection.note(
            "Much of what the intervals hold is the same error in both releases. So a change can be real although they overlap.");
  }

  private static List<String> row(String label, Estimate then, Estimate now) {
    Boolean overlap = Estimate.overlap(then, now);
    return List.of(
        label,
        DotChart.figures(then),
        DotChart.figures(now),
        signed(now.value() - then.value()),
        overlap == null ? "not known" : overlap ? "overlap" : "do not overlap");
  }

  private static String signed(double change) {
    return Math.abs(change) < 0.05 ? "0.0" : String.format(Locale.ROOT, "%+.1f", change);
  }

  /** Areas that one of the releases alone tells of. */
  private String unmatched(List<Areas.Area> level) {
    Set<String> now =
        level.stream().map(Areas.Area::id).collect(Collectors.toCollection(TreeSet::new));
    now.retainAll(findings.estimates().areas());
    Set<String> then = new TreeSet<>(earlier.figures().areas());
    then.remove(country);
    Set<String> both = new TreeSet<>(now);
    both.retainAll(then);
    int gone = then.size() - both.size();
    int added = now.size() - both.size();
    return gone + added == 0
        ? ""
        : ReportSection.note(
            "Areas of level 1 that are told in the earlier release alone: %s; in this one alone: %s. They are matched by their codes."
                .formatted(Numbers.count(gone), Numbers.count(added)));
  }

  private String parts() {
    List<List<String>> rows = new ArrayList<>();
    for (String sex : List.of("female", "male")) {
      add(rows, sex.equals("female") ? "Women lacking" : "Men lacking", sex, Estimates.LACKING);
    }
    for (String share : Estimates.SHARES) {
      if (!share.equals(Estimates.LACKING)) {
        add(rows, IndicatorLabels.word(share), Tables.ALL, share);
      }
    }
    return rows.isEmpty()
        ? ""
        : "<h3>Women, men and parts of the country</h3>\n"
            + Html.table(
                List.of("Share of persons", "Then", "Now", "Change, points", "90 % intervals"),
                rows);
  }

  private void add(List<List<String>> rows, String label, String sex, String share) {
    Estimate then = then(country, sex, share);
    Estimate now = now(country, sex, share);
    if (then != null && now != null) {
      rows.add(row(Html.escaped(label), then, now));
    }
  }

  private String before() {
    return earlier.list().size() < 2
        ? ""
        : "<h3>Earlier releases</h3>\n"
            + Html.list(earlier.list().stream().map(of -> of.date() + ": " + of.id()).toList());
  }
}
