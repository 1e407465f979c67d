package org.inclusionmaps.stage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.jspecify.annotations.Nullable;

/**
 * Operators that were measured stand for all: their persons by their share of the subscribers, of
 * the nearest area at or above where they have one, else of the country. An area without shares of
 * its own that holds areas with some is scaled as these are together; hidden ones count for nothing
 * in that.
 */
final class Market {
  /** Shares that sum to no more than this are shares of all, rounded. */
  private static final double MOST = 1.01;

  /** Operators that are shown together. */
  private static final Pattern TOGETHER = Pattern.compile("+", Pattern.LITERAL);

  /** Stands in the place of an area for the country. */
  private static final String COUNTRY = "";

  private final Set<String> measured;

  /** The share of those measured in all subscribers, by area. */
  private final Map<String, Double> shares = new HashMap<>();

  private final Map<String, String> parents = new HashMap<>();

  /**
   * The shares that are known.
   *
   * @param operators codes of those measured; of several that are shown together joined by +
   * @param market rows of {@link Tables#MARKET}; without any the operators are taken for all
   * @param regional rows of {@link Tables#REGIONAL_MARKET}
   * @throws InclusionException if shares of an area sum to more than 1, or none of those measured
   *     has one in the country
   */
  Market(Set<String> operators, Dataset<Row> market, Dataset<Row> regional, Dataset<Row> areas) {
    measured =
        operators.stream()
            .flatMap(together -> TOGETHER.splitAsStream(together))
            .collect(Collectors.toSet());
    if (measured.isEmpty()) {
      return;
    }
    Map<String, List<Row>> byArea = new TreeMap<>();
    for (Row row : regional.select(Tables.OPERATOR, "share", Tables.AREA).collectAsList()) {
      byArea.computeIfAbsent(row.getString(2), area -> new ArrayList<>()).add(row);
    }
    List<Row> ofCountry = market.select(Tables.OPERATOR, "share").collectAsList();
    if (!ofCountry.isEmpty()) {
      byArea.put(COUNTRY, ofCountry);
    } else if (byArea.isEmpty()) {
      shares.put(COUNTRY, 1.0);
    }
    byArea.forEach(
        (area, rows) -> {
          double share = share(area, rows);
          if (share > 0) {
            shares.put(area, share);
          }
        });
    for (Row area : areas.select(Tables.AREA, "parent").collectAsList()) {
      if (!area.isNullAt(1)) {
        parents.put(area.getString(0), area.getString(1));
      }
    }
  }

  private double share(String area, List<Row> rows) {
    String table =
        area.isEmpty() ? Tables.MARKET.name() : Tables.REGIONAL_MARKET.name() + " of area " + area;
    double all = 0;
    double own = 0;
    for (Row row : rows) {
      all += row.getDouble(1);
      own += measured.contains(row.getString(0)) ? row.getDouble(1) : 0;
    }
    if (all > MOST) {
      throw new InclusionException(
          ErrorCode.CONTRACT_BROKEN,
          "%s: the shares of operators sum to %s but must be 1 at most; correct them"
              .formatted(table, Math.round(all * 1e4) / 1e4));
    }
    if (own == 0 && all > 0 && !area.isEmpty()) {
      return 0; // nobody of those measured is there: the shares above it tell
    }
    if (own == 0 && all > 0) {
      throw new InclusionException(
          ErrorCode.CONTRACT_BROKEN,
          "%s: none of the operators that were measured (%s) has a share above 0; add it, or leave the table out"
              .formatted(table, String.join(", ", measured.stream().sorted().toList())));
    }
    return all == 0 ? 1 : own / Math.max(1, all);
  }

  /**
   * Persons of the operators to those of all.
   *
   * @param rows of {@link Tables#SUBSCRIBERS}
   * @throws InclusionException if an area is in no area that has shares, and the country has none
   */
  List<Row> ofAll(List<Row> rows) {
    Map<String, List<Row>> children = new HashMap<>();
    for (Row row : rows) {
      if (isOfAll(row) && !row.isNullAt(2)) {
        children.computeIfAbsent(row.getString(2), area -> new ArrayList<>()).add(row);
      }
    }
    refuseFiner(rows);
    Map<String, Double> known = new HashMap<>();
    return rows.stream()
        .map(
            row -> {
              boolean isArea = row.getString(0).equals(Tables.AREA);
              String area = isArea ? row.getString(1) : row.getString(2);
              double each = perPerson(area == null ? COUNTRY : area, children, known);
              return RowFactory.create(
                  row.getString(0),
                  row.getString(1),
                  row.getString(2),
                  row.getString(3),
                  row.isNullAt(4) ? null : each * row.getDouble(4),
                  row.isNullAt(5) ? null : each * each * row.getDouble(5),
                  row.getBoolean(6));
            })
        .toList();
  }

  /** Refuses shares of areas within those that were measured, which nothing would use. */
  private void refuseFiner(List<Row> rows) {
    Set<String> used = new HashSet<>();
    for (Row row : rows) {
      String at = row.getString(0).equals(Tables.AREA) ? row.getString(1) : row.getString(2);
      while (at != null && used.add(at)) {
        at = parents.get(at);
      }
    }
    for (String area : new TreeSet<>(shares.keySet())) {
      if (!area.isEmpty() && !used.isEmpty() && !used.contains(area)) {
        throw new InclusionException(
            ErrorCode.CONTRACT_BROKEN,
            "%s has shares of area %s, which is finer than what was measured, or holds nobody; give shares of areas at or above those of privacy.detail"
                .formatted(Tables.REGIONAL_MARKET.name(), area));
      }
    }
  }

  private static boolean isOfAll(Row row) {
    return row.getString(0).equals(Tables.AREA) && row.getString(3).equals(Tables.ALL);
  }

  /** How many persons one that was measured stands for. */
  private double perPerson(
      String area, Map<String, List<Row>> children, Map<String, Double> known) {
    Double before = known.get(area);
    if (before != null) {
      return before;
    }
    Double share = regional(area);
    double each;
    if (share != null) {
      each = 1 / share;
    } else {
      each = mean(area, children, known);
    }
    known.put(area, each);
    return each;
  }

  /** The share of the nearest area at or above that has one. */
  private @Nullable Double regional(String area) {
    String at = area;
    for (int step = 0; at != null && step < 10; step++) {
      if (!at.isEmpty() && shares.containsKey(at)) {
        return shares.get(at);
      }
      at = parents.get(at);
    }
    return null;
  }

  /** As the areas within are scaled together; else as the country. */
  private double mean(String area, Map<String, List<Row>> children, Map<String, Double> known) {
    double before = 0;
    double after = 0;
    for (Row child : children.getOrDefault(area, List.of())) {
      double persons = child.isNullAt(4) ? 0 : Math.max(0, child.getDouble(4));
      before += persons;
      after += persons * perPerson(child.getString(1), children, known);
    }
    if (before > 0) {
      return after / before;
    }
    Double ofCountry = shares.get(COUNTRY);
    if (ofCountry == null) {
      throw new InclusionException(
          ErrorCode.CONTRACT_BROKEN,
          "%s has shares for some areas, but none for %s or an area above it, and %s has none for the country; add them"
              .formatted(
                  Tables.REGIONAL_MARKET.name(),
                  area.isEmpty() ? "a place outside all areas" : "area " + area,
                  Tables.MARKET.name()));
    }
    return 1 / ofCountry;
  }
}
