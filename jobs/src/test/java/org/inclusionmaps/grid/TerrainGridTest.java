package org.inclusionmaps.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Expected values are arithmetic on the definition: latitude 90 - r/n, longitude -180 + c/n. */
class TerrainGridTest {
  private static final TerrainGrid FINEST = new TerrainGrid(1200);

  @Test
  void laPazIsInTheTileOfItsNode() {
    // 16.5 south, 68.15 west: row (90 + 16.5) * 1200, column (180 - 68.15) * 1200.
    assertThat(FINEST.row(-16.5)).isEqualTo(127_800);
    assertThat(FINEST.column(-68.15)).isCloseTo(134_220, within(1e-6));
    assertThat(TerrainGrid.tile(127_800)).isEqualTo(998);
    assertThat(TerrainGrid.tile(134_220)).isEqualTo(1048);
    assertThat(TerrainGrid.position(127_800, 134_220)).isEqualTo(56 * 128 + 76);
  }

  @Test
  void nodesAndCoordinatesAreInverse() {
    TerrainGrid grid = new TerrainGrid(47);
    for (int row = 0; row < grid.rows(); row += 13) {
      assertThat(grid.row(grid.latitude(row))).isCloseTo(row, within(1e-9));
    }
    for (int column = 0; column < grid.columns(); column += 13) {
      assertThat(grid.column(grid.longitude(column))).isCloseTo(column, within(1e-9));
    }
    assertThat(grid.latitude(grid.rows() - 1)).isEqualTo(-90);
    assertThat(grid.longitude(grid.columns() - 1)).isLessThan(180);
  }

  @Test
  void longitudesGoRoundTheEarth() {
    assertThat(FINEST.column(180)).isZero();
    assertThat(FINEST.column(-180)).isZero();
    assertThat(FINEST.column(181)).isEqualTo(1200);
    assertThat(FINEST.column(-180.5)).isEqualTo(FINEST.columns() - 600);
    assertThat(FINEST.column(540)).isZero();
    assertThat(FINEST.column(Math.nextDown(-180.0))).isNotNegative().isLessThan(FINEST.columns());
    assertThat(FINEST.wrap(-1)).isEqualTo(FINEST.columns() - 1);
    assertThat(FINEST.wrap(FINEST.columns())).isZero();
  }

  @Test
  void tilesAreCountedFromTheNorthWest() {
    assertThat(TerrainGrid.tile(0)).isZero();
    assertThat(TerrainGrid.tile(127)).isZero();
    assertThat(TerrainGrid.tile(128)).isEqualTo(1);
    assertThat(TerrainGrid.position(129, 130)).isEqualTo(128 + 2);
  }
}
