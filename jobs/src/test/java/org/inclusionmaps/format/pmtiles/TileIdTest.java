package org.inclusionmaps.format.pmtiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Known answers: PMTiles specification 3, section 4.1, and its reference implementation's tests.
 */
class TileIdTest {
  @Test
  void givesTheIdsOfTheSpecification() {
    assertThat(TileId.of(0, 0, 0)).isEqualTo(0);
    assertThat(TileId.of(1, 0, 0)).isEqualTo(1);
    assertThat(TileId.of(1, 0, 1)).isEqualTo(2);
    assertThat(TileId.of(1, 1, 1)).isEqualTo(3);
    assertThat(TileId.of(1, 1, 0)).isEqualTo(4);
    assertThat(TileId.of(2, 0, 0)).isEqualTo(5);
    assertThat(TileId.of(12, 3423, 1763)).isEqualTo(19078479);
    assertThat(TileId.x(19078479)).isEqualTo(3423);
    assertThat(TileId.y(19078479)).isEqualTo(1763);
  }

  @Test
  void coversAZoomOnceAndEachStepGoesToANeighbour() {
    int zoom = 6;
    int side = 1 << zoom;
    long[][] at = new long[side * side][];
    Set<Long> ids = new HashSet<>();
    for (int x = 0; x < side; x++) {
      for (int y = 0; y < side; y++) {
        long id = TileId.of(zoom, x, y);
        assertThat(TileId.zoom(id)).isEqualTo(zoom);
        assertThat(TileId.x(id)).isEqualTo(x);
        assertThat(TileId.y(id)).isEqualTo(y);
        ids.add(id);
        at[(int) (id - TileId.first(zoom))] = new long[] {x, y};
      }
    }
    assertThat(ids).hasSize(side * side);
    for (int i = 1; i < at.length; i++) {
      long steps = Math.abs(at[i][0] - at[i - 1][0]) + Math.abs(at[i][1] - at[i - 1][1]);
      assertThat(steps).as("step %d", i).isEqualTo(1);
    }
  }

  @Test
  void knowsTheZoomOfTheFirstAndTheLastTileOfEach() {
    for (int zoom = 0; zoom <= TileId.MAX_ZOOM; zoom++) {
      assertThat(TileId.zoom(TileId.first(zoom))).isEqualTo(zoom);
      assertThat(TileId.zoom(TileId.first(zoom + 1) - 1)).isEqualTo(zoom);
    }
  }

  @Test
  void refusesATileOutsideItsZoom() {
    assertThatThrownBy(() -> TileId.of(3, 8, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no tile 3/8/0");
  }

  @Test
  void columnAndRowGiveTheIdentifierAgain() {
    for (long id = 0; id < 5000; id++) {
      assertThat(TileId.of(TileId.zoom(id), TileId.x(id), TileId.y(id))).isEqualTo(id);
    }
    long deep = TileId.of(26, 51_234_567, 9_876_543);
    assertThat(TileId.x(deep)).isEqualTo(51_234_567);
    assertThat(TileId.y(deep)).isEqualTo(9_876_543);
  }
}
