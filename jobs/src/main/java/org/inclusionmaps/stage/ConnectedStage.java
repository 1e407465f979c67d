package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.config.ConnectedSettings;
import org.inclusionmaps.config.ConnectedSettings.RegisteredSexSettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.deprivation.Access;
import org.inclusionmaps.estimation.LogitShift;

/**
 * Rates of areas and of groups to the persons 15 and older of each place, area and group who are
 * connected. The groups of an area keep the odds to each other that the survey finds in the country
 * ({@link GroupRates}), and together make the rate of the area ({@link AreaRates}). Younger persons
 * have no row.
 *
 * <p>Where coverage is known, a group is connected at the places of its area in proportion to who
 * are covered there. No more are connected than are covered: the rest is counted as removed.
 * Without rates the persons are absent.
 */
final class ConnectedStage {
  private static final List<String> GROUP =
      List.of(Tables.AREA, Tables.SETTLEMENT_TYPE, Tables.SEX, Tables.AGE_BAND);

  /** Nearer to 1 than this a share has no logit to err by. */
  private static final double NEAREST_TO_ALL = 1e-6;

  private static final StructType RATES =
      new StructType()
          .add(Tables.AREA, DataTypes.StringType, false)
          .add(Tables.SETTLEMENT_TYPE, DataTypes.StringType, false)
          .add(Tables.SEX, DataTypes.StringType, false)
          .add(Tables.AGE_BAND, DataTypes.StringType, false)
          .add(GroupRates.RATE, DataTypes.DoubleType, false)
          .add("error_sources", DataTypes.createArrayType(DataTypes.StringType), false)
          .add("logit_errors", DataTypes.createArrayType(DataTypes.DoubleType), false);

  private ConnectedStage() {}

  static Dataset<Row> connected(
      Dataset<Row> areaRates,
      Dataset<Row> survey,
      Dataset<Row> areas,
      Dataset<Row> population,
      Dataset<Row> settlementTypes,
      Dataset<Row> affordability,
      Dataset<Row> subscribers,
      String source,
      ConnectedSettings settings,
      double groupOddsPct) {
    Dataset<Row> adults =
        population
            .where(AgeBands.adult())
            .join(settlementTypes, new String[] {Tables.PLACE, Tables.AREA})
            .select(PlaceGroups.and(col(Tables.PERSONS_MICRO), col(Tables.SETTLEMENT_TYPE)))
            .join(
                affordability.select(PlaceGroups.and(col("coverage_probability").as("covered"))),
                PlaceGroups.on(),
                "left");
    Dataset<Row> groups =
        GroupRates.rates(
            survey,
            areas,
            adults.select(Tables.SEX, Tables.AGE_BAND).distinct(),
            settings.minimumRespondents(),
            groupOddsPct);
    Dataset<Row> grouped = grouped(adults, groups);
    RegisteredSexSettings register = settings.registeredSex();
    Dataset<Row> shifts =
        register == null
            ? SexesOfSims.none(survey)
            : SexesOfSims.shifts(subscribers, areas, grouped, areaRates, register);
    Dataset<Row> rates = rates(grouped, areaRates, shifts);
    return adults
        .join(rates, GROUP.toArray(String[]::new), "left")
        .join(reached(adults), new String[] {Tables.AREA, Tables.SETTLEMENT_TYPE}, "left")
        .withColumn("placed", placed())
        .select(
            PlaceGroups.and(
                when(col("placed").isNotNull(), share(coalesce(col("placed"), lit(0.0))))
                    .as(Tables.PERSONS_MICRO),
                share(
                        coalesce(
                            greatest(lit(0.0), col(GroupRates.RATE).minus(col("reached"))),
                            lit(0.0)))
                    .as("removed_micro"),
                when(col("placed").isNotNull(), source).otherwise("none").as("source"),
                col("placed").as(GroupRates.RATE),
                col("error_sources"),
                transform(col("logit_errors"), error -> error.multiply(ofPlaced()))
                    .as("logit_errors")));
  }

  /** Share of the persons of an area and settlement type who are covered, where that is known. */
  private static Dataset<Row> reached(Dataset<Row> adults) {
    return adults
        .where(col("covered").isNotNull())
        .groupBy(Tables.AREA, Tables.SETTLEMENT_TYPE)
        .agg(
            sum(share(coalesce(col("covered"), lit(0.0)))).as("covered_micro"),
            sum(Tables.PERSONS_MICRO).as("all_micro"))
        .select(
            col(Tables.AREA),
            col(Tables.SETTLEMENT_TYPE),
            when(col("all_micro").gt(0), col("covered_micro").divide(col("all_micro")))
                .otherwise(0.0)
                .as("reached"));
  }

  /**
   * The share of a place who are connected: in proportion to who are covered there, so that the
   * places of an area have its rate together, and all who are covered at the most.
   */
  private static Column placed() {
    Column ofCovered =
        when(col(GroupRates.RATE).geq(col("reached")), lit(1.0))
            .otherwise(col(GroupRates.RATE).divide(col("reached")));
    return when(col(GroupRates.RATE).isNull(), lit(null).cast("double"))
        .when(col("covered").isNull(), col(GroupRates.RATE))
        .otherwise(least(lit(1.0), col("covered").multiply(ofCovered)));
  }

  /**
   * What an error of one on the logit of the area's rate r does to that of the place's share p: the
   * share is r times what is covered here over there, so p(1 - p) of its own logit is r(1 - r)p/r.
   */
  private static Column ofPlaced() {
    Column share = col("placed");
    return when(
            share.lt(1 - NEAREST_TO_ALL),
            lit(1).minus(col(GroupRates.RATE)).divide(lit(1).minus(share)))
        .otherwise(0.0);
  }

