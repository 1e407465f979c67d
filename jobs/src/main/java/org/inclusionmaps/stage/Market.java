package org.inclusionmaps.stage;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/** What share of the country's subscribers some operators have. */
final class Market {
  /** Shares that sum to no more than this are shares of all, rounded. */
  private static final double MOST = 1.01;

  /** Operators that are shown together. */
  private static final Pattern TOGETHER = Pattern.compile("+", Pattern.LITERAL);

  private Market() {}

  /**
   * The share of all subscribers, above 0 to 1; 1 where no shares are known.
   *
   * @param operators codes; of several that are shown together joined by +
   * @throws InclusionException if shares sum to more than 1, or none of the operators has one
   */
  static double shareOf(Set<String> operators, Dataset<Row> market) {
    Set<String> measured =
        operators.stream()
            .flatMap(together -> TOGETHER.splitAsStream(together))
            .collect(Collectors.toSet());
    double all = 0;
    double own = 0;
    for (Row row : market.select(Tables.OPERATOR, "share").collectAsList()) {
      all += row.getDouble(1);
      own += measured.contains(row.getString(0)) ? row.getDouble(1) : 0;
    }
    if (all == 0 || operators.isEmpty()) {
      return 1;
    }
    if (all > MOST) {
      throw new InclusionException(
          ErrorCode.CONTRACT_BROKEN,
          "market: the shares of operators sum to %s but must be 1 at most; correct them"
              .formatted(Math.round(all * 1e4) / 1e4));
    }
    if (own == 0) {
      throw new InclusionException(
          ErrorCode.CONTRACT_BROKEN,
          "market: none of the operators that were measured (%s) has a share above 0; add it, or leave inputs.market out"
              .formatted(String.join(", ", operators)));
    }
    return own / Math.max(1, all);
  }
}
