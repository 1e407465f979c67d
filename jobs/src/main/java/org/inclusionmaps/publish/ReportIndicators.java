package org.inclusionmaps.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report's tables of indicators: SDG 9.c.1, and the others of the country. */
final class ReportIndicators {
  private static final String SDG = "sdg_9_c_1_";
  private static final String UNION = "_union";
  private static final String MODELLED = "_modelled";

  private static final Map<String, String> LABELS =
      Map.ofEntries(
          Map.entry("connected_pct", "Use mobile internet, % of persons 15 and over"),
          Map.entry("gender_gap_pct", "Gender gap in use of mobile internet, %"),
          Map.entry("itu_affordability_pct", "Price of the basket, % of monthly income (ITU)"),
          Map.entry("lacking_pct", "Lack affordable access, %"),
          Map.entry("uncovered_pct", "No usable network, %"),
          Map.entry("priced_out_pct", "Priced out, %"),
          Map.entry("burdened_pct", "Burdened, %"),
          Map.entry("held_back_pct", "Held back, %"),
          Map.entry("included_pct", "Included, %"));

  private ReportIndicators() {}

  static String html(List<Findings.Indicator> indicators) {
    List<List<String>> sdg = new ArrayList<>();
    List<List<String>> others = new ArrayList<>();
    for (Findings.Indicator indicator : indicators) {
      if (!indicator.ofEverybody() || indicator.unit().equals("persons")) {
        continue;
      }
      boolean isSdg = indicator.name().startsWith(SDG);
      String label = isSdg ? sdgLabel(indicator.name()) : label(indicator.name());
      (isSdg ? sdg : others)
          .add(
              List.of(
                  Html.escaped(label),
                  value(indicator),
                  Html.escaped(indicator.quality()),
                  Html.escaped(indicator.method())));
    }
    List<String> header = List.of("Indicator", "Value", "Quality", "Method");
    String out = "";
    if (!sdg.isEmpty()) {
      out +=
          Report.section("SDG 9.c.1: population covered by a mobile network")
              + "<p>Coverage alone, for persons of all ages, whatever it costs. It is the official indicator, and it says nothing of who can afford to use the network.</p>\n"
              + Html.table(header, sdg);
    }
    if (!others.isEmpty()) {
      out += Report.section("Other national indicators") + Html.table(header, others);
    }
    return out;
  }

  private static String sdgLabel(String name) {
    String rest = name.substring(SDG.length());
    boolean modelled = rest.endsWith(MODELLED);
    if (modelled) {
      rest = rest.substring(0, rest.length() - MODELLED.length());
    }
    boolean union = rest.endsWith(UNION);
    String generation =
        (union ? rest.substring(0, rest.length() - UNION.length()) : rest).toUpperCase(Locale.ROOT);
    return "Covered by %s or newer, %s%s"
        .formatted(
            generation,
            union ? "any operator" : "the best single operator",
            modelled ? ", by the model alone" : "");
  }

  private static String label(String name) {
    String known = LABELS.get(name);
    return known != null ? known : name.replace('_', ' ');
  }

  private static String value(Findings.Indicator indicator) {
    Double value = indicator.value();
    if (value == null) {
      String reason = indicator.reason();
      return "not known" + (reason == null ? "" : ": " + Html.escaped(reason));
    }
    Double low = indicator.low();
    Double high = indicator.high();
    String interval =
        low == null || high == null
            ? ""
            : " (%s to %s)".formatted(Numbers.figure(low), Numbers.figure(high));
    return Numbers.figure(value) + (indicator.unit().equals("percent") ? "\u00a0%" : "") + interval;
  }
}
