package org.inclusionmaps.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.inclusionmaps.contract.Tables;
import org.jspecify.annotations.Nullable;

/** The indicators of persons 15 and older, each defined once, over {@link GroupSums}. */
final class IndicatorList {
  /** Technologies of SDG 9.c.1, each meaning itself or newer. */
  private IndicatorList() {}

  /**
   * All of them.
   *
   * @param sexes whether what tells of connected persons tells the sexes apart
   */
  static List<Indicator> all(Sexes sexes) {
    List<Indicator> list = new ArrayList<>();
    list.add(Indicator.persons("persons", GroupSums.PERSONS, sums -> null, "persons 15 and older"));
    list.add(
        Indicator.persons(
            "unknown_persons",
            GroupSums.UNKNOWN,
            sums -> null,
            "persons 15 and older where the list of cells is silent; left out of all shares"));
    list.add(
        Indicator.percent(
            "unknown_pct",
            sums -> sums.get(GroupSums.UNKNOWN),
            GroupSums.PERSONS,
            sums -> sums.get(GroupSums.PERSONS) == 0 ? "no persons" : null,
            "unknown persons of persons 15 and older"));
    list.addAll(access());
    list.addAll(use(sums -> untold(sums, sexes)));
    list.addAll(sexGaps(sexes));
    return list;
  }

  /** Whether a source tells women from men. */
  enum Sexes {
    TOLD_APART,
    NOT_TOLD
  }

  private static List<Indicator> access() {
    List<Indicator> list = new ArrayList<>();
    list.addAll(both("lacking", "no usable network, or its price over the threshold"));
    list.addAll(both("uncovered", "no usable network where they live"));
    list.addAll(both("unaffordable", "covered, the price on offer over the threshold"));
    list.addAll(both("affordable", "covered, the price on offer within the threshold"));
    list.add(
        Indicator.percent(
            "coverage_gap_pct",
            sums -> sums.get("uncovered"),
            GroupSums.KNOWN,
            IndicatorList::unknown,
            "GSMA: no usable network, of persons 15 and older of known coverage"));
    return list;
  }

  private static List<Indicator> both(String part, String method) {
    return List.of(
        Indicator.persons(part + "_persons", part, IndicatorList::unknown, method),
        Indicator.percent(
            part + "_pct",
            sums -> sums.get(part),
            GroupSums.KNOWN,
            IndicatorList::unknown,
            method + ", of persons 15 and older of known coverage"));
  }

  private static List<Indicator> use(Function<Sums, @Nullable String> untold) {
    String those = ", of persons 15 and older of known coverage";
    List<Indicator> list = new ArrayList<>();
    for (String[] part :
        new String[][] {
          {"connected", "use mobile internet; no more than are covered"},
          {"priced_out", "covered, price over the threshold, not connected; highest estimate"},
          {"priced_out_min", "least that priced_out can be"},
          {"priced_out_max", "most that priced_out can be"},
          {"burdened", "connected at a price over the threshold; lowest estimate"},
          {"held_back", "covered, price within the threshold, not connected; lowest estimate"},
          {"included", "connected at a price within the threshold; highest estimate"}
        }) {
      list.add(Indicator.persons(part[0] + "_persons", part[0], untold, part[1]));
      list.add(
          Indicator.percent(
              part[0] + "_pct",
              sums -> sums.get(part[0]),
              GroupSums.TOLD,
              untold,
              part[1] + those));
    }
    list.add(
        Indicator.percent(
            "usage_gap_pct",
            sums -> sums.get("priced_out") + sums.get("held_back"),
            GroupSums.TOLD,
            untold,
            "GSMA: covered and not connected" + those));
    return list;
  }

  private static List<Indicator> sexGaps(Sexes sexes) {
    return List.of(
        Indicator.comparison(
            "gender_gap_pct",
            "percent",
            sums -> (rate(sums, "male") - rate(sums, "female")) * 100 / rate(sums, "male"),
            sums -> noGap(sums, sexes),
            "GSMA: (rate of men - rate of women) / rate of men, connected persons"),
        Indicator.comparison(
            "gender_parity_score",
            "ratio",
            sums -> rate(sums, "female") / rate(sums, "male"),
            sums -> noGap(sums, sexes),
            "ITU: rate of women / rate of men, connected persons; 0.98 to 1.02 is parity"));
  }

  private static double rate(Sums sums, String sex) {
    return (double) sums.get(GroupSums.of(GroupSums.CONNECTED, sex))
        / sums.get(GroupSums.of(GroupSums.TOLD, sex));
  }

  /** Why shares of persons of known coverage cannot be had. */
  static @Nullable String unknown(Sums sums) {
    if (sums.get(GroupSums.PERSONS) == 0) {
      return "no persons";
    }
    return sums.get(GroupSums.KNOWN) == 0 ? "coverage is not known" : null;
  }

  private static @Nullable String untold(Sums sums) {
    String unknown = unknown(sums);
    return unknown == null && sums.get(GroupSums.TOLD) == 0
        ? "connected persons are not known"
        : unknown;
  }

  private static @Nullable String untold(Sums sums, Sexes sexes) {
    String untold = untold(sums);
    return untold == null && sexes == Sexes.NOT_TOLD && !sums.sex().equals(Tables.ALL)
        ? "the source of connected persons does not tell the sexes apart"
        : untold;
  }

  private static @Nullable String noGap(Sums sums, Sexes sexes) {
    if (!sums.sex().equals(Tables.ALL)) {
      return "compares both sexes";
    }
    String untold = untold(sums);
    if (untold != null) {
      return untold;
    }
    if (sexes == Sexes.NOT_TOLD) {
      return "the source of connected persons does not tell the sexes apart";
    }
    if (sums.get(GroupSums.of(GroupSums.TOLD, "female")) == 0) {
      return "no women";
    }
    if (sums.get(GroupSums.of(GroupSums.TOLD, "male")) == 0) {
      return "no men";
    }
    return sums.get(GroupSums.of(GroupSums.CONNECTED, "male")) == 0 ? "no man is connected" : null;
  }
}
