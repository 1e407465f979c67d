package org.inclusionmaps.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.config.ColumnSettings;
import org.inclusionmaps.contract.Field;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a row's columns tell a value, and what stands in where they tell none. */
@ExtendWith(SparkExtension.class)
class WayTest {
  private static final TextSteps NUMBERS =
      TextSteps.of(Field.number("n", "a number"), ColumnSettings.from("n"));
  private static final TextSteps TEXTS =
      TextSteps.of(Field.text("n", "a text"), ColumnSettings.from("n"));

  @Test
  void aColumnWithATypeIsTakenAsItIsAndShownAsItIsWritten() {
    Way way = Way.typed(0, DataTypes.DoubleType, 2);

    assertThat(way.of(RowFactory.create(0.1f)).value()).isEqualTo(2 * (double) 0.1f);
    assertThat(way.of(RowFactory.create(7L)).value()).isEqualTo(14.0);
    assertThat(way.of(RowFactory.create(new BigDecimal("1.50"))).value()).isEqualTo(3.0);
    assertThat(way.of(RowFactory.create((Object) null))).isEqualTo(Told.NOTHING);
    assertThat(Texts.shown(0.1f)).isEqualTo("0.1");
    assertThat(Texts.shown(new BigDecimal("1E+3"))).isEqualTo("1000");
  }

  @Test
  void anotherWayStandsInOnlyWhereNothingIsFound() {
    Way way = Way.text(0, NUMBERS).or(Way.text(1, NUMBERS));

    assertThat(way.of(RowFactory.create("1", "2")).value()).isEqualTo(1.0);
    assertThat(way.of(RowFactory.create(" ", "2")).value()).isEqualTo(2.0);
    assertThat(way.of(RowFactory.create("x", "2")).value()).isNull();
  }

  @Test
  void aLookupWithoutAMatchIsAtFaultUnlessAnotherWayStandsIn(SparkSession spark) {
    var codes =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(Map.of(List.of("Oruro", "Toledo"), "22"));
    Way way = Way.lookedUp(List.of(0, 1), codes, TEXTS, "is not found in codes.csv");

    assertThat(way.of(RowFactory.create(" Oruro", "Toledo", "9")).value()).isEqualTo("22");
    assertThat(way.of(RowFactory.create("Beni ", "Toledo", "9")))
        .isEqualTo(Told.wrong(null, "Beni , Toledo", "is not found in codes.csv"));
    assertThat(way.of(RowFactory.create(null, "Toledo", "9")).shown()).isEqualTo("Toledo");
    assertThat(way.or(Way.text(2, TEXTS)).of(RowFactory.create("Beni", "Toledo", "9")).value())
        .isEqualTo("9");
  }
}
