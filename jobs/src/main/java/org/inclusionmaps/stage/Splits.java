package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.estimation.Apportionment;

/** Totals split over items by their weights, exactly: the parts of each sum to it. */
final class Splits {
  private Splits() {}

  /**
   * Rows of an item with its weight and the total that it shares with the other items of the same
   * key, to rows of the item with its part. Equal remainders go to the smaller item.
   *
   * @param rows one row a key and item, the total alike within a key
   * @param key columns that tell totals apart, kept
   * @param item column that tells the items of a total apart, a whole number, kept
   * @param total column of the total, a long
   * @param weight column of the weight, a long
   * @return the key, the item, and the part as {@link Tables#PERSONS_MICRO}
   */
  static Dataset<Row> split(
      Dataset<Row> rows, List<String> key, String item, String total, String weight) {
    List<Column> columns = new ArrayList<>();
    StructType schema = new StructType();
    for (String name : key) {
      columns.add(col(name));
      schema = schema.add(name, rows.schema().apply(name).dataType(), false);
    }
    Column[] byKey = columns.toArray(Column[]::new);
    columns.add(col(item));
    Column[] byItem = columns.toArray(Column[]::new);
    columns.add(col(total));
    columns.add(col(weight));
    schema =
        schema
            .add(item, DataTypes.LongType, false)
            .add(Tables.PERSONS_MICRO, DataTypes.LongType, false);
    int width = key.size();
    return rows.select(columns.toArray(Column[]::new))
        .repartition(byKey)
        .sortWithinPartitions(byItem)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) sorted -> new Parts(sorted, width),
            Encoders.row(schema));
  }

  /** Reads rows sorted by key, one total at a time. */
  private static final class Parts implements Iterator<Row> {
    private final Iterator<Row> sorted;
    private final int width;
    private final Queue<Row> total = new ArrayDeque<>();
    private final List<Row> run = new ArrayList<>();

    Parts(Iterator<Row> sorted, int width) {
      this.sorted = sorted;
      this.width = width;
    }

    @Override
    public boolean hasNext() {
      while (total.isEmpty() && (sorted.hasNext() || !run.isEmpty())) {
        Row next = sorted.hasNext() ? sorted.next() : null;
        if (!run.isEmpty() && (next == null || !sameKey(run.get(0), next))) {
          emit();
        }
        if (next != null) {
          run.add(next);
        }
      }
      return !total.isEmpty();
    }

    private boolean sameKey(Row one, Row other) {
      for (int i = 0; i < width; i++) {
        if (!one.get(i).equals(other.get(i))) {
          return false;
        }
      }
      return true;
    }

    private void emit() {
      long[] weights = run.stream().mapToLong(row -> row.getLong(width + 2)).toArray();
      long[] parts = Apportionment.largestRemainder(run.get(0).getLong(width + 1), weights);
      for (int i = 0; i < parts.length; i++) {
        Row row = run.get(i);
        Object[] values = new Object[width + 2];
        for (int column = 0; column <= width; column++) {
          values[column] = row.get(column);
        }
        values[width + 1] = parts[i];
        total.add(RowFactory.create(values));
      }
      run.clear();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return total.remove();
    }
  }
}
