package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.config.UncertaintySettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.estimation.Quantiles;
import org.jspecify.annotations.Nullable;

/**
 * Population, affordability and connected persons to the five parts of each place, area and group
 * of persons 15 and older, with the 5 % and 95 % quantiles of their replicates. Younger persons
 * have no row.
 *
 * <p>Uncovered, unaffordable, affordable and unknown sum to the persons. Where coverage is unknown,
 * all persons are unknown and the parts that rest on connected persons are absent; those are absent
 * too where connected persons are not known. An interval is widened to hold its estimate.
 */
final class InclusionStage {
  /** The parts in the order of their sums, from uncovered on. */
  private static final int PARTS = 7;

  /** The parts from this one on rest on connected persons. */
  private static final int SPLIT = 3;

  private InclusionStage() {}

  /** The parts of rows of {@link ReplicateRows}. */
  static Dataset<Row> inclusion(
      Dataset<Row> replicateRows, PricesOnOffer prices, UncertaintySettings errors) {
    return byArea(replicateRows, col(Tables.AREA))
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) rows -> rows(rows, prices, errors),
            Encoders.row(Tables.INCLUSION.schema()));
  }

  /** Rows of {@link ReplicateRows}, each area's together, in the order that replicates need. */
  static Dataset<Row> byArea(Dataset<Row> rows, org.apache.spark.sql.Column together) {
    return rows.repartition(together)
        .sortWithinPartitions(
            col(Tables.AREA),
            col(Tables.PLACE),
            col(Tables.SEX),
            col(Tables.AGE_BAND),
            col(Tables.DISABILITY));
  }

  private static Iterator<Row> rows(
      Iterator<Row> rows, PricesOnOffer prices, UncertaintySettings errors) {
    AreaReplicates replicates = new AreaReplicates(prices, errors);
    int drawn = AreaReplicates.width(errors) - 1;
    long[][] scratch = new long[2][drawn];
    return new RowsIterator<>(
        new EqualRows(rows, ReplicateRows.AREA),
        area -> {
          List<Row> out = new ArrayList<>(area.size());
          replicates.area(area, (row, figures) -> out.add(row(row, figures, scratch)));
          return out;
        });
  }

  private static Row row(Row of, long[][] figures, long[][] scratch) {
    boolean told = ReplicateRows.told(of);
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < PlaceGroups.KEY.size(); i++) {
      values.add(of.get(i));
    }
    values.add(figures[GroupSums.PERSONS_AT][0]);
    values.add(figures[GroupSums.UNKNOWN_AT][0]);
    for (int part = 0; part < PARTS; part++) {
      values.add(part < SPLIT || told ? figures[GroupSums.UNCOVERED_AT + part][0] : null);
    }
    values.add(figures[GroupSums.LACKING_AT][0]);
    values.add(told ? figures[GroupSums.LACKING_AT + 1][0] : null);
    values.add(told ? figures[GroupSums.LACKING_AT + 2][0] : null);
    values.add(ReplicateRows.known(of) ? ReplicateRows.coverage(of) : null);
    values.add(of.get(ReplicateRows.BEST_TECHNOLOGY));
    values.add(of.get(ReplicateRows.PRICE_INCOME_PCT));
    values.add(barrier(figures, told));
    values.add(of.get(ReplicateRows.CONNECTED_SOURCE));
    for (int part = 0; part <= PARTS; part++) {
      boolean shown = ReplicateRows.known(of) && (part < SPLIT || part == PARTS || told);
      interval(figures[GroupSums.UNCOVERED_AT + part], shown, scratch, values);
    }
    return RowFactory.create(values.toArray());
  }

  private static void interval(
      long[] figures, boolean shown, long[][] scratch, List<@Nullable Object> values) {
    long[] drawn = scratch[0];
    if (!shown || drawn.length == 0) {
      values.add(null);
      values.add(null);
      return;
    }
    System.arraycopy(figures, 1, drawn, 0, drawn.length);
    double low = Quantiles.of(drawn, Quantiles.LOW, scratch[1]);
    double high = Quantiles.of(drawn, Quantiles.HIGH, scratch[1]);
    values.add(Math.min(figures[0], Math.round(low)));
    values.add(Math.max(figures[0], Math.round(high)));
  }

  /** The largest of the parts that keep people out; of equal ones the first named here. */
  private static @Nullable String barrier(long[][] figures, boolean told) {
    if (figures[GroupSums.UNKNOWN_AT][0] > 0) {
      return "unknown";
    }
    int at = GroupSums.UNCOVERED_AT;
    List<Map.Entry<String, Long>> parts =
        List.of(
            Map.entry("uncovered", figures[at][0]),
            Map.entry("unaffordable", told ? 0 : figures[at + 1][0]),
            Map.entry("priced_out", figures[at + 3][0]),
            Map.entry("burdened", figures[at + 4][0]),
            Map.entry("held_back", figures[at + 5][0]));
    String largest = null;
    long most = 0;
    for (Map.Entry<String, Long> part : parts) {
      if (part.getValue() > most) {
        most = part.getValue();
        largest = part.getKey();
      }
    }
    return largest;
  }
}
