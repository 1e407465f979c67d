package org.inclusionmaps.format.geotiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.inclusionmaps.testing.Gdal;
import org.inclusionmaps.testing.InMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files read back by our reader, byte by byte, and by GDAL with its validator. */
class CogWriterTest {
  private static final int TILE = CogRaster.TILE;
  private static final long ALWAYS_BIG = 100;
  private static final long CLASSIC = 0xFFFF_FFFFL;

  /** 3 x 2 tiles, of which some are empty: 1100 x 700 pixels, three levels. */
  private static final CogRaster RASTER =
      new CogRaster(
          6933,
          -6_300_000,
          -2_700_000,
          900,
          1100,
          700,
          "persons",
          "persons",
          "Made & Up: <persons>, Ñandú",
          Map.of("OVERVIEWS", "sums"));

  /** Level and tile to the numbers of the tile. */
  private static SortedMap<Integer, SortedMap<Long, float[]>> tiles() {
    Random random = new Random(7);
    SortedMap<Integer, SortedMap<Long, float[]>> tiles = new TreeMap<>();
    long[][] filled = {{1, 3, 5}, {0, 1}, {0}};
    for (int level = 0; level < 3; level++) {
      for (long tile : filled[level]) {
        float[] numbers = new float[TILE * TILE];
        Arrays.fill(numbers, Float.NaN);
        for (int i = 0; i < 2000; i++) {
          int pixel = random.nextInt(100) * TILE + random.nextInt(76);
          numbers[pixel] = i % 10 == 0 ? 0 : (float) Math.exp(8 * random.nextGaussian());
        }
        tiles.computeIfAbsent(level, key -> new TreeMap<>()).put(tile, numbers);
      }
    }
    return tiles;
  }

