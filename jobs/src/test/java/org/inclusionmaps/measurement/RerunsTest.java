package org.inclusionmaps.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.PrivacySettings.Detail;
import org.inclusionmaps.privacy.Measurement;
import org.inclusionmaps.privacy.Rational;
import org.inclusionmaps.privacy.ZeroConcentrated;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Noise that were drawn anew would average out over nights: thirty of them. */
@ExtendWith(SparkExtension.class)
class RerunsTest {
  private static final byte[] KEY =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  @Test
  void thirtyRerunsGiveTheSameNoisyCounts(SparkSession spark) {
    String path = folder.resolve("sims").toString();
    List<Row> sims = Sim.random(new Random(8), 60).stream().map(Sim::row).toList();
    spark.createDataFrame(sims, Sim.schema()).coalesce(1).write().parquet(path);
    List<Row> settled = new ArrayList<>();
    for (long place : Sim.PLACES) {
      settled.add(RowFactory.create(place, "C", 10L));
    }
    Spine spine = Spine.of(settled, List.of(RowFactory.create("C", null, 0)), List.of(0));
    Rational rho = Rational.of(new BigDecimal("0.0125"));
    List<Query> queries =
        List.of(
            new Query(
                -1,
                "person",
                Detail.TOTAL,
                rho,
                ZeroConcentrated.variance(Rational.of(1, 1), rho)));
    NoisyCounts noisy =
        new NoisyCounts(
            spine, Sim.FRAME, queries, () -> KEY, new Measurement("2025-Q4", "persons", "policy"));
    List<String> first = List.of();
    for (int rerun = 0; rerun < 30; rerun++) {
      List<String> counts =
          noisy
              .of(spark, new PersonCounts(Sim.FRAME, () -> Sim.KEY).persons(spark, List.of(path)))
              .toJSON()
              .collectAsList()
              .stream()
              .sorted()
              .toList();
      assertThat(counts).isNotEmpty();
      first = rerun == 0 ? counts : first;
      assertThat(counts).isEqualTo(first);
    }
  }
}
