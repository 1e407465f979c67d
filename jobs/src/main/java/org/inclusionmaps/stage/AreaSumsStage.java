package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.config.UncertaintySettings;
import org.inclusionmaps.contract.Tables;
import org.jspecify.annotations.Nullable;

/**
 * The persons and parts of {@link InclusionStage}, estimate and replicates, summed over the finest
 * published area that holds each area. The quantiles of an area are those of these sums, never sums
 * of the quantiles of its places. An area that no published area holds is in no sum.
 */
final class AreaSumsStage {
  private static final String FINEST = "finest";

  private static final StructType HOLDERS =
      new StructType()
          .add(Tables.AREA, DataTypes.StringType, false)
          .add(FINEST, DataTypes.StringType, false);

  /** A group of a published area. */
  private record Group(String area, String sex, String ageBand, String disability) {}

  private static final Comparator<Group> ORDER =
      Comparator.comparing(Group::area)
          .thenComparing(Group::sex)
          .thenComparing(Group::ageBand)
          .thenComparing(Group::disability);

  private AreaSumsStage() {}

  /**
   * The sums; the arguments are those of {@link InclusionStage#inclusion}.
   *
   * @param holders the published areas that hold each area, the finest first
   */
  static Dataset<Row> sums(
      Dataset<Row> replicateRows,
      Map<String, List<String>> holders,
      PricesOnOffer prices,
      UncertaintySettings errors) {
    List<Row> finest = new ArrayList<>();
    new TreeMap<>(holders)
        .forEach((area, held) -> finest.add(RowFactory.create(area, held.get(0))));
    Dataset<Row> published =
        replicateRows.sparkSession().createDataFrame(finest, HOLDERS).as("published");
    return InclusionStage.byArea(
            replicateRows
                .join(
                    broadcast(published),
                    replicateRows.col(Tables.AREA).equalTo(col("published." + Tables.AREA)))
                .drop(col("published." + Tables.AREA)),
            col(FINEST))
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) rows -> sums(rows, prices, errors),
            Encoders.row(Tables.AREA_SUMS.schema()));
  }

  private static Iterator<Row> sums(
      Iterator<Row> rows, PricesOnOffer prices, UncertaintySettings errors) {
    AreaReplicates replicates = new AreaReplicates(prices, errors);
    Map<Group, long[][]> sums = new TreeMap<>(ORDER);
    Iterator<List<Row>> areas = new EqualRows(rows, ReplicateRows.AREA);
    while (areas.hasNext()) {
      replicates.area(
          areas.next(),
          (row, figures) ->
              add(
                  figures,
                  sums.computeIfAbsent(
                      group(row), group -> new long[figures.length][figures[0].length])));
    }
    return sums.entrySet().stream().map(sum -> row(sum.getKey(), sum.getValue())).iterator();
  }

  private static Group group(Row row) {
    return new Group(
        row.getString(row.size() - 1),
        row.getString(row.fieldIndex(Tables.SEX)),
        row.getString(row.fieldIndex(Tables.AGE_BAND)),
        row.getString(row.fieldIndex(Tables.DISABILITY)));
  }

  private static void add(long[][] figures, long[][] sums) {
    for (int i = 0; i < sums.length; i++) {
      long[] from = figures[i];
      long[] to = sums[i];
      for (int r = 0; r < to.length; r++) {
        to[r] += from[r];
      }
    }
  }

  private static Row row(Group of, long[][] sums) {
    List<@Nullable Object> values =
        new ArrayList<>(List.of(of.area(), of.sex(), of.ageBand(), of.disability()));
    values.addAll(List.of(sums));
    return RowFactory.create(values.toArray());
  }
}
