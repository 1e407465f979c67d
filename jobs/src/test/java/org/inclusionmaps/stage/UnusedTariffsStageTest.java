package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class UnusedTariffsStageTest {
  private static List<String> unused(SparkSession spark, String tariffs, String... settings) {
    return Given.checked(
            UnusedTariffsStage.unused(
                rows(
                    spark,
                    Tables.TARIFFS,
                    "operator, plan, technology, price, currency, validity_days, data_mb, minutes,"
                        + " kind, promotional\n"
                        + tariffs),
                Given.settings(settings).affordability()),
            Tables.UNUSED_TARIFFS,
            Tables.OPERATOR,
            "plan")
        .stream()
        .map(row -> "%s %s: %s".formatted(row.get(0), row.get(1), row.get(3)))
        .toList();
  }

  @Test
  void tellsWhyATariffCanBeNoPartOfTheBasket(SparkSession spark) {
    assertThat(
            unused(
                spark,
                """
                a, dear,  4G, 90, USD, 30, 2000, 0,  base,   false
                a, offer, 3G, 1,  USD, 30, 2000, 0,  base,   true
                a, old,   3G, 1,  USD, 30, 2000, 0,  base,   false
                a, month, 4G, 2,  USD, 30, 2000, 0,  base,
                a, talk,  4G, 2,  USD, 30, 0,    60, add-on,
                b, extra, 4G, 2,  USD, 30, 2000, 0,  add-on,
                c, line,  4G, 2,  USD, 30, 0,    60, base,
                c, more,  4G, 2,  USD, 30, 2000, 0,  add-on,
                d, line,  4G, 2,  USD, 30, 0,    60, base,
                """))
        .containsExactly(
            "a offer: promotion",
            "a old: older_technology",
            "a talk: gives_nothing_needed",
            "b extra: add_on_without_base",
            "d line: gives_nothing_needed");
  }

  @Test
  void asksForWhatTheBasketThatIsChosenNeeds(SparkSession spark) {
    assertThat(
            unused(
                spark,
                "a, talk, 3G, 2, USD, 30, 0, 60, base,",
                "affordability.basket=data_and_voice_low",
                "affordability.minimum_technology=2G"))
        .isEmpty();
  }
}
