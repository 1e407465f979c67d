package org.inclusionmaps.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.PrivacySettings;
import org.inclusionmaps.config.PrivacySettings.Detail;
import org.inclusionmaps.privacy.Measurement;
import org.inclusionmaps.privacy.Rational;
import org.inclusionmaps.testing.SparkExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class NoisyCountsTest {
  private static final byte[] KEY =
      "0123456789abcdef0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.UTF_8);
  private static final Measurement Q4 = new Measurement("2025-Q4", "persons", "policy");

  /** Place 0 and half of the others in E1, the rest in W1; both in the country C. */
  private static final Spine SPINE = spine();

  @TempDir Path folder;

  private static Spine spine() {
    List<Row> settled = new ArrayList<>();
    for (int i = 0; i < Sim.PLACES.length; i++) {
      settled.add(RowFactory.create(Sim.PLACES[i], i % 2 == 0 ? "E1" : "W1", 10L));
      settled.add(RowFactory.create(Sim.PLACES[i], i % 2 == 0 ? "W1" : "E1", 9L));
    }
    List<Row> tree =
        List.of(
            RowFactory.create("C", null, 0),
            RowFactory.create("E1", "C", 1),
            RowFactory.create("W1", "C", 1));
    return Spine.of(settled, tree, List.of(0, 1));
  }

  private static PrivacySettings settings(String rho, @Nullable Integer sims) {
    return settings(
        rho,
        sims,
        Map.of("0", Detail.SEX_AGE, "1", Detail.SEX, PrivacySettings.PLACE, Detail.TOTAL));
  }

  /** Noise of a cost for what is counted at each level. */
  static PrivacySettings settings(String rho, @Nullable Integer sims, Map<String, Detail> detail) {
    return new PrivacySettings(
        null,
        null,
        null,
        true,
        null,
        null,
        "k",
        null,
        PrivacySettings.Protection.NOISE,
        new PrivacySettings.ThresholdSettings(15, 80),
        new BigDecimal(rho),
        BigDecimal.ONE,
        1e-10,
        sims,
        List.of(),
        new TreeMap<>(detail));
  }

  private Map<String, Long> counts(
      SparkSession spark, List<Sim> sims, int partitions, String rho, Measurement measurement)
      throws Exception {
    String path = Files.createTempDirectory(folder, "sims").resolve("f").toString();
    spark
        .createDataFrame(sims.stream().map(Sim::row).toList(), Sim.schema())
        .repartition(partitions)
        .write()
        .parquet(path);
    NoisyCounts noisy =
        new NoisyCounts(SPINE, Sim.FRAME, Query.of(settings(rho, null)), () -> KEY, measurement);
    Map<String, Long> counts = new TreeMap<>();
    noisy
        .of(spark, new PersonCounts(Sim.FRAME, () -> Sim.KEY).persons(spark, List.of(path)))
        .collectAsList()
        .forEach(
            row ->
                counts.put(
                    "%s %s %s %s %s"
                        .formatted(row.get(0), row.get(1), row.get(3), row.get(4), row.get(5)),
                    row.getLong(6)));
    return counts;
  }

  @Test
  void hasARowForEveryCellWhoeverIsThereAndTheSameWhateverThePartitions(SparkSession spark)
      throws Exception {
    List<Sim> sims = Sim.random(new java.util.Random(3), 300);
    Map<String, Long> one = counts(spark, sims, 1, "0.0125", Q4);
    assertThat(counts(spark, sims, 5, "0.0125", Q4)).isEqualTo(one);
    int groups = Sim.FRAME.groups();
    int sexes = 3 * Sim.FRAME.operators().size();
    assertThat(one).hasSize(groups + 2 * sexes + Sim.PLACES.length * Sim.FRAME.operators().size());
    assertThat(counts(spark, List.of(), 1, "0.0125", Q4).keySet()).isEqualTo(one.keySet());
    // Nearly all cells are moved by noise of a standard deviation of eleven.
    Map<String, Long> exact = counts(spark, sims, 1, "1e12", Q4);
    long same =
        one.entrySet().stream().filter(e -> e.getValue().equals(exact.get(e.getKey()))).count();
    assertThat(same).isLessThan(one.size() / 5);
  }

  @Test
  void countsTheSamePersonsOnEachLevel(SparkSession spark) throws Exception {
    List<Sim> sims = Sim.random(new java.util.Random(4), 500);
    // At so high a cost the noise is nothing.
    Map<String, Long> exact = counts(spark, sims, 2, "1e12", Q4);
    long persons = Sim.naive(sims).cells().values().stream().mapToLong(number -> number).sum();
    for (String level : List.of("area C ", "area [EW]1 ", "place ")) {
      long sum =
          exact.entrySet().stream()
              .filter(e -> e.getKey().matches(level + ".*"))
              .mapToLong(Map.Entry::getValue)
              .sum();
      assertThat(sum).as(level).isEqualTo(persons);
    }
  }

  @Test
  void oneMorePersonChangesOneCellOfEachQueryByOneUnderTheSameNoise(SparkSession spark)
      throws Exception {
    List<Sim> sims = new ArrayList<>(Sim.random(new java.util.Random(5), 200));
    Map<String, Long> before = counts(spark, sims, 2, "0.0125", Q4);
    sims.add(Sim.of("another", "somebody else"));
    Map<String, Long> after = counts(spark, sims, 2, "0.0125", Q4);
    long[] changes =
        before.keySet().stream()
            .mapToLong(cell -> after.get(cell) - before.get(cell))
            .filter(change -> change != 0)
            .toArray();
    assertThat(changes).containsOnly(1).hasSize(3);
    // As a run would measure them, other persons have other noise in every cell.
    Map<String, Long> fresh =
        counts(spark, sims, 2, "0.0125", new Measurement("2025-Q4", "other persons", "policy"));
    long same = after.keySet().stream().filter(c -> fresh.get(c).equals(after.get(c))).count();
    assertThat(same).isLessThan(after.size() / 5);
  }

  @Test
  void sharesTheCostEvenlyAndChargesSimsBySquares() {
    List<Query> persons = Query.of(settings("0.0125", null));
    assertThat(persons).extracting(Query::rho).containsOnly(Rational.of(1, 240));
    assertThat(persons).extracting(Query::variance).containsOnly(Rational.of(120, 1));
    assertThat(Query.of(settings("0.0125", 3)))
        .extracting(Query::variance)
        .containsOnly(Rational.of(1080, 1));
    assertThat(Query.of(settings("0.0125", null)).get(0).variance().roundedUp())
        .isCloseTo(120, within(1e-9));
  }

  @Test
  void givesAPlaceThatAreasShareToTheOneWithMostOfItsPeople() {
    assertThat(Arrays.equals(SPINE.places(), Sim.PLACES)).isTrue();
    assertThat(SPINE.parent(0)).isEqualTo("E1");
    assertThat(SPINE.parent(1)).isEqualTo("W1");
    assertThat(SPINE.parent("E1")).isEqualTo("C");
    assertThat(SPINE.parent("C")).isEmpty();
  }
}
