package org.inclusionmaps.contract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.AreaLinks.Finding;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.jspecify.annotations.Nullable;

/** Whether input tables fit each other: what one names, another must have. */
public final class Links {
  /** The faults of the tree, in the order that they are told. */
  private static final List<String> FAULTS =
      List.of(AreaLinks.STEEP, AreaLinks.ORPHAN, AreaLinks.RING, AreaLinks.EMPTY);

  private Links() {}

  /**
   * Checks all links of the inputs.
   *
   * @param inputs each input table; an absent feed is an empty table
   * @param country id of the area at level 0
   * @param currency the money that all is told in; null for that of the incomes
   * @param rated currencies that can be converted to it
   * @throws InclusionException {@link ErrorCode#CONTRACT_BROKEN} with the first broken link
   */
  public static void check(
      Map<Table, Dataset<Row>> inputs,
      String country,
      @Nullable String currency,
      Set<String> rated) {
    checkAreas(inputs, country);
    Dataset<Row> all =
        values(inputs, Tables.RADIO_CELLS, Tables.OPERATOR)
            .union(values(inputs, Tables.COVERAGE_AREAS, Tables.OPERATOR))
            .union(values(inputs, Tables.TARIFFS, Tables.OPERATOR))
            .union(values(inputs, Tables.MARKET, Tables.OPERATOR))
            .union(values(inputs, Tables.REGIONAL_MARKET, Tables.OPERATOR))
            .union(values(inputs, Tables.TARIFFS, Tables.CURRENCY))
            .union(values(inputs, Tables.INCOMES, Tables.CURRENCY));
    Map<String, SortedMap<String, Long>> codes = new HashMap<>();
    for (Row row : all.groupBy("column", "code").agg(count(lit(1))).collectAsList()) {
      codes
          .computeIfAbsent(row.getString(0), column -> new TreeMap<>())
          .put(row.getString(1), row.getLong(2));
    }
    checkOperators(
        codes, Tables.TARIFFS, "correct the code, or write * for a price of all operators");
    checkOperators(codes, Tables.MARKET, "correct the code");
    checkOperators(codes, Tables.REGIONAL_MARKET, "correct the code");
    SortedMap<String, Long> incomes = codes(codes, Tables.INCOMES, Tables.CURRENCY);
    String home = Currencies.home(incomes.keySet(), currency);
    Currencies.check(Tables.INCOMES, incomes.keySet(), home, rated);
    Currencies.check(
        Tables.TARIFFS, codes(codes, Tables.TARIFFS, Tables.CURRENCY).keySet(), home, rated);
  }

  private static Dataset<Row> get(Map<Table, Dataset<Row>> inputs, Table table) {
    Dataset<Row> rows = inputs.get(table);
    if (rows == null) {
      throw new IllegalArgumentException("no table " + table.name());
    }
    return rows;
  }

  private static void checkAreas(Map<Table, Dataset<Row>> inputs, String country) {
    Map<Table, Dataset<Row>> naming = new LinkedHashMap<>();
    for (Table table :
        List.of(
            Tables.CENSUS,
            Tables.INCOMES,
            Tables.SURVEY,
            Tables.DIRECT_ESTIMATES,
            Tables.AREA_FACTS,
            Tables.REGIONAL_MARKET,
            Tables.SETTLEMENTS)) {
      naming.put(table, get(inputs, table));
    }
    Map<String, Finding> found = AreaLinks.of(get(inputs, Tables.AREAS), naming);
    checkCountry(found.get(AreaLinks.ROOT), country);
    for (Table table : naming.keySet()) {
      Finding strange = found.get(table.name());
      if (strange != null) {
        boolean persons = table.equals(Tables.SURVEY);
        Finding told =
            persons
                ? new Finding(strange.bad(), strange.rows(), "not shown: rows are persons")
                : strange;
        throw unknown(
            table, Tables.AREA, told, "is not in areas", "correct the code or add the area");
      }
    }
    for (String fault : FAULTS) {
      Finding areas = found.get(fault);
      if (areas != null) {
        throw broken(
            "areas: %s of %s rows: %s: first is %s; correct areas%s"
                .formatted(
                    thousands(areas.bad()),
                    thousands(areas.rows()),
                    fault,
                    areas.first(),
                    fault.equals(AreaLinks.EMPTY)
                        ? ", or add the area to census (0 persons where nobody lives)"
                        : ""));
      }
    }
  }

  private static void checkCountry(@Nullable Finding roots, String country) {
    if (roots == null || roots.bad() != 1 || !roots.first().equals(country)) {
      throw broken(
          "areas: %s; it must be one, %s, as country.id says; correct the feed or the setting"
              .formatted(
                  roots == null
                      ? "no area is at level 0"
                      : roots.bad() == 1
                          ? "the area at level 0 is " + roots.first()
                          : "more than one area is at level 0",
                  country));
    }
  }

  /** The values of a column that has few different ones. */
  private static Dataset<Row> values(Map<Table, Dataset<Row>> inputs, Table table, String column) {
    return get(inputs, table)
        .where(col(column).isNotNull())
        .select(lit(name(table, column)).as("column"), col(column).as("code"));
  }

  private static String name(Table table, String column) {
    return table.name() + "." + column;
  }

  /** The values of a column, in order, and how many rows have each. */
  private static SortedMap<String, Long> codes(
      Map<String, SortedMap<String, Long>> codes, Table table, String column) {
    return codes.getOrDefault(name(table, column), new TreeMap<>());
  }

  private static void checkOperators(
      Map<String, SortedMap<String, Long>> codes, Table table, String remedy) {
    SortedMap<String, Long> known =
        new TreeMap<>(codes(codes, Tables.RADIO_CELLS, Tables.OPERATOR));
    known.putAll(codes(codes, Tables.COVERAGE_AREAS, Tables.OPERATOR));
    SortedMap<String, Long> named = new TreeMap<>(codes(codes, table, Tables.OPERATOR));
    named.remove("*");
    SortedMap<String, Long> strange = new TreeMap<>(named);
    strange.keySet().removeAll(known.keySet());
    if (!strange.isEmpty()) {
      throw unknown(
          table,
          Tables.OPERATOR,
          new Finding(rows(strange), rows(named), strange.firstKey()),
          "has no cell in radio_cells or area in coverage_areas, whose operators are "
              + some(known),
          remedy);
    }
  }

  private static long rows(SortedMap<String, Long> codes) {
    return codes.values().stream().mapToLong(rows -> rows).sum();
  }

  private static String some(SortedMap<String, Long> codes) {
    return String.join(", ", codes.keySet());
  }

  private static InclusionException unknown(
      Table table, String column, Finding strange, String what, String remedy) {
    return broken(
        "%s: %s of %s rows have an %s that %s: first is %s; %s"
            .formatted(
                table.name(),
                thousands(strange.bad()),
                thousands(strange.rows()),
                column,
                what,
                strange.first(),
                remedy));
  }

  private static String thousands(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static InclusionException broken(String message) {
    return new InclusionException(ErrorCode.CONTRACT_BROKEN, message);
  }
}