  private static byte[] written(long mostClassic) throws IOException {
    CogIndex index = new CogIndex();
    var tiles = tiles();
    for (int level = 2; level >= 0; level--) {
      int at = level;
      tiles
          .get(level)
          .forEach((tile, numbers) -> index.add(at, tile, CogWriter.tile(numbers).length));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CogWriter writer = new CogWriter(out, RASTER, index, mostClassic);
    for (int level = 2; level >= 0; level--) {
      for (float[] numbers : tiles.get(level).values()) {
        writer.add(CogWriter.tile(numbers));
      }
    }
    writer.finish();
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(longs = {CLASSIC, ALWAYS_BIG})
  void everyNumberIsReadBackAndTilesWithoutDataTakeNoBytes(long mostClassic) throws IOException {
    byte[] bytes = written(mostClassic);
    var tiles = tiles();
    for (int level = 0; level < 3; level++) {
      TiffImage image = TiffImage.open(new InMemory(bytes), level);
      assertThat(image.width()).isEqualTo(new int[] {1100, 550, 275}[level]);
      assertThat(image.height()).isEqualTo(new int[] {700, 350, 175}[level]);
      int across = CogRaster.tiles(1100, level);
      for (int row = 0; row < CogRaster.tiles(700, level); row++) {
        for (int column = 0; column < across; column++) {
          float[] expected = tiles.get(level).get((long) row * across + column);
          assertThat(image.has(column, row)).isEqualTo(expected != null);
          float[] none = new float[TILE * TILE];
          Arrays.fill(none, Float.NaN);
          assertThat(image.block(column, row)).isEqualTo(expected == null ? none : expected);
        }
      }
    }
    assertThatThrownBy(() -> TiffImage.open(new InMemory(bytes), 3))
        .isInstanceOf(IOException.class)
        .hasMessage("it has 3 images, and not 4");
  }

  @Test
  void theStructureIsAnnouncedAndTilesHaveTheirSizeBeforeAndTheirEndTwice() throws IOException {
    byte[] bytes = written(CLASSIC);
    String start = new String(bytes, 8, 300, StandardCharsets.ISO_8859_1);
    assertThat(start)
        .startsWith(
            """
            GDAL_STRUCTURAL_METADATA_SIZE=000140 bytes
            LAYOUT=IFDS_BEFORE_DATA
            BLOCK_ORDER=ROW_MAJOR
            BLOCK_LEADER=SIZE_AS_UINT4
            BLOCK_TRAILER=LAST_4_BYTES_REPEATED
            KNOWN_INCOMPATIBLE_EDITION=NO
            \s""");
    assertThat(start.indexOf("KNOWN_INCOMPATIBLE_EDITION=NO\n ") + 31 - 43).isEqualTo(140);
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int behind = 0;
    for (int level = 2; level >= 0; level--) {
      TiffTags tags = TiffTags.read(new InMemory(bytes), level);
      int count = (int) tags.count(324);
      long[] offsets = tags.wholes(324, 0, count);
      long[] sizes = tags.wholes(325, 0, count);
      for (int i = 0; i < count; i++) {
        if (sizes[i] == 0) {
          assertThat(offsets[i]).isZero();
          continue;
        }
        int at = (int) offsets[i];
        int size = (int) sizes[i];
        assertThat(file.getInt(at - 4)).isEqualTo(size);
        assertThat(file.getInt(at + size)).isEqualTo(file.getInt(at + size - 4));
        assertThat(behind == 0 || at == behind + 4).isTrue();
        behind = at + size + 4;
      }
    }
    assertThat(behind).isEqualTo(bytes.length);
  }

  @Test
  void aBigTiffIsWrittenWhenAddressesOf32BitsDoNotReach() throws IOException {
    int classic = written(CLASSIC).length;
    assertThat(written(classic)[2]).isEqualTo((byte) 42);
    assertThat(written(classic - 1L)[2]).isEqualTo((byte) 43);
  }

  @Test
  void aTileThatTheIndexDoesNotHaveIsRefused() throws IOException {
    CogIndex index = new CogIndex();
    index.add(0, 1, 10);
    assertThatIllegalArgumentException().isThrownBy(() -> index.add(0, 1, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> index.add(0, 2, 0));
    CogWriter writer = new CogWriter(new ByteArrayOutputStream(), RASTER, index);
    assertThatIllegalArgumentException().isThrownBy(() -> writer.add(new byte[9]));
    assertThatIllegalArgumentException().isThrownBy(writer::finish);
    writer.add(new byte[10]);
    assertThatIllegalArgumentException().isThrownBy(() -> writer.add(new byte[10]));
    writer.finish();
  }

  @ParameterizedTest
  @ValueSource(longs = {CLASSIC, ALWAYS_BIG})
  void gdalFindsItValidAndReadsTheSame(long mostClassic, @TempDir Path folder) throws Exception {
    Gdal.need();
    Path file = folder.resolve("cog.tif");
    Files.write(file, written(mostClassic));
    assertThat(Gdal.validCog(file))
        .contains("is a valid cloud optimized GeoTIFF")
        .doesNotContain("warning");
    JsonNode told = new ObjectMapper().readTree(Gdal.run("gdalinfo", "-json", file.toString()));
    assertThat(told.at("/metadata/IMAGE_STRUCTURE/LAYOUT").asText()).isEqualTo("COG");
    assertThat(told.at("/metadata/IMAGE_STRUCTURE/PREDICTOR").asText()).isEqualTo("3");
    assertThat(told.at("/metadata//OVERVIEWS").asText()).isEqualTo("sums");
    assertThat(told.at("/metadata//TIFFTAG_IMAGEDESCRIPTION").asText()).isEqualTo(RASTER.about());
    assertThat(told.at("/metadata//AREA_OR_POINT").asText()).isEqualTo("Area");
    assertThat(told.at("/coordinateSystem/wkt").asText())
        .contains("EASE-Grid 2.0")
        .contains("ID[\"EPSG\",6933]");
    assertThat(told.at("/geoTransform").toString())
        .isEqualTo("[-6300000.0,900.0,0.0,-2700000.0,0.0,-900.0]");
    assertThat(told.at("/bands/0/noDataValue").asText()).isEqualTo("NaN");
    assertThat(told.at("/bands/0/description").asText()).isEqualTo("persons");
    assertThat(told.at("/bands/0/unit").asText()).isEqualTo("persons");
    assertThat(told.at("/bands/0/overviews").toString())
        .isEqualTo("[{\"size\":[550,350]},{\"size\":[275,175]}]");
    SortedMap<Long, float[]> tiles = tiles().get(0);
    Path raw = folder.resolve("raw");
    Gdal.run("gdal_translate", "-q", "-of", "ENVI", file.toString(), raw.toString());
    var floats =
        ByteBuffer.wrap(Files.readAllBytes(raw)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (int y = 0; y < 700; y++) {
      for (int x = 0; x < 1100; x++) {
        float[] tile = tiles.get((long) y / TILE * 3 + x / TILE);
        float expected = tile == null ? Float.NaN : tile[y % TILE * TILE + x % TILE];
        assertThat(Float.compare(floats.get(y * 1100 + x), expected)).as(x + " " + y).isZero();
      }
    }
  }
}
