package org.inclusionmaps.publish.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.inclusionmaps.publish.figures.Figures;
import org.inclusionmaps.publish.figures.Part;
import org.inclusionmaps.publish.writing.Html;
import org.inclusionmaps.publish.writing.Numbers;

/** The report's section on which lever each part answers to. */
final class ReportLevers {
  /**
   * A lever and whom it could reach at most.
   *
   * @param parts the parts that answer to it
   * @param means what it means, and what it leaves open
   */
  private record Lever(String name, String words, List<Part> parts, String means) {}

  private static final List<Lever> LEVERS =
      List.of(
          new Lever(
              "Coverage",
              "coverage",
              List.of(Part.UNCOVERED),
              "Usable networks where these persons live. Whether they could then pay is not counted here."),
          new Lever(
              "Price, or help with paying",
              "price",
              List.of(Part.PRICED_OUT, Part.BURDENED, Part.UNAFFORDABLE),
              "A cheaper basket, or income to pay for it. The burdened are connected already: for them it is relief, not access."),
          new Lever(
              "Devices and skills",
              "devices and skills",
              List.of(Part.HELD_BACK),
              "Network and price are there. Devices, skills, content and norms may stand in the way; these data do not tell which."),
          new Lever(
              "Data on networks",
              "data on networks",
              List.of(Part.UNKNOWN),
              "Nothing tells of networks where these persons live, so they are in none of the shares."));

  private ReportLevers() {}

  static ReportSection section(Findings findings) {
    Figures all = findings.all();
    List<Lever> some =
        LEVERS.stream()
            .filter(lever -> all.sumOf(lever.parts()) > 0)
            .sorted(Comparator.comparingLong(lever -> -all.sumOf(lever.parts())))
            .toList();
    if (some.isEmpty()) {
      return new ReportSection(
          "levers", "What can be done with it", "", "<p>No part answers to any lever.</p>\n");
    }
    List<String> told = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (Lever lever : some) {
      long persons = all.sumOf(lever.parts());
      told.add("%s to about %s persons".formatted(lever.words(), Numbers.about(persons)));
      rows.add(
          List.of(
              lever.name(),
              String.join(
                  ", ",
                  lever.parts().stream()
                      .filter(part -> all.part(part) > 0)
                      .map(part -> Html.escaped(part.inWords()))
                      .toList()),
              Numbers.persons(persons),
              Numbers.pct(persons, all.persons()),
              lever.means()));
    }
    return new ReportSection(
        "levers",
        "What can be done with it",
        "What each lever could matter to, at most: "
            + String.join("; ", told)
            + ". This says whom it could reach, not what it would bring or cost.",
        "<div class=\"text\">"
            + Html.table(
                List.of("Lever", "Parts", "Persons", "Share of all", "What it means"), rows)
            + "</div>"
            + ReportSection.note(
                "The parts are estimates of today, each with its interval under Why. A person who is uncovered today may prove unable to pay tomorrow: parts move into each other, and the numbers cannot be added to a plan's result."));
  }
}
