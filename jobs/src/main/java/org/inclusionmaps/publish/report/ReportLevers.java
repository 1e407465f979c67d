package org.inclusionmaps.publish.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongFunction;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.publish.figures.Figures;
import org.inclusionmaps.publish.figures.Part;
import org.inclusionmaps.publish.report.Estimates.Estimate;
import org.inclusionmaps.publish.writing.Html;
import org.inclusionmaps.publish.writing.Numbers;
import org.jspecify.annotations.Nullable;

/** The report's section on which lever each part answers to. */
final class ReportLevers {
  /**
   * A lever and whom it could reach.
   *
   * @param parts the parts that answer to it
   * @param indicator of the persons of all these parts together
   * @param means what it means, and what it leaves open
   */
  private record Lever(
      String name, String words, List<Part> parts, String indicator, String means) {}

  private static final List<Lever> LEVERS =
      List.of(
          new Lever(
              "Coverage",
              "coverage",
              List.of(Part.UNCOVERED),
              "uncovered_persons",
              "Usable networks where these persons live. Whether they could then pay is not counted here."),
          new Lever(
              "Price, or help with paying",
              "price",
              List.of(Part.PRICED_OUT, Part.BURDENED, Part.UNAFFORDABLE),
              "unaffordable_persons",
              "A cheaper basket, or income to pay for it. The burdened are connected already: for them it is relief, not access."),
          new Lever(
              "Devices and skills",
              "devices and skills",
              List.of(Part.HELD_BACK),
              "held_back_persons",
              "Network and price are there. Devices, skills, content and norms may stand in the way; these data do not tell which."),
          new Lever(
              "Data on networks",
              "data on networks",
              List.of(Part.UNKNOWN),
              "unknown_persons",
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
    return new ReportSection(
        "levers",
        "What can be done with it",
        "Estimates of how many persons each lever could matter to, with their 90 % intervals: "
            + String.join("; ", some.stream().map(lever -> told(lever, findings)).toList())
            + ". This says whom it could reach, not what it would bring or cost.",
        table(some, findings) + notes(some));
  }

  private static String told(Lever lever, Findings findings) {
    String persons = Numbers.about(findings.all().sumOf(lever.parts()));
    String between = between(lever, findings, Numbers::about);
    return "%s about %s (%s%s)"
        .formatted(
            lever.words(),
            persons,
            between.isEmpty() ? "no interval" : between,
            isLowest(findings.estimate(lever.indicator()))
                ? "; the estimate is the lower end"
                : "");
  }

  /** Whether an estimate, in persons, is the lower end of its interval. */
  private static boolean isLowest(@Nullable Estimate persons) {
    Double low = persons == null ? null : persons.low();
    return persons != null && low != null && Math.round(low) == Math.round(persons.value());
  }

  /** The interval of a lever's persons, each end as told by a function of millionths. */
  private static String between(Lever lever, Findings findings, LongFunction<String> told) {
    Estimate persons = findings.estimate(lever.indicator());
    Double low = persons == null ? null : persons.low();
    Double high = persons == null ? null : persons.high();
    return low == null || high == null
        ? ""
        : told.apply(Math.round(low * Tables.MICRO))
            + " to "
            + told.apply(Math.round(high * Tables.MICRO));
  }

  private static String table(List<Lever> levers, Findings findings) {
    Figures all = findings.all();
    List<List<String>> rows = new ArrayList<>();
    for (Lever lever : levers) {
      long persons = all.sumOf(lever.parts());
      String between = between(lever, findings, Numbers::persons);
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
              between.isEmpty() ? "–" : between,
              Numbers.pct(persons, all.persons()),
              lever.means()));
    }
    return "<div class=\"text\">"
        + Html.table(
            List.of(
                "Lever",
                "Parts",
                "Persons, estimate",
                "90 % interval",
                "Share of all",
                "What it means"),
            rows)
        + "</div>";
  }

  private static String notes(List<Lever> levers) {
    // The method of the five parts takes the least that held back can be.
    String heldBack =
        levers.stream().noneMatch(lever -> lever.parts().contains(Part.HELD_BACK))
            ? ""
            : ReportSection.note(
                "Devices and skills: the estimate takes those who can pay to connect first, which leaves the fewest of them unconnected. There can be many more.");
    return heldBack
        + ReportSection.note(
            "Where intervals overlap, it is not certain which lever could matter to more persons. All are estimates of today. A person who is uncovered today may prove unable to pay tomorrow: parts move into each other, and the numbers cannot be added to a plan's result.");
  }
}
