package org.inclusionmaps.stage;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Rows that follow each other with the same value in a column, a list at a time. */
final class EqualRows implements Iterator<List<Row>> {
  private final Iterator<Row> rows;
  private final int column;
  private @Nullable Row next;

  EqualRows(Iterator<Row> rows, int column) {
    this.rows = rows;
    this.column = column;
    next = rows.hasNext() ? rows.next() : null;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public List<Row> next() {
    Row first = next;
    if (first == null) {
      throw new NoSuchElementException();
    }
    List<Row> equal = new ArrayList<>();
    while (next != null && next.get(column).equals(first.get(column))) {
      equal.add(next);
      next = rows.hasNext() ? rows.next() : null;
    }
    return equal;
  }
}
