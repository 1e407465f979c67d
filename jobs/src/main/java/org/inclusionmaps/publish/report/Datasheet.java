package org.inclusionmaps.publish.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.inclusionmaps.config.RadioSettings.CoverageAreas;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.publish.writing.EarlierRelease;
import org.inclusionmaps.publish.writing.Numbers;
import org.inclusionmaps.publish.writing.ReleaseContext;
import org.inclusionmaps.publish.writing.ReleaseFiles;
import org.jspecify.annotations.Nullable;

/** Where the figures come from, what was assumed and how they are made, as Markdown. */
public final class Datasheet {
  public static final String NAME = "datasheet.md";

  private Datasheet() {}

  public static void write(
      ReleaseContext context, Findings findings, List<String> notShown, ReleaseFiles files) {
    List<String> lines = new ArrayList<>();
    lines.add("# " + Markdown.escaped(context.title()));
    lines.add("");
    lines.add("- Reference date: " + context.settings().release().referenceDate());
    lines.add("- Release: " + context.runId());
    lines.add("- Code: inclusion-maps " + Markdown.escaped(context.code()));
    List<EarlierRelease> earlier = context.earlier();
    lines.add(
        "- Compared with: "
            + (earlier.isEmpty()
                ? "no earlier release"
                : earlier.get(0).id() + " of " + earlier.get(0).date()));
    section(lines, "Inputs", "");
    lines.addAll(Markdown.table(List.of("table", "file", "sha256"), inputs(context)));
    section(lines, "Rows", "");
    lines.add("| table | rows |");
    lines.add("|---|---:|");
    context
        .sources()
        .rows()
        .forEach((t, n) -> lines.add("| %s | %s |".formatted(t, Numbers.count(n))));
    section(
        lines, "Missing", "Tables that the country does not give. What needs them is left out.");
    bullets(lines, context.sources().missing().stream().map(Datasheet::missing).toList());
    section(lines, "Left out or assumed in the data", "");
    bullets(lines, findings.assumptions());
    section(lines, "What is not shown of places", "");
    bullets(lines, notShown);
    section(lines, "What the intervals rest on", "");
    bullets(lines, context.caveats().intervals());
    section(lines, "Methods", "");
    bullets(lines, methods(context));
    Map<String, @Nullable Object> settings =
        new TreeMap<>(ReleaseContext.portable(context.described()));
    Object feeds = settings.remove("inputs");
    section(lines, "Feeds", "How each file was read. Folders are left out.");
    if (feeds instanceof Map<?, ?> map) {
      lines.addAll(Markdown.table(List.of("setting", "value"), Markdown.settings(map)));
    }
    section(lines, "Settings", "");
    lines.addAll(Markdown.table(List.of("setting", "value"), Markdown.settings(settings)));
    files.write(NAME, String.join("\n", lines) + "\n");
  }

  private static String missing(Table table) {
    return table.name() + ": " + table.description();
  }

  /** Sentences on how the figures are made. */
  static List<String> methods(ReleaseContext context) {
    List<String> methods = new ArrayList<>(always(context));
    Settings settings = context.settings();
    if (settings.radio().calibrates()) {
      methods.add(
          "Signals of a technology are raised or lowered by one number of decibels, so that its SDG 9.c.1 is the official figure given (%s). The model's own figures stand beside it."
              .formatted(
                  settings.radio().officialCoveragePct().entrySet().stream()
                      .map(of -> of.getKey() + " " + Numbers.plain(of.getValue()) + " %")
                      .collect(Collectors.joining(", "))));
    }
    if (!settings.inputs().getOrDefault(Tables.COVERAGE_AREAS.name(), List.of()).isEmpty()) {
      methods.add(
          settings.radio().coverageAreas() == CoverageAreas.INSTEAD
              ? "Where an operator states coverage areas of its own for a technology, they count instead of the model."
              : "Coverage areas that operators state are compared with the model; they do not count.");
    }
    return methods;
  }

  private static List<String> always(ReleaseContext context) {
    return List.of(
        "Persons are aged 15 and over and counted where they live.",
        "A usable network is %s or newer. Coverage is the probability of service at home, from the radio cells by a propagation model."
            .formatted(context.technology()),
        "Affordable means that the cheapest basket of %s a month on offer where they live costs at most %s %% of their own monthly income."
            .formatted(
                context.basket(), Numbers.plain(context.settings().affordability().thresholdPct())),
        "Income is per head of the household and one subscription an adult; no difference between women and men is made up from household income.",
        "Lacking affordable access is uncovered plus unaffordable, whoever is connected. Shares are of persons whose coverage is known.",
        "Who can afford it is taken to connect first: priced out is therefore at the upper end of its range, and burdened at its lower end. Intervals reach from there to where as many of those who can afford it are connected as of those who cannot.",
        "Where nothing tells of networks in an area, coverage is unknown: it is never counted as no access.",
        intervals(context.settings().uncertainty().replicates()),
        "Persons are published in whole thousandths, rounded once: hexagons of all resolutions, areas and map tiles of all zooms add up to the same country.");
  }

  private static String intervals(int replicates) {
    return replicates == 1
        ? "Figures are estimates of a model. No errors are drawn, so there are no intervals."
        : "Figures are estimates of a model. In indicators.csv low and high are the 5 %% and 95 %% quantiles of %d replicates, which draw what is uncertain with the errors of the settings under uncertainty. Those of SDG 9.c.1 have the error of signals alone; prices have none. Errors of the census, of the method and of cells that are not listed are not in them."
            .formatted(replicates);
  }

  private static void section(List<String> lines, String title, String lead) {
    lines.add("");
    lines.add("## " + title);
    lines.add("");
    if (!lead.isEmpty()) {
      lines.add(lead);
      lines.add("");
    }
  }

  private static void bullets(List<String> lines, List<String> items) {
    if (items.isEmpty()) {
      lines.add("- nothing");
    }
    items.forEach(item -> lines.add("- " + item.replace("<", "&lt;")));
  }

  private static List<List<String>> inputs(ReleaseContext context) {
    List<List<String>> rows = new ArrayList<>();
    new TreeMap<>(context.sources().inputs())
        .forEach(
            (table, hashes) ->
                new TreeMap<>(hashes)
                    .forEach((file, sha) -> rows.add(List.of(table, Markdown.escaped(file), sha))));
    return rows;
  }
}
