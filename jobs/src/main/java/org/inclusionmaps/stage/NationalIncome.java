package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.affordability.IncomeDistribution;
import org.inclusionmaps.affordability.LognormalIncome;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/**
 * Income of the nation: the country's own row of the incomes.
 *
 * @param income its mean a month and how it is shared, by the best form that is known
 * @param lognormal the lognormal of that mean and of the Gini coefficient
 * @param fifths shares of income of fifths of the persons, the poorest first; empty if not known
 * @param money what all is told in
 */
@SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
record NationalIncome(
    IncomeDistribution income, LognormalIncome lognormal, double[] fifths, Money money) {
  private static final int GINI = 2;
  private static final int FIRST_FIFTH = 3;

  /**
   * The country's row for both sexes.
   *
   * @throws InclusionException if it is not there or incomplete, or in money that cannot be
   *     converted
   */
  static NationalIncome of(Dataset<Row> incomes, Dataset<Row> survey, Settings settings) {
    String country = settings.country().id();
    Money money = Money.of(incomes, settings.affordability());
    Column[] columns =
        Stream.concat(Arrays.stream(IncomeShapes.told()), Stream.of(col("mean_month")))
            .toArray(Column[]::new);
    List<Row> rows =
        money
            .converted(incomes)
            .where(col(Tables.AREA).equalTo(country).and(col(Tables.SEX).equalTo(Tables.ALL)))
            .select(columns)
            .collectAsList();
    if (rows.isEmpty() || rows.get(0).isNullAt(columns.length - 1)) {
      throw incomplete(country);
    }
    Row row = rows.get(0);
    double mean = row.getDouble(columns.length - 1);
    IncomeForm form =
        IncomeShapes.national(row, survey, settings.affordability().minimumRespondents())
            .orElseThrow(() -> incomplete(country));
    double sigma = form.sigma();
    if (!row.isNullAt(GINI)) {
      double gini = row.getDouble(GINI);
      if (!(gini > 0 && gini < 1)) {
        throw broken(
            "gini of the country (area %s, sex all) is %s but must be above 0 and below 1"
                .formatted(country, gini));
      }
      sigma = LognormalIncome.sigmaOfGini(gini);
    }
    return new NationalIncome(form.at(mean), new LognormalIncome(mean, sigma), fifths(row), money);
  }

  /** Mean income of the poorest fifth, or fifths; by the shares of fifths where they are known. */
  double meanOfPoorestFifths(int number) {
    if (fifths.length == 0) {
      return income.meanOfPoorest(number / 5.0);
    }
    double all = Arrays.stream(fifths).sum();
    double poorest = Arrays.stream(fifths).limit(number).sum();
    return income.mean() * poorest / all * 5 / number;
  }

  private static double[] fifths(Row row) {
    double[] fifths = new double[5];
    for (int i = 0; i < fifths.length; i++) {
      if (row.isNullAt(FIRST_FIFTH + i)) {
        return new double[0];
      }
      fifths[i] = row.getDouble(FIRST_FIFTH + i);
    }
    return fifths;
  }

  private static InclusionException incomplete(String country) {
    return broken(
        ("the row of the country (area %s, sex all) must have mean_month and gini (or share_q1 to"
                + " share_q5, or gb2_a, gb2_p and gb2_q): the mean income per head and month, and"
                + " its inequality; add or complete it")
            .formatted(country));
  }

  private static InclusionException broken(String message) {
    return new InclusionException(ErrorCode.CONTRACT_BROKEN, "incomes: " + message);
  }
}
