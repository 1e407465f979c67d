package org.inclusionmaps.publish.tiles;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.inclusionmaps.format.pmtiles.Bounds;
import org.inclusionmaps.format.pmtiles.TileId;
import org.inclusionmaps.grid.WebMercator;

/**
 * Bounds meet a tile as MapLibre's TileBounds.contains has it: floor of the western and northern
 * edge, ceiling of the eastern and southern one, in tiles.
 */
class TileBoundsTest {
  @Property
  void readersAskForTheTileAndBoundsGrowNoMoreThanTheyMust(
      @ForAll @DoubleRange(min = -179, max = 178) double west,
      @ForAll @DoubleRange(min = -80, max = 79) double south,
      @ForAll @DoubleRange(min = 0, max = 1) double side,
      @ForAll @IntRange(max = 12) int zoom,
      @ForAll @IntRange(max = 4095) int column,
      @ForAll @IntRange(max = 4095) int row) {
    Bounds bounds = new Bounds(west, south, west + side, south + side);
    int tiles = 1 << zoom;
    int x = column % tiles;
    int y = row % tiles;
    Bounds met = TileBounds.meeting(bounds, TileId.of(zoom, x, y));
    assertThat(Math.floor(WebMercator.x(met.west()) * tiles)).isLessThanOrEqualTo(x);
    assertThat(Math.ceil(WebMercator.x(met.east()) * tiles)).isGreaterThan(x);
    assertThat(Math.floor(WebMercator.y(met.north()) * tiles)).isLessThanOrEqualTo(y);
    assertThat(Math.ceil(WebMercator.y(met.south()) * tiles)).isGreaterThan(y);
    assertThat(met.west()).isLessThanOrEqualTo(bounds.west());
    assertThat(met.east()).isGreaterThanOrEqualTo(bounds.east());
    assertThat(met.south()).isLessThanOrEqualTo(bounds.south());
    assertThat(met.north()).isGreaterThanOrEqualTo(bounds.north());
    assertThat(TileBounds.meeting(met, TileId.of(zoom, x, y))).isEqualTo(met);
    assertThat(met.east() > bounds.east() && met.west() < bounds.west()).isFalse();
  }
}
