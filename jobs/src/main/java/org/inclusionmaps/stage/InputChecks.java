package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.grid.Places;

/**
 * Refuses inputs that the stages of prices and people could not use, before the long work on
 * signals begins.
 */
public final class InputChecks {
  private InputChecks() {}

  /**
   * Checks incomes, direct estimates, facts of areas and sensitive places, each on its own.
   *
   * @param inputs each input table; an absent feed is an empty table
   * @throws InclusionException {@link ErrorCode#CONTRACT_BROKEN} with the first fault
   */
  public static void check(Map<Table, Dataset<Row>> inputs, Settings settings) {
    Dataset<Row> incomes = InclusionStages.table(inputs, Tables.INCOMES);
    IncomeShapes.check(incomes);
    NationalIncome.of(incomes, InclusionStages.table(inputs, Tables.SURVEY), settings);
    connected(InclusionStages.table(inputs, Tables.DIRECT_ESTIMATES));
    AreaCovariatesStage.factNames(InclusionStages.table(inputs, Tables.AREA_FACTS));
    sensitive(inputs, settings);
  }

  /**
   * Checks the list of sensitive places, which is short.
   *
   * @throws InclusionException {@link ErrorCode#CONTRACT_BROKEN} with the first fault
   */
  private static void sensitive(Map<Table, Dataset<Row>> inputs, Settings settings) {
    int places = settings.places().resolution();
    for (Row row :
        InclusionStages.table(inputs, Tables.SENSITIVE_PLACES)
            .select(Tables.PLACE, "finest_resolution")
            .orderBy(Tables.PLACE)
            .collectAsList()) {
      long place = row.getLong(0);
      int finest = row.getInt(1);
      if (!Places.isPlace(place)) {
        throw sensitive("is no H3 index; write the index as a whole number in decimal digits");
      }
      int own = Places.resolution(place);
      if (own > places) {
        throw sensitive(
            "is of resolution %d, finer than the places (%d); list the place that holds it"
                .formatted(own, places));
      }
      if (finest > own) {
        throw sensitive(
            "has the finest_resolution %d, finer than its own, %d; list the finer places instead"
                .formatted(finest, own));
      }
      if (finest == places) {
        throw sensitive(
            "has the finest_resolution %d, that of the places, which hides nothing; give a coarser one"
                .formatted(finest));
      }
    }
  }

  private static InclusionException sensitive(String fault) {
    return new InclusionException(
        ErrorCode.CONTRACT_BROKEN, "sensitive_places: a place (not shown) %s".formatted(fault));
  }

  private static void connected(Dataset<Row> estimates) {
    Row more =
        estimates
            .where(col("connected").gt(col("asked")))
            .agg(
                count(lit(1)),
                min(Tables.AREA),
                min_by(struct(col("connected"), col("asked")), col(Tables.AREA)))
            .collectAsList()
            .get(0);
    if (more.getLong(0) > 0) {
      Row first = more.getStruct(2);
      throw new InclusionException(
          ErrorCode.CONTRACT_BROKEN,
          ("direct_estimates: %,d rows have more connected than asked: first is area %s with %s of"
                  + " %s; correct the columns, or give per cent with asked 100")
              .formatted(
                  more.getLong(0), more.getString(1), first.getDouble(0), first.getDouble(1)));
    }
  }
}
