package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.estimation.DirectEstimate;
import org.inclusionmaps.estimation.DirectEstimate.Respondent;
import org.jspecify.annotations.Nullable;

/**
 * Survey and covariates to the rates of connected persons of all areas, by {@link AreaRates}.
 * Direct estimates are those of the feed; without them the counts of a measurement of
 * subscriptions; without it those of the survey's respondents by their area and settlement type.
 */
final class AreaRatesStage {
  /** A unit with fewer respondents does not tell the survey's design effect. */
  private static final int TELLS_DESIGN = 10;

  private static final double LEAST_DESIGN = 0.5;
  private static final double MOST_DESIGN = 20;

  private static final StructType DIRECT =
      new StructType()
          .add(Tables.AREA, DataTypes.StringType, false)
          .add(Tables.SETTLEMENT_TYPE, DataTypes.StringType, false)
          .add("share", DataTypes.DoubleType, false)
          .add("variance", DataTypes.DoubleType, false)
          .add("respondents", DataTypes.IntegerType, false);

  private static final StructType NATION =
      new StructType()
          .add("share", DataTypes.DoubleType, false)
          .add("variance", DataTypes.DoubleType, false);

  private AreaRatesStage() {}

  static Dataset<Row> rates(
      Dataset<Row> covariates,
      Dataset<Row> areas,
      Dataset<Row> survey,
      Dataset<Row> estimates,
      Dataset<Row> subscribers) {
    return covariates
        .sparkSession()
        .createDataFrame(
            of(covariates, areas, survey, estimates, subscribers).rates(),
            Tables.AREA_RATES.schema());
  }

  /** The models behind the rates, fitted once more: they take a second or two. */
  static Dataset<Row> models(
      Dataset<Row> covariates,
      Dataset<Row> areas,
      Dataset<Row> survey,
      Dataset<Row> estimates,
      Dataset<Row> subscribers) {
    return covariates
        .sparkSession()
        .createDataFrame(
            of(covariates, areas, survey, estimates, subscribers).models(),
            Tables.RATE_MODELS.schema());
  }

  /** Areas, twice as many at most as census areas, come to the driver; respondents do not. */
  private static AreaRates of(
      Dataset<Row> covariates,
      Dataset<Row> areas,
      Dataset<Row> survey,
      Dataset<Row> estimates,
      Dataset<Row> subscribers) {
    List<Row> all = areas.select(Tables.AREA, "parent", "level").collectAsList();
    List<Row> leaves = covariates.collectAsList();
    if (!estimates.isEmpty()) {
      return new AreaRates(leaves, all, ofFeed(estimates), null);
    }
    List<Row> counted = SubscribersStage.finestAreas(subscribers);
    if (!counted.isEmpty()) {
      return new AreaRates(leaves, all, ofCounts(counted, leaves, all), nation(survey, areas));
    }
    List<Row> units = units(survey, areas);
    return new AreaRates(leaves, all, direct(units), nation(survey, areas));
  }

  private static List<AreaRates.Direct> ofFeed(Dataset<Row> estimates) {
    List<AreaRates.Direct> direct = new ArrayList<>();
    for (Row row : estimates.select(Tables.AREA, "connected", "asked").collectAsList()) {
      double asked = row.getDouble(2);
      direct.add(
          new AreaRates.Direct(
              row.getString(0), AreaRates.BOTH, row.getDouble(1) / asked, asked, asked));
    }
    return direct;
  }

  /**
   * Counts of connected persons as direct estimates of their areas. The noise is their error; a
   * count outside 0 to the adults is held half a person inside.
   */
  private static List<AreaRates.Direct> ofCounts(
      List<Row> counted, List<Row> leaves, List<Row> areas) {
    Map<String, Long> adults = new HashMap<>();
    Map<String, List<String>> above = new HashMap<>();
    AreaTree.pairs(areas.iterator())
        .forEachRemaining(
            pair ->
                above
                    .computeIfAbsent(pair.getString(0), area -> new ArrayList<>())
                    .add(pair.getString(1)));
    for (Row leaf : leaves) {
      for (String area : above.getOrDefault(leaf.<String>getAs(Tables.AREA), List.of())) {
        adults.merge(area, leaf.<Long>getAs("adults_micro"), Long::sum);
      }
    }
    List<AreaRates.Direct> direct = new ArrayList<>();
    for (Row row : counted) {
      double all = adults.getOrDefault(row.getString(0), 0L) / (double) Tables.MICRO;
      if (all > 1) {
        double persons = Math.min(all - 0.5, Math.max(0.5, row.getDouble(1)));
        double share = persons / all;
        double size = share * (1 - share) * all * all / Math.max(row.getDouble(2), 1e-9);
        direct.add(new AreaRates.Direct(row.getString(0), AreaRates.BOTH, share, size, all));
      }
    }
    return direct;
  }

