package org.inclusionmaps.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.inclusionmaps.config.ConnectedSettings;
import org.inclusionmaps.publish.writing.Html;
import org.inclusionmaps.publish.writing.Numbers;
import org.inclusionmaps.publish.writing.ReleaseContext;
import org.inclusionmaps.publish.writing.ReleaseFiles;

/** What a release owes to rows of persons, and how they are protected, as Markdown. */
final class PrivacyNote {
  static final String NAME = "privacy.md";

  private PrivacyNote() {}

  static void write(ReleaseContext context, List<Equity> equity, ReleaseFiles files) {
    List<String> lines = new ArrayList<>();
    lines.add("# Privacy of this release");
    lines.add("");
    lines.add("Release: " + context.runId());
    lines.add("");
    if (context.caveats().measurements().isEmpty()) {
      lines.add(
          "No subscription was read for this release. Who is connected rests on surveys or published"
              + " figures (datasheet.md).");
    } else {
      lines.add(
          "Connected persons rest on counts that were taken once and are protected as told below. The jobs that made this"
              + " release read these counts alone, and no row of a person. Figures of hexagons are"
              + " estimates of a model: no count of a hexagon is published.");
      context
          .caveats()
          .measurements()
          .forEach(statement -> lines.addAll(List.of("", statement.strip())));
      counts(context.settings().connected(), equity, lines);
    }
    String waiver = context.settings().release().equityWaiver();
    if (waiver != null) {
      lines.addAll(
          List.of(
              "",
              "## Waiver of the equity check",
              "",
              "> " + Html.escaped(waiver.replaceAll("\\s+", " "))));
    }
    files.write(NAME, String.join("\n", lines) + "\n");
  }

  private static void counts(ConnectedSettings rules, List<Equity> equity, List<String> lines) {
    lines.addAll(
        List.of(
            "",
            "## Which counts are used",
            "",
            String.format(
                Locale.ROOT,
                "The count of an area is used if it is not hidden, is %s persons or more with 95 %% certainty, and has"
                    + " a standard error of %s %% of it or less. Elsewhere the model tells, as it does"
                    + " where nothing is counted.",
                Numbers.plain(rules.leastPersons()),
                Numbers.plain(rules.mostErrorPct()))));
    if (!equity.isEmpty()) {
      lines.addAll(
          List.of(
              "",
              "| sex as registered | areas | used in | persons of this sex where it is not, % | standard error of a count, mean % |",
              "|---|---:|---:|---:|---:|"));
      for (Equity of : equity) {
        lines.add(
            String.format(
                Locale.ROOT,
                "| %s | %d | %d | %.1f | %.1f |",
                of.sex(),
                of.areas(),
                of.shown(),
                of.hiddenPct(),
                of.errorPct()));
      }
    }
  }
}
