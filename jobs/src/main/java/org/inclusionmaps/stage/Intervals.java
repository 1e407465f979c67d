package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.UncertaintySettings;
import org.inclusionmaps.contract.Note;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;

/** What the intervals of a run rest on: errors that its data tell, and errors that are assumed. */
public final class Intervals {
  private Intervals() {}

  /**
   * One sentence for each source of error that is drawn.
   *
   * @param tables all tables of a finished run
   */
  public static List<String> restOn(Map<Table, Dataset<Row>> tables, Settings settings) {
    UncertaintySettings errors = InclusionStages.errors(settings);
    if (errors.replicates() == 1) {
      return List.of("There are no intervals: uncertainty.replicates is 1");
    }
    List<String> told = new ArrayList<>();
    assumed(told, "the model of signals, everywhere alike", errors.propagationDb(), "dB");
    assumed(told, "signals in a neighbourhood", errors.surroundingsDb(), "dB");
    assumed(told, "networks whose cells lack attributes", errors.defaultsDb(), "dB");
    assumed(told, "all prices together", errors.pricePct(), "%");
    assumed(told, "the nation's mean income", errors.nationalIncomePct(), "%");
    Row incomes =
        InclusionStages.table(tables, Tables.INCOME_DISTRIBUTIONS)
            .agg(count(when(col("mean_error_pct").isNotNull(), 1)), count(lit(1)))
            .first();
    if (incomes.getLong(0) > 0) {
      told.add(
          "From the data: mean incomes, of %,d of %,d areas and sexes"
              .formatted(incomes.getLong(0), incomes.getLong(1)));
    }
    if (incomes.getLong(0) < incomes.getLong(1)) {
      assumed(told, "areas' mean incomes", errors.areaIncomePct(), "%");
    }
    assumed(told, "the spread of incomes", errors.incomeSpreadPct(), "%");
    assumed(told, "incomes of ages and disability within an area", errors.groupIncomePct(), "%");
    assumed(told, "where in an area its people live", errors.settlementPct(), "%");
    if (!InclusionStages.table(tables, Tables.AREA_RATES).isEmpty()) {
      told.add("From the data: rates of connected persons, sampling and model");
      assumed(
          told,
          "odds of being connected of groups that the survey does not tell apart",
          errors.groupOddsPct(),
          "%");
      if (errors.overlap() > 0) {
        told.add(
            Note.ASSUMED
                + "how far those who can pay are those who connect, from all of them to no more than others");
      }
    }
    return told;
  }

  private static void assumed(List<String> told, String what, double error, String unit) {
    if (error > 0) {
      String plain = BigDecimal.valueOf(error).stripTrailingZeros().toPlainString();
      told.add(Note.ASSUMED + "%s, a standard error of %s %s".formatted(what, plain, unit));
    }
  }
}
