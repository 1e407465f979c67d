package org.inclusionmaps.publish.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.inclusionmaps.config.AffordabilitySettings;
import org.inclusionmaps.publish.writing.ReleaseContext;

/** What each indicator is called where people read it, with its unit. */
final class IndicatorLabels {
  /** Before a technology: who is covered by it or a newer one. */
  static final String SDG = "sdg_9_c_1_";

  private static final String UNION = "_union";
  private static final String MODELLED = "_modelled";
  private static final String EACH_BASKET = "basket_income_pct_";
  private static final String PERSONS = " (persons)";
  private static final String SHARE = " (% of persons)";
  private static final Map<String, String> LABELS = labels();

  private IndicatorLabels() {}

  private static Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    both(labels, "lacking", "Lack affordable access");
    both(labels, "uncovered", "Uncovered: no usable network where they live");
    both(labels, "unaffordable", "Covered, but it costs too much");
    both(labels, "affordable", "Covered at a price that they can afford");
    both(labels, "connected", "Use mobile internet");
    both(labels, "priced_out", "Priced out: covered, too dear, not connected");
    both(labels, "priced_out_min", "Priced out, the least that it can be");
    both(labels, "priced_out_max", "Priced out, the most that it can be");
    both(labels, "burdened", "Burdened: connected, although too dear");
    both(labels, "held_back", "Held back: covered, affordable, not connected");
    both(labels, "included", "Included: connected and affordable");
    both(labels, "unknown", "Coverage is not known");
    labels.put("persons", "Aged 15 and over" + PERSONS);
    labels.put("coverage_gap_pct", "Coverage gap (GSMA): not covered" + SHARE);
    labels.put("usage_gap_pct", "Usage gap (GSMA): covered and not connected" + SHARE);
    labels.put(
        "gender_gap_pct", "Gender gap (GSMA): women's use of mobile internet below men's (%)");
    labels.put("gender_parity_score", "Gender parity (ITU): women's use over men's (ratio)");
    labels.put("basket_price_month", "Price of the basket of the largest operator (money a month)");
    labels.put(
        "basket_price_month_subscribers",
        "Price of the basket, mean over subscribers (money a month)");
    labels.put("basket_price_month_ppp", "Price of the basket (international dollars a month)");
    labels.put("itu_affordability_pct", "Price of the basket (ITU; % of mean income)");
    labels.put(
        "basket_income_pct_bottom_40",
        "Price of the basket for the poorer 40 % (% of their mean income)");
    labels.put(
        "basket_income_pct_poorest_20",
        "Price of the basket for the poorest 20 % (% of their mean income)");
    return labels;
  }

  private static void both(Map<String, String> labels, String name, String words) {
    labels.put(name + "_persons", words + PERSONS);
    labels.put(name + "_pct", words + SHARE);
  }

  /** Whether an indicator has words of its own. */
  static boolean has(String name, AffordabilitySettings affordability) {
    return name.startsWith(SDG)
        || LABELS.containsKey(name)
        || affordability.baskets().containsKey(basket(name));
  }

  /** The words for an indicator, with its unit; its bare name where it is not one of ours. */
  static String of(String name, AffordabilitySettings affordability) {
    String label = LABELS.get(name);
    if (label != null) {
      return label;
    }
    if (name.startsWith(SDG)) {
      return coverage(name.substring(SDG.length()));
    }
    var basket = affordability.baskets().get(basket(name));
    return basket == null
        ? name.replace('_', ' ')
        : "Price of %s a month (%% of mean income)".formatted(ReleaseContext.words(basket));
  }

  /** A share of persons in words, without its unit and what explains it. */
  static String word(String share) {
    return LABELS.getOrDefault(share, share).replace(SHARE, "").replaceFirst(":.*", "");
  }

  private static String basket(String name) {
    return name.startsWith(EACH_BASKET) ? name.substring(EACH_BASKET.length()) : "";
  }

  private static String coverage(String name) {
    String rest = without(name, MODELLED);
    return "Covered by %s or newer, %s%s (%% of persons of all ages)"
        .formatted(
            without(rest, UNION).toUpperCase(Locale.ROOT),
            rest.endsWith(UNION) ? "any operator" : "the best single operator",
            name.endsWith(MODELLED) ? ", by the model alone" : "");
  }

  private static String without(String name, String end) {
    return name.endsWith(end) ? name.substring(0, name.length() - end.length()) : name;
  }
}
