package org.inclusionmaps.publish.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.inclusionmaps.contract.FeedWords;
import org.inclusionmaps.contract.Note;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.publish.figures.Figures;
import org.inclusionmaps.publish.figures.Group;
import org.inclusionmaps.publish.figures.Part;
import org.inclusionmaps.publish.report.Estimates.Estimate;
import org.inclusionmaps.publish.writing.Html;
import org.inclusionmaps.publish.writing.Numbers;
import org.inclusionmaps.publish.writing.ReleaseContext;
import org.inclusionmaps.publish.writing.ReleaseFiles;
import org.inclusionmaps.publish.writing.Resources;

/** The findings for a reader with ten minutes, as one page that needs nothing beside it. */
public final class Report {
  static final String NAME = "report.html";

  private Report() {}

  /**
   * Writes the page.
   *
   * @param models section on the models of connected persons, empty without one
   */
  public static void write(
      ReleaseContext context,
      Findings findings,
      ReportMaps maps,
      String models,
      ReleaseFiles files) {
    String country = context.settings().country().id();
    List<ReportSection> sections =
        List.of(
            ReportWhere.section(findings, maps),
            ReportWhy.section(findings),
            ReportSexes.section(findings, country),
            ReportWhy.urban(findings),
            ReportChange.section(findings, context.settings()),
            rests(context, findings),
            ReportLevers.section(findings),
            annex(context, findings, models));
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    page.append(
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>%s</title>\n<style>\n%s</style>\n</head>\n<body>\n"
            .formatted(Html.isolated(context.title()), Resources.text(Report.class, "report.css")));
    page.append("<h1>%s</h1>\n".formatted(Html.name(context.title())));
    page.append(
        "<p class=\"date\">As of %s. Release %s.</p>\n"
            .formatted(context.settings().release().referenceDate(), context.runId()));
    page.append(headline(context, findings));
    page.append("<ul class=\"short\">\n");
    for (ReportSection section : sections) {
      if (!section.lead().isEmpty()) {
        page.append(
            "<li><a href=\"#%s\">%s</a>: %s</li>\n"
                .formatted(section.id(), section.title(), section.lead()));
      }
    }
    page.append("</ul>\n");
    sections.forEach(section -> page.append(section.html()));
    page.append("</body>\n</html>\n");
    // No line ends between a number and its sign of per cent.
    files.write(NAME, page.toString().replaceAll("(?<=[0-9]) %", "\u00a0%"));
  }

  /** The main figures of a country in words, for the end of a run. */
  public static List<String> lines(
      Map<Group, Figures> country, List<Findings.Indicator> indicators) {
    String interval = Findings.interval(indicators, "lacking_pct");
    Figures all = country.getOrDefault(Group.ALL, new Figures(0, List.of()));
    List<String> lines = new ArrayList<>();
    lines.add("persons 15 and over   " + Numbers.persons(all.persons()));
    lines.add(
        all.known() == 0
            ? "lack affordable access not known: no data on networks"
            : "lack affordable access %s (%s%s)"
                .formatted(
                    Numbers.persons(all.lacking()),
                    all.lackingPct(),
                    interval.isEmpty() ? "" : "; 90 % interval " + interval));
    lines.add(
        "no usable network      %s (%s)"
            .formatted(
                Numbers.persons(all.part(Part.UNCOVERED)),
                Numbers.pct(all.part(Part.UNCOVERED), all.known())));
    long dear = all.lacking() - all.part(Part.UNCOVERED);
    lines.add(
        "cannot afford it       %s (%s)"
            .formatted(Numbers.persons(dear), Numbers.pct(dear, all.known())));
    lines.add("coverage not known     " + Numbers.persons(all.part(Part.UNKNOWN)));
    StringBuilder sexes = new StringBuilder();
    country.forEach(
        (group, figures) -> {
          if (group.dimension().equals(Tables.SEX)) {
            sexes.append(sexes.isEmpty() ? "" : ", ").append(group.inWords());
            sexes.append(' ').append(figures.lackingPct());
          }
        });
    if (!sexes.isEmpty()) {
      String untold = ReportSexes.untold(country);
      lines.add("lacking by sex         " + sexes + (untold.isEmpty() ? "" : "." + untold));
    }
    return lines;
  }

