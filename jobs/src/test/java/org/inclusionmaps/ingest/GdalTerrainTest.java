package org.inclusionmaps.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.inclusionmaps.format.geotiff.GeoTiff;
import org.inclusionmaps.testing.Dem;
import org.inclusionmaps.testing.Gdal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that GDAL writes in every way that is read, and the sample's file as GDAL reads it. */
class GdalTerrainTest {
  private static final Path SAMPLE = Path.of("../data-samples/inputs/terrain/terrain.tif");

  @TempDir Path folder;

  @BeforeEach
  void gdalIsThere() {
    Gdal.need();
  }

  private static List<List<String>> ways() {
    List<List<String>> ways = new ArrayList<>();
    for (String type : List.of("Int16", "UInt16", "Int32", "UInt32", "Float32", "Float64")) {
      for (String compression : List.of("NONE", "DEFLATE", "LZW", "PACKBITS")) {
        int predictors = compression.matches("DEFLATE|LZW") ? type.startsWith("F") ? 3 : 2 : 1;
        for (int predictor = 1; predictor <= predictors; predictor++) {
          List<String> way =
              new ArrayList<>(List.of("-ot", type, "-co", "COMPRESS=" + compression));
          if (predictors > 1) {
            way.addAll(List.of("-co", "PREDICTOR=" + predictor));
          }
          ways.add(way);
        }
      }
    }
    return ways;
  }

  @Test
  void everyWayOfWritingIsReadAsTheSameHeights() throws IOException, InterruptedException {
    Path plain =
        Dem.of(10, 3, 0.01, 75, 90, (lon, lat) -> Math.rint(900 + 500 * Math.sin(90 * lon * lat)))
            .write(folder.resolve("plain.tif"));
    float[] expected = heights(plain);
    int number = 0;
    for (List<String> way : ways()) {
      for (String layout :
          List.of(
              "TILED=NO BLOCKYSIZE=7",
              "TILED=YES BLOCKXSIZE=32 BLOCKYSIZE=16",
              "TILED=YES BIGTIFF=YES BLOCKXSIZE=16 BLOCKYSIZE=48",
              "TILED=NO ENDIANNESS=BIG BLOCKYSIZE=64")) {
        if (way.contains("PREDICTOR=3") && layout.contains("BIG ")) {
          continue; // refused: GDAL writes it in reverse
        }
        Path file = folder.resolve("way" + number++ + ".tif");
        List<String> command = new ArrayList<>(List.of("gdal_translate", "-q"));
        command.addAll(way);
        List.of(layout.split(" ")).forEach(option -> command.addAll(List.of("-co", option)));
        command.addAll(List.of(plain.toString(), file.toString()));
        Gdal.run(command.toArray(String[]::new));
        assertThat(heights(file)).as(way + " " + layout).containsExactly(expected);
      }
    }
    assertThat(number).isEqualTo(4 * (4 * 6 + 2 * 8) - 2 * 2);
  }

  private static float[] heights(Path file) throws IOException {
    try (HadoopBytes bytes = new HadoopBytes(file.toString(), new Configuration())) {
      GeoTiff tiff = GeoTiff.open(bytes);
      float[] all = new float[tiff.width() * tiff.height()];
      for (int row = 0; row < tiff.height(); row++) {
        for (int column = 0; column < tiff.width(); column += tiff.blockWidth()) {
          float[] block = tiff.block(column / tiff.blockWidth(), row / tiff.blockHeight());
          System.arraycopy(
              block,
              row % tiff.blockHeight() * tiff.blockWidth(),
              all,
              row * tiff.width() + column,
              Math.min(tiff.blockWidth(), tiff.width() - column));
        }
      }
      return all;
    }
  }

  @Test
  void aCloudOptimisedFileIsReadInItsFullResolution() throws IOException, InterruptedException {
    Path plain =
        Dem.of(10, 3, 0.01, 700, 600, (lon, lat) -> Math.rint(50 * lon + 30 * lat))
            .write(folder.resolve("plain.tif"));
    Path cog = folder.resolve("cog.tif");
    Gdal.run(
        "gdal_translate",
        "-q",
        "-of",
        "COG",
        "-ot",
        "Float32",
        "-co",
        "COMPRESS=DEFLATE",
        "-co",
        "PREDICTOR=YES",
        "-co",
        "BLOCKSIZE=128",
        plain.toString(),
        cog.toString());
    assertThat(heights(cog)).containsExactly(heights(plain));
  }

  @Test
  void gdalReadsTheSamplesTerrainInItsPlace() throws IOException, InterruptedException {
    String info = Gdal.run("gdalinfo", "-mm", SAMPLE.toString());
    assertThat(info).contains("ID[\"EPSG\",4326]", "Type=Int16", "COMPRESSION=DEFLATE");
    try (HadoopBytes bytes = new HadoopBytes(SAMPLE.toString(), new Configuration())) {
      GeoTiff tiff = GeoTiff.open(bytes);
      assertThat(info).contains("Size is %d, %d".formatted(tiff.width(), tiff.height()));
      float[] heights = heights(SAMPLE);
      for (int i = 100; i < heights.length; i += heights.length / 5) {
        int row = i / tiff.width();
        double lon = tiff.reference().west() + (i - row * tiff.width()) * tiff.reference().dx();
        double lat = tiff.reference().north() - row * tiff.reference().dy();
        String said =
            Gdal.run(
                "gdallocationinfo",
                "-valonly",
                "-geoloc",
                SAMPLE.toString(),
                Double.toString(lon),
                Double.toString(lat));
        assertThat(Float.parseFloat(said.strip())).isEqualTo(heights[i]);
      }
    }
  }
}
