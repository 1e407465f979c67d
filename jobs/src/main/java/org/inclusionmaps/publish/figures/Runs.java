package org.inclusionmaps.publish.figures;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Rows in order, those of one key brought together. */
public final class Runs<T> implements Iterator<T> {
  private final Iterator<Row> rows;
  private final Function<Row, Object> key;
  private final Function<Row, T> start;
  private final BiConsumer<T, Row> add;
  private @Nullable Row next;

  private Runs(
      Iterator<Row> rows,
      Function<Row, Object> key,
      Function<Row, T> start,
      BiConsumer<T, Row> add) {
    this.rows = rows;
    this.key = key;
    this.start = start;
    this.add = add;
    this.next = pull();
  }

  /**
   * One object a key.
   *
   * @param rows in an order in which rows of one key are neighbours
   * @param start makes an empty object for the key of a row
   * @param add adds a row to the object of its key, the first one too
   */
  public static <T> Stream<T> of(
      Iterator<Row> rows,
      Function<Row, Object> key,
      Function<Row, T> start,
      BiConsumer<T, Row> add) {
    return stream(new Runs<>(rows, key, start, add));
  }

  public static <T> Stream<T> stream(Iterator<T> iterator) {
    Iterable<T> once = () -> iterator;
    return StreamSupport.stream(once.spliterator(), /* parallel= */ false);
  }

  private @Nullable Row pull() {
    return rows.hasNext() ? rows.next() : null;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public T next() {
    Row row = next;
    if (row == null) {
      throw new NoSuchElementException();
    }
    Object own = key.apply(row);
    T run = start.apply(row);
    while (row != null && key.apply(row).equals(own)) {
      add.accept(run, row);
      row = pull();
    }
    next = row;
    return run;
  }
}
