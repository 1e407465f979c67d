package org.inclusionmaps.publish.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.tileverse.pmtiles.PMTilesReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.publish.MadeUpRun;
import org.inclusionmaps.publish.Release;
import org.inclusionmaps.publish.ReleaseTest;
import org.inclusionmaps.publish.writing.ReleaseContext;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A release of a country with a family that lives alone and a place that must not be pointed at,
 * beside the release of the same country that shows all. Source: what is published, read back.
 */
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SensitivePlacesTest {
  private static final int FINEST = 6;
  private static final long MIDDLE = Places.at(-64.5, -21.5, 8);

  /** Far to the east of everybody, in the area MU-NE. */
  private static final long FAMILY = Places.at(-64.1, -21.45, 8);

  private static final long PERSONS = 6_000_000;

  private Path output;
  private SparkSession spark;
  private Map<Table, Dataset<Row>> open;
  private long sensitive;
  private long hexagon;
  private Path all;
  private Release.Published published;
  private Path shown;

  @BeforeAll
  void publish(SparkSession session, @TempDir Path folder) {
    spark = session;
    output = folder;
    open = MadeUpRun.with(spark, MadeUpRun.tables(spark, 12), FAMILY, "MU-NE", PERSONS);
    sensitive = Places.at(-64.45, -21.48, 8);
    hexagon = Places.parent(sensitive, FINEST);
    Release.write(spark, MadeUpRun.context(output, "all", "release.least_people=0"), open);
    all = output.resolve("releases/all");
    published = Release.write(spark, MadeUpRun.context(output, "run"), listed(sensitive, FINEST));
    shown = Path.of(published.folder().toUri().getPath());
  }

  private Map<Table, Dataset<Row>> listed(long place, int finest) {
    Map<Table, Dataset<Row>> tables = new LinkedHashMap<>(open);
    tables.put(
        Tables.SENSITIVE_PLACES,
        spark.createDataFrame(
            List.of(RowFactory.create(place, finest)), Tables.SENSITIVE_PLACES.schema()));
    return tables;
  }

  /** Hexagons of a release's files to their persons, millionths. */
  private Map<Long, Long> rows(Path release, int resolution) {
    Map<Long, Long> found = new LinkedHashMap<>();
    spark
        .read()
        .parquet(release.resolve("inclusion/resolution=" + resolution).toString())
        .select("h3", "persons")
        .collectAsList()
        .forEach(
            row ->
                found.put(
                    Long.parseLong(row.getString(0), 16),
                    row.getDecimal(1).movePointRight(6).longValueExact()));
    return found;
  }

  @Test
  void theFamilyIsShownWithTheNearestPlaceAndInNoFileOrTileOfItsOwn() throws Exception {
    Map<Long, Long> before = rows(all, 8);
    Map<Long, Long> after = rows(shown, 8);
    assertThat(before).containsEntry(FAMILY, PERSONS);
    assertThat(after).doesNotContainKey(FAMILY);
    List<Long> grown = after.keySet().stream().filter(h -> after.get(h) > before.get(h)).toList();
    assertThat(grown).hasSize(1);
    assertThat(after.get(grown.get(0))).isEqualTo(before.get(grown.get(0)) + PERSONS);
    for (int resolution = 4; resolution < 8; resolution++) {
      int at = resolution;
      long parent = Places.parent(FAMILY, at);
      boolean others =
          before.keySet().stream().anyMatch(h -> h != FAMILY && Places.parent(h, at) == parent);
      assertThat(rows(shown, at).containsKey(parent)).as("at resolution " + at).isEqualTo(others);
    }
    ReleaseTest.zooms(shown, "places")
        .forEach((zoom, found) -> assertThat(found.keys()).doesNotContain(Places.address(FAMILY)));
    try (PMTilesReader reader = new PMTilesReader(shown.resolve("inclusion.pmtiles"));
        PMTilesReader wide = new PMTilesReader(all.resolve("inclusion.pmtiles"))) {
      assertThat(wide.getHeader().maxLon()).isGreaterThan(-64.11);
      assertThat(reader.getHeader().maxLon()).isLessThan(-64.2);
    }
  }

  @Test
  void figuresOfAreasAndTheCountryAreTheSameToTheByte() throws Exception {
    SortedMap<String, byte[]> before = ReleaseTest.bytes(all);
    SortedMap<String, byte[]> after = ReleaseTest.bytes(shown);
    int compared = 0;
    for (String name : before.keySet()) {
      if (name.startsWith("areas/") || name.equals("indicators.csv")) {
        assertThat(after.get(name)).as(name).isEqualTo(before.get(name));
        compared++;
      }
    }
    assertThat(compared).isEqualTo(4);
    assertThat(rows(shown, 5).values().stream().mapToLong(p -> p).sum())
        .isEqualTo(rows(all, 5).values().stream().mapToLong(p -> p).sum());
  }

  @Test
  void finerFilesHaveNoRowWithinTheHexagonAndCoarserOnesAreWhole() {
    for (int resolution = 4; resolution <= 8; resolution++) {
      Set<Long> within = new HashSet<>();
      for (long h : rows(shown, resolution).keySet()) {
        if (resolution > FINEST && Places.parent(h, FINEST) == hexagon) {
          within.add(h);
        }
      }
      assertThat(within).as("at resolution " + resolution).isEmpty();
    }
    assertThat(rows(shown, FINEST)).containsEntry(hexagon, rows(all, FINEST).get(hexagon));
    assertThat(rows(shown, 8)).hasSize(rows(all, 8).size() - 1 - 49);
  }

  @Test
  void noSumOfWhatIsPublishedTellsAPartOfTheHexagon() {
    List<Long> places = new ArrayList<>(new TreeSet<>(rows(all, 8).keySet()));
    Echelon known = new Echelon(places);
    Echelon naive = new Echelon(places);
    for (int resolution = 8; resolution >= 4; resolution--) {
      rows(shown, resolution).keySet().forEach(known::publish);
      for (long h : rows(all, resolution).keySet()) {
        if (h != sensitive) {
          naive.publish(h);
        }
      }
    }
    assertThat(naive.tells(sensitive)).as("parent less siblings").isTrue();
    assertThat(known.tells(hexagon)).isTrue();
    for (int resolution = FINEST + 1; resolution <= 8; resolution++) {
      for (long part : Places.children(hexagon, resolution)) {
        assertThat(known.tells(part)).as(Places.address(part)).isFalse();
      }
    }
  }

  /** What can be reckoned from published sums of places: linear algebra modulo a prime. */
  private static final class Echelon {
    private static final long PRIME = 1_000_003;
    private final List<Long> places;
    private final Map<Integer, long[]> pivots = new LinkedHashMap<>();

    Echelon(List<Long> places) {
      this.places = places;
    }

    void publish(long hexagon) {
      long[] rest = rest(hexagon);
      int pivot = first(rest);
      if (pivot >= 0) {
        long inverse = power(rest[pivot], PRIME - 2);
        for (int i = 0; i < rest.length; i++) {
          rest[i] = rest[i] * inverse % PRIME;
        }
        pivots.put(pivot, rest);
      }
    }

    boolean tells(long hexagon) {
      return first(rest(hexagon)) < 0;
    }

    private long[] rest(long hexagon) {
      int resolution = Places.resolution(hexagon);
      long[] row =
          places.stream()
              .mapToLong(place -> Places.parent(place, resolution) == hexagon ? 1 : 0)
              .toArray();
      assertThat(Arrays.stream(row).sum()).isPositive();
      for (int i = 0; i < row.length; i++) {
        long[] pivot = row[i] == 0 ? null : pivots.get(i);
        if (pivot != null) {
          long times = row[i];
          for (int j = i; j < row.length; j++) {
            row[j] = Math.floorMod(row[j] - times * pivot[j], PRIME);
          }
        }
      }
      return row;
    }

    private static int first(long[] row) {
      for (int i = 0; i < row.length; i++) {
        if (row[i] != 0) {
          return i;
        }
      }
      return -1;
    }

    private static long power(long base, long exponent) {
      long result = 1;
      long square = base % PRIME;
      for (long left = exponent; left > 0; left >>= 1) {
        result = (left & 1) == 1 ? result * square % PRIME : result;
        square = square * square % PRIME;
      }
      return result;
    }
  }

  @Test
  void finerZoomsShowTheHexagonInPlaceOfItsPartsAndCountTheCountry() throws Exception {
    long micro = rows(all, 8).values().stream().mapToLong(p -> p).sum();
    int finer = 0;
    for (var zoom : ReleaseTest.zooms(shown, "places").entrySet()) {
      assertThat(zoom.getValue().sums().get("p0"))
          .as("zoom " + zoom.getKey())
          .isEqualTo(micro / 1000);
      Set<Long> own = new HashSet<>();
      for (String h3 : zoom.getValue().keys()) {
        long h = Long.parseLong(h3, 16);
        if (Places.resolution(h) > FINEST) {
          assertThat(Places.parent(h, FINEST)).isNotEqualTo(hexagon);
          finer++;
        }
        own.add(h);
      }
      if (own.stream().anyMatch(h -> Places.resolution(h) >= FINEST)) {
        assertThat(own).contains(hexagon);
      }
    }
    assertThat(finer).isGreaterThan(300);
  }

  @Test
  void whichPlaceWithinIsListedChangesNoByte() throws Exception {
    long other = Places.children(hexagon, 8)[3];
    assertThat(other).isNotEqualTo(sensitive);
    Path second = output.resolve("second");
    Path third =
        Path.of(
            Release.write(spark, MadeUpRun.context(second, "run"), listed(other, FINEST))
                .folder()
                .toUri()
                .getPath());
    assertThat(third.getFileName()).isEqualTo(shown.getFileName());
    SortedMap<String, byte[]> one = ReleaseTest.bytes(shown);
    SortedMap<String, byte[]> two = ReleaseTest.bytes(third);
    assertThat(two.keySet()).isEqualTo(one.keySet());
    one.forEach((name, bytes) -> assertThat(two.get(name)).as(name).isEqualTo(bytes));
  }

  @Test
  void aHexagonCoarserThanTheChunksIsOneHexagonOnAllZooms() throws Exception {
    Path folder = output.resolve("coarse");
    Path release =
        Path.of(
            Release.write(spark, MadeUpRun.context(folder, "run"), listed(MIDDLE, 1))
                .folder()
                .toUri()
                .getPath());
    long whole = Places.parent(MIDDLE, 1);
    for (var zoom : ReleaseTest.zooms(release, "places").entrySet()) {
      for (String h3 : zoom.getValue().keys()) {
        long h = Long.parseLong(h3, 16);
        assertThat(Places.resolution(h) <= 1 || Places.parent(h, 1) != whole).isTrue();
      }
    }
    assertThat(release.resolve("areas/level=2/part-00000.parquet"))
        .hasBinaryContent(
            java.nio.file.Files.readAllBytes(all.resolve("areas/level=2/part-00000.parquet")));
  }

  @Test
  void readersAreToldHowManyAndNotWhere() throws Exception {
    SortedMap<String, byte[]> files = ReleaseTest.bytes(shown);
    for (String name : List.of("datasheet.md", "report.html", "viewer/index.html")) {
      assertThat(new String(files.get(name), StandardCharsets.UTF_8))
          .as(name)
          .contains("fewer than 10 persons 15 and over: 1.")
          .contains("Their 6 persons are shown at the nearest hexagon")
          .contains("to protect people there: 1, with about")
          .contains("does not mean that nobody lives there");
    }
    for (var file : files.entrySet()) {
      String text = new String(file.getValue(), StandardCharsets.ISO_8859_1);
      assertThat(text)
          .as(file.getKey())
          .doesNotContain(Places.address(sensitive))
          .doesNotContain(Long.toString(sensitive))
          .doesNotContain(Places.address(FAMILY));
    }
    assertThat(published.notShown())
        .containsEntry("isolated_places", 1)
        .containsEntry("isolated_persons", "6")
        .containsEntry("hexagons_shown_coarser", 1);
    String sheet = new String(ReleaseTest.bytes(all).get("datasheet.md"), StandardCharsets.UTF_8);
    assertThat(sheet).contains("## What is not shown of places\n\n- nothing\n");
  }

  @Test
  void ofHexagonsWithinEachOtherTheCoarsestCounts() {
    Table table = Tables.SENSITIVE_PLACES;
    SensitivePlaces places =
        SensitivePlaces.of(
            spark.createDataFrame(
                List.of(
                    RowFactory.create(sensitive, 7),
                    RowFactory.create(Places.children(hexagon, 8)[0], 5),
                    RowFactory.create(MIDDLE, 7)),
                table.schema()));
    assertThat(places.shown(sensitive)).isEqualTo(Places.parent(sensitive, 5));
    long far = Places.at(20, 20, 8);
    assertThat(places.shown(far)).isEqualTo(far);
    assertThat(places.coarsest(3)).isEqualTo(3);
    assertThat(SensitivePlaces.of(null).coarsest(3)).isEqualTo(3);
  }

  @Test
  void settingsOfAReleaseDoNotTellHowTheListIsRead() {
    assertThat(
            ReleaseContext.portable(
                Map.of("inputs", Map.of("sensitive_places", List.of("x"), "census", List.of("y")))))
        .isEqualTo(Map.of("inputs", Map.of("census", List.of("y"))));
  }
}
