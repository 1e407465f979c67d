package org.inclusionmaps.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.PrivacySettings;
import org.inclusionmaps.config.PrivacySettings.Detail;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.estimation.AgeBand;
import org.inclusionmaps.privacy.Measurement;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Counts at radio cells, against persons counted one by one. */
@ExtendWith(SparkExtension.class)
class CellCountsTest {
  private static final byte[] KEY =
      "0123456789abcdef0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.UTF_8);
  private static final List<String> OPERATORS = List.of("736-01", "736-02");

  /** Cells 1 and 3 of the first operator, 2 of the second; named out of order. */
  private static final List<Row> CELLS =
      List.of(
          RowFactory.create("736-02", "b", "W1"),
          RowFactory.create("736-01", "a", "E1"),
          RowFactory.create("736-01", "c", "E1"));

  private static final List<Row> TREE =
      List.of(
          RowFactory.create("C", null, 0),
          RowFactory.create("E1", "C", 1),
          RowFactory.create("W1", "C", 1));

  private static final Spine SPINE = Spine.ofCells(CELLS, TREE, List.of(0, 1));

  private static final CountFrame FRAME =
      CountFrame.ofPlaces(
          SPINE.places(),
          OPERATORS,
          List.of("female", "male"),
          List.of(new AgeBand(15, AgeBand.OPEN)),
          2025);

  @TempDir Path folder;

  private static PrivacySettings settings(String rho) {
    return NoisyCountsTest.settings(
        rho, null, Map.of("0", Detail.TOTAL, "1", Detail.SEX, PrivacySettings.CELL, Detail.TOTAL));
  }

  @Test
  void knowsItsCellsByNumber() {
    assertThat(SPINE.places()).containsExactly(0, 1, 2);
    assertThat(SPINE.radioCells())
        .extracting(row -> row.get(0) + " " + row.get(1) + " " + row.get(2))
        .containsExactly("736-01 a 0", "736-02 b 1", "736-01 c 2");
    assertThat(SPINE.parent(1)).isEqualTo("W1");
    assertThat(SPINE.label(2)).isEqualTo("c");
    assertThat(SPINE.described())
        .contains("[a, b, c]")
        .isNotEqualTo(Spine.ofCells(CELLS.subList(0, 2), TREE, List.of(0, 1)).described());
    assertThatThrownBy(() -> Spine.ofCells(CELLS, TREE, List.of(2)))
        .hasMessageContaining("level 2, but no area of that level holds radio cells");
  }

  @Test
  void theQueryOfCellsHasItsOwnName() {
    List<Query> queries = Query.of(settings("0.0125"));
    assertThat(queries).extracting(Query::name).contains("cell total", "level 1 sex");
    assertThat(queries).extracting(Query::leafKind).contains(Tables.CELL, Tables.AREA);
  }

  @Test
  void eachCellHasOneRowOfItsOperatorAndAreasSumThem(SparkSession spark) {
    Random random = new Random(2);
    List<Row> sims = new ArrayList<>();
    long[] persons = new long[3];
    for (int i = 0; i < 300; i++) {
      int cell = random.nextInt(3);
      persons[cell]++;
      sims.add(
          new Sim(
                  "sim" + i,
                  "person" + i,
                  cell == 1 ? "736-02" : "736-01",
                  (long) cell,
                  i % 3 == 0 ? "male" : "female",
                  1990,
                  30,
                  10.0,
                  false)
              .row());
    }
    // A home cell that the list does not have.
    sims.add(Sim.of("strange", "stranger").at(-1).row());
    String path = folder.resolve("sims").toString();
    spark.createDataFrame(sims, Sim.schema()).write().parquet(path);
    var counts = new PersonCounts(FRAME, () -> Sim.KEY).persons(spark, List.of(path));
    Map<String, Long> rows = new TreeMap<>();
    new NoisyCounts(
            SPINE,
            FRAME,
            Query.of(settings("1e12")),
            () -> KEY,
            new Measurement("2025-Q4", "persons", "policy"))
        .of(spark, counts)
        .collectAsList()
        .forEach(
            row ->
                rows.put(
                    "%s %s %s %s %s"
                        .formatted(row.get(0), row.get(1), row.get(2), row.get(3), row.get(4)),
                    row.getLong(6)));
    assertThat(rows)
        .hasSize(3 + 2 * 2 * 3 + 2)
        .containsEntry("cell a E1 736-01 all", persons[0])
        .containsEntry("cell b W1 736-02 all", persons[1])
        .containsEntry("cell c E1 736-01 all", persons[2])
        .containsEntry("area C null 736-01 all", persons[0] + persons[2])
        .containsEntry("area W1 C 736-01 female", 0L);
    assertThat(rows.get("area E1 C 736-01 female") + rows.get("area E1 C 736-01 male"))
        .isEqualTo(persons[0] + persons[2]);
    assertThat(LeftOut.of(counts)).containsEntry("place_not_in_frame", 1L);
  }
}
