package org.inclusionmaps.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inclusionmaps.contract.Tables;

/** The findings for a reader with ten minutes, as one page that needs nothing beside it. */
final class Report {
  static final String NAME = "report.html";

  private Report() {}

  /**
   * Writes the page.
   *
   * @param notShown what the map does not show of places, one sentence each
   * @param models section on the models of connected persons, empty without one
   */
  static void write(
      ReleaseContext context,
      Findings findings,
      String mapSvg,
      List<String> notShown,
      String models,
      ReleaseFiles files) {
    Figures all = findings.country().getOrDefault(Group.ALL, new Figures(0, List.of()));
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append(
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>%s</title>\n<style>\n%s</style>\n</head>\n<body>\n"
            .formatted(Html.escaped(context.title()), Html.textResource("report/report.css")));
    page.append("<h1>%s</h1>\n".formatted(Html.escaped(context.title())));
    page.append(
        "<p class=\"date\">As of %s. Release %s.</p>\n"
            .formatted(context.settings().release().referenceDate(), context.runId()));
    page.append(headline(context, all, findings));
    page.append(people(findings));
    page.append(where(findings));
    page.append(why(findings, all));
    page.append(map(mapSvg));
    notShown.forEach(told -> page.append("<p class=\"note\">" + Html.escaped(told) + "</p>\n"));
    page.append(ReportAreas.html(findings.areas()));
    page.append(ReportIndicators.html(findings.indicators()));
    page.append(models);
    page.append(section("What was missing"));
    page.append(
        context.missing().isEmpty()
            ? "<p>Nothing: the country gave every table that the method can use.</p>\n"
            : "<p>The country did not give these tables. What needs them is left out, not guessed.</p>\n"
                + Html.list(context.missing().stream().map(Datasheet::missing).toList()));
    page.append(section("What was assumed"));
    page.append(Html.list(findings.assumptions()));
    page.append(section("How to read it"));
    page.append(Html.list(Datasheet.methods(context)));
    page.append(
        "<p class=\"note\">Every figure is also in indicators.csv and the GeoParquet files of this release; inputs, settings and hashes are in datasheet.md and manifest.json.</p>\n</body>\n</html>\n");
    files.write(NAME, page.toString());
  }

