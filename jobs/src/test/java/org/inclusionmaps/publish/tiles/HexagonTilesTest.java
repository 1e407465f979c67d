package org.inclusionmaps.publish.tiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.publish.figures.Hexagon;
import org.inclusionmaps.publish.figures.Totals;
import org.inclusionmaps.store.Sha256;
import org.junit.jupiter.api.Test;

/** What partitions hand on makes the same tiles, whichever chunks each of them has. */
class HexagonTilesTest {
  private static final int COARSE = 4;
  private static final Map<Integer, List<Integer>> PLAN = Map.of(6, List.of(2, 8), 5, List.of(1));

  private static Iterable<Row> tiles(List<Long> chunks) {
    List<Hexagon> hexagons = new ArrayList<>();
    for (long chunk : chunks) {
      long[] places = Places.children(chunk, 6);
      Arrays.sort(places);
      for (long place : places) {
        hexagons.add(new Hexagon(6, place, Totals.none(1)));
      }
    }
    return () ->
        new HexagonTiles(
            Hexagon.pyramid(hexagons.iterator(), List.of(6, 5)),
            COARSE,
            PLAN,
            new TileAttributes(1));
  }

  /** Tile to its features in the order of the encoder. */
  private static SortedMap<Long, String> made(List<List<Long>> partitions) {
    List<Row> rows = new ArrayList<>();
    partitions.forEach(chunks -> tiles(chunks).forEach(rows::add));
    rows.sort(
        Comparator.<Row>comparingLong(row -> row.getLong(0))
            .thenComparingLong(row -> row.getLong(2)));
    TreeMap<Long, ByteArrayOutputStream> bytes = new TreeMap<>();
    for (Row row : rows) {
      bytes
          .computeIfAbsent(row.getLong(0), tile -> new ByteArrayOutputStream())
          .writeBytes(row.getAs(3));
    }
    TreeMap<Long, String> made = new TreeMap<>();
    bytes.forEach((tile, all) -> made.put(tile, Sha256.of(all.toByteArray())));
    return made;
  }

  @Test
  void theFeaturesOfATileAreInOneOrderHoweverChunksAreSpread() {
    long[] disk = Places.disk(Places.at(-64.5, -21.5, COARSE), 1);
    Arrays.sort(disk);
    List<Long> all = Arrays.stream(disk).boxed().toList();
    List<Long> even = new ArrayList<>();
    List<Long> odd = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      (i % 2 == 0 ? even : odd).add(all.get(i));
    }
    SortedMap<Long, String> together = made(List.of(all));
    assertThat(together).hasSizeGreaterThan(3);
    assertThat(made(List.of(odd, even))).isEqualTo(together);
    assertThat(made(all.stream().map(List::of).toList())).isEqualTo(together);
  }
}
