package org.inclusionmaps.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inclusionmaps.contract.Tables.AREAS;
import static org.inclusionmaps.contract.Tables.RADIO_CELLS;
import static org.inclusionmaps.contract.Tables.SETTLEMENTS;
import static org.inclusionmaps.ingest.Feeds.feed;
import static org.inclusionmaps.ingest.Feeds.file;
import static org.inclusionmaps.ingest.Feeds.texts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows of several feeds brought together by key, in one pass that counts and judges all. */
@ExtendWith(SparkExtension.class)
class KeysTest {
  private static final String CELLS = "cell,operator,technology,lon,lat\n";
  private static final String COLLECTION = "{\"type\": \"FeatureCollection\", \"features\": [%s]}";
  private static final String REASON = "the same cell as a row that differs";

  @TempDir Path folder;

  @Test
  void eachRowAtOddsIsRefusedInItsOwnFeed(SparkSession spark) {
    var one = file(folder, "1.csv", CELLS + "a,1,4G,1,1\na,1,4G,1,1\nb,1,4G,1,1\n");
    var two = file(folder, "2.csv", CELLS + "a,1,4G,1,1\na,1,4G,2,1\na,1,5G,1,1\n");
    var three = file(folder, "3.csv", CELLS + "b,1,4G,1,1\nc,1,4G,x,1\n");
    var half = "max_rejected_pct: 100";

    var read =
        Ingest.read(
            spark, RADIO_CELLS, List.of(feed(one, half), feed(two, half), feed(three, half)));

    assertThat(texts(read.rows(), "cell")).containsExactly("b");
    assertThat(read.feeds())
        .extracting(FeedCount::rejected)
        .containsExactly(Map.of(REASON, 2L), Map.of(REASON, 3L), Map.of("lon is not a number", 1L));
    assertThat(read.feeds()).extracting(FeedCount::duplicate).containsExactly(0L, 0L, 1L);
    assertThat(texts(read.quarantined(), "file", "reason", "column", "value"))
        .containsExactly(
            "1.csv|" + REASON + "|cell|a",
            "1.csv|" + REASON + "|cell|a",
            "2.csv|" + REASON + "|cell|a",
            "2.csv|" + REASON + "|cell|a",
            "2.csv|" + REASON + "|cell|a",
            "3.csv|lon is not a number|lon|x");
  }

  @Test
  void theNumberOfARowAtOddsIsThatInTheFileWhichIsNamed(SparkSession spark) {
    var first = feature("x", "1") + "," + feature("y", "2") + "," + feature("a", "3");
    var parts = folder.resolve("parts");
    file(parts, "1.geojson", COLLECTION.formatted(first));
    file(parts, "2.geojson", COLLECTION.formatted(feature("a", "3") + "," + feature("a", "4")));

    var read =
        Ingest.read(spark, AREAS, List.of(feed(parts, "format: geojson\nmax_rejected_pct: 100")));

    assertThat(texts(read.quarantined(), "file", "row", "value"))
        .containsExactly("1.geojson|3|a", "1.geojson|3|a", "2.geojson|2|a");
  }

  private static String feature(String area, String longitude) {
    return """
        {"type": "Feature", "properties": {"area": "%s", "level": 1, "name": "n"},
         "geometry": {"type": "Point", "coordinates": [%s, 1]}}"""
        .formatted(area, longitude);
  }

  @Test
  void zeroIsZeroWhateverItsSign(SparkSession spark) {
    var path = file(folder, "1.csv", CELLS + "a,1,4G,-0,1\na,1,4G,0,1\na,1,4G,-0.0,1\n");

    var read = Ingest.read(spark, RADIO_CELLS, List.of(feed(path)));

    assertThat(texts(read.rows(), "cell", "lon")).containsExactly("a|0.0");
    assertThat(read.duplicate()).isEqualTo(2);
  }

  @Test
  void theSameOutlineToldTwiceIsOneArea(SparkSession spark) {
    var ring = "POLYGON ((0 0, 2 0, 2 2, 0 0))";
    var path =
        file(
            folder,
            "1.csv",
            "area;level;name;wkt\na;1;n;%s\na;1;n;%s\nb;1;n;%s\nb;1;n;POINT (1 2)\n"
                .formatted(ring, ring, ring));

    var read =
        Ingest.read(spark, AREAS, List.of(feed(path, "delimiter: ';'\nmax_rejected_pct: 50")));

    assertThat(texts(read.rows(), "area")).containsExactly("a");
    assertThat(read.duplicate()).isEqualTo(1);
    assertThat(read.quarantineCount()).isEqualTo(2);
  }

  @Test
  void aFeedBadByItselfIsRefusedBeforeKeysAreJudged(SparkSession spark) {
    var one = file(folder, "1.csv", CELLS + "a,1,4G,1,1\na,1,4G,2,1\n");
    var two = file(folder, "2.csv", CELLS + "c,1,4G,1,91\n");

    assertThatThrownBy(() -> Ingest.read(spark, RADIO_CELLS, List.of(feed(one), feed(two))))
        .hasMessageContaining("radio_cells: 1 of 1 rows break lat (")
        .hasMessageContaining("first is 91 in 2.csv");
  }

  @Test
  void theFileThatCannotBeReadIsNamedAmongMany(SparkSession spark) throws Exception {
    var whole = file(folder, "whole.csv.gz", "lon,lat,weight\n" + "1,2,3\n".repeat(10_000));
    var bytes = Files.readAllBytes(whole);
    var cut = folder.resolve("cut.csv.gz");
    Files.write(cut, Arrays.copyOf(bytes, bytes.length - 12));

    assertThatThrownBy(
            () -> Ingest.read(spark, SETTLEMENTS, List.of(feed(whole), feed(cut), feed(whole))))
        .hasMessageStartingWith(
            "[CONTRACT_BROKEN] settlements: " + cut + " cannot be read as delimited text: ")
        .hasMessageEndingWith("; write the file again or correct inputs.settlements.format");
  }
}
