package org.inclusionmaps.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inclusionmaps.contract.Tables.AREAS;
import static org.inclusionmaps.contract.Tables.CENSUS;
import static org.inclusionmaps.contract.Tables.SERVICES;
import static org.inclusionmaps.contract.Tables.SETTLEMENTS;
import static org.inclusionmaps.ingest.Feeds.feed;
import static org.inclusionmaps.ingest.Feeds.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.LimitsSettings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Small files that ask for much. */
@ExtendWith(SparkExtension.class)
class BombsTest {
  private static final LimitsSettings DEFAULTS = SettingsLoader.defaultLimits();

  @TempDir Path folder;

  private static void refuses(
      SparkSession spark, Table table, Path path, LimitsSettings limits, String... words) {
    var context = new IngestContext(limits, LocalDate.MAX, Map.of());
    assertThatThrownBy(() -> Ingest.read(spark, table, List.of(feed(path)), context).close())
        .isInstanceOfSatisfying(
            InclusionException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONTRACT_BROKEN))
        .hasMessageStartingWith("[CONTRACT_BROKEN] " + table.name() + ": ")
        .hasMessageContainingAll(words);
  }

  private static LimitsSettings limits(double valueMb, double decodedGb, int expansion) {
    return new LimitsSettings(
        DEFAULTS.files(),
        DEFAULTS.columns(),
        DEFAULTS.depth(),
        DEFAULTS.rows(),
        valueMb,
        DEFAULTS.corners(),
        decodedGb,
        expansion);
  }

  @Test
  void aLongTextThatADictionaryHoldsOnceAndRowsNameManyTimes(SparkSession spark)
      throws IOException {
    Path path = folder.resolve("bomb.parquet");
    // One text of 100,000 letters, 3,000 times: 300 MB for a reader.
    spark
        .range(3_000)
        .selectExpr("'clinic' as kind", "1.0D as lon", "2.0D as lat", "repeat('x', 100000) as name")
        .coalesce(1)
        .write()
        .parquet(path.toString());
    try (var files = Files.walk(path)) {
      assertThat(files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum())
          .isLessThan(200_000);
    }

    refuses(
        spark,
        SERVICES,
        path,
        limits(1, 0.1, 100),
        "holds 100,0",
        "bytes or more when it is decoded, from ",
        "but at most 100,000,000 are taken",
        "raise limits.decoded_gb or limits.expansion if it is right");
  }

  @Test
  void pagesThatClaimMoreThanTheFileMayHold(SparkSession spark) {
    Path path = folder.resolve("zeros.parquet");
    spark
        .range(3)
        .selectExpr(
            "'clinic' as kind",
            "1.0D as lon",
            "2.0D as lat",
            "concat(id, repeat('x', 1000000)) as name")
        .coalesce(1)
        .write()
        .option("compression", "zstd")
        .parquet(path.toString());

    refuses(
        spark,
        SERVICES,
        path,
        limits(2, 0.001, 100),
        ".parquet holds 3,000,",
        "but at most 1,000,000 are taken");
  }

  @Test
  void aTextThatIsTooLong(SparkSession spark) {
    Path path = folder.resolve("long.parquet");
    spark
        .sql("select 'clinic' as kind, 1.0D as lon, 2.0D as lat, repeat('x', 2000000) as name")
        .write()
        .parquet(path.toString());

    refuses(
        spark,
        SERVICES,
        path,
        limits(1, 1, 1000),
        ".parquet has a value of 2,000,000 bytes or more, but at most 1,000,000 are taken",
        "raise limits.value_mb if it is right");
  }

  @Test
  void aHundredThousandColumns(SparkSession spark) throws IOException {
    Path path = folder.resolve("wide.parquet");
    Parquets.wide(path, 100_000);

    refuses(
        spark,
        SETTLEMENTS,
        path,
        DEFAULTS,
        "wide.parquet has 100,000 columns, but at most 5,000 are taken",
        "raise limits.columns if it is right");
  }

  @Test
  void columnsNestedDeeply(SparkSession spark) throws IOException {
    for (int depth : new int[] {30, 500}) {
      Path path = folder.resolve("deep" + depth + ".parquet");
      Parquets.deep(path, depth);
      refuses(
          spark,
          SETTLEMENTS,
          path,
          DEFAULTS,
          path.getFileName() + " has columns nested ",
          " deep, but at most 20 are taken");
    }
  }

  @Test
  void moreRowsThanTheLimit(SparkSession spark) {
    Path path = folder.resolve("rows.parquet");
    spark
        .range(11)
        .selectExpr("1D lon", "2D lat", "3D weight")
        .coalesce(1)
        .write()
        .parquet(path.toString());

    refuses(
        spark,
        SETTLEMENTS,
        path,
        new LimitsSettings(10, 10, 10, 10, 1, 10, 1, 10),
        ".parquet has 11 rows, but at most 10 are taken",
        "raise limits.rows if it is right");
  }

  @Test
  void moreFilesThanTheLimit(SparkSession spark) {
    for (int i = 0; i < 11; i++) {
      file(folder, "many/" + i + ".csv", "lon,lat,weight\n1,2,3\n");
    }
    Path path = folder.resolve("many");
    assertThatThrownBy(
            () ->
                Ingest.read(
                    spark,
                    SETTLEMENTS,
                    List.of(feed(path, "format: csv")),
                    new IngestContext(
                        new LimitsSettings(10, 10, 10, 10, 1, 10, 1, 10), LocalDate.MAX, Map.of())))
        .hasMessage(
            "[CONTRACT_BROKEN] settlements: %s holds 11 files, but at most 10 are taken; join them, or raise limits.files"
                .formatted(path));
  }

  @Test
  void zerosThatGzipMakesSmall(SparkSession spark) throws IOException {
    Path path = folder.resolve("zeros.csv.gz");
    gzip(path, new byte[1 << 20], 100);

    refuses(spark, SETTLEMENTS, path, DEFAULTS, "zeros.csv.gz is a file with zero bytes, no text");
  }

  @Test
  void aLineThatNeverEnds(SparkSession spark) throws IOException {
    Path path = folder.resolve("line.csv.gz");
    byte[] letters = "1".repeat(1 << 20).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    gzip(path, letters, 300);

    refuses(
        spark,
        SETTLEMENTS,
        path,
        DEFAULTS,
        "line.csv.gz has a line of 256,000,001 bytes or more, but at most 256,000,000 are taken",
        "raise limits.value_mb if it is right");
  }

  @Test
  void aLineThatNeverEndsInAFileThatIsNotCompressed(SparkSession spark) {
    Path path = file(folder, "line.csv", "lon,lat,weight\n1,2," + "3".repeat(200_000) + "\n");

    refuses(
        spark,
        SETTLEMENTS,
        path,
        limits(0.1, 1, 1000),
        "line.csv has a line of 100,001 bytes or more, but at most 100,000 are taken");
  }

  @Test
  void linesWithoutEnd(SparkSession spark) throws IOException {
    Path path = folder.resolve("lines.csv.gz");
    byte[] lines = "1,2,3\n".repeat(100_000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    gzip(path, lines, 100);

    refuses(
        spark,
        SETTLEMENTS,
        path,
        limits(1, 0.01, 10),
        "lines.csv.gz holds 10,0",
        "bytes or more when it is decoded, from ",
        "but at most 10,000,000 are taken");
  }

  @Test
  void anOutlineOfMoreCornersThanTheLimit(SparkSession spark) {
    var corners = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      corners.append("[%d.5,1],".formatted(i % 170));
    }
    Path path =
        file(
            folder,
            "a.geojson",
            """
            {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {},
             "geometry": {"type": "Polygon", "coordinates": [[%s[0,0]]]}}]}"""
                .formatted(corners));

    refuses(
        spark,
        AREAS,
        path,
        new LimitsSettings(10, 10, 10, 10, 1, 1000, 1, 10),
        "a.geojson, feature 1, has more than 1,000 positions, but at most 1,000 are taken",
        "raise limits.corners if it is right");
  }

  @Test
  void objectsNestedDeeplyInGeoJson(SparkSession spark) {
    Path path =
        file(
            folder,
            "a.geojson",
            "{\"type\": \"FeatureCollection\", \"features\": ["
                + "{\"properties\":{\"a\":".repeat(300)
                + "1"
                + "}}".repeat(300)
                + "]}");

    refuses(
        spark,
        AREAS,
        path,
        DEFAULTS,
        "a.geojson, feature 1, has objects nested 21 deep, but at most 20 are taken",
        "raise limits.depth if it is right");
  }

  @Test
  void aTextInGeoJsonThatIsTooLong(SparkSession spark) {
    Path path =
        file(
            folder,
            "a.geojson",
            "{\"type\": \"FeatureCollection\", \"features\": [{\"properties\":{\"a\":\""
                + "x".repeat(2_000_000)
                + "\"}}]}");

    refuses(
        spark, AREAS, path, limits(1, 1, 10), "a.geojson has a text of 1,000,000 bytes or more");
  }

  @Test
  void anOutlineOfFiveMillionCornersIsWithinTheLimits(SparkSession spark) {
    assertThat(DEFAULTS.corners()).isGreaterThan(5_000_000);
    assertThat(DEFAULTS.valueBytes()).isGreaterThan(16L * 5_000_000 + 100);
  }

  @Test
  void aConstantColumnIsNoBomb(SparkSession spark) {
    Path path = folder.resolve("constant.parquet");
    spark
        .range(50_000)
        .selectExpr(
            "concat('a', id) as area",
            "'female' as sex",
            "'15-24' as age_band",
            "'none' as disability",
            "1.0D as persons")
        .coalesce(1)
        .write()
        .parquet(path.toString());
    try (var read = Ingest.read(spark, CENSUS, List.of(feed(path)))) {
      assertThat(read.ok()).isEqualTo(50_000);
    }
  }

  private static void gzip(Path path, byte[] block, int times) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
      for (int i = 0; i < times; i++) {
        out.write(block);
      }
    }
  }
}
