package org.inclusionmaps.job;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.operations.Operations;
import org.inclusionmaps.security.Ledger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Figures that a run shows to operators besides the sums of its stages. */
final class RunFigures {
  private static final Logger LOG = LoggerFactory.getLogger(RunFigures.class);

  private RunFigures() {}

  /** Persons of the country and who of them lack access, as the release has them. */
  static void persons(Map<Table, Dataset<Row>> tables, Settings settings, Operations operations) {
    double all = Double.NaN;
    double lacking = Double.NaN;
    Dataset<Row> indicators = tables.get(Tables.INDICATORS);
    if (indicators == null) {
      return;
    }
    for (Row row :
        indicators
            .where("sex = 'all' and age_band = 'all' and disability = 'all'")
            .where("indicator in ('persons', 'lacking_persons')")
            .where(indicators.col("area").equalTo(settings.country().id()))
            .select("indicator", "value")
            .collectAsList()) {
      double value = row.isNullAt(1) ? Double.NaN : row.getDouble(1);
      if (row.getString(0).equals("persons")) {
        all = value;
      } else {
        lacking = value;
      }
    }
    operations.persons(all, lacking);
  }

  /** What the privacy ledger still allows, where there is one. */
  static void budget(Settings settings, Configuration hadoop, Operations operations) {
    try {
      Ledger ledger = LedgerCommand.ledger(settings, hadoop);
      if (!ledger.entries().isEmpty()) {
        operations.budgetLeft(
            settings.privacy().lifetimeRho().doubleValue() - ledger.spent().roundedUp());
      }
    } catch (RuntimeException e) {
      LOG.warn("what is left of the privacy budget is not told", e);
    }
  }
}
