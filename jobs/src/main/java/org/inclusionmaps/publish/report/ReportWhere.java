package org.inclusionmaps.publish.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.publish.figures.Areas;
import org.inclusionmaps.publish.figures.Figures;
import org.inclusionmaps.publish.figures.Group;
import org.inclusionmaps.publish.report.Estimates.Estimate;
import org.inclusionmaps.publish.report.Ranking.Entry;
import org.inclusionmaps.publish.writing.Html;
import org.inclusionmaps.publish.writing.Numbers;

/** The report's section on who and where is furthest behind. */
final class ReportWhere {
  private static final int MOST_ROWS = 15;
  private static final int MOST_IN_TABLES = 10;

  private ReportWhere() {}

  static ReportSection section(Findings findings, ReportMaps maps) {
    Ranking ranking = Ranking.finest(findings.areas(), findings.estimates());
    String where = ranking.isEmpty() ? "" : byShare(ranking) + " " + byPersons(ranking);
    String lead = (where + " " + who(findings)).strip();
    return new ReportSection(
        "where",
        "Who and where is furthest behind",
        lead.isEmpty() ? "There are no areas or groups to compare." : lead,
        areas(ranking) + maps.html() + groups(findings));
  }

  /** Which area has the greatest share, and how certain that is. */
  static String byShare(Ranking ranking) {
    Entry first = ranking.byShare().get(0);
    String of =
        "By share, <strong>%s</strong> is furthest behind of %s areas of level %d: %s of its persons lack affordable access."
            .formatted(
                place(first.area()),
                Numbers.count(ranking.byShare().size()),
                ranking.level(),
                DotChart.figures(first.share()));
    if (!first.share().interval()) {
      return of + " There is no interval, so it is not known how certain this order is.";
    }
    long others = ranking.couldBeFirst();
    return of
        + (others == 0
            ? " Its 90 % interval has no point in common with that of any other."
            : " The order is not certain: the 90 %% intervals of %s other area%s overlap with its own."
                .formatted(Numbers.count(others), others == 1 ? "" : "s"));
  }

  /** Which area has the most persons, and how few areas hold half of all. */
  static String byPersons(Ranking ranking) {
    Entry first = ranking.byPersons().get(0);
    if (first.lacking() <= 0) {
      return "Nobody lacks it in any of them.";
    }
    int half = ranking.holdHalf();
    return "By number, it is <strong>%s</strong> with about %s persons; %s of the areas hold%s half of all who lack it."
        .formatted(
            place(first.area()),
            Numbers.about(first.lacking()),
            Numbers.count(half),
            half == 1 ? "s" : "");
  }

  private static String who(Findings findings) {
    String worst = "";
    double most = -1;
    for (Map.Entry<Group, Figures> of : findings.country().entrySet()) {
      Estimate share = findings.share(of.getKey());
      if (!of.getKey().equals(Group.ALL) && share != null && share.value() > most) {
        most = share.value();
        worst =
            "Of the groups told apart, it is <strong>%s</strong>: %s."
                .formatted(Html.escaped(of.getKey().inWords()), DotChart.figures(share));
      }
    }
    return worst;
  }

  private static String areas(Ranking ranking) {
    if (ranking.isEmpty()) {
      return ReportSection.note(
          "No level of areas has two areas or more whose coverage is known, so none can be called furthest behind.");
    }
    List<Entry> shown = first(ranking.byShare(), MOST_ROWS);
    List<DotChart.Row> rows =
        shown.stream()
            .map(entry -> DotChart.row(Html.shortName(entry.area().name()), entry.share()))
            .toList();
    String caption =
        "The %s areas of level %d with the greatest share of persons who lack affordable access, of %s. %s"
            .formatted(
                Numbers.count(rows.size()),
                ranking.level(),
                Numbers.count(ranking.byShare().size()),
                caution(ranking));
    return "<h3>By share</h3>\n"
        + ReportSection.figure(
            DotChart.html("chart-areas", "Areas furthest behind", Html.escaped(caption), rows),
            Html.escaped(caption))
        + table(shown)
        + "<h3>By number of persons</h3>\n<p>Where most of those live who lack affordable access. An area can be high here because it has many people.</p>\n"
        + table(first(ranking.byPersons(), MOST_IN_TABLES));
  }

  private static String caution(Ranking ranking) {
    if (ranking.byShare().stream().noneMatch(entry -> entry.share().interval())) {
      return "No intervals are known.";
    }
    return ranking.couldBeFirst() == 0
        ? "The first stands apart from all others."
        : "Where the lines overlap, the order is not certain.";
  }

  private static List<Entry> first(List<Entry> entries, int most) {
    return entries.subList(0, Math.min(most, entries.size()));
  }

  private static String table(List<Entry> entries) {
    List<List<String>> rows = new ArrayList<>();
    for (Entry entry : entries) {
      rows.add(
          List.of(
              place(entry.area()),
              Numbers.persons(entry.lacking()),
              Numbers.persons(entry.area().figures().known()),
              Numbers.pct(entry.share().value()),
              entry.share().interval() ? entry.share().between() : "–"));
    }
    return Html.table(
        List.of("Area", "Lacking, persons", "of persons", "Share", "90 % interval"), rows);
  }

  /** An area's name with that of the area that holds it, where there is one below the country. */
  static String place(Areas.Area area) {
    return area.level() > 1 && !area.parent().isEmpty()
        ? Html.name(area.name()) + ", " + Html.name(area.parent())
        : Html.name(area.name());
  }

  private static String groups(Findings findings) {
    List<DotChart.Row> rows = new ArrayList<>();
    findings
        .country()
        .forEach(
            (group, figures) -> {
              Estimate share = findings.share(group);
              if (share != null) {
                rows.add(DotChart.row(Html.escaped(group.label()), share));
              }
            });
    if (rows.size() < 2) {
      return "";
    }
    boolean more =
        findings.country().keySet().stream()
            .anyMatch(g -> !g.equals(Group.ALL) && !g.dimension().equals(Tables.SEX));
    String caption =
        "Share of each group that lacks affordable access."
            + (more
                ? " Incomes are told by area and at most by sex. So ages, and people with and without a disability, differ here only by where they live; that their incomes may differ is in their intervals."
                : "");
    return "<h3>Groups</h3>\n"
        + ReportSection.figure(
            DotChart.html("chart-groups", "Groups of people", caption, rows), caption);
  }
}
