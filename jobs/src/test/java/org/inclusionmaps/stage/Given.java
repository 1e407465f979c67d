package org.inclusionmaps.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.TableCheck;

/** Settings of a country C, and rows by their place, for tests of stages. */
final class Given {
  private Given() {}

  /** The defaults, with some set anew as {@code section.key=value}. */
  static Settings settings(String... anew) {
    List<String> sets =
        new ArrayList<>(
            List.of("country.id=C", "country.name=C", "release.reference_date='2026-01-01'"));
    sets.addAll(List.of(anew));
    return SettingsLoader.load(List.of(), Map.of(), sets);
  }

  /** The rows, made once, checked against their contract and sorted by some columns. */
  static List<Row> checked(Dataset<Row> rows, Table table, String... order) {
    Column[] columns = List.of(order).stream().map(functions::col).toArray(Column[]::new);
    List<Row> made = rows.orderBy(columns).collectAsList();
    TableCheck.check(rows.sparkSession().createDataFrame(made, rows.schema()), table);
    return made;
  }
}
