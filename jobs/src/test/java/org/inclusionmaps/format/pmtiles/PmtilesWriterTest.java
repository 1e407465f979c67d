package org.inclusionmaps.format.pmtiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tileverse.pmtiles.PMTilesHeader;
import io.tileverse.pmtiles.PMTilesReader;
import io.tileverse.tiling.pyramid.TileIndex;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.inclusionmaps.format.Gzip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives are read back by tileverse-pmtiles, which shares no code with the writer. */
class PmtilesWriterTest {
  private static final Bounds BOLIVIA = new Bounds(-69.65, -22.9, -57.45, -9.66);
  private static final String METADATA =
      """
      {"name":"a map","vector_layers":[{"id":"places","fields":{"persons":"Number"}}]}""";

  @TempDir Path folder;

  @Test
  void anIndependentReaderFindsHeaderMetadataAndTiles() throws Exception {
    TreeMap<Long, String> tiles = new TreeMap<>();
    tiles.put(TileId.of(0, 0, 0), "world");
    tiles.put(TileId.of(5, 10, 17), "west");
    tiles.put(TileId.of(5, 11, 17), "east");
    try (PMTilesReader reader = new PMTilesReader(written(tiles))) {
      PMTilesHeader header = reader.getHeader();
      assertThat(header.minZoom()).isZero();
      assertThat(header.maxZoom()).isEqualTo((byte) 5);
      assertThat(header.minLon()).isEqualTo(-69.65);
      assertThat(header.maxLat()).isEqualTo(-9.66);
      assertThat(header.centerLon()).isEqualTo(-63.55);
      assertThat(header.clustered()).isTrue();
      assertThat(header.leafDirsBytes()).isZero();
      assertThat(reader.getMetadataAsString()).isEqualTo(METADATA);
      assertThat(text(reader, TileId.of(5, 11, 17))).isEqualTo("east");
      assertThat(reader.getTile(TileIndex.xyz(10, 17, 5))).isPresent();
      assertThat(reader.getTile(TileIndex.xyz(12, 17, 5))).isEmpty();
    }
  }

  @Test
  void storesEqualTilesOnceAndEqualNeighboursInOneEntry() throws Exception {
    TreeMap<Long, String> tiles = new TreeMap<>();
    for (long id = 100; id < 160; id++) {
      tiles.put(id, "sea");
    }
    tiles.put(160L, "land");
    tiles.put(161L, "sea");
    try (PMTilesReader reader = new PMTilesReader(written(tiles))) {
      assertThat(reader.getHeader().addressedTilesCount()).isEqualTo(62);
      assertThat(reader.getHeader().tileEntriesCount()).isEqualTo(3);
      assertThat(reader.getHeader().tileContentsCount()).isEqualTo(2);
      for (long id : tiles.keySet()) {
        assertThat(text(reader, id)).isEqualTo(tiles.get(id));
      }
    }
  }

  @Test
  void manyTilesAreFoundThroughLeafDirectories() throws Exception {
    SplittableRandom random = new SplittableRandom(20);
    TreeMap<Long, String> tiles = new TreeMap<>();
    long id = TileId.first(10);
    for (int i = 0; i < 30_000; i++) {
      id += 1 + random.nextInt(9);
      tiles.put(id, "tile " + i + "x".repeat(random.nextInt(40)));
    }
    Path file = written(tiles);
    try (PMTilesReader reader = new PMTilesReader(file)) {
      PMTilesHeader header = reader.getHeader();
      assertThat(header.leafDirsBytes()).isPositive();
      assertThat(header.rootDirBytes()).isLessThanOrEqualTo(16_257);
      assertThat(reader.getRootDirectory().numDirectoryEntries()).isGreaterThan(1);
      for (long each : tiles.keySet()) {
        assertThat(text(reader, each)).isEqualTo(tiles.get(each));
      }
      assertThat(reader.getTile(tiles.lastKey() + 1)).isEmpty();
      assertThat(header.leafDirsOffset() + header.leafDirsBytes()).isEqualTo(Files.size(file));
    }
  }

  @Test
  void theRootOfTwentyMillionTilesFits() throws Exception {
    SplittableRandom random = new SplittableRandom(21);
    try (SeekableByteChannel spool = open(folder.resolve("spool"))) {
      int count = 20_000_000 / 8;
      Directories directories = new Directories(count, spool);
      long id = 0;
      long offset = 0;
      for (int i = 0; i < count; i++) {
        id += 1 + random.nextInt(1000);
        int length = 1 + random.nextInt(100_000);
        directories.add(new Entry(id, offset, length, 1));
        offset += length;
      }
      assertThat(directories.root().length).isLessThanOrEqualTo(Directories.ROOT_LIMIT);
      assertThat(directories.leavesLength()).isEqualTo(spool.size()).isPositive();
    }
  }

  @Test
  void theSameTilesGiveTheSameBytes() throws Exception {
    TreeMap<Long, String> tiles = new TreeMap<>();
    tiles.put(3L, "a");
    tiles.put(9L, "b");
    byte[] first = Files.readAllBytes(written(tiles));
    byte[] second = Files.readAllBytes(written(tiles));
    assertThat(first).isEqualTo(second);
  }

  @Test
  void refusesTilesOutOfOrder() throws Exception {
    try (SeekableByteChannel channel = open(folder.resolve("unordered"));
        SeekableByteChannel spool = open(folder.resolve("spool"))) {
      PmtilesWriter writer = new PmtilesWriter(channel, spool, 2);
      writer.add(9, new byte[] {1}, false);
      assertThatThrownBy(() -> writer.add(9, new byte[] {1}, false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("tile 9 is not after the tile before it");
    }
  }

  private Path written(SortedMap<Long, String> tiles) throws IOException {
    Path file = Files.createTempFile(folder, "archive", ".pmtiles");
    Path spool = Files.createTempFile(folder, "spool", "");
    try (SeekableByteChannel channel = open(file);
        SeekableByteChannel leaves = open(spool)) {
      PmtilesWriter writer = new PmtilesWriter(channel, leaves, tiles.size());
      for (var tile : tiles.entrySet()) {
        byte[] bytes = Gzip.of(tile.getValue().getBytes(StandardCharsets.UTF_8));
        writer.add(tile.getKey(), bytes, tile.getValue().equals("sea"));
      }
      writer.finish(METADATA, BOLIVIA);
    }
    return file;
  }

  private static SeekableByteChannel open(Path file) throws IOException {
    return Files.newByteChannel(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static String text(PMTilesReader reader, long id) throws IOException {
    return reader
        .getTile(id, in -> new String(in.readAllBytes(), StandardCharsets.UTF_8))
        .orElseThrow(() -> new AssertionError("no tile " + id));
  }
}
