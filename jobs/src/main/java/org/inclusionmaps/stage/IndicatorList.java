package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.contract.Tables;

/** The indicators of persons 15 and older, each defined once, over {@link GroupSums}. */
final class IndicatorList {
  /** Technologies of SDG 9.c.1, each meaning itself or newer. */
  static final List<String> TECHNOLOGIES = List.of("2G", "3G", "4G", "5G");

  private static final Column ALWAYS = lit(null).cast(DataTypes.StringType);

  private static final Column UNKNOWN_COVERAGE =
      when(col(GroupSums.PERSONS).equalTo(0L), "no persons")
          .when(col(GroupSums.KNOWN).equalTo(0L), "coverage is not known");

  private IndicatorList() {}

  /**
   * All of them.
   *
   * @param sexes whether what tells of connected persons tells the sexes apart
   */
  static List<Indicator> all(Sexes sexes) {
    List<Indicator> list = new ArrayList<>();
    list.add(Indicator.persons("persons", col(GroupSums.PERSONS), ALWAYS, "persons 15 and older"));
    list.add(
        Indicator.persons(
            "unknown_persons",
            col(GroupSums.UNKNOWN),
            ALWAYS,
            "persons 15 and older where the list of cells is silent; left out of all shares"));
    list.add(
        Indicator.percent(
            "unknown_pct",
            col(GroupSums.UNKNOWN),
            GroupSums.PERSONS,
            when(col(GroupSums.PERSONS).equalTo(0L), "no persons"),
            "unknown persons of persons 15 and older"));
    list.addAll(access());
    list.addAll(use(untold(sexes)));
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
    list.addAll(
        both("lacking", GroupSums.KNOWN, "no usable network, or its price over the threshold"));
    list.addAll(both("uncovered", GroupSums.KNOWN, "no usable network where they live"));
    list.addAll(
        both("unaffordable", GroupSums.KNOWN, "covered, the price on offer over the threshold"));
    list.addAll(
        both("affordable", GroupSums.KNOWN, "covered, the price on offer within the threshold"));
    list.add(
        Indicator.percent(
            "coverage_gap_pct",
            col("uncovered"),
            GroupSums.KNOWN,
            UNKNOWN_COVERAGE,
            "GSMA: no usable network, of persons 15 and older of known coverage"));
    return list;
  }

  private static List<Indicator> use(Column untold) {
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
      list.add(Indicator.persons(part[0] + "_persons", col(part[0]), untold, part[1]));
      list.add(
          Indicator.percent(
              part[0] + "_pct", col(part[0]), GroupSums.TOLD, untold, part[1] + those));
    }
    list.add(
        Indicator.percent(
            "usage_gap_pct",
            col("priced_out").plus(col("held_back")),
            GroupSums.TOLD,
            untold,
            "GSMA: covered and not connected" + those));
    return list;
  }

  private static List<Indicator> both(String part, String total, String method) {
    return List.of(
        Indicator.persons(part + "_persons", col(part), UNKNOWN_COVERAGE, method),
        Indicator.percent(
            part + "_pct",
            col(part),
            total,
            UNKNOWN_COVERAGE,
            method + ", of persons 15 and older of known coverage"));
  }

  private static List<Indicator> sexGaps(Sexes sexes) {
    Column female = rate("female");
    Column male = rate("male");
    Column reason = noGap(sexes);
    return List.of(
        Indicator.comparison(
            "gender_gap_pct",
            "percent",
            try_divide(male.minus(female).multiply(100), male),
            reason,
            "GSMA: (rate of men - rate of women) / rate of men, connected persons"),
        Indicator.comparison(
            "gender_parity_score",
            "ratio",
            try_divide(female, male),
            reason,
            "ITU: rate of women / rate of men, connected persons; 0.98 to 1.02 is parity"));
  }

  private static Column rate(String sex) {
    return try_divide(
        col(GroupSums.of(GroupSums.CONNECTED, sex)).cast(DataTypes.DoubleType),
        col(GroupSums.of(GroupSums.TOLD, sex)));
  }

  private static Column untold(Sexes sexes) {
    Column untold =
        when(col(GroupSums.PERSONS).equalTo(0L), "no persons")
            .when(col(GroupSums.KNOWN).equalTo(0L), "coverage is not known")
            .when(col(GroupSums.TOLD).equalTo(0L), "connected persons are not known");
    return sexes == Sexes.TOLD_APART
        ? untold
        : untold.when(
            col(Tables.SEX).notEqual(Tables.ALL),
            "the source of connected persons does not tell the sexes apart");
  }

  private static Column noGap(Sexes sexes) {
    Column none =
        when(col(Tables.SEX).notEqual(Tables.ALL), "compares both sexes")
            .when(col(GroupSums.PERSONS).equalTo(0L), "no persons")
            .when(col(GroupSums.KNOWN).equalTo(0L), "coverage is not known")
            .when(col(GroupSums.TOLD).equalTo(0L), "connected persons are not known");
    if (sexes == Sexes.NOT_TOLD) {
      return none.otherwise("the source of connected persons does not tell the sexes apart");
    }
    return none.when(col(GroupSums.of(GroupSums.TOLD, "female")).equalTo(0L), "no women")
        .when(col(GroupSums.of(GroupSums.TOLD, "male")).equalTo(0L), "no men")
        .when(col(GroupSums.of(GroupSums.CONNECTED, "male")).equalTo(0L), "no man is connected");
  }
}
