package org.inclusionmaps.format.geotiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.inclusionmaps.testing.Dem;
import org.inclusionmaps.testing.InMemory;
import org.junit.jupiter.api.Test;

/** Files laid out by hand, good and bad. Expected values are what was laid out. */
class GeoTiffTest {
  private static Dem dem() {
    return Dem.of(10, 3, 0.5, 4, 3, (lon, lat) -> 100 * lon + lat);
  }

  private static GeoTiff open(byte[] bytes) throws IOException {
    return GeoTiff.open(new InMemory(bytes));
  }

  private static void refuses(Dem dem, String... words) {
    assertThatThrownBy(() -> open(dem.bytes()))
        .isInstanceOf(IOException.class)
        .message()
        .contains(words);
  }

  @Test
  void aPixelThatIsAnAreaHasItsCentreHalfAPixelIn() throws IOException {
    assertThat(open(dem().bytes()).reference()).isEqualTo(new GeoReference(10.25, 2.75, 0.5, 0.5));
    assertThat(open(dem().tag(34735, Dem.keys(2, 2, 2048, 4326)).bytes()).reference())
        .isEqualTo(new GeoReference(10, 3, 0.5, 0.5));
  }

  @Test
  void aTransformationTellsTheSameAsATiePointAndAScale() throws IOException {
    double[] matrix = {0.5, 0, 0, 10, 0, -0.5, 0, 3, 0, 0, 0, 0, 0, 0, 0, 1};
    Dem dem = dem().tag(33550, null).tag(33922, null).tag(34264, matrix);
    assertThat(open(dem.bytes()).reference()).isEqualTo(new GeoReference(10.25, 2.75, 0.5, 0.5));
  }

  @Test
  void heightsAreThoseOfTheStrip() throws IOException {
    GeoTiff tiff = open(dem().bytes());
    float[] heights = tiff.block(0, 0);
    assertThat(heights).hasSize(12);
    assertThat(heights[0]).isEqualTo(1027.75f);
    assertThat(heights[5]).isEqualTo(1077.25f);
  }

  @Test
  void theNodataValueIsNotAHeight() throws IOException {
    float[] heights = open(dem().tag(42113, "1027.75").bytes()).block(0, 0);
    assertThat(heights[0]).isNaN();
    assertThat(heights[1]).isEqualTo(1077.75f);
  }

  @Test
  void aBlockThatTheFileLeavesOutIsNotKnownIfTheFileHasAValueForThat() throws IOException {
    Dem dem = dem().tag(279, new int[] {0});
    assertThat(open(dem.bytes()).block(0, 0)).hasSize(12).containsOnly(0);
    for (String none : List.of("-9999", "nan", "NaN")) {
      float[] heights = open(dem.tag(42113, none).bytes()).block(0, 0);
      assertThat(heights).hasSize(12).containsOnly(Float.NaN);
    }
  }

  @Test
  void whatTheWriterWritesIsReadBack() throws IOException {
    short[] first = {0, 5, -32_000, 32_000, 7, 7};
    short[] last = {1, 2, 3};
    GeoReference at = new GeoReference(-31.5, 8, 0.0025, 0.0025);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    GeoTiffWriter.write(
        out, at, 3, 3, 2, List.of(GeoTiffWriter.strip(first, 3), GeoTiffWriter.strip(last, 3)));
    GeoTiff tiff = open(out.toByteArray());
    assertThat(tiff.reference()).isEqualTo(at);
    assertThat(tiff.block(0, 0)).containsExactly(0, 5, -32_000, 32_000, 7, 7);
    assertThat(tiff.block(0, 1)).containsExactly(1, 2, 3);
  }

  @Test
  void projectedCoordinatesAreRefusedWithTheirCodeAndTheRemedy() {
    refuses(
        dem().tag(34735, Dem.keys(1, 1, 3072, 32719)),
        "EPSG:32719",
        "EPSG:4148, 4167",
        "gdalwarp -t_srs EPSG:4326 IN OUT");
  }

  @Test
  void aFarDatumAndACrsOfItsOwnAreRefused() {
    refuses(dem().tag(34735, Dem.keys(2, 1, 2048, 4248)), "EPSG:4248", "gdalwarp");
    refuses(dem().tag(34735, Dem.keys(2, 1, 2048, 32767)), "a system of its own", "gdalwarp");
    refuses(dem().tag(34735, null), "does not tell its coordinate reference system", "-a_srs");
  }

