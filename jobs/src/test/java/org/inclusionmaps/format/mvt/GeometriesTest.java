package org.inclusionmaps.format.mvt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.inclusionmaps.format.ByteSink;
import org.junit.jupiter.api.Test;

/** Known answers: Mapbox Vector Tile Specification 2.1, sections 4.3.5.5 and 4.3.5.6. */
class GeometriesTest {
  @Test
  void encodesThePolygonOfTheSpecification() {
    int[] ring = {3, 6, 8, 12, 20, 34};
    assertThat(commands(List.of(List.of(ring)))).containsExactly(9, 6, 12, 18, 10, 12, 24, 44, 15);
  }

  @Test
  void encodesTheMultipolygonWithAHoleOfTheSpecification() {
    int[] first = {0, 0, 10, 0, 10, 10, 0, 10};
    int[] second = {11, 11, 20, 11, 20, 20, 11, 20};
    int[] hole = {13, 13, 13, 17, 17, 17, 17, 13};
    assertThat(commands(List.of(List.of(first), List.of(second, hole))))
        .containsExactly(
            9, 0, 0, 26, 20, 0, 0, 20, 19, 0, 15, 9, 22, 2, 26, 18, 0, 0, 18, 17, 0, 15, 9, 4, 13,
            26, 0, 8, 8, 0, 0, 7, 15);
  }

  @Test
  void leavesOutRepeatedPointsAndTheClosingPoint() {
    int[] ring = {3, 6, 3, 6, 8, 12, 20, 34, 20, 34, 3, 6};
    assertThat(commands(List.of(List.of(ring)))).containsExactly(9, 6, 12, 18, 10, 12, 24, 44, 15);
  }

  @Test
  void leavesOutAFlatRingAndItsHoles() {
    int[] flat = {0, 0, 5, 0, 9, 0};
    int[] hole = {13, 13, 13, 17, 17, 17, 17, 13};
    assertThat(commands(List.of(List.of(flat, hole)))).isEmpty();
  }

  @Test
  void turnsRingsThatGoTheWrongWay() {
    int[] outer = {0, 0, 0, 10, 10, 10, 10, 0};
    int[] hole = {2, 2, 6, 2, 6, 6, 2, 6};
    int[] turnedOuter = {10, 0, 10, 10, 0, 10, 0, 0};
    int[] turnedHole = {2, 6, 6, 6, 6, 2, 2, 2};
    assertThat(commands(List.of(List.of(outer, hole))))
        .containsExactly(commands(List.of(List.of(turnedOuter, turnedHole))));
  }

  @Test
  void leavesOutAFlatHoleButNotItsPolygonNorTheHolesAfterIt() {
    int[] outer = {0, 0, 10, 0, 10, 10, 0, 10};
    int[] flat = {3, 3, 3, 3, 3, 3};
    int[] hole = {2, 2, 2, 6, 6, 6};
    assertThat(commands(List.of(List.of(outer, flat, hole))))
        .containsExactly(commands(List.of(List.of(outer, hole))));
  }

  @Test
  void anOuterRingHasAPositiveAreaWhereYIsDownwards() {
    assertThat(Geometries.twiceArea(new int[] {0, 0, 10, 0, 10, 10, 0, 10})).isEqualTo(200);
    assertThat(Geometries.twiceArea(new int[] {0, 0, 0, 10, 10, 10, 10, 0})).isEqualTo(-200);
  }

  @Test
  void encodesThePointOfTheSpecification() {
    ByteSink out = new ByteSink();
    Geometries.point(25, 17, out);
    assertThat(integers(out)).containsExactly(9, 50, 34);
  }

  @Test
  void aRingAloneIsWrittenAsThePolygonWithIt() {
    int[][] rings = {
      {3, 6, 8, 12, 20, 34},
      {0, 0, 0, 10, 10, 10, 10, 0},
      {3, 6, 3, 6, 8, 12, 20, 34, 20, 34, 3, 6},
      {0, 0, 5, 0, 9, 0},
      {-4, 4, 4, 4, 8, 8, 4, 12, -4, 12, -8, 8}
    };
    for (int[] ring : rings) {
      ByteSink out = new ByteSink();
      Geometries.convex(ring.clone(), ring.length / 2, out);
      assertThat(integers(out)).containsExactly(commands(List.of(List.of(ring))));
    }
  }

  private static int[] commands(List<List<int[]>> polygons) {
    ByteSink out = new ByteSink();
    Geometries.polygons(polygons, out);
    return integers(out);
  }

  private static int[] integers(ByteSink varints) {
    List<Integer> found = new ArrayList<>();
    int value = 0;
    int shift = 0;
    for (byte next : varints.toBytes()) {
      value |= (next & 0x7F) << shift;
      shift += 7;
      if (next >= 0) {
        found.add(value);
        value = 0;
        shift = 0;
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }
}
