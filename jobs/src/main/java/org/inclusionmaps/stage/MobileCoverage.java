package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.config.AffordabilitySettings.Shadowing;
import org.inclusionmaps.config.RadioSettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.deprivation.Access;

/**
 * SDG 9.c.1: persons of all ages in range of a technology or a newer one, by the best operator of
 * each area, and by all operators together. Persons of unknown coverage are left out.
 */
final class MobileCoverage {
  private static final String THRESHOLD = "threshold";

  /** Stands in the place of an operator for all of them together. */
  private static final String UNION = "";

  private MobileCoverage() {}

  /** The indicators over the columns of {@link #sums}. */
  static List<Indicator> indicators() {
    Column reason =
        when(col(GroupSums.PERSONS).equalTo(0L), "no persons")
            .when(col(GroupSums.KNOWN).equalTo(0L), "coverage is not known");
    List<Indicator> list = new ArrayList<>();
    for (String technology : IndicatorList.TECHNOLOGIES) {
      String name = "sdg_9_c_1_" + technology.toLowerCase(Locale.ROOT);
      String those =
          "SDG 9.c.1: persons of all ages in range of %s or newer, ".formatted(technology);
      list.add(
          Indicator.percent(
              name,
              col(best(technology)),
              GroupSums.KNOWN,
              reason,
              those + "of the operator that reaches most"));
      list.add(
          Indicator.percent(
              name + "_union",
              col(union(technology)),
              GroupSums.KNOWN,
              reason,
              those + "of any operator"));
    }
    return list;
  }

  /** One row an area with people: area, persons, known, unknown and those reached. */
  static Dataset<Row> sums(
      Dataset<Row> population,
      Dataset<Row> coverage,
      Dataset<Row> knownCoverage,
      Dataset<Row> up,
      RadioSettings radio,
      Shadowing shadowing) {
    Dataset<Row> people =
        population
            .groupBy(Tables.PLACE, Tables.AREA)
            .agg(sum(col(Tables.PERSONS_MICRO)).as(GroupSums.PERSONS))
            .join(
                broadcast(knownCoverage.select(Tables.AREA, "known")),
                new String[] {Tables.AREA},
                "left")
            .withColumn(
                GroupSums.KNOWN,
                when(coalesce(col("known"), lit(false)), col(GroupSums.PERSONS)).otherwise(0L));
    Dataset<Row> totals =
        people
            .groupBy(Tables.AREA)
            .agg(
                sum(col(GroupSums.PERSONS)).as(GroupSums.PERSONS),
                sum(col(GroupSums.KNOWN)).as(GroupSums.KNOWN))
            .join(broadcast(up), Tables.AREA)
            .groupBy(AreaTree.ANCESTOR)
            .agg(
                sum(col(GroupSums.PERSONS)).as(GroupSums.PERSONS),
                sum(col(GroupSums.KNOWN)).as(GroupSums.KNOWN))
            .withColumn(GroupSums.UNKNOWN, col(GroupSums.PERSONS).minus(col(GroupSums.KNOWN)));
    Dataset<Row> reached = reached(people, chances(coverage, radio, shadowing), up);
    return totals
        .join(reached, new String[] {AreaTree.ANCESTOR}, "left")
        .withColumnRenamed(AreaTree.ANCESTOR, Tables.AREA)
        .na()
        .fill(0L);
  }

  /** Probability of service by place, operator and threshold, with the union of the operators. */
  private static Dataset<Row> chances(
      Dataset<Row> coverage, RadioSettings radio, Shadowing shadowing) {
    Column[] thresholds =
        IndicatorList.TECHNOLOGIES.stream()
            .map(oldest -> when(Networks.atLeast(col(Tables.TECHNOLOGY), oldest), oldest))
            .toArray(Column[]::new);
    Dataset<Row> byOperator =
        coverage
            .select(
                col(Tables.PLACE),
                col(Tables.OPERATOR),
                Networks.probability(radio).as("chance"),
                explode(array(thresholds)).as(THRESHOLD))
            .where(col(THRESHOLD).isNotNull())
            .groupBy(Tables.PLACE, Tables.OPERATOR, THRESHOLD)
            .agg(max(col("chance")).as("chance"));
    Column together =
        sort_array(collect_list(struct(col(Tables.OPERATOR), col("chance")))).getField("chance");
    return byOperator.unionByName(
        byOperator
            .groupBy(Tables.PLACE, THRESHOLD)
            .agg(together.as("chances"))
            .select(
                col(Tables.PLACE),
                lit(UNION).as(Tables.OPERATOR),
                col(THRESHOLD),
                PricesOnOffer.union(col("chances"), shadowing).as("chance")));
  }

  private static Dataset<Row> reached(Dataset<Row> people, Dataset<Row> chances, Dataset<Row> up) {
    Column persons =
        udf((UDF2<Long, Double, Long>) Access::share, DataTypes.LongType)
            .withName("share_of_persons")
            .apply(col(GroupSums.KNOWN), col("chance"));
    Column[] columns =
        IndicatorList.TECHNOLOGIES.stream()
            .flatMap(t -> List.of(most(t, false), most(t, true)).stream())
            .toArray(Column[]::new);
    return people
        .where(col(GroupSums.KNOWN).gt(0L))
        .select(Tables.PLACE, Tables.AREA, GroupSums.KNOWN)
        .join(chances, Tables.PLACE)
        .groupBy(Tables.AREA, Tables.OPERATOR, THRESHOLD)
        .agg(sum(persons).as("reached"))
        .join(broadcast(up), Tables.AREA)
        .groupBy(AreaTree.ANCESTOR, Tables.OPERATOR, THRESHOLD)
        .agg(sum(col("reached")).as("reached"))
        .groupBy(AreaTree.ANCESTOR)
        .agg(columns[0], Arrays.copyOfRange(columns, 1, columns.length));
  }

  private static Column most(String technology, boolean union) {
    Column operator =
        union ? col(Tables.OPERATOR).equalTo(UNION) : col(Tables.OPERATOR).notEqual(UNION);
    return max(when(col(THRESHOLD).equalTo(technology).and(operator), col("reached")))
        .as(union ? union(technology) : best(technology));
  }

  private static String best(String technology) {
    return "best_" + technology;
  }

  private static String union(String technology) {
    return "union_" + technology;
  }
}
