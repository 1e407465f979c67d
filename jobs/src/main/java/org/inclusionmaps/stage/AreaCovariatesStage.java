package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.grid.NearestPoints;
import org.jspecify.annotations.Nullable;

/**
 * What may tell who is connected in an area: coverage, distance to the nearest cell, income, number
 * of people, settlement type, and the facts of the feed. A fact that an area has no row of is that
 * of the nearest area up the tree that has one.
 */
final class AreaCovariatesStage {
  private static final String LEVEL = AreaTree.ANCESTOR_LEVEL;

  /** A cell nearer than this is as near as one can be: its place is no better known. */
  private static final double NEAREST_KM = 0.5;

  /** The covariates that are made here. */
  private static final List<String> OWN_NAMES =
      List.of("coverage", "log_cell_km", "log_income", "log_persons", "urban");

  private static final StructType OWN =
      new StructType()
          .add(Tables.AREA, DataTypes.StringType, false)
          .add(Tables.SETTLEMENT_TYPE, DataTypes.StringType, false)
          .add("adults_micro", DataTypes.LongType, false)
          .add("coverage", DataTypes.DoubleType, true)
          .add("log_cell_km", DataTypes.DoubleType, true);

  private AreaCovariatesStage() {}

  static Dataset<Row> covariates(
      Dataset<Row> population,
      Dataset<Row> places,
      Dataset<Row> settlementTypes,
      Dataset<Row> areas,
      Dataset<Row> offers,
      Dataset<Row> knownCoverage,
      Dataset<Row> radioCells,
      Dataset<Row> incomes,
      Dataset<Row> facts) {
    List<String> names = factNames(facts);
    List<Column> labels = new ArrayList<>();
    List<Column> values = new ArrayList<>();
    add(labels, values, "coverage", col("coverage"));
    add(labels, values, "log_cell_km", col("log_cell_km"));
    add(labels, values, "log_income", col("log_income"));
    add(labels, values, "log_persons", log(col("adults_micro").divide((double) Tables.MICRO)));
    add(
        labels,
        values,
        "urban",
        when(col(Tables.SETTLEMENT_TYPE).equalTo("urban"), 1.0).otherwise(0.0));
    for (String name : names) {
      add(labels, values, name, col("facts").getItem(name));
    }
    return own(population, places, settlementTypes, offers, knownCoverage, nearest(radioCells))
        .join(
            incomes
                .groupBy(Tables.AREA)
                .agg(
                    log(min("mean_month")).plus(log(max("mean_month"))).divide(2).as("log_income")),
            on(Tables.AREA),
            "left")
        .join(byArea(facts, areas), on(Tables.AREA), "left")
        .select(
            col(Tables.AREA),
            col(Tables.SETTLEMENT_TYPE),
            col("adults_micro"),
            array(labels.toArray(Column[]::new)).cast("array<string>").as("covariates"),
            array(values.toArray(Column[]::new)).cast("array<double>").as("values"));
  }

  /**
   * The names of the facts, in order.
   *
   * @throws InclusionException if one has the name of a covariate that is made here
   */
  static List<String> factNames(Dataset<Row> facts) {
    List<String> names =
        facts.select("fact").distinct().sort("fact").as(Encoders.STRING()).collectAsList();
    for (String name : names) {
      if (OWN_NAMES.contains(name)) {
        throw new InclusionException(
            ErrorCode.CONTRACT_BROKEN,
            ("area_facts: the fact %s has the name of a covariate that the job makes itself (%s);"
                    + " call it another")
                .formatted(name, String.join(", ", OWN_NAMES)));
      }
    }
    return names;
  }

  private static void add(List<Column> labels, List<Column> values, String name, Column value) {
    labels.add(lit(name));
    values.add(value);
  }

  private static String[] on(String column) {
    return new String[] {column};
  }

