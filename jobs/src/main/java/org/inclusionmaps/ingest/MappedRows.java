package org.inclusionmaps.ingest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Field;
import org.inclusionmaps.contract.Table;
import org.jspecify.annotations.Nullable;

/**
 * A part of a feed's rows as rows of its table, mapped when they are asked for: first the account
 * of a row, then the contract's columns. At the end stand rows that say how many were taken from
 * the files, left aside and blank.
 */
final class MappedRows implements Iterator<Row> {
  static final int FEED = 0;
  static final int FILE = 1;
  static final int ROW = 2;

  /** Rows of the files that the row stands for. */
  static final int ROWS = 3;

  static final int MENDED = 4;
  static final int KIND = 5;
  static final int REASON = 6;
  static final int COLUMN = 7;
  static final int FIELD = 8;
  static final int VALUE = 9;

  /** The columns of the account: the contract's stand behind them. */
  static final int COLUMNS = 10;

  static final String OK = "ok";
  static final String DUPLICATE = "duplicate";
  static final String REJECTED = "rejected";
  static final String AT_ODDS = "at odds";
  static final String ASIDE = "aside";
  static final String BLANK = "blank";
  static final String TAKEN = "taken";

  private final Iterator<Row> rows;
  private final List<RowMapping> mappings;
  private final int feed;
  private final int width;
  private final DecodedBytes.Count decoded;
  private final Deque<Row> made = new ArrayDeque<>();
  private long taken;
  private long aside;
  private long blank;
  private boolean counted;

  /**
   * The rows of a part.
   *
   * @param mappings each makes one row of a row
   */
  MappedRows(
      Iterator<Row> rows, List<RowMapping> mappings, int feed, int width, DecodedBytes limit) {
    this.rows = rows;
    this.mappings = mappings;
    this.feed = feed;
    this.width = width;
    this.decoded = limit.count();
  }

  /** The columns of mapped rows of a table. */
  static StructType schema(Table table) {
    StructType schema =
        new StructType()
            .add("_feed", DataTypes.IntegerType)
            .add(Source.FILE, DataTypes.StringType)
            .add(Source.ROW, DataTypes.LongType)
            .add("_rows", DataTypes.LongType)
            .add("_mended", DataTypes.BooleanType)
            .add("_kind", DataTypes.StringType)
            .add("_reason", DataTypes.StringType)
            .add("_column", DataTypes.StringType)
            .add("_field", DataTypes.StringType)
            .add("_value", DataTypes.StringType);
    for (Field field : table.fields()) {
      schema = schema.add(field.name(), field.type());
    }
    return schema;
  }

  /** The place of a column of the contract; negative where the table has none of the name. */
  static int place(Table table, String column) {
    int index = table.columns().indexOf(column);
    return index < 0 ? index : COLUMNS + index;
  }

  @Override
  public boolean hasNext() {
    while (made.isEmpty() && rows.hasNext()) {
      map(rows.next());
    }
    if (made.isEmpty() && !counted) {
      counted = true;
      count(TAKEN, taken);
      count(ASIDE, aside);
      count(BLANK, blank);
    }
    return !made.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return made.remove();
  }

  private void map(Row row) {
    decoded.add(row);
    taken += mappings.size();
    for (RowMapping mapping : mappings) {
      switch (mapping.kind(row)) {
        case ASIDE -> aside++;
        case BLANK -> blank++;
        default -> made.add(mapping.mapped(row));
      }
    }
  }

  private void count(String kind, long number) {
    if (number > 0) {
      @Nullable Object[] count = new @Nullable Object[width];
      count[FEED] = feed;
      count[ROWS] = number;
      count[MENDED] = false;
      count[KIND] = kind;
      made.add(RowFactory.create(count));
    }
  }
}
