package org.inclusionmaps.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inclusionmaps.testing.Rows.rows;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class TableCheckTest {
  private static final String GOOD =
      """
      cell, operator, technology, lon,   lat,   frequency_mhz
      a,    736-01,   4G,         -64.7, -21.5, 900
      b,    736-01,   4G,         -64.7, -21.5,
      """;

  @Test
  void countsRowsThatMeetTheContract(SparkSession spark) {
    assertThat(TableCheck.check(rows(spark, Tables.RADIO_CELLS, GOOD), Tables.RADIO_CELLS))
        .isEqualTo(2);
  }

  @Test
  void namesTheColumnTheRuleAndTheFirstBadValue(SparkSession spark) {
    var bad = rows(spark, Tables.RADIO_CELLS, GOOD + "c, 736-01, 4G, -64.7, -21.5, 9E9");
    assertThatThrownBy(() -> TableCheck.check(bad, Tables.RADIO_CELLS))
        .isInstanceOf(InclusionException.class)
        .hasMessage(
            "[CONTRACT_BROKEN] radio_cells: 1 of 3 rows break frequency_mhz (carrier frequency in"
                + " MHz, 150 to 71000): first is 9.0E9; correct the feed or raise"
                + " inputs.radio_cells.max_rejected_pct");
  }

  @Test
  void refusesLatitude91(SparkSession spark) {
    var bad = rows(spark, Tables.RADIO_CELLS, GOOD + "c, 736-01, 4G, -64.7, 91,");
    assertThatThrownBy(() -> TableCheck.check(bad, Tables.RADIO_CELLS))
        .hasMessageContaining("break lat (latitude, degrees WGS84, -90 to 90): first is 91.0");
  }

  @Test
  void refusesAValueThatIsNotOneOfTheTexts(SparkSession spark) {
    var bad = rows(spark, Tables.RADIO_CELLS, GOOD + "c, 736-01, 6G, -64.7, 9,");
    assertThatThrownBy(() -> TableCheck.check(bad, Tables.RADIO_CELLS))
        .hasMessageContaining("one of 2G, 3G, 4G, 5G): first is 6G");
  }

  @Test
  void refusesAKeyThatOccursTwice(SparkSession spark) {
    var bad = rows(spark, Tables.RADIO_CELLS, GOOD + "b, 736-01, 4G, -64.7, 9,");
    assertThatThrownBy(() -> TableCheck.check(bad, Tables.RADIO_CELLS))
        .hasMessage(
            "[CONTRACT_BROKEN] radio_cells: 1 of 3 rows' keys (cell) occur more than once: first"
                + " is b; keep one row a key");
  }

  @Test
  void countsTheKeysOfSeveralColumnsThatOccurTwiceWhateverTask(SparkSession spark) {
    String census =
        """
        area, sex,    age_band, disability, persons
        a,    female, 15+,      none,       1
        a,    male,   15+,      none,       1
        b,    female, 15+,      none,       1
        b,    male,   15+,      none,       1
        """;
    assertThat(TableCheck.check(rows(spark, Tables.CENSUS, census), Tables.CENSUS)).isEqualTo(4);
    var bad =
        rows(
                spark,
                Tables.CENSUS,
                census + "b, male, 15+, none, 2\na, male, 15+, none, 2\na, male, 15+, none, 3")
            .repartition(5);
    assertThatThrownBy(() -> TableCheck.check(bad, Tables.CENSUS))
        .hasMessageContaining(
            "2 of 7 rows' keys (area, sex, age_band, disability) occur more than once: first is"
                + " a, male, 15+, none");
  }

  @Test
  void countsBadRowsOfAllTasksAndNamesTheFirstColumnAndTheSmallestText(SparkSession spark) {
    var bad =
        rows(
                spark,
                Tables.MARKET,
                "operator, share\na, 7\nb, 5\nc, 1\nd, Infinity\ne, NaN\n, 0.5\nf,")
            .where("operator is not null")
            .repartition(4);
    assertThatThrownBy(() -> TableCheck.check(bad, Tables.MARKET))
        .hasMessageContaining("market: 5 of 6 rows break share")
        .hasMessageContaining("first is 5.0;");
  }

  @Test
  void refusesAColumnOfTheWrongType(SparkSession spark) {
    var good = rows(spark, Tables.RADIO_CELLS, GOOD);
    var bad = good.withColumn("lat", good.col("lat").cast(DataTypes.StringType));
    assertThatThrownBy(() -> TableCheck.check(bad, Tables.RADIO_CELLS))
        .hasMessage(
            "[CONTRACT_BROKEN] radio_cells: column lat is string but must be double (latitude,"
                + " degrees WGS84); convert the feed");
  }

  @Test
  void refusesAnAbsentValueWhereOneIsNeeded(SparkSession spark) {
    var bad = rows(spark, Tables.RADIO_CELLS, GOOD + "c, 736-01, 4G, , 9,");
    assertThatThrownBy(() -> TableCheck.check(bad, Tables.RADIO_CELLS))
        .hasMessageContaining("1 of 3 rows break lon")
        .hasMessageContaining("first is absent");
  }
}