  @Test
  void aRotatedAndAnUpturnedRasterAreRefused() {
    double[] turned = {0.5, 0.1, 0, 10, 0.1, -0.5, 0, 3, 0, 0, 0, 0, 0, 0, 0, 1};
    refuses(dem().tag(33550, null).tag(34264, turned), "rotated", "gdalwarp");
    double[] upturned = {0.5, 0, 0, 10, 0, 0.5, 0, 3, 0, 0, 0, 0, 0, 0, 0, 1};
    refuses(dem().tag(33550, null).tag(34264, upturned), "not the northern", "gdalwarp");
    refuses(dem().tag(33550, null), "does not tell where its pixels lie");
  }

  @Test
  void heightsThatCouldBeMistakenAreRefused() {
    refuses(dem().tag(277, new int[] {3}), "3 bands", "gdal_translate -b 1");
    refuses(dem().tag(34735, Dem.keys(2, 1, 2048, 4326, 4099, 9003)), "EPSG:9003", "must be in m");
    refuses(
        dem()
            .tag(
                42112,
                "<GDALMetadata><Item name=\"SCALE\" sample=\"0\" role=\"scale\">0.1</Item>"
                    + "</GDALMetadata>"),
        "scale of 0.1",
        "-unscale");
    refuses(dem().tag(42113, "none"), "nodata value is no number: none");
  }

  @Test
  void whatIsNotReadIsRefusedWithTheRemedy() {
    refuses(dem().tag(259, new int[] {50_000}), "compression", "50000", "-co COMPRESS=DEFLATE");
    refuses(dem().tag(258, new int[] {12}), "12 bits", "-ot Float32");
    refuses(dem().tag(339, new int[] {5}), "sample format 5");
    assertThatThrownBy(() -> Unpacking.of(8, 3, 4, ByteOrder.BIG_ENDIAN))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ENDIANNESS=LITTLE");
  }

  @Test
  void anAbsurdSizeIsRefusedBeforeRoomIsMadeForIt() {
    refuses(
        dem().tag(256, new int[] {2_000_000_000}).tag(257, new int[] {2_000_000_000}),
        "its blocks are of 2,000,000,000");
    refuses(
        dem().tag(257, new int[] {2_000_000_000}).tag(278, new int[] {3}),
        "claims 4 x 2,000,000,000 pixels in 666,666,667 blocks",
        "damaged");
    refuses(dem().tag(256, new int[] {-1}), "its width is 4,294,967,295");
  }

  @Test
  void whatIsNoTiffIsRefused() {
    for (byte[] bytes :
        List.of(new byte[0], new byte[7], "not a TIFF".getBytes(StandardCharsets.US_ASCII))) {
      assertThatThrownBy(() -> open(bytes))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("it is no TIFF");
    }
  }

  @Test
  void aTruncatedFileIsRefusedWhereverItEnds() throws IOException {
    byte[] whole = dem().bytes();
    int header = 8 + 2 + 12 * 13 + 4;
    for (int length = 0; length < whole.length; length += 7) {
      byte[] part = Arrays.copyOf(whole, length);
      if (length < header) {
        assertThatThrownBy(() -> open(part)).isInstanceOf(IOException.class);
      } else {
        assertThatThrownBy(() -> open(part).block(0, 0)).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void damagedBytesGiveHeightsOrARefusalAndNothingElse() throws IOException {
    short[] heights = new short[64 * 50];
    for (int i = 0; i < heights.length; i++) {
      heights[i] = (short) (i * 31 % 997);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    GeoTiffWriter.write(
        out,
        new GeoReference(1, 1, 0.01, 0.01),
        64,
        50,
        50,
        List.of(GeoTiffWriter.strip(heights, 64)));
    List<byte[]> wholes = List.of(out.toByteArray(), dem().bytes());
    Random random = new Random(1);
    List<String> refused = new ArrayList<>();
    for (int i = 0; i < 6000; i++) {
      byte[] damaged = wholes.get(i % 2).clone();
      for (int k = 0; k < 3; k++) {
        damaged[random.nextInt(i % 4 < 2 ? 250 : damaged.length)] = (byte) random.nextInt();
      }
      try {
        open(damaged).block(0, 0);
      } catch (IOException e) {
        refused.add(e.getMessage());
      }
    }
    assertThat(refused).hasSizeGreaterThan(1000).doesNotContainNull();
  }
}
