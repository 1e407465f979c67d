package org.inclusionmaps.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.affordability.Need;
import org.inclusionmaps.config.AffordabilitySettings;
import org.inclusionmaps.contract.Tables;

/**
 * Tariffs to those that can be no part of the basket that measures affordability, with why. One
 * that is usable has no row, be it ever so dear.
 */
final class UnusedTariffsStage {
  private UnusedTariffsStage() {}

  /** The plans, some thousand at most, come to the driver. */
  static Dataset<Row> unused(Dataset<Row> tariffs, AffordabilitySettings settings) {
    Need need = TariffUse.need(settings.chosen());
    String technology = settings.usableFor(settings.basket());
    List<Row> all = tariffs.collectAsList();
    Map<String, List<Row>> operators =
        all.stream().collect(Collectors.groupingBy(row -> row.<String>getAs(Tables.OPERATOR)));
    List<Row> unused = new ArrayList<>();
    for (Row tariff : all) {
      String operator = tariff.getAs(Tables.OPERATOR);
      String reason =
          TariffUse.reason(tariff, operators.getOrDefault(operator, List.of()), need, technology);
      if (reason != null) {
        unused.add(
            RowFactory.create(
                operator, tariff.getAs("plan"), tariff.getAs(Tables.TECHNOLOGY), reason));
      }
    }
    return tariffs.sparkSession().createDataFrame(unused, Tables.UNUSED_TARIFFS.schema());
  }
}
