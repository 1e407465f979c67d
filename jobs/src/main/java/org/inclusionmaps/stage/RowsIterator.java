package org.inclusionmaps.stage;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** Rows made from other things, some for each, one thing at a time. */
final class RowsIterator<T> implements Iterator<Row> {
  private final Iterator<T> rows;
  private final Function<T, List<Row>> work;
  private Iterator<Row> made = Collections.emptyIterator();

  RowsIterator(Iterator<T> rows, Function<T, List<Row>> work) {
    this.rows = rows;
    this.work = work;
  }

  /** A row with one more value at its end. */
  static Row with(Row row, @Nullable Object value) {
    @Nullable Object[] values = new @Nullable Object[row.size() + 1];
    for (int i = 0; i < row.size(); i++) {
      values[i] = row.get(i);
    }
    values[row.size()] = value;
    return RowFactory.create(values);
  }

  @Override
  public boolean hasNext() {
    while (!made.hasNext() && rows.hasNext()) {
      made = work.apply(rows.next()).iterator();
    }
    return made.hasNext();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return made.next();
  }
}
