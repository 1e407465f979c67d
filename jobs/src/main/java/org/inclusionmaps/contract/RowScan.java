package org.inclusionmaps.contract;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a partition once: gives the hash of each key of each row and, at the end, how
 * many rows there are and how many break each field's rule. It holds one row at a time.
 */
final class RowScan implements Iterator<Row> {
  /** The hash of a key, or a number of rows. */
  static final String VALUE = "value";

  /** What a row of a scan is: {@link #HASH}, {@link #ROWS}, or the place of a field. */
  static final String KIND = "kind";

  static final int HASH = -2;
  static final int ROWS = -1;

  /** The value, the kind and, of a field, the smallest text that breaks its rule. */
  static final StructType FOUND =
      new StructType()
          .add(VALUE, DataTypes.LongType, false)
          .add(KIND, DataTypes.IntegerType, false)
          .add("first", DataTypes.StringType, true);

  private final Iterator<Row> rows;
  private final List<Field> fields;
  private final long[] broken;
  private final @Nullable String[] first;
  private final Queue<Row> made = new ArrayDeque<>();
  private long count;
  private boolean told;

  /**
   * A scan.
   *
   * @param rows the values of the fields, then the hashes of the keys
   * @param fields the fields that have a rule
   */
  RowScan(Iterator<Row> rows, List<Field> fields) {
    this.rows = rows;
    this.fields = fields;
    this.broken = new long[fields.size()];
    this.first = new @Nullable String[fields.size()];
  }

  @Override
  public boolean hasNext() {
    while (made.isEmpty() && rows.hasNext()) {
      scan(rows.next());
    }
    if (made.isEmpty() && !told) {
      tell();
    }
    return !made.isEmpty();
  }

  private void scan(Row row) {
    count++;
    int width = broken.length;
    for (int i = 0; i < width; i++) {
      Object value = row.get(i);
      if (!fields.get(i).allows(value)) {
        String text = value == null ? "absent" : value.toString();
        String least = first[i];
        first[i] = least == null || text.compareTo(least) < 0 ? text : least;
        broken[i]++;
      }
    }
    for (int i = width; i < row.size(); i++) {
      made.add(RowFactory.create(row.get(i), HASH, null));
    }
  }

  private void tell() {
    told = true;
    made.add(RowFactory.create(count, ROWS, null));
    for (int i = 0; i < broken.length; i++) {
      if (broken[i] > 0) {
        made.add(RowFactory.create(broken[i], i, first[i]));
      }
    }
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return made.remove();
  }
}
