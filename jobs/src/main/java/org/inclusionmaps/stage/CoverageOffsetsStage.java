package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.inclusionmaps.config.RadioSettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.deprivation.Access;
import org.inclusionmaps.radio.OffsetCurve;

/**
 * Official figures of SDG 9.c.1 to the offset of each technology's signals that makes coverage meet
 * them. A figure is of a technology or a newer one, so the newest is solved first.
 */
final class CoverageOffsetsStage {
  /** Steps between two offsets of the curve, in which an offset is found before it is straight. */
  private static final int FINER = 20;

  /** Steps of the offsets, in a decibel. */
  private static final double ROUNDED = 1000;

  private static final List<String> NEWEST_FIRST =
      Tables.TECHNOLOGIES.stream().sorted(Comparator.reverseOrder()).toList();

  private static final StructType CURVES =
      new StructType()
          .add(Tables.PLACE, DataTypes.LongType, false)
          .add(Tables.OPERATOR, DataTypes.StringType, false)
          .add(Tables.TECHNOLOGY, DataTypes.StringType, false)
          .add("curve", DataTypes.createArrayType(DataTypes.FloatType, false), false);

  private static final StructType SUMS =
      new StructType()
          .add(Tables.OPERATOR, DataTypes.StringType, false)
          .add("trial", DataTypes.IntegerType, false)
          .add(Tables.PERSONS_MICRO, DataTypes.LongType, false);

  /** Offsets to try for the figure of a technology; those without one have 0. */
  private record Trial(String technology, TreeMap<String, Double> offsets) implements Serializable {
    static Trial of(String technology, Map<String, Double> newer, double offsetDb) {
      TreeMap<String, Double> offsets = new TreeMap<>(newer);
      offsets.put(technology, offsetDb);
      return new Trial(technology, offsets);
    }
  }

  private CoverageOffsetsStage() {}

