package org.inclusionmaps.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.PrivacySettings.Detail;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.privacy.Rational;
import org.inclusionmaps.privacy.Thresholds;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Against a plain count by maps ({@link Sim#naive}), and the rules of docs/methods/privacy.md. */
@ExtendWith(SparkExtension.class)
class ShownCountsTest {
  private static final long[] PLACES = Sim.PLACES;

  /** E1 holds places 0 and 2, W1 place 1; both in C. */
  private static final Spine SPINE =
      Spine.of(
          List.of(
              RowFactory.create(PLACES[0], "E1", 9L),
              RowFactory.create(PLACES[1], "W1", 9L),
              RowFactory.create(PLACES[2], "E1", 9L)),
          List.of(
              RowFactory.create("C", null, 0),
              RowFactory.create("E1", "C", 1),
              RowFactory.create("W1", "C", 1)),
          List.of(0, 1));

  private static final List<Query> QUERIES =
      List.of(query(0, Detail.SEX_AGE), query(1, Detail.SEX), query(-1, Detail.TOTAL));

  @TempDir Path folder;

  private static Query query(int level, Detail detail) {
    return new Query(level, "person", detail, Rational.of(1, 1), Rational.of(1, 1));
  }

  private List<Row> shown(SparkSession spark, Spine spine, List<Sim> sims, Thresholds rules)
      throws Exception {
    String path = Files.createTempDirectory(folder, "sims").resolve("f").toString();
    spark
        .createDataFrame(sims.stream().map(Sim::row).toList(), Sim.schema())
        .repartition(1 + sims.size() % 4)
        .write()
        .parquet(path);
    return new ShownCounts(spine, Sim.FRAME, QUERIES, rules, "2025-Q4")
        .of(spark, new PersonCounts(Sim.FRAME, () -> Sim.KEY).persons(spark, List.of(path)))
        .collectAsList();
  }

  private static Map<String, Long> byCell(List<Row> rows) {
    Map<String, Long> cells = new TreeMap<>();
    for (Row row : rows) {
      String cell = "%s %s %s".formatted(row.get(1), row.get(4), row.get(5));
      assertThat(cells).doesNotContainKey(cell);
      cells.put(cell, row.isNullAt(6) ? null : row.getLong(6));
    }
    return cells;
  }

  /** So many women, and men, of 35 years at a place, half of them with each operator. */
  private static List<Sim> people(String names, long place, int women, int men) {
    List<Sim> sims = new ArrayList<>();
    for (int i = 0; i < women + men; i++) {
      String name = names + i;
      sims.add(
          new Sim(
              "s" + name,
              "p" + name,
              i % 2 == 0 ? "736-01" : "736-02",
              place,
              i < women ? "female" : "male",
              1990,
              30,
              10.0,
              false));
    }
    return sims;
  }

  private static List<Sim> threePlaces(int... women) {
    List<Sim> sims = new ArrayList<>();
    for (int i = 0; i < women.length; i++) {
      sims.addAll(people("at" + i + "-", PLACES[i], women[i], women[i] + 2));
    }
    return sims;
  }

  /** With limits that hide nothing but cells of nobody, margins and sums are those of a map. */
  @Test
  void countsAsAMapDoesAndHasARowForEveryCell(SparkSession spark) throws Exception {
    List<Sim> sims = Sim.random(new Random(11), 4000);
    List<Row> rows = shown(spark, SPINE, sims, new Thresholds(1, 100));
    Map<String, Long> cells = byCell(rows);
    assertThat(cells).hasSize(4 * 5 + 2 * 4 + 3);
    Map<String, Long> exact = new TreeMap<>();
    Sim.naive(sims)
        .cells()
        .forEach(
            (cell, persons) -> {
              String[] of = cell.split(" ", -1);
              long place = Long.parseLong(of[0], 16);
              String area = place == PLACES[1] ? "W1" : "E1";
              exact.merge(place + " all all", persons, Long::sum);
              for (String sex : List.of(of[2], "all")) {
                exact.merge(area + " " + sex + " all", persons, Long::sum);
                exact.merge("C " + sex + " all", persons, Long::sum);
                exact.merge("C " + sex + " " + of[3], persons, Long::sum);
              }
            });
    assertThat(cells).containsAllEntriesOf(exact).hasSameSizeAs(exact);
    assertThat(rows).allMatch(row -> row.getDouble(7) == 0);
    assertThat(rows).allMatch(row -> row.getString(3).equals("736-01+736-02"));
    assertThat(rows.get(0).getString(10)).isEqualTo("2025-Q4");
  }

  /** Place 0 has 10 persons: its sister in E1 would tell it, so both are hidden; W1's is not. */
  @Test
  void hidesFewPersonsAndWhatTellsThem(SparkSession spark) throws Exception {
    Map<String, Long> cells =
        byCell(shown(spark, SPINE, threePlaces(4, 60, 70), new Thresholds(15, 80)));
    assertThat(cells.get(PLACES[0] + " all all")).isNull();
    assertThat(cells.get(PLACES[2] + " all all")).isNull();
    assertThat(cells).containsEntry("E1 all all", 10L + 142).containsEntry("C all all", 274L);
    assertThat(cells.get("C all 65+")).as("nobody").isNull();
  }

  /** The rules of one operator: with 736-02 alone in W1 its customers would be told. */
  @Test
  void hidesWhereOneOperatorIsNearlyAll(SparkSession spark) throws Exception {
    List<Sim> sims = new ArrayList<>(threePlaces(60, 0, 60));
    people("one", PLACES[1], 120, 124).stream()
        .filter(sim -> "736-02".equals(sim.operator()))
        .forEach(sims::add);
    assertThat(byCell(shown(spark, SPINE, sims, new Thresholds(15, 80))).get("W1 all all"))
        .isNull();
    assertThat(byCell(shown(spark, SPINE, sims, new Thresholds(15, 100))))
        .containsEntry("W1 all all", 124L);
  }

  /** Place 2 has no area of level 1: nothing of it may be told by C less E1 and W1. */
  @Test
  void countsAPlaceWithoutAnAreaAmongWhatItsParentHolds(SparkSession spark) throws Exception {
    Spine spine =
        Spine.of(
            List.of(
                RowFactory.create(PLACES[0], "E1", 9L),
                RowFactory.create(PLACES[1], "W1", 9L),
                RowFactory.create(PLACES[2], "C", 9L)),
            List.of(
                RowFactory.create("C", null, 0),
                RowFactory.create("E1", "C", 1),
                RowFactory.create("W1", "C", 1)),
            List.of(0, 1));
    List<Row> rows = shown(spark, spine, threePlaces(60, 70, 4), new Thresholds(15, 80));
    Map<String, Long> cells = byCell(rows);
    assertThat(cells).hasSize(4 * 5 + 2 * 4 + 3);
    assertThat(cells.get(PLACES[2] + " all all")).isNull();
    List<String> whole = List.of("C all all", "E1 all all", "W1 all all");
    assertThat(whole).anyMatch(cell -> cells.get(cell) == null);
    assertThat(rows)
        .filteredOn(row -> row.getString(1).equals("" + PLACES[2]))
        .extracting(row -> row.getString(2))
        .containsExactly("C");
  }

  @Test
  void refusesAnOperatorThatCannotBeTold() {
    CountFrame frame = CountFrame.ofPlaces(PLACES, List.of("a+b", "c"), List.of(), List.of(), 2025);
    assertThatThrownBy(
            () -> new ShownCounts(SPINE, frame, QUERIES, new Thresholds(15, 80), "2025-Q4"))
        .isInstanceOf(InclusionException.class)
        .hasMessageContaining("a+b");
  }

  /** What is written meets its contract. */
  @Test
  void keepsTheContract(SparkSession spark) throws Exception {
    List<Row> rows = shown(spark, SPINE, threePlaces(4, 60, 70), new Thresholds(15, 80));
    assertThat(
            org.inclusionmaps.contract.TableCheck.check(
                spark.createDataFrame(rows, Tables.MEASUREMENT.schema()), Tables.MEASUREMENT))
        .isEqualTo(rows.size());
  }
}