  private static Dataset<Row> own(
      Dataset<Row> population,
      Dataset<Row> places,
      Dataset<Row> settlementTypes,
      Dataset<Row> offers,
      Dataset<Row> knownCoverage,
      @Nullable NearestPoints cells) {
    return population
        .where(AgeBands.adult())
        .groupBy(Tables.PLACE, Tables.AREA)
        .agg(sum(Tables.PERSONS_MICRO).as("persons"))
        .join(places.select(Tables.PLACE, Tables.LON, Tables.LAT), on(Tables.PLACE), "left")
        .join(settlementTypes, new String[] {Tables.PLACE, Tables.AREA})
        .join(offers.select(Tables.PLACE, "probabilities"), on(Tables.PLACE), "left")
        .join(broadcast(knownCoverage.select(Tables.AREA, "known")), on(Tables.AREA), "left")
        .select(
            col(Tables.AREA),
            col(Tables.SETTLEMENT_TYPE),
            col(Tables.PLACE),
            col("persons"),
            when(col("known"), coalesce(array_max(col("probabilities")), lit(0.0))),
            coalesce(col(Tables.LON), lit(0.0)),
            coalesce(col(Tables.LAT), lit(0.0)))
        .repartition(col(Tables.AREA))
        .sortWithinPartitions(Tables.AREA, Tables.SETTLEMENT_TYPE, Tables.PLACE)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                rows -> new RowsIterator<>(new EqualRows(rows, 0), area -> means(area, cells)),
            Encoders.row(OWN));
  }

  /** The places of an area, by settlement type, to the means of their people. */
  private static List<Row> means(List<Row> area, @Nullable NearestPoints cells) {
    List<Row> means = new ArrayList<>();
    Iterator<List<Row>> types = new EqualRows(area.iterator(), 1);
    while (types.hasNext()) {
      List<Row> places = types.next();
      long adults = 0;
      double covered = 0;
      double known = 0;
      double far = 0;
      for (Row place : places) {
        long persons = place.getLong(3);
        adults += persons;
        if (!place.isNullAt(4)) {
          known += persons;
          covered += persons * place.getDouble(4);
        }
        if (cells != null) {
          far += persons * Math.log(NEAREST_KM + cells.km(place.getDouble(5), place.getDouble(6)));
        }
      }
      Row first = places.get(0);
      means.add(
          RowFactory.create(
              first.getString(0),
              first.getString(1),
              adults,
              known > 0 ? covered / known : null,
              cells != null && adults > 0 ? far / adults : null));
    }
    return means;
  }

  /** The cells, a hundredth of a degree apart at least, some hundred thousand at most. */
  private static @Nullable NearestPoints nearest(Dataset<Row> radioCells) {
    List<Row> cells =
        radioCells
            .select(round(col(Tables.LON), 2), round(col(Tables.LAT), 2))
            .distinct()
            .collectAsList();
    return cells.isEmpty()
        ? null
        : new NearestPoints(
            cells.stream().mapToDouble(cell -> cell.getDouble(0)).toArray(),
            cells.stream().mapToDouble(cell -> cell.getDouble(1)).toArray());
  }

  /** Each area's facts, its own or those of the nearest area above it. */
  private static Dataset<Row> byArea(Dataset<Row> facts, Dataset<Row> areas) {
    Column share =
        when(col("of").isNull(), col("value"))
            .when(col("of").gt(0), col("value").divide(col("of")));
    return AreaTree.ancestors(areas)
        .join(
            facts.select(col(Tables.AREA).as(AreaTree.ANCESTOR), col("fact"), share.as("share")),
            AreaTree.ANCESTOR)
        .where(col("share").isNotNull())
        .groupBy(Tables.AREA, "fact")
        .agg(max_by(col("share"), col(LEVEL)).as("share"))
        .groupBy(Tables.AREA)
        .agg(map_from_entries(collect_list(struct(col("fact"), col("share")))).as("facts"));
  }
}
