package org.inclusionmaps.contract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sort_array;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/** Whether input tables fit each other: what one names, another must have. */
public final class Links {
  private static final String RING = "its parents go round in a ring";
  private static final String ORPHAN = "its parent is not in areas";
  private static final String STEEP = "its level is not above that of its parent";
  private static final String EMPTY =
      "neither it, nor an area in it, nor one that holds it has a row in census";

  private static final StructType FAULTS =
      new StructType()
          .add("area", DataTypes.StringType, false)
          .add("fault", DataTypes.StringType, false);

  private Links() {}

  /**
   * Checks all links of the inputs.
   *
   * @param inputs each input table; an absent feed is an empty table
   * @param country id of the area at level 0
   * @throws InclusionException {@link ErrorCode#CONTRACT_BROKEN} with the first broken link
   */
  public static void check(Map<Table, Dataset<Row>> inputs, String country) {
    Dataset<Row> areas = get(inputs, Tables.AREAS);
    checkCountry(areas, country);
    Dataset<Row> ids = areas.select(col(Tables.AREA));
    for (Table table : List.of(Tables.CENSUS, Tables.INCOMES, Tables.SURVEY, Tables.SETTLEMENTS)) {
      known(
          table,
          get(inputs, table).where(col(Tables.AREA).isNotNull()),
          Tables.AREA,
          ids,
          "is not in areas",
          "correct the code or add the area");
    }
    checkTree(areas, get(inputs, Tables.CENSUS));
    Dataset<Row> operators = get(inputs, Tables.RADIO_CELLS).select(col(Tables.OPERATOR));
    for (Table table : List.of(Tables.TARIFFS, Tables.MARKET)) {
      known(
          table,
          get(inputs, table).where(col(Tables.OPERATOR).notEqual("*")),
          Tables.OPERATOR,
          operators,
          "has no cell in radio_cells, whose operators are " + some(operators, Tables.OPERATOR),
          table.equals(Tables.TARIFFS)
              ? "correct the code, or write * for a price of all operators"
              : "correct the code");
    }
    checkCurrencies(get(inputs, Tables.TARIFFS), get(inputs, Tables.INCOMES));
  }

  private static Dataset<Row> get(Map<Table, Dataset<Row>> inputs, Table table) {
    Dataset<Row> rows = inputs.get(table);
    if (rows == null) {
      throw new IllegalArgumentException("no table " + table.name());
    }
    return rows;
  }

  private static void checkCountry(Dataset<Row> areas, String country) {
    List<Row> roots = areas.where(col("level").equalTo(0)).select(Tables.AREA).takeAsList(2);
    if (roots.size() != 1 || !roots.get(0).getString(0).equals(country)) {
      throw broken(
          "areas: %s; it must be one, %s, as country.id says; correct the feed or the setting"
              .formatted(
                  roots.isEmpty()
                      ? "no area is at level 0"
                      : roots.size() == 1
                          ? "the area at level 0 is " + roots.get(0).getString(0)
                          : "more than one area is at level 0",
                  country));
    }
  }

  private static void known(
      Table table, Dataset<Row> rows, String column, Dataset<Row> ids, String what, String remedy) {
    Row strange =
        rows.join(ids.distinct().toDF("_known"), col(column).equalTo(col("_known")), "left_anti")
            .agg(count(lit(1)), min(col(column)))
            .collectAsList()
            .get(0);
    if (strange.getLong(0) > 0) {
      throw broken(
          "%s: %s of %s rows have an %s that %s: first is %s; %s"
              .formatted(
                  table.name(),
                  thousands(strange.getLong(0)),
                  thousands(rows.count()),
                  column,
                  what,
                  strange.getString(1),
                  remedy));
    }
  }

  private static void checkTree(Dataset<Row> areas, Dataset<Row> census) {
    Dataset<Row> counted = census.select(col(Tables.AREA).as("_counted")).distinct();
    List<Row> faults =
        areas
            .join(counted, col(Tables.AREA).equalTo(col("_counted")), "left")
            .select(col(Tables.AREA), col("parent"), col("level"), col("_counted").isNotNull())
            .repartition(1)
            .mapPartitions((MapPartitionsFunction<Row, Row>) Links::faults, Encoders.row(FAULTS))
            .groupBy("fault")
            .agg(count(lit(1)), min(col("area")))
            .orderBy("fault")
            .collectAsList();
    if (!faults.isEmpty()) {
      Row first = faults.get(0);
      throw broken(
          "areas: %s of %s rows: %s: first is %s; correct areas%s"
              .formatted(
                  thousands(first.getLong(1)),
                  thousands(areas.count()),
                  first.getString(0),
                  first.getString(2),
                  first.getString(0).equals(EMPTY)
                      ? ", or add the area to census (0 persons where nobody lives)"
                      : ""));
    }
  }

  private static Iterator<Row> faults(Iterator<Row> rows) {
    Map<String, Row> byId = new HashMap<>();
    rows.forEachRemaining(row -> byId.put(row.getString(0), row));
    List<Row> faults = new ArrayList<>();
    Map<String, List<String>> chains = new HashMap<>();
    Set<String> peopled = new HashSet<>();
    for (Row row : byId.values()) {
      List<String> chain = chain(row, byId);
      if (chain.isEmpty()) {
        faults.add(RowFactory.create(row.getString(0), RING));
        continue;
      }
      Row parent = row.isNullAt(1) ? null : byId.get(row.getString(1));
      if (parent == null && row.getInt(2) > 0) {
        faults.add(RowFactory.create(row.getString(0), ORPHAN));
      } else if (parent != null && parent.getInt(2) >= row.getInt(2)) {
        faults.add(RowFactory.create(row.getString(0), STEEP));
      }
      chains.put(row.getString(0), chain);
      if (row.getBoolean(3)) {
        peopled.addAll(chain);
      }
    }
    chains.forEach(
        (id, chain) -> {
          boolean above = chain.stream().map(byId::get).anyMatch(area -> area.getBoolean(3));
          if (!above && !peopled.contains(id)) {
            faults.add(RowFactory.create(id, EMPTY));
          }
        });
    return faults.iterator();
  }

  /** An area and those that hold it; empty where the way up does not end. */
  private static List<String> chain(Row area, Map<String, Row> byId) {
    List<String> chain = new ArrayList<>();
    Row at = area;
    while (at != null) {
      if (chain.contains(at.getString(0))) {
        return List.of();
      }
      chain.add(at.getString(0));
      at = at.isNullAt(1) ? null : byId.get(at.getString(1));
    }
    return chain;
  }

  private static void checkCurrencies(Dataset<Row> tariffs, Dataset<Row> incomes) {
    String prices = some(tariffs, Tables.CURRENCY);
    String money = some(incomes, Tables.CURRENCY);
    if (prices.contains(",") || money.contains(",") || !prices.equals(money)) {
      throw broken(
          "tariffs are in %s and incomes in %s; both must be in one and the same currency: convert"
                  .formatted(prices, money)
              + " them in the feeds");
    }
  }

  /** The different values of a column, in order: a column that has few. */
  private static String some(Dataset<Row> rows, String column) {
    Column values = sort_array(functions.collect_set(col(column)));
    return rows.agg(concat_ws(", ", values)).collectAsList().get(0).getString(0);
  }

  private static String thousands(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static InclusionException broken(String message) {
    return new InclusionException(ErrorCode.CONTRACT_BROKEN, message);
  }
}
