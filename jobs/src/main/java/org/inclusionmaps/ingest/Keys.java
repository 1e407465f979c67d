package org.inclusionmaps.ingest;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.inclusionmaps.contract.Table;
import org.jspecify.annotations.Nullable;

/**
 * The good rows of a table judged by key, the others as they are. Rows that are the same in all
 * columns are one row, told more than once: the first feed's is kept. Rows that differ are all
 * refused: nobody can tell which is right.
 *
 * <p>Rows come in the order of their keys, then of their content, then of their feeds. What is held
 * of a key is one row a feed, however often the feeds tell it.
 */
final class Keys implements Iterator<Row> {

  /**
   * How rows are judged.
   *
   * @param places the places of the key's columns
   * @param columns the names of the key's columns
   */
  private record Key(List<Integer> places, String columns, boolean personal)
      implements Serializable {
    String shown(@Nullable Object[] row) {
      return personal
          ? RowMapping.NOT_SHOWN
          : places.stream()
              .map(place -> row[place])
              .filter(Objects::nonNull)
              .map(Texts::shown)
              .collect(Collectors.joining(", "));
    }
  }

  private final Iterator<Row> rows;
  private final Key key;

  /** The rows of one key and content, one a feed. */
  private final List<@Nullable Object[]> told = new ArrayList<>();

  private final Deque<Row> judged = new ArrayDeque<>();
  private boolean atOdds;

  private Keys(Iterator<Row> rows, Key key) {
    this.rows = rows;
    this.key = key;
  }

  /** The rows of a table, with the columns of {@link MappedRows}, judged. */
  static Dataset<Row> judged(Table table, Dataset<Row> rows) {
    List<Integer> places =
        table.key().stream().map(column -> MappedRows.place(table, column)).toList();
    boolean personal = RowMapping.PERSONAL.contains(table.name());
    Key key = new Key(List.copyOf(places), String.join(", ", table.key()), personal);
    Set<String> order = new LinkedHashSet<>(table.key());
    order.addAll(table.columns());
    order.add(rows.columns()[MappedRows.FEED]);
    order.add(Source.FILE);
    MapPartitionsFunction<Row, Row> judge = part -> new Keys(part, key);
    return rows.repartition(columns(table.key()))
        .sortWithinPartitions(columns(order))
        .mapPartitions(judge, Encoders.row(rows.schema()));
  }

  private static Column[] columns(Collection<String> names) {
    return names.stream().map(functions::col).toArray(Column[]::new);
  }

  @Override
  public boolean hasNext() {
    while (judged.isEmpty() && rows.hasNext()) {
      take(rows.next());
    }
    if (judged.isEmpty()) {
      judge();
    }
    return !judged.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return judged.remove();
  }

  private void take(Row row) {
    if (!row.getString(MappedRows.KIND).equals(MappedRows.OK)) {
      judged.add(row);
      return;
    }
    @Nullable Object[] taken = new @Nullable Object[row.size()];
    Arrays.setAll(taken, i -> unsigned(row.get(i)));
    if (!told.isEmpty()) {
      @Nullable Object[] last = told.get(told.size() - 1);
      if (!key.places().stream().allMatch(place -> Objects.equals(last[place], taken[place]))) {
        judge();
      } else if (!sameContent(last, taken)) {
        atOdds = true;
        refuse();
      } else if (Objects.equals(last[MappedRows.FEED], taken[MappedRows.FEED])) {
        join(last, taken);
        return;
      }
    }
    told.add(taken);
  }

  /** A value by which rows compare: zero has no sign. */
  private static @Nullable Object unsigned(@Nullable Object value) {
    return value instanceof Double number && number == 0 ? (Object) 0.0 : value;
  }

  private static boolean sameContent(@Nullable Object[] one, @Nullable Object[] other) {
    for (int i = MappedRows.COLUMNS; i < one.length; i++) {
      if (!Objects.deepEquals(one[i], other[i])) {
        return false;
      }
    }
    return true;
  }

  /** Counts a row with another one of its feed: the first file's name stands for both. */
  private static void join(@Nullable Object[] row, @Nullable Object[] repeat) {
    row[MappedRows.ROWS] = (long) row[MappedRows.ROWS] + (long) repeat[MappedRows.ROWS];
    row[MappedRows.MENDED] =
        (boolean) row[MappedRows.MENDED] || (boolean) repeat[MappedRows.MENDED];
    if (Objects.equals(row[MappedRows.FILE], repeat[MappedRows.FILE])
        && row[MappedRows.ROW] instanceof Long number
        && repeat[MappedRows.ROW] instanceof Long other) {
      row[MappedRows.ROW] = Math.min(number, other);
    }
  }

  /** Judges the rows of the key that ends here. */
  private void judge() {
    if (atOdds) {
      refuse();
    }
    for (int i = 0; i < told.size(); i++) {
      @Nullable Object[] row = told.get(i);
      long repeats = (long) row[MappedRows.ROWS];
      if (i == 0) {
        repeats--;
        row[MappedRows.ROWS] = 1L;
        judged.add(RowFactory.create(row.clone()));
      }
      if (repeats > 0) {
        row[MappedRows.ROWS] = repeats;
        row[MappedRows.KIND] = MappedRows.DUPLICATE;
        judged.add(RowFactory.create(row));
      }
    }
    told.clear();
    atOdds = false;
  }

  private void refuse() {
    for (@Nullable Object[] row : told) {
      row[MappedRows.KIND] = MappedRows.AT_ODDS;
      row[MappedRows.REASON] = "the same " + key.columns() + " as a row that differs";
      row[MappedRows.COLUMN] = key.columns();
      row[MappedRows.VALUE] = key.shown(row);
      judged.add(RowFactory.create(row));
    }
    told.clear();
  }
}
