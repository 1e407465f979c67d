package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.deprivation.Access;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class InclusionStageTest {
  private static final String GROUP = "place, area, sex, age_band, disability, ";

  private static List<Row> inclusion(
      SparkSession spark, String population, String affordability, String connected) {
    var settings = Given.settings("uncertainty.replicates=1");
    return Given.checked(
        InclusionStage.inclusion(
            ReplicateRows.of(
                rows(spark, Tables.POPULATION, GROUP + "persons_micro\n" + population),
                rows(
                    spark,
                    Tables.AFFORDABILITY,
                    GROUP + "coverage_probability, share_unaffordable\n" + affordability),
                rows(spark, Tables.CONNECTED, GROUP + "persons_micro, source\n" + connected),
                rows(spark, Tables.OFFERS, "place\n"),
                rows(spark, Tables.INCOME_DISTRIBUTIONS, "area, sex\n"),
                "C"),
            PricesOnOffer.of(Map.of(), settings.affordability()),
            settings.uncertainty()),
        Tables.INCLUSION,
        Tables.PLACE);
  }

  private static long micro(Row row, String part) {
    return row.<Long>getAs(part + "_micro");
  }

  @Test
  void splitsPersonsIntoPartsThatSumToThem(SparkSession spark) {
    // 80 of 100 are covered, a quarter of them at too high a price; 70 are connected.
    var row =
        inclusion(
                spark,
                "1, W, all, 0-14, all, 9\n1, W, all, 15+, all, 100000000",
                "1, W, all, 15+, all, .8, .25",
                "1, W, all, 15+, all, 70000000, survey")
            .get(0);
    assertThat(micro(row, "persons")).isEqualTo(100_000_000);
    assertThat(micro(row, "unknown")).isZero();
    assertThat(micro(row, "uncovered")).isEqualTo(20_000_000);
    assertThat(micro(row, "unaffordable")).isEqualTo(20_000_000);
    assertThat(micro(row, "affordable")).isEqualTo(60_000_000);
    assertThat(micro(row, "burdened")).isEqualTo(10_000_000);
    assertThat(micro(row, "priced_out")).isEqualTo(10_000_000);
    assertThat(micro(row, "held_back")).isZero();
    assertThat(micro(row, "included")).isEqualTo(60_000_000);
    assertThat(micro(row, "lacking")).isEqualTo(40_000_000);
    assertThat(micro(row, "priced_out_min")).isZero();
    assertThat(micro(row, "priced_out_max")).isEqualTo(10_000_000);
    assertThat(row.<String>getAs("barrier")).isEqualTo("uncovered");
    assertThat(row.<String>getAs("connected_source")).isEqualTo("survey");
  }

  @Test
  void countsPersonsOfUnknownCoverageAsUnknownOnly(SparkSession spark) {
    var row =
        inclusion(
                spark,
                "1, W, all, 15+, all, 100000000",
                "1, W, all, 15+, all, ,",
                "1, W, all, 15+, all, 70000000, survey")
            .get(0);
    assertThat(micro(row, "unknown")).isEqualTo(100_000_000);
    assertThat(List.of("uncovered", "unaffordable", "affordable", "lacking"))
        .allMatch(part -> micro(row, part) == 0);
    assertThat(row.<Object>getAs("priced_out_micro")).isNull();
    assertThat(row.<Object>getAs("included_micro")).isNull();
    assertThat(row.<String>getAs("barrier")).isEqualTo("unknown");
  }

  @Test
  void tellsWhoLacksAccessEvenWhereNobodyKnowsWhoIsConnected(SparkSession spark) {
    var row =
        inclusion(
                spark,
                "1, W, all, 15+, all, 100000000",
                "1, W, all, 15+, all, .9, .5",
                "1, W, all, 15+, all, , none")
            .get(0);
    assertThat(micro(row, "lacking")).isEqualTo(55_000_000);
    assertThat(row.<Object>getAs("priced_out_micro")).isNull();
    assertThat(row.<Object>getAs("priced_out_max_micro")).isNull();
    assertThat(row.<String>getAs("barrier")).isEqualTo("unaffordable");
  }

  @Test
  void namesNoBarrierWhereAllAreIncluded(SparkSession spark) {
    var row =
        inclusion(
                spark,
                "1, W, all, 15+, all, 1000000",
                "1, W, all, 15+, all, 1, 0",
                "1, W, all, 15+, all, 1000000, survey")
            .get(0);
    assertThat(row.<Object>getAs("barrier")).isNull();
  }

  @Test
  void alwaysSumsToThePersonsAndNeverHasANegativeUsageGap(SparkSession spark) {
    var random = new Random(5);
    var population = new StringBuilder();
    var affordability = new StringBuilder();
    var connected = new StringBuilder();
    for (int place = 0; place < 200; place++) {
      String key = place + ", W, all, 15+, all, ";
      long persons = random.nextLong(1_000_000_000_000L);
      double coverage = random.nextDouble();
      long covered = Access.share(persons, coverage);
      population.append(key).append(persons).append('\n');
      affordability.append(key + coverage + ", " + random.nextDouble() + "\n");
      connected.append(key + Access.share(covered, random.nextDouble()) + ", survey\n");
    }
    for (Row row :
        inclusion(spark, population.toString(), affordability.toString(), connected.toString())) {
      long covered = micro(row, "unaffordable") + micro(row, "affordable");
      assertThat(micro(row, "uncovered") + covered).isEqualTo(micro(row, "persons"));
      assertThat(
              micro(row, "priced_out")
                  + micro(row, "burdened")
                  + micro(row, "held_back")
                  + micro(row, "included"))
          .isEqualTo(covered);
      assertThat(micro(row, "lacking"))
          .isEqualTo(micro(row, "uncovered") + micro(row, "priced_out") + micro(row, "burdened"));
      assertThat(micro(row, "priced_out") + micro(row, "held_back")).isNotNegative();
      assertThat(micro(row, "priced_out_min")).isLessThanOrEqualTo(micro(row, "priced_out"));
    }
  }
}