  private static String headline(ReleaseContext context, Findings findings) {
    Figures all = findings.all();
    if (all.known() <= 0) {
      return """
          <div class="headline"><span class="big">?</span>
          <span class="words"><strong>It is not known how many of %s persons aged 15 and over lack affordable access.</strong>
          Nothing tells of networks where they live.</span></div>
          """
          .formatted(Numbers.about(all.persons()));
    }
    Estimate share = findings.share(Group.ALL);
    String between =
        share == null || !share.interval()
            ? ""
            : " The 90 %% interval is <strong>%s</strong>; what it rests on is <a href=\"#rests\">below</a>."
                .formatted(share.between());
    String unknown =
        all.part(Part.UNKNOWN) == 0
            ? ""
            : " Of about %s more, who are left out of the share, it is not known whether there is a network."
                .formatted(Numbers.about(all.part(Part.UNKNOWN)));
    return """
        <div class="headline"><span class="big">%s</span>
        <span class="words"><strong>About %s of %s persons aged 15 and over lack affordable access.</strong>
        Where they live there is no network of %s or newer, or %s a month costs more than %s %% of their income.%s%s</span></div>
        """
        .formatted(
            all.lackingPct(),
            Numbers.about(all.lacking()),
            Numbers.about(all.known()),
            context.technology(),
            context.basket(),
            Numbers.plain(context.settings().affordability().thresholdPct()),
            between,
            unknown);
  }

  /** What was missing and assumed, and what intervals rest on. */
  private static ReportSection rests(ReleaseContext context, Findings findings) {
    String missing =
        context.sources().missing().isEmpty()
            ? "<p>Nothing: the country gave every table that the method can use.</p>\n"
            : "<p>The country did not give these data; the name of the table is in brackets. What needs them is left out, not guessed.</p>\n"
                + Html.list(context.sources().missing().stream().map(Report::missing).toList());
    String assumed =
        findings.assumptions().isEmpty() ? "<p>Nothing.</p>\n" : Html.list(findings.assumptions());
    String intervals =
        context.caveats().intervals().isEmpty()
            ? "<p>No intervals were made.</p>\n"
            : (assumedErrors(context) == 0
                    ? ""
                    : "<p>Errors that the intervals allow for. The size of an error is assumed, or comes from the data.</p>\n")
                + Html.list(context.caveats().intervals());
    return new ReportSection(
        "rests",
        "What it rests on",
        "Estimates of a model. Kinds of data that were missing: %s; remarks on what was left out or assumed in the data: %s; errors whose size is assumed, not measured: %s."
            .formatted(
                Numbers.count(context.sources().missing().size()),
                Numbers.count(findings.assumptions().size()),
                Numbers.count(assumedErrors(context))),
        "<h3>What was missing</h3>\n"
            + missing
            + "<h3>What was left out or assumed in the data</h3>\n"
            + assumed
            + "<h3>What the intervals rest on</h3>\n"
            + intervals
            + "<h3>How to read it</h3>\n"
            + Html.list(Datasheet.methods(context)));
  }

  private static String missing(Table table) {
    String words = FeedWords.of(table.name());
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static long assumedErrors(ReleaseContext context) {
    return context.caveats().intervals().stream()
        .filter(line -> line.startsWith(Note.ASSUMED))
        .count();
  }

  private static ReportSection annex(ReleaseContext context, Findings findings, String models) {
    return new ReportSection(
        "annex",
        "Annex",
        "",
        ReportTables.people(findings)
            + ReportTables.areas(findings.areas())
            + ReportTables.indicators(findings.indicators(), context.settings().affordability())
            + models
            + ReportSection.note(
                "Every figure is also in indicators.csv and the GeoParquet files of this release; inputs, settings and hashes are in datasheet.md and manifest.json."));
  }
}
