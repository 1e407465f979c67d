package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Tables;

/**
 * The basket that stands for the nation, by the rule of ITU: that of the operator with the most
 * subscribers. Where tariffs are of all operators, theirs. Where shares are not known, the
 * cheapest: the method says so, and the quality is caution.
 *
 * @param price price a month
 * @param rule which basket it is, in words
 * @param quality good, or caution where it is not that of the largest operator
 */
record NationalBasket(double price, String rule, String quality) {

  /** The basket; prices and market have a row an operator. */
  static NationalBasket of(Dataset<Row> prices, Dataset<Row> market) {
    Map<String, Double> shares = new HashMap<>();
    market
        .select(Tables.OPERATOR, "share")
        .collectAsList()
        .forEach(row -> shares.put(row.getString(0), row.getDouble(1)));
    List<Row> priced =
        prices
            .select(col(Tables.OPERATOR), col("price_month"), col("version"))
            .collectAsList()
            .stream()
            .sorted(
                Comparator.comparingDouble((Row row) -> row.getDouble(1))
                    .thenComparing(row -> row.getString(0)))
            .toList();
    Optional<Row> all = priced.stream().filter(row -> "*".equals(row.getString(0))).findFirst();
    Optional<Row> largest =
        priced.stream().filter(row -> shares.containsKey(row.getString(0))).max(largest(shares));
    double most = shares.values().stream().mapToDouble(share -> share).max().orElse(0);
    if (largest.isPresent() && share(shares, largest.get()) >= most) {
      return basket(largest.get(), "of the operator with the most subscribers", "good");
    }
    if (all.isPresent()) {
      return basket(all.get(), "of all operators", "good");
    }
    if (largest.isPresent()) {
      return basket(
          largest.get(),
          "of the largest operator that sells one; a larger one does not",
          "caution");
    }
    return basket(
        priced.get(0), "of the cheapest operator; shares of subscribers are not known", "caution");
  }

  // Of equal shares the cheaper: max keeps the first of equals, and rows come by price.
  private static Comparator<Row> largest(Map<String, Double> shares) {
    return Comparator.comparingDouble(row -> share(shares, row));
  }

  private static double share(Map<String, Double> shares, Row row) {
    return shares.getOrDefault(row.getString(0), 0.0);
  }

  private static NationalBasket basket(Row row, String rule, String quality) {
    return new NationalBasket(
        row.getDouble(1), "cheapest basket (%s) %s".formatted(row.getString(2), rule), quality);
  }
}
