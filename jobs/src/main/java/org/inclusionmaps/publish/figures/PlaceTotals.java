package org.inclusionmaps.publish.figures;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.jspecify.annotations.Nullable;

/** The rows of inclusion, brought together by place and area. */
public final class PlaceTotals implements Serializable {
  /** Place, area, and then the columns of {@link Totals}. */
  static final StructType SCHEMA =
      Totals.schema(
          new StructType()
              .add(Tables.PLACE, DataTypes.LongType, false)
              .add(Tables.AREA, DataTypes.StringType, false));

  /** Where the totals begin in a row. */
  public static final int TOTALS = 2;

  @Serial private static final long serialVersionUID = 1;

  private static final List<String> KEYS =
      List.of(Tables.PLACE, Tables.AREA, Tables.SEX, Tables.AGE_BAND, Tables.DISABILITY);

  private static final List<String> REACH =
      Tables.TECHNOLOGIES.stream().map(Tables::coverageBy).toList();

  private static final HashMap<String, Integer> NONE = new HashMap<>();

  private final int groups;

  /** Dimension to its values' groups. */
  private final HashMap<String, HashMap<String, Integer>> numbers = new HashMap<>();

  private PlaceTotals(List<Group> groups) {
    this.groups = groups.size();
    for (int i = 0; i < groups.size(); i++) {
      numbers
          .computeIfAbsent(groups.get(i).dimension(), key -> new HashMap<>())
          .put(groups.get(i).value(), i);
    }
  }

  /**
   * One row a place and area, persons in whole thousandths. All places of a coarse place are in one
   * partition, in order.
   *
   * @param offers of {@link Tables#OFFERS}; null if it is not known which technologies serve
   * @param coarse resolution of the coarse places
   */
  public static Dataset<Row> of(
      Dataset<Row> inclusion, @Nullable Dataset<Row> offers, List<Group> groups, int coarse) {
    PlaceTotals totals = new PlaceTotals(groups);
    List<String> columns = new ArrayList<>(KEYS);
    columns.add(Tables.PERSONS_MICRO);
    for (Part part : Part.values()) {
      columns.add(part.key() + "_micro");
    }
    columns.addAll(Totals.MEANS);
    columns.add(Totals.BEST);
    columns.add(Totals.SOURCE);
    return withTechnologies(inclusion, offers)
        .select(Columns.all(columns))
        .repartition(Chunks.parent(coarse))
        .sortWithinPartitions(Tables.PLACE, Tables.AREA)
        .mapPartitions((MapPartitionsFunction<Row, Row>) totals::together, Encoders.row(SCHEMA));
  }

  /** Adds the columns of technologies, absent where coverage is not known. */
  private static Dataset<Row> withTechnologies(
      Dataset<Row> inclusion, @Nullable Dataset<Row> offers) {
    Dataset<Row> joined =
        offers == null
            ? inclusion
            : inclusion.join(
                offers.select(
                    Columns.all(Stream.concat(Stream.of(Tables.PLACE), REACH.stream()).toList())),
                Columns.of(Tables.PLACE),
                "left");
    for (String column : REACH) {
      joined =
          joined.withColumn(
              column,
              offers == null
                  ? lit(null).cast(DataTypes.DoubleType)
                  : when(col(Totals.COVERAGE).isNotNull(), coalesce(col(column), lit(0.0))));
    }
    return joined;
  }

  private Iterator<Row> together(Iterator<Row> rows) {
    Thousandths thousandths = new Thousandths(groups);
    record Piece(long place, String area, Totals totals) {}
    return Runs.of(
            rows,
            row -> List.of(row.getLong(0), row.getString(1)),
            row -> new Piece(row.getLong(0), row.getString(1), Totals.none(groups)),
            (piece, row) -> add(row, piece.totals()))
        .map(
            piece -> {
              thousandths.round(piece.place(), piece.totals());
              return RowFactory.create(piece.totals().after(piece.place(), piece.area()));
            })
        .iterator();
  }

  private void add(Row row, Totals totals) {
    int figures = KEYS.size();
    long[] micro = new long[Totals.STRIDE];
    micro[0] = row.getLong(figures);
    boolean split = !row.isNullAt(figures + 1 + Part.PRICED_OUT.index());
    for (Part part : Part.values()) {
      int at = 1 + part.index();
      boolean replaced = split && Part.UNSPLIT.contains(part);
      micro[at] = replaced || row.isNullAt(figures + at) ? 0 : row.getLong(figures + at);
    }
    add(totals, 0, micro);
    for (int i = 2; i < KEYS.size(); i++) {
      Map<String, Integer> values = numbers.getOrDefault(KEYS.get(i), NONE);
      Integer group = values.get(row.getString(i));
      if (group != null) {
        add(totals, group, micro);
      }
    }
    int means = figures + Totals.STRIDE;
    for (int mean = 0; mean < Totals.MEANS.size(); mean++) {
      if (!row.isNullAt(means + mean)) {
        totals.weigh(mean, row.getDouble(means + mean), micro[0]);
      }
    }
    int texts = means + Totals.MEANS.size();
    totals.tell(row.getAs(texts), row.getAs(texts + 1));
  }

  private static void add(Totals totals, int group, long[] micro) {
    for (int i = 0; i < micro.length; i++) {
      totals.add(group, i, micro[i]);
    }
  }
}