  /**
   * One row a technology.
   *
   * @param modelled settled rows of signal beside what is stated, as {@link StatedNetworks#beside}
   */
  static Dataset<Row> offsets(
      Dataset<Row> modelled,
      Dataset<Row> population,
      Dataset<Row> knownCoverage,
      StatedNetworks networks,
      RadioSettings radio) {
    ServiceLevel level = ServiceLevel.counted(radio);
    Dataset<Row> people =
        population
            .groupBy(Tables.PLACE, Tables.AREA)
            .agg(sum(Tables.PERSONS_MICRO).as(Tables.PERSONS_MICRO))
            .join(broadcast(knownCoverage.select(Tables.AREA, "known")), Tables.AREA)
            .groupBy(Tables.PLACE)
            .agg(
                sum(when(coalesce(col("known"), lit(false)), col(Tables.PERSONS_MICRO)))
                    .as(Tables.PERSONS_MICRO))
            .where(col(Tables.PERSONS_MICRO).gt(0));
    Dataset<Row> served =
        modelled
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>) rows -> curves(rows, networks, level),
                Encoders.row(CURVES))
            .groupBy(Tables.PLACE)
            .agg(
                collect_list(struct(col(Tables.OPERATOR), col(Tables.TECHNOLOGY), col("curve")))
                    .as("networks"))
            .join(people, Tables.PLACE)
            .select(col(Tables.PERSONS_MICRO), col("networks"))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long all = people.agg(coalesce(sum(Tables.PERSONS_MICRO), lit(0L))).first().getLong(0);
      Map<String, Double> offsets = new TreeMap<>();
      for (String technology : NEWEST_FIRST) {
        Double official = radio.officialCoveragePct().get(technology);
        offsets.put(
            technology,
            official == null || all == 0
                ? 0
                : solve(technology, official / 100, served, all, offsets));
      }
      double[] before = shares(served, each(Map.of()), all);
      double[] after = shares(served, each(offsets), all);
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < before.length; i++) {
        String technology = NEWEST_FIRST.get(i);
        rows.add(
            RowFactory.create(
                technology,
                radio.officialCoveragePct().get(technology),
                all == 0 ? null : 100 * before[i],
                offsets.get(technology),
                all == 0 ? null : 100 * after[i]));
      }
      return served.sparkSession().createDataFrame(rows, Tables.COVERAGE_OFFSETS.schema());
    } finally {
      served.unpersist();
    }
  }

  /** A trial for each technology, with the same offsets. */
  private static List<Trial> each(Map<String, Double> offsets) {
    return NEWEST_FIRST.stream()
        .map(technology -> new Trial(technology, new TreeMap<>(offsets)))
        .toList();
  }

  private static double solve(
      String technology, double share, Dataset<Row> served, long all, Map<String, Double> newer) {
    int steps =
        (int) Math.round((OffsetCurve.MOST_DB - OffsetCurve.LEAST_DB) / OffsetCurve.STEP_DB);
    double[] coarse =
        IntStream.rangeClosed(0, steps)
            .mapToDouble(i -> OffsetCurve.LEAST_DB + i * OffsetCurve.STEP_DB)
            .toArray();
    double[] shares = shares(served, trials(technology, newer, coarse), all);
    if (shares[steps] == shares[0]) {
      return 0;
    }
    if (share <= shares[0]) {
      return OffsetCurve.LEAST_DB;
    }
    if (share >= shares[steps]) {
      return OffsetCurve.MOST_DB;
    }
    int under = under(shares, share);
    double[] fine =
        IntStream.rangeClosed(0, FINER)
            .mapToDouble(i -> coarse[under] + i * OffsetCurve.STEP_DB / FINER)
            .toArray();
    double[] finer = shares(served, trials(technology, newer, fine), all);
    int at = under(finer, share);
    double beyond = (share - finer[at]) / (finer[at + 1] - finer[at]);
    double offset = fine[at] + beyond * (fine[at + 1] - fine[at]);
    return Math.rint(offset * ROUNDED) / ROUNDED;
  }

  /** The last step whose share is under one that lies between the first and the last. */
  private static int under(double[] shares, double share) {
    int under = 0;
    while (under < shares.length - 2 && shares[under + 1] < share) {
      under++;
    }
    return under;
  }

  private static List<Trial> trials(
      String technology, Map<String, Double> newer, double[] offsets) {
    return IntStream.range(0, offsets.length)
        .mapToObj(i -> Trial.of(technology, newer, offsets[i]))
        .toList();
  }

  /** Of each trial, the share of persons that the operator with most serves. */
  private static double[] shares(Dataset<Row> served, List<Trial> trials, long all) {
    ArrayList<Trial> sent = new ArrayList<>(trials);
    long[] most = new long[trials.size()];
    served
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) rows -> sums(rows, sent), Encoders.row(SUMS))
        .groupBy(Tables.OPERATOR, "trial")
        .agg(sum(Tables.PERSONS_MICRO))
        .collectAsList()
        .forEach(row -> most[row.getInt(1)] = Math.max(most[row.getInt(1)], row.getLong(2)));
    double[] shares = new double[most.length];
    for (int i = 0; i < most.length; i++) {
      shares[i] = all == 0 ? 0 : (double) most[i] / all;
    }
    return shares;
  }

  private static Iterator<Row> sums(Iterator<Row> places, List<Trial> trials) {
    Map<String, long[]> sums = new TreeMap<>();
    while (places.hasNext()) {
      Row place = places.next();
      long persons = place.getLong(0);
      List<Served> networks = place.<Row>getList(1).stream().map(Served::of).toList();
      for (int i = 0; i < trials.size(); i++) {
        int trial = i;
        chances(networks, trials.get(i))
            .forEach(
                (operator, chance) ->
                    sums.computeIfAbsent(operator, o -> new long[trials.size()])[trial] +=
                        Access.share(persons, chance));
      }
    }
    List<Row> rows = new ArrayList<>();
    sums.forEach(
        (operator, ofTrials) -> {
          for (int i = 0; i < ofTrials.length; i++) {
            rows.add(RowFactory.create(operator, i, ofTrials[i]));
          }
        });
    return rows.iterator();
  }

  /** A network at a place, and its probability by offset. */
  @SuppressWarnings("ArrayRecordComponent") // read, never compared
  private record Served(String operator, String technology, float[] curve) {
    static Served of(Row row) {
      List<Float> told = row.getList(2);
      float[] curve = new float[told.size()];
      for (int i = 0; i < curve.length; i++) {
        curve[i] = told.get(i);
      }
      return new Served(row.getString(0), row.getString(1), curve);
    }
  }

  /** Of each operator, the chance of the technology or a newer one. */
  private static Map<String, Double> chances(List<Served> networks, Trial trial) {
    Map<String, Double> chances = new HashMap<>();
    for (Served network : networks) {
      if (network.technology.compareTo(trial.technology) >= 0) {
        double offset = trial.offsets.getOrDefault(network.technology, 0.0);
        double chance = Math.min(1, OffsetCurve.at(i -> network.curve[i], offset));
        chances.merge(network.operator, chance, Math::max);
      }
    }
    return chances;
  }

  /** The curves of the level that counts, with what is stated in its place. */
  private static Iterator<Row> curves(
      Iterator<Row> rows, StatedNetworks networks, ServiceLevel level) {
    return new RowsIterator<>(
        rows,
        row -> {
          List<Float> modelled = StatedNetworks.curve(row);
          float[] curve = new float[OffsetCurve.SIZE];
          for (int i = 0; i < curve.length; i++) {
            double offset = OffsetCurve.offsetDb(i) - level.db();
            double probability =
                modelled.isEmpty() || offset < OffsetCurve.offsetDb(0)
                    ? 0
                    : Math.min(1, OffsetCurve.at(modelled::get, offset));
            curve[i] = (float) networks.counted(row, level, probability);
          }
          return List.of(
              RowFactory.create(row.getLong(0), row.getString(1), row.getString(2), curve));
        });
  }
}
