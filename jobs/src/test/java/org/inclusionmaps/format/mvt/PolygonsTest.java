package org.inclusionmaps.format.mvt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Known answers: Mapbox Vector Tile Specification 2.1, sections 4.3.5.5 and 4.3.5.6. */
class PolygonsTest {
  @Test
  void encodesThePolygonOfTheSpecification() {
    int[] ring = {3, 6, 8, 12, 20, 34};
    assertThat(Polygons.commands(List.of(List.of(ring))))
        .containsExactly(9, 6, 12, 18, 10, 12, 24, 44, 15);
  }

  @Test
  void encodesTheMultipolygonWithAHoleOfTheSpecification() {
    int[] first = {0, 0, 10, 0, 10, 10, 0, 10};
    int[] second = {11, 11, 20, 11, 20, 20, 11, 20};
    int[] hole = {13, 13, 13, 17, 17, 17, 17, 13};
    assertThat(Polygons.commands(List.of(List.of(first), List.of(second, hole))))
        .containsExactly(
            9, 0, 0, 26, 20, 0, 0, 20, 19, 0, 15, 9, 22, 2, 26, 18, 0, 0, 18, 17, 0, 15, 9, 4, 13,
            26, 0, 8, 8, 0, 0, 7, 15);
  }

  @Test
  void leavesOutRepeatedPointsAndTheClosingPoint() {
    int[] ring = {3, 6, 3, 6, 8, 12, 20, 34, 20, 34, 3, 6};
    assertThat(Polygons.commands(List.of(List.of(ring))))
        .containsExactly(9, 6, 12, 18, 10, 12, 24, 44, 15);
  }

  @Test
  void leavesOutAFlatRingAndItsHoles() {
    int[] flat = {0, 0, 5, 0, 9, 0};
    int[] hole = {13, 13, 13, 17, 17, 17, 17, 13};
    assertThat(Polygons.commands(List.of(List.of(flat, hole)))).isEmpty();
  }

  @Test
  void turnsRingsThatGoTheWrongWay() {
    int[] outer = {0, 0, 0, 10, 10, 10, 10, 0};
    int[] hole = {2, 2, 6, 2, 6, 6, 2, 6};
    int[] turnedOuter = {10, 0, 10, 10, 0, 10, 0, 0};
    int[] turnedHole = {2, 6, 6, 6, 6, 2, 2, 2};
    assertThat(Polygons.commands(List.of(List.of(outer, hole))))
        .containsExactly(Polygons.commands(List.of(List.of(turnedOuter, turnedHole))));
  }

  @Test
  void leavesOutAFlatHoleButNotItsPolygonNorTheHolesAfterIt() {
    int[] outer = {0, 0, 10, 0, 10, 10, 0, 10};
    int[] flat = {3, 3, 3, 3, 3, 3};
    int[] hole = {2, 2, 2, 6, 6, 6};
    assertThat(Polygons.commands(List.of(List.of(outer, flat, hole))))
        .containsExactly(Polygons.commands(List.of(List.of(outer, hole))));
  }

  @Test
  void anOuterRingHasAPositiveAreaWhereYIsDownwards() {
    assertThat(Polygons.twiceArea(new int[] {0, 0, 10, 0, 10, 10, 0, 10})).isEqualTo(200);
    assertThat(Polygons.twiceArea(new int[] {0, 0, 0, 10, 10, 10, 10, 0})).isEqualTo(-200);
  }
}
