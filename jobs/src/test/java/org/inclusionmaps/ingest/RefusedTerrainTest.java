package org.inclusionmaps.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inclusionmaps.ingest.Feeds.feed;
import static org.inclusionmaps.ingest.Feeds.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.TerrainSettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.testing.Dem;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a user is told of a wrong elevation model: which file, what, and what to do. */
@ExtendWith(SparkExtension.class)
class RefusedTerrainTest {
  private static final Dem.Ground FLAT = (lon, lat) -> 5;

  @TempDir Path folder;

  private static Dem dem() {
    return Dem.of(10, 3, 0.1, 20, 20, FLAT);
  }

  private static void refuses(
      SparkSession spark, FeedSettings feed, ErrorCode code, String... words) {
    assertThatThrownBy(
            () -> TerrainFeed.read(spark, List.of(feed), new TerrainSettings(null)).close())
        .isInstanceOfSatisfying(InclusionException.class, e -> assertThat(e.code()).isEqualTo(code))
        .message()
        .startsWith("[" + code + "] " + (code == ErrorCode.SETTINGS_WRONG ? "inputs." : ""))
        .contains("terrain")
        .contains(words);
  }

  @Test
  void aFileThatIsNotThere(SparkSession spark) {
    Path path = folder.resolve("no.tif");
    refuses(
        spark,
        feed(path),
        ErrorCode.INPUT_MISSING,
        path + " does not exist",
        "inputs.terrain.path");
  }

  @Test
  void aFolderWithoutAGeoTiff(SparkSession spark) throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    refuses(spark, feed(empty), ErrorCode.INPUT_MISSING, empty + " holds no files");
    file(empty, "dem.txt", "text");
    refuses(
        spark,
        feed(empty),
        ErrorCode.INPUT_MISSING,
        "none of the 1 files of " + empty + " ends in .tif or .tiff");
  }

  @Test
  void aFileThatIsNoTiff(SparkSession spark) {
    Path path = file(folder, "dem.tif", "this is text, whatever its name says");
    refuses(
        spark,
        feed(path),
        ErrorCode.CONTRACT_BROKEN,
        path + " cannot be used: it is no TIFF: its first bytes are not those of one");
  }

  @Test
  void oneFileInMetresAmongOthers(SparkSession spark) {
    dem().write(folder.resolve("tiles/a.tif"));
    Path path = dem().tag(34735, Dem.keys(1, 1, 3072, 32719)).write(folder.resolve("tiles/b.tif"));
    refuses(
        spark,
        feed(folder.resolve("tiles")),
        ErrorCode.CONTRACT_BROKEN,
        path + " cannot be used: its coordinates are in EPSG:32719",
        "gdalwarp -t_srs EPSG:4326 IN OUT");
  }

  @Test
  void aTruncatedFile(SparkSession spark) throws IOException {
    byte[] whole = dem().bytes();
    Path path = folder.resolve("dem.tif");
    Files.write(path, Arrays.copyOf(whole, whole.length - 1000));
    refuses(
        spark,
        feed(path),
        ErrorCode.CONTRACT_BROKEN,
        path + " cannot be used: it ends early: 3,200 bytes at");
  }

  @Test
  void heightsInCentimetresOrAnUntoldNodataValue(SparkSession spark) {
    Path path =
        Dem.of(10, 3, 0.1, 20, 20, (lon, lat) -> lat < 1.5 && lon > 11.4 ? -32768 : 5)
            .write(folder.resolve("dem.tif"));
    refuses(
        spark,
        feed(path),
        ErrorCode.CONTRACT_BROKEN,
        path + " cannot be used: the pixel in column 14, row 15 is -32768.0",
        "-12000 to 9000 m",
        "gdal_translate -a_nodata");
  }

  @Test
  void aModelThatKnowsNoHeight(SparkSession spark) {
    Path path = dem().tag(42113, "5").write(folder.resolve("dem.tif"));
    refuses(spark, feed(path), ErrorCode.CONTRACT_BROKEN, path + " holds no known height");
  }

  @Test
  void aModelBeyondAPoleOrMoreThanOnceAroundTheEarth(SparkSession spark) {
    Path pole = Dem.of(10, 95, 1.0, 20, 20, FLAT).write(folder.resolve("pole.tif"));
    refuses(spark, feed(pole), ErrorCode.CONTRACT_BROKEN, pole.toString(), "beyond a pole");
    Path wide = Dem.of(-180, 3, 2.0, 200, 3, FLAT).write(folder.resolve("wide.tif"));
    refuses(spark, feed(wide), ErrorCode.CONTRACT_BROKEN, "more than once around the earth");
  }

  @Test
  void settingsThatDoNotFit(SparkSession spark) {
    Path path = dem().write(folder.resolve("dem.tif"));
    refuses(
        spark,
        feed(path, "format: csv"),
        ErrorCode.SETTINGS_WRONG,
        "inputs.terrain: " + path + " must be GeoTIFF");
    refuses(
        spark,
        feed(path, "where: {band: [\"1\"]}"),
        ErrorCode.SETTINGS_WRONG,
        "give its path alone");
    assertThatThrownBy(() -> Ingest.read(spark, Tables.SETTLEMENTS, List.of(feed(path))))
        .isInstanceOf(InclusionException.class)
        .hasMessage(
            "[SETTINGS_WRONG] inputs.settlements: %s is a GeoTIFF, but only inputs.terrain takes"
                    .formatted(path)
                + " those");
    assertThatThrownBy(() -> new TerrainSettings(1201))
        .hasMessage("samples_per_degree is 1201 but must be 1 to 1200");
  }
}
