package org.inclusionmaps.contract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/** Whether rows meet their table's contract. */
public final class TableCheck {
  private TableCheck() {}

  /**
   * Checks columns, types, every field's rule and the keys, in one pass over the rows. A key's
   * values are told apart by their hashes: only if two are alike are the keys themselves compared.
   *
   * @return the number of rows
   * @throws InclusionException {@link ErrorCode#CONTRACT_BROKEN} with the first broken rule
   */
  public static long check(Dataset<Row> rows, Table table) {
    checkColumns(rows, table);
    List<Field> ruled = table.fields().stream().filter(Field::ruled).toList();
    List<List<String>> keys = keys(table);
    long total = 0;
    boolean twice = false;
    TreeMap<Integer, Broken> broken = new TreeMap<>();
    for (Row row : found(rows, ruled, keys)) {
      switch (row.getInt(1)) {
        case RowScan.HASH -> twice = true;
        case RowScan.ROWS -> total += row.getLong(0);
        default ->
            broken.merge(row.getInt(1), new Broken(row.getLong(0), row.getString(2)), Broken::and);
      }
    }
    Map.Entry<Integer, Broken> worst = broken.firstEntry();
    if (worst != null) {
      Broken bad = worst.getValue();
      throw broken(brokenMessage(table, ruled.get(worst.getKey()), bad.rows(), total, bad.first()));
    }
    if (twice) {
      checkKeys(rows, table, keys, total);
    }
    return total;
  }

  /** Rows that break a field's rule: how many, and the smallest text among them. */
  private record Broken(long rows, String first) {
    Broken and(Broken other) {
      String least = first.compareTo(other.first) <= 0 ? first : other.first;
      return new Broken(rows + other.rows, least);
    }
  }

  /** What {@link RowScan} counts, and one hash of each task that meets any twice. */
  private static List<Row> found(Dataset<Row> rows, List<Field> ruled, List<List<String>> keys) {
    List<Column> columns = new ArrayList<>();
    ruled.forEach(field -> columns.add(scanned(field)));
    for (int i = 0; i < keys.size(); i++) {
      // The key's number keeps the hashes of two keys with the same values apart.
      List<Column> key = new ArrayList<>(List.of(lit(i)));
      keys.get(i).forEach(name -> key.add(col(name)));
      columns.add(xxhash64(key.toArray(Column[]::new)));
    }
    Dataset<Row> scanned =
        rows.select(columns.toArray(Column[]::new))
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>) part -> new RowScan(part, ruled),
                Encoders.row(RowScan.FOUND));
    if (keys.isEmpty()) {
      return scanned.collectAsList();
    }
    return scanned
        .repartition(col(RowScan.VALUE))
        .sortWithinPartitions(RowScan.VALUE)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) TableCheck::twice, Encoders.row(RowScan.FOUND))
        .collectAsList();
  }

  /** The value that a rule looks at: of a text that may be any, only whether it is there. */
  private static Column scanned(Field field) {
    Column value = col(field.name());
    return field.onlyPresence() ? when(value.isNotNull(), true) : value;
  }

  /** Sorted hashes to the first that comes twice; other rows pass. */
  private static Iterator<Row> twice(Iterator<Row> sorted) {
    List<Row> found = new ArrayList<>();
    Row last = null;
    boolean twice = false;
    while (sorted.hasNext()) {
      Row row = sorted.next();
      if (row.getInt(1) != RowScan.HASH) {
        found.add(row);
      } else {
        if (!twice && last != null && last.getLong(0) == row.getLong(0)) {
          twice = true;
          found.add(row);
        }
        last = row;
      }
    }
    return found.iterator();
  }

  /** Checks that the columns of the contract are there, with their types. */
  public static void checkColumns(Dataset<Row> rows, Table table) {
    for (Field field : table.fields()) {
      StructField found = null;
      for (StructField candidate : rows.schema().fields()) {
        if (candidate.name().equals(field.name())) {
          found = candidate;
        }
      }
      if (found == null) {
        throw new InclusionException(
            ErrorCode.CONTRACT_BROKEN,
            "%s: column %s (%s) is missing; the columns are %s; add it or name its alias in the"
                    .formatted(
                        table.name(),
                        field.name(),
                        field.description(),
                        String.join(", ", rows.columns()))
                + " settings");
      }
      if (!found.dataType().equals(field.type())) {
        throw new InclusionException(
            ErrorCode.CONTRACT_BROKEN,
            "%s: column %s is %s but must be %s (%s); convert the feed"
                .formatted(
                    table.name(),
                    field.name(),
                    found.dataType().simpleString(),
                    field.type().simpleString(),
                    field.description()));
      }
    }
  }

  private static List<List<String>> keys(Table table) {
    List<List<String>> keys = new ArrayList<>();
    if (!table.key().isEmpty()) {
      keys.add(table.key());
    }
    for (Field field : table.fields()) {
      if (field.unique() && !table.key().equals(List.of(field.name()))) {
        keys.add(List.of(field.name()));
      }
    }
    return keys;
  }

  private static void checkKeys(
      Dataset<Row> rows, Table table, List<List<String>> keys, long total) {
    for (List<String> key : keys) {
      Column[] columns = key.stream().map(functions::col).toArray(Column[]::new);
      Row twice =
          rows.groupBy(columns)
              .count()
              .where(col("count").gt(1))
              .agg(count(lit(1)), min(concat_ws(", ", texts(columns))))
              .collectAsList()
              .get(0);
      if (twice.getLong(0) > 0) {
        throw broken(
            "%s: %s of %s rows' keys (%s) occur more than once: first is %s; keep one row a key"
                .formatted(
                    table.name(),
                    thousands(twice.getLong(0)),
                    thousands(total),
                    String.join(", ", key),
                    twice.getString(1)));
      }
    }
  }

  private static Column[] texts(Column[] columns) {
    Column[] texts = new Column[columns.length];
    for (int i = 0; i < columns.length; i++) {
      texts[i] = columns[i].cast(DataTypes.StringType);
    }
    return texts;
  }

  private static InclusionException broken(String message) {
    return new InclusionException(ErrorCode.CONTRACT_BROKEN, message);
  }

  /** The message for rows that break a field's rule. */
  public static String brokenMessage(Table table, Field field, long bad, long total, String first) {
    String rule = field.rule().isEmpty() ? "" : ", " + field.rule();
    return "%s: %s of %s rows break %s (%s%s): first is %s; correct the feed or raise"
            .formatted(
                table.name(),
                thousands(bad),
                thousands(total),
                field.name(),
                field.description(),
                rule,
                first)
        + " inputs.%s.max_rejected_pct".formatted(table.name());
  }

  private static String thousands(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