  /** The survey's direct estimates, in the order of area and settlement type. */
  private static List<Row> units(Dataset<Row> survey, Dataset<Row> areas) {
    return GroupRates.adults(survey, areas)
        .select(
            col(Tables.AREA),
            coalesce(col(Tables.SETTLEMENT_TYPE), lit(AreaRates.BOTH)).as(Tables.SETTLEMENT_TYPE),
            col("stratum"),
            col("psu"),
            col("weight"),
            col("connected"))
        .repartition(col(Tables.AREA))
        .sortWithinPartitions(Tables.AREA, Tables.SETTLEMENT_TYPE)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                rows -> new RowsIterator<>(new EqualRows(rows, 0), AreaRatesStage::ofArea),
            Encoders.row(DIRECT))
        .collectAsList()
        .stream()
        .sorted(
            Comparator.comparing((Row unit) -> unit.getString(0))
                .thenComparing(unit -> unit.getString(1)))
        .toList();
  }

  /**
   * The survey's estimate of the whole country; null without respondents. One task holds the
   * survey.
   */
  private static AreaRates.@Nullable Nation nation(Dataset<Row> survey, Dataset<Row> areas) {
    List<Row> all =
        GroupRates.adults(survey, areas)
            .select("stratum", "psu", "weight", "connected")
            .repartition(1)
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>) AreaRatesStage::ofNation, Encoders.row(NATION))
            .collectAsList();
    return all.isEmpty()
        ? null
        : new AreaRates.Nation(all.get(0).getDouble(0), Math.sqrt(all.get(0).getDouble(1)));
  }

  private static Iterator<Row> ofNation(Iterator<Row> asked) {
    List<Respondent> sample = new ArrayList<>();
    asked.forEachRemaining(
        row ->
            sample.add(
                new Respondent(
                    row.getString(0), row.getString(1), row.getDouble(2), row.getDouble(3), 1)));
    if (sample.isEmpty()) {
      return Collections.emptyIterator();
    }
    DirectEstimate estimate = DirectEstimate.of(sample);
    return List.of(
            RowFactory.create(Math.min(1, Math.max(0, estimate.ratio())), estimate.variance()))
        .iterator();
  }

  private static List<AreaRates.Direct> direct(List<Row> units) {
    double design = designEffect(units);
    List<AreaRates.Direct> direct = new ArrayList<>();
    for (Row unit : units) {
      direct.add(
          new AreaRates.Direct(
              unit.getString(0),
              unit.getString(1),
              unit.getDouble(2),
              unit.getInt(4) / design,
              unit.getInt(4)));
    }
    return direct;
  }

  /** The respondents of an area to direct estimates by settlement type. */
  private static List<Row> ofArea(List<Row> area) {
    List<Row> direct = new ArrayList<>();
    Iterator<List<Row>> types = new EqualRows(area.iterator(), 1);
    while (types.hasNext()) {
      List<Row> rows = types.next();
      DirectEstimate of =
          DirectEstimate.of(
              rows.stream()
                  .map(
                      row ->
                          new Respondent(
                              row.getString(2),
                              row.getString(3),
                              row.getDouble(4),
                              row.getDouble(5),
                              1))
                  .toList());
      Row first = rows.get(0);
      direct.add(
          RowFactory.create(
              first.getString(0),
              first.getString(1),
              Math.min(1, Math.max(0, of.ratio())),
              of.variance(),
              of.respondents()));
    }
    return direct;
  }

  /**
   * How many respondents of this survey tell as much as one of a simple random sample: one number
   * for all units, because that of a small unit is itself hardly known.
   */
  private static double designEffect(List<Row> units) {
    double sum = 0;
    double respondents = 0;
    for (Row unit : units) {
      double share = unit.getDouble(2);
      int n = unit.getInt(4);
      // A single sampling unit has no variance, and tells nothing of the design.
      if (n >= TELLS_DESIGN && share > 0 && share < 1 && unit.getDouble(3) > 1e-12) {
        sum += n * (unit.getDouble(3) * n / (share * (1 - share)));
        respondents += n;
      }
    }
    return respondents == 0 ? 1 : Math.min(MOST_DESIGN, Math.max(LEAST_DESIGN, sum / respondents));
  }
}
