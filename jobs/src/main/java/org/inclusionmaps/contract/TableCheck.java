package org.inclusionmaps.contract;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/** Whether rows meet their table's contract. */
public final class TableCheck {
  private TableCheck() {}

  /**
   * Checks columns, types, every field's rule and the key, in two passes over the rows.
   *
   * @return the number of rows
   * @throws InclusionException {@link ErrorCode#CONTRACT_BROKEN} with the first broken rule
   */
  public static long check(Dataset<Row> rows, Table table) {
    checkColumns(rows, table);
    List<Column> measures = new ArrayList<>();
    for (Field field : table.fields()) {
      Column broken = broken(field);
      measures.add(coalesce(sum(when(broken, 1L).otherwise(0L)), lit(0L)));
      measures.add(min(when(broken, shown(field))));
    }
    Row result = rows.agg(count(lit(1)), measures.toArray(new Column[0])).collectAsList().get(0);
    long total = result.getLong(0);
    for (int i = 0; i < table.fields().size(); i++) {
      long bad = result.getLong(1 + 2 * i);
      if (bad > 0) {
        Object first = result.get(2 + 2 * i);
        throw broken(table, table.fields().get(i), bad, total, String.valueOf(first));
      }
    }
    checkKeys(rows, table, total);
    return total;
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

  /** Whether a value breaks its field's rule; never null. */
  public static Column broken(Field field) {
    Column value = col(field.name());
    Column broken = field.optional() ? lit(false) : value.isNull();
    if (!field.values().isEmpty()) {
      broken = broken.or(not(value.isin(field.values().toArray())));
    }
    if (field.type().equals(DataTypes.DoubleType)) {
      broken =
          broken
              .or(isnan(value))
              .or(value.equalTo(Double.POSITIVE_INFINITY))
              .or(value.equalTo(Double.NEGATIVE_INFINITY));
    }
    if (field.bounded()) {
      broken = broken.or(value.lt(field.min())).or(value.gt(field.max()));
    }
    return coalesce(broken, lit(!field.optional()));
  }

  private static void checkKeys(Dataset<Row> rows, Table table, long total) {
    List<List<String>> keys = new ArrayList<>();
    if (!table.key().isEmpty()) {
      keys.add(table.key());
    }
    for (Field field : table.fields()) {
      if (field.unique() && !table.key().equals(List.of(field.name()))) {
        keys.add(List.of(field.name()));
      }
    }
    for (List<String> key : keys) {
      Column[] columns =
          key.stream().map(org.apache.spark.sql.functions::col).toArray(Column[]::new);
      Row twice =
          rows.groupBy(columns)
              .count()
              .where(col("count").gt(1))
              .agg(
                  count(lit(1)),
                  min(org.apache.spark.sql.functions.concat_ws(", ", texts(columns))))
              .collectAsList()
              .get(0);
      if (twice.getLong(0) > 0) {
        throw new InclusionException(
            ErrorCode.CONTRACT_BROKEN,
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

  private static Column shown(Field field) {
    Column value =
        field.type().equals(DataTypes.BinaryType)
            ? lit("(binary)")
            : col(field.name()).cast(DataTypes.StringType);
    return coalesce(value, lit("absent"));
  }

  private static InclusionException broken(
      Table table, Field field, long bad, long total, String first) {
    return new InclusionException(
        ErrorCode.CONTRACT_BROKEN, brokenMessage(table, field, bad, total, first));
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
