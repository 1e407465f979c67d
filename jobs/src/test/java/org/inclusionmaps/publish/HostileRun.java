package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.publish.figures.Columns;

/** The made-up run with names of areas that hurt careless readers, and with intervals. */
public final class HostileRun {
  /** Area to a name: a formula, a script, signs of many kinds, a command. */
  public static final Map<String, String> NAMES =
      Map.of(
          "MU-N", "=HYPERLINK(\"http://example.org\",\"open\")",
          "MU-NW", "<script>alert('1')</script>",
          "MU-SE", "\u200f\u0639\u0631\u0628\u064a \ud83d\ude00 \"quoted\" 'and'\nsecond line",
          "MU-SW", "@SUM(1+1)*cmd|'/c calc'!A0");

  public static final String REASON = "+1 is no reason";

  private HostileRun() {}

  public static Map<Table, Dataset<Row>> tables(SparkSession spark, int steps) {
    Map<Table, Dataset<Row>> tables = new LinkedHashMap<>(MadeUpRun.tables(spark, steps));
    List<Row> names = new ArrayList<>();
    NAMES.forEach((area, name) -> names.add(RowFactory.create(area, name)));
    Dataset<Row> named =
        spark.createDataFrame(
            names, org.apache.spark.sql.types.StructType.fromDDL("area STRING, hostile STRING"));
    tables.computeIfPresent(
        Tables.AREAS,
        (table, rows) ->
            rows.join(named, Columns.of("area"), "left")
                .withColumn("name", coalesce(col("hostile"), col("name")))
                .select(Columns.all(Tables.AREAS.columns())));
    tables.computeIfPresent(
        Tables.INDICATORS,
        (table, rows) ->
            rows.union(
                spark.createDataFrame(
                    List.of(
                        indicator("MU", "lacking_pct", 48.5, 44.25, 56.125, null),
                        indicator("MU-SE", "lacking_pct", 20.0, 10.0, 30.0, null),
                        indicator("MU-SE", "change_pct", -5.0, -7.5, 2.0, null),
                        indicator("MU-SW", "change_pct", null, null, null, REASON)),
                    Tables.INDICATORS.schema())));
    return tables;
  }

  private static Row indicator(
      String area, String name, Double value, Double low, Double high, String reason) {
    return RowFactory.create(
        area,
        "all",
        "all",
        "all",
        name,
        2026,
        value,
        low,
        high,
        null,
        null,
        "percent",
        "as a test has it",
        "good",
        reason);
  }
}
