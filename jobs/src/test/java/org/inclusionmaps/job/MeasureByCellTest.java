package org.inclusionmaps.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A measurement at radio cells against one at places, on a made-up country. */
class MeasureByCellTest {
  private static final List<String> BY_CELL =
      List.of("privacy.detail.place=null", "privacy.detail.cell=total", "privacy.rho=0.05");

  @TempDir static Path folder;

  private static PersonCountry country;
  private static Path byCell;

  @BeforeAll
  static void measureOnce() {
    country = new PersonCountry(folder);
    byCell = country.measure(BY_CELL.toArray(String[]::new));
  }

  private static Dataset<Row> read(Path table) {
    return SparkExtension.session().read().parquet(table.toString());
  }

  private static Dataset<Row> input(String table) {
    return read(folder.resolve("country/inputs").resolve(table));
  }

  @Test
  void everyCellOfTheListIsCountedForItsOwnOperatorAlone() {
    Dataset<Row> cells = read(byCell).where("leaf_kind = 'cell'").select("leaf", "operator");
    Dataset<Row> list = input("radio_cells").select("cell", "operator");
    assertThat(cells.count()).isEqualTo(list.count());
    assertThat(cells.except(list).count()).isZero();
    assertThat(read(byCell).where("leaf_kind = 'place'").count()).isZero();
  }

  @Test
  void theSameAgainIsTheSameBytes() throws IOException {
    SortedMap<String, String> bytes = Jobs.hashes(byCell);
    assertThat(country.measure(BY_CELL.toArray(String[]::new))).isEqualTo(byCell);
    assertThat(Jobs.hashes(byCell)).isEqualTo(bytes);
  }

  @Test
  void aHomeCellThatIsNotInTheOperatorsListIsLeftOutAndCounted() {
    Row own = input("radio_cells").orderBy("cell").head();
    String cell = own.getAs("cell");
    String operator = own.getAs("operator");
    Path strange =
        country.feed(
            "strange",
            feed -> {
              Dataset<Row> known =
                  feed.where(
                      "home_cell is not null and person is not null and data_mb_30 > 0"
                          + " and active_days_90 > 0 and birth_year < 2000 and not machine");
              Dataset<Row> other =
                  known.where(col("operator").notEqual(operator)).orderBy("sim").limit(3);
              Dataset<Row> unknown = known.where(col("operator").equalTo(operator)).limit(2);
              return other
                  .withColumn("home_cell", lit(cell))
                  .union(unknown.withColumn("home_cell", lit("no such cell")))
                  .union(
                      known
                          .where(col("operator").equalTo(operator))
                          .orderBy(col("sim").desc())
                          .limit(1)
                          .withColumn("home_cell", lit(null).cast("string")))
                  .withColumn("person", col("sim"));
            });
    List<String> sets =
        Stream.concat(
                BY_CELL.stream(),
                Stream.of(
                    "privacy.period=2026-Q1", "inputs.subscriptions=[{path: " + strange + "}]"))
            .toList();
    Path measured = country.measure(sets.toArray(String[]::new));
    String told = PersonCountry.ok(country.command("left-out " + measured.getFileName())).out();
    assertThat(told).containsPattern(" 5  place_not_in_frame\n").containsPattern(" 1  no_place\n");
    assertThat(read(measured).count()).isEqualTo(read(byCell).count());
  }

  private static Map<String, Row> subscribers(String run, Path measurement, Path out)
      throws IOException {
    PersonCountry.ok(
        country.command(
            run,
            "inputs.measurement=[{path: " + measurement + "}]",
            "output.path=" + out,
            "privacy.key_provider=null",
            "release.equity_waiver=a test of a small country"));
    Map<String, Row> rows = new TreeMap<>();
    try (Stream<Path> runs = Files.list(out.resolve("runs"))) {
      read(runs.findFirst().orElseThrow().resolve("subscribers"))
          .where("leaf_kind = 'area'")
          .collectAsList()
          .forEach(row -> rows.put(row.getAs("leaf") + " " + row.getAs("sex"), row));
    }
    return rows;
  }

  private static double of(Row row, String column) {
    return row.<Double>getAs(column);
  }

  /**
   * Truth: persons whose SIMs are in use with data, by the province of their home. Where the cells'
   * footprints are not what the country's own waves do, sharing errs by more than its variance
   * says; 5 % of a province stands for that.
   */
  @Test
  void provincesHaveThePersonsThatTheyHaveByPlaceAndAReleaseIsMade() throws IOException {
    Path byPlace = country.measure("privacy.period=2026-Q2", "privacy.rho=0.05");
    Path output = folder.resolve("by-cell");
    Map<String, Row> places =
        subscribers("run --to subscribers", byPlace, folder.resolve("by-place"));
    Map<String, Row> cells = subscribers("run", byCell, output);
    assertThat(Files.readString(Jobs.release(output).resolve("privacy.md")))
        .contains("| cell total |", "A home is a radio cell")
        .doesNotContain("| place total |");
    assertThat(Jobs.hashes(Jobs.release(output))).containsKeys("indicators.csv");
    Map<String, Integer> levels = new HashMap<>();
    input("areas").collectAsList().forEach(a -> levels.put(a.getAs("area"), a.getAs("level")));
    int compared = 0;
    for (Map.Entry<String, Row> cell : cells.entrySet()) {
      Row place = places.get(cell.getKey());
      int level = levels.get(cell.getValue().<String>getAs("leaf"));
      double one = of(cell.getValue(), "persons");
      double other = of(place, "persons");
      double noise = Math.sqrt(of(cell.getValue(), "variance") + of(place, "variance"));
      if (level <= 1) {
        compared++;
        assertThat(Math.abs(one - other)).as(cell.getKey()).isLessThan(3.3 * noise + 0.05 * other);
      }
    }
    assertThat(compared).isGreaterThan(3);
  }

  @Test
  void refusesPlaceAndCellAtOnce() {
    Jobs.Outcome refused = country.command("measure", "privacy.detail.cell=total");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("detail has place and cell");
    assertThat(country.command("measure", "privacy.detail={cell: total}").err())
        .contains("detail has cell alone: name a level of areas too");
    assertThat(country.command("measure", "privacy.detail={0: sex, cell: sex}").err())
        .contains("detail.cell is sex, but cells are counted in total alone");
  }
}