  /** The adults of each area and group, with the rate that the survey has of the group. */
  private static Dataset<Row> grouped(Dataset<Row> adults, Dataset<Row> groups) {
    return adults
        .groupBy(GROUP.get(0), GROUP.subList(1, GROUP.size()).toArray(String[]::new))
        .agg(sum(Tables.PERSONS_MICRO).as("persons"))
        .join(
            groups.withColumnRenamed(GroupRates.RATE, "group_rate"),
            new String[] {Tables.SETTLEMENT_TYPE, Tables.SEX, Tables.AGE_BAND},
            "left")
        .withColumn("group_rate", coalesce(col("group_rate"), lit(0.5)));
  }

  /** The rates of the groups of each area and settlement type. */
  private static Dataset<Row> rates(
      Dataset<Row> grouped, Dataset<Row> areaRates, Dataset<Row> shifts) {
    return grouped
        .groupBy(Tables.AREA, Tables.SETTLEMENT_TYPE)
        .agg(
            collect_list(
                    struct(
                        col(Tables.SEX),
                        col(Tables.AGE_BAND),
                        col("persons"),
                        col("group_rate"),
                        coalesce(col("domains"), array().cast("array<string>")),
                        coalesce(col("domain_errors"), array().cast("array<double>"))))
                .as("groups"))
        .join(areaRates, new String[] {Tables.AREA, Tables.SETTLEMENT_TYPE})
        .join(broadcast(shifts), new String[] {Tables.AREA}, "left")
        .select(
            col(Tables.AREA),
            col(Tables.SETTLEMENT_TYPE),
            col(GroupRates.RATE),
            col("error_sources"),
            col("logit_errors"),
            col("groups"),
            coalesce(col(SexesOfSims.SHIFT), lit(0.0)),
            coalesce(col("shift_sources"), array().cast("array<string>")),
            coalesce(col("shift_errors"), array().cast("array<double>")))
        .flatMap((FlatMapFunction<Row, Row>) ConnectedStage::shifted, Encoders.row(RATES));
  }

  /** The groups of an area, moved together to its rate. */
  private static Iterator<Row> shifted(Row area) {
    List<Row> groups = new ArrayList<>(area.<Row>getList(5));
    groups.sort(
        Comparator.comparing((Row group) -> group.getString(0))
            .thenComparing(group -> group.getString(1)));
    double[] persons = groups.stream().mapToDouble(group -> group.getLong(2)).toArray();
    double sexShift = area.getDouble(6);
    double[] rates =
        groups.stream()
            .mapToDouble(
                group ->
                    sexShift == 0
                        ? group.getDouble(3)
                        : LogitShift.apply(group.getDouble(3), side(group) * sexShift))
            .toArray();
    double all = 0;
    for (double of : persons) {
      all += of;
    }
    double rate = area.getDouble(2);
    double total = all * rate;
    double shift = total > 0 && total < all ? LogitShift.of(persons, rates, total) : 0;
    double[] shifted = new double[rates.length];
    for (int i = 0; i < rates.length; i++) {
      shifted[i] = total > 0 && total < all ? LogitShift.apply(rates[i], shift) : rate;
    }
    List<Row> out = new ArrayList<>();
    for (int i = 0; i < rates.length; i++) {
      Map<String, Double> errors = new LinkedHashMap<>();
      List<String> sources = area.getList(3);
      for (int k = 0; k < sources.size(); k++) {
        errors.put(sources.get(k), area.<Double>getList(4).get(k));
      }
      groupErrors(area, groups, persons, shifted, i, errors);
      out.add(
          RowFactory.create(
              area.getString(0),
              area.getString(1),
              groups.get(i).getString(0),
              groups.get(i).getString(1),
              shifted[i],
              errors.keySet().toArray(),
              errors.values().toArray()));
    }
    return out.iterator();
  }

  /**
   * What the errors of the groups' rates do to the logit of one of them, when all are moved
   * together so that the area's rate stays: its own error less the mean of all, weighted by how far
   * each moves the area.
   */
  private static void groupErrors(
      Row area,
      List<Row> groups,
      double[] persons,
      double[] rates,
      int of,
      Map<String, Double> errors) {
    double all = 0;
    for (int h = 0; h < rates.length; h++) {
      all += persons[h] * rates[h] * (1 - rates[h]);
    }
    if (!(all > 0)) {
      return;
    }
    for (int h = 0; h < rates.length; h++) {
      double weight = persons[h] * rates[h] * (1 - rates[h]) / all;
      double own = (h == of ? 1 : 0) - weight;
      add(groups.get(h).getList(4), groups.get(h).getList(5), own, errors);
      add(area.getList(7), area.getList(8), side(groups.get(h)) * own, errors);
    }
  }

  private static void add(
      List<String> sources, List<Double> of, double times, Map<String, Double> errors) {
    for (int k = 0; k < sources.size(); k++) {
      double error = of.get(k) * times;
      if (error != 0) {
        errors.merge(sources.get(k), error, Double::sum);
      }
    }
  }

  /** What a group takes of the shift between the sexes: half of it up, or half of it down. */
  private static double side(Row group) {
    return switch (group.getString(0)) {
      case "female" -> 0.5;
      case "male" -> -0.5;
      default -> 0;
    };
  }

  private static Column share(Column share) {
    return udf((UDF2<Long, Double, Long>) Access::share, DataTypes.LongType)
        .withName("share_of_persons")
        .apply(col(Tables.PERSONS_MICRO), share);
  }
}
