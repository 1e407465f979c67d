package org.inclusionmaps.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.format.geotiff.GeoReference;
import org.inclusionmaps.format.geotiff.GeoTiff;
import org.inclusionmaps.testing.InMemory;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The raster of the smallest country against the ground that its truth is made with. */
@ExtendWith(SparkExtension.class)
class TerrainRasterTest {
  private static final SampleSettings SETTINGS = new SampleSettings(7, 0.05);
  private static final Draws DRAWS = new Draws(SETTINGS.seed());

  @Test
  void aPixelIsTheGroundsHeightInWholeMetres(SparkSession spark) throws IOException {
    Land land = Land.of(SETTINGS);
    GeoTiff tiff = GeoTiff.open(new InMemory(new TerrainRaster(DRAWS, land).bytes(spark, 3)));
    GeoReference at = tiff.reference();
    Terrain terrain = new Terrain(DRAWS);
    for (int strip = 0; strip * tiff.blockHeight() < tiff.height(); strip++) {
      float[] heights = tiff.block(0, strip);
      for (int i = 0; i < heights.length; i += 97) {
        int row = strip * tiff.blockHeight() + i / tiff.width();
        double lon = at.west() + i % tiff.width() * at.dx();
        double lat = at.north() - row * at.dy();
        assertThat((double) heights[i])
            .isCloseTo(terrain.heightM(Frame.xKm(lon), Frame.yKm(lat)), within(0.5 + 1e-6));
      }
    }
  }

  @Test
  void itReaches20KmBeyondTheLand(SparkSession spark) throws IOException {
    Land land = Land.of(SETTINGS);
    byte[] bytes = new TerrainRaster(DRAWS, land).bytes(spark, 2);
    GeoTiff tiff = GeoTiff.open(new InMemory(bytes));
    GeoReference at = tiff.reference();
    double farKm = land.halfKm() + 20;
    assertThat(Frame.xKm(at.west())).isBetween(-farKm - 0.3, -farKm);
    assertThat(Frame.yKm(at.north())).isBetween(farKm, farKm + 0.3);
    assertThat(Frame.xKm(at.west() + (tiff.width() - 1) * at.dx())).isBetween(farKm, farKm + 0.3);
    assertThat(Frame.yKm(at.north() - (tiff.height() - 1) * at.dy()))
        .isBetween(-farKm - 0.3, -farKm);
    assertThat(Arrays.equals(bytes, new TerrainRaster(DRAWS, land).bytes(spark, 5))).isTrue();
  }
}