  /** The main figures of a country in words, for the end of a run. */
  static List<String> lines(Map<Group, Figures> country, List<Findings.Indicator> indicators) {
    String interval = Findings.interval(indicators, "lacking_pct");
    Figures all = country.getOrDefault(Group.ALL, new Figures(0, List.of()));
    List<String> lines = new ArrayList<>();
    lines.add("persons 15 and over   " + Numbers.persons(all.persons()));
    lines.add(
        "lack affordable access %s (%s%s)"
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
            sexes
                .append(sexes.isEmpty() ? "" : ", ")
                .append(group.label().toLowerCase(java.util.Locale.ROOT));
            sexes.append(' ').append(figures.lackingPct());
          }
        });
    if (!sexes.isEmpty()) {
      lines.add("lacking by sex         " + sexes + untold(country));
    }
    return lines;
  }

  static String section(String title) {
    return "<h2>" + title + "</h2>\n";
  }

  private static String headline(ReleaseContext context, Figures all, Findings findings) {
    String interval = Findings.interval(findings.indicators(), "lacking_pct");
    String between =
        interval.isEmpty()
            ? ""
            : " The 90 % interval is " + interval + "; the datasheet tells what it rests on.";
    String unknown =
        all.part(Part.UNKNOWN) == 0
            ? ""
            : " Of another %s, who are left out of the share, it is not known whether there is a network."
                .formatted(Numbers.persons(all.part(Part.UNKNOWN)));
    return """
        <div class="headline"><span class="big">%s</span>
        <span class="words"><strong>%s of %s persons aged 15 and over lack affordable access.</strong>
        Where they live there is no %s network, or %s a month costs more than %s %% of their income.%s%s</span></div>
        """
        .formatted(
            all.lackingPct(),
            Numbers.persons(all.lacking()),
            Numbers.persons(all.known()),
            context.technology(),
            context.basket(),
            Numbers.plain(context.settings().affordability().thresholdPct()),
            between,
            unknown);
  }

  private static String people(Findings findings) {
    List<List<String>> rows = new ArrayList<>();
    findings.country().forEach((group, figures) -> rows.add(row(group.label(), figures)));
    return section("Who")
        + sexes(findings.country())
        + Html.table(header("Persons aged 15 and over"), rows)
        + "<p class=\"note\">Incomes are told by area and at most by sex. So ages, and people with and without a disability, differ here by where they live alone; that their incomes differ is in the intervals of indicators.csv.</p>\n";
  }

  private static String sexes(Map<Group, Figures> country) {
    List<String> told = new ArrayList<>();
    country.forEach(
        (group, figures) -> {
          if (group.dimension().equals(Tables.SEX)) {
            told.add(
                "%s of %s lack affordable access"
                    .formatted(
                        figures.lackingPct(), group.label().toLowerCase(java.util.Locale.ROOT)));
          }
        });
    return told.isEmpty()
        ? "<p>The census gives no figures by sex.</p>\n"
        : "<p>" + String.join("; ", told) + untold(country) + ".</p>\n";
  }

  /** Persons whose sex the census does not tell are others than those whose sex it does. */
  private static String untold(Map<Group, Figures> country) {
    long told =
        country.entrySet().stream()
            .filter(entry -> entry.getKey().dimension().equals(Tables.SEX))
            .mapToLong(entry -> entry.getValue().persons())
            .sum();
    long all = country.getOrDefault(Group.ALL, new Figures(0, List.of())).persons();
    return told >= all
        ? ""
        : " (the census tells the sex of %s of these %s persons only)"
            .formatted(Numbers.persons(told), Numbers.persons(all));
  }

  private static String where(Findings findings) {
    if (findings.degrees().isEmpty()) {
      return "";
    }
    List<List<String>> rows = new ArrayList<>();
    findings.degrees().forEach((degree, figures) -> rows.add(row(degreeLabel(degree), figures)));
    return section("Town and country")
        + "<p>By the degree of urbanisation, from where people live (Eurostat and UN, 2020).</p>\n"
        + Html.table(header("Place"), rows);
  }

  private static String degreeLabel(String degree) {
    return switch (degree) {
      case "urban_centre" -> "Cities";
      case "urban_cluster" -> "Towns and suburbs";
      default -> "Rural";
    };
  }

  static List<String> header(String first) {
    return List.of(
        first, "Persons", "Lacking", "Lacking, %", "Uncovered, %", "Connected, %", "Not known");
  }

  static List<String> row(String label, Figures figures) {
    return List.of(
        Html.escaped(label),
        Numbers.persons(figures.persons()),
        figures.known() > 0 ? Numbers.persons(figures.lacking()) : "–",
        figures.lackingPct(),
        Numbers.pct(figures.part(Part.UNCOVERED), figures.known()),
        figures.splitPct(figures.connected()),
        Numbers.persons(figures.part(Part.UNKNOWN)));
  }

  private static String why(Findings findings, Figures all) {
    StringBuilder bar =
        new StringBuilder(
            "<svg class=\"bar\" viewBox=\"0 0 1000 30\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"The parts as shares of all persons; the table below has the figures\">\n");
    List<List<String>> rows = new ArrayList<>();
    long before = 0;
    for (Part part : Part.values()) {
      long value = all.part(part);
      if (value == 0 && (Part.UNSPLIT.contains(part) || part == Part.UNKNOWN)) {
        continue;
      }
      double from = 1000.0 * before / Math.max(1, all.persons());
      before += value;
      double to = 1000.0 * before / Math.max(1, all.persons());
      bar.append(
          String.format(
              java.util.Locale.ROOT,
              "<rect x=\"%.2f\" y=\"0\" width=\"%.2f\" height=\"30\" fill=\"%s\"/>\n",
              from,
              to - from,
              part.colour()));
      rows.add(
          List.of(
              "<span class=\"swatch\" style=\"background:%s\"></span>%s"
                  .formatted(part.colour(), Html.escaped(part.label())),
              Numbers.persons(value),
              Numbers.pct(value, all.persons()),
              Html.escaped(
                  Findings.interval(
                      findings.indicators(),
                      part.name().toLowerCase(java.util.Locale.ROOT) + "_pct"))));
    }
    return section("Why")
        + "<p>All persons aged 15 and over, by what stands between them and affordable access. The parts add up to everybody.</p>\n<figure>\n"
        + bar.append("</svg>\n</figure>\n")
        + Html.table(List.of("Part", "Persons", "Share of all", "90 % interval"), rows)
        + range(findings, all);
  }

  private static String range(Findings findings, Figures all) {
    long most = findings.range().get(1);
    return most == 0 || !all.split()
        ? ""
        : "<p class=\"note\">Who of those that cannot afford it is connected all the same is not known one by one. Priced out can be anything from %s to %s persons; the estimate takes those who can to connect first, so it stands at the upper end. Intervals reach to where being able to pay makes no difference.</p>\n"
            .formatted(Numbers.persons(findings.range().get(0)), Numbers.persons(most));
  }

  private static String map(String svg) {
    StringBuilder legend = new StringBuilder("<ul class=\"legend\">\n");
    legend.append(mark("style=\"background:" + Classes.ZERO + "\"", "Zero"));
    for (int i = 0; i < Classes.WORSE.size(); i++) {
      legend.append(
          mark("style=\"background:" + Classes.WORSE.get(i) + "\"", Classes.words().get(i)));
    }
    legend.append(
        "<li><span class=\"swatch hatched\"></span>Not known: no data here</li>\n</ul>\n");
    return section("Where")
        + "<p>The share of persons in each hexagon that lacks affordable access. Hexagons without people are blank.</p>\n<figure>\n"
        + svg
        + legend
        + "<figcaption>Five equal classes of 20 points, the same in every release. Colours are from ColorBrewer and safe for colour-blind readers. A map that can be searched and enlarged is in viewer/.</figcaption>\n</figure>\n";
  }

  private static String mark(String style, String words) {
    return "<li><span class=\"swatch\" %s></span>%s</li>\n".formatted(style, words);
  }
}
