package org.inclusionmaps.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.inclusionmaps.grid.DegreeOfUrbanisation.Degree;
import org.inclusionmaps.grid.DegreeOfUrbanisation.Square;
import org.junit.jupiter.api.Test;

class DegreeOfUrbanisationTest {
  private final Map<Long, Square> squares = new HashMap<>();

  /** Puts persons on rows and columns from the first to before the second. */
  private void put(double persons, int row1, int row2, int column1, int column2) {
    for (int row = row1; row < row2; row++) {
      for (int column = column1; column < column2; column++) {
        squares.put(EqualAreaGrid.square(column, row), new Square(persons, 1));
      }
    }
  }

  private long count(Degree degree) {
    return DegreeOfUrbanisation.classify(squares).values().stream().filter(degree::equals).count();
  }

  private double persons(Degree degree) {
    Map<Long, Degree> degrees = DegreeOfUrbanisation.classify(squares);
    return squares.entrySet().stream()
        .filter(square -> degrees.get(square.getKey()) == degree)
        .mapToDouble(square -> square.getValue().persons())
        .sum();
  }

  private void knownTown() {
    put(20, 0, 12, 0, 12);
    put(1600, 2, 8, 2, 8);
    put(0, 4, 5, 4, 5);
    put(100, 2, 3, 2, 3);
    put(400, 2, 8, 8, 9);
    put(700, 10, 11, 1, 5);
    put(1800, 0, 2, 9, 12);
  }

  @Test
  void aTownOfKnownDegreesIsClassifiedSquareBySquare() {
    knownTown();
    assertThat(count(Degree.URBAN_CENTRE)).isEqualTo(35);
    assertThat(persons(Degree.URBAN_CENTRE)).isEqualTo(54_400);
    assertThat(count(Degree.URBAN_CLUSTER)).isEqualTo(12);
    assertThat(persons(Degree.URBAN_CLUSTER)).isEqualTo(13_200);
    assertThat(persons(Degree.RURAL)).isEqualTo(4740);
  }

  @Test
  void aHoleInACentreIsFilledThoughNobodyIsListedThere() {
    knownTown();
    squares.remove(EqualAreaGrid.square(4, 4));
    assertThat(count(Degree.URBAN_CENTRE)).isEqualTo(34);
    assertThat(persons(Degree.URBAN_CENTRE)).isEqualTo(54_400);
  }

  @Test
  void aWideHoleIsFilledUnderFifteenSquares() {
    // Holes with their corners cut: no square in them has a majority of neighbours in the centre.
    put(3000, 0, 9, 0, 9);
    put(0, 2, 6, 3, 5);
    put(0, 3, 5, 2, 6);
    assertThat(count(Degree.URBAN_CENTRE)).as("a hole of 12").isEqualTo(81);
    put(0, 2, 7, 3, 6);
    put(0, 3, 6, 2, 7);
    assertThat(count(Degree.URBAN_CENTRE)).as("a hole of 21").isEqualTo(60);
  }

  @Test
  void fiftyThousandMakeACentreAndFiveThousandACluster() {
    put(25_000, 0, 1, 0, 2);
    assertThat(count(Degree.URBAN_CENTRE)).isEqualTo(2);
    put(24_999, 0, 1, 0, 1);
    assertThat(count(Degree.URBAN_CENTRE)).isZero();
    assertThat(count(Degree.URBAN_CLUSTER)).isEqualTo(2);
    squares.clear();
    put(4999, 0, 1, 0, 1);
    assertThat(count(Degree.RURAL)).isEqualTo(1);
  }

  @Test
  void centresTouchAlongSidesAndClustersAtCornersToo() {
    put(30_000, 0, 1, 0, 1);
    put(30_000, 1, 2, 1, 2);
    assertThat(count(Degree.URBAN_CENTRE)).isZero();
    assertThat(count(Degree.URBAN_CLUSTER)).isEqualTo(2);
  }

  @Test
  void densityIsOverLand() {
    squares.put(EqualAreaGrid.square(0, 0), new Square(200, 0.5));
    squares.put(EqualAreaGrid.square(1, 0), new Square(4900, 1));
    assertThat(count(Degree.URBAN_CLUSTER)).isEqualTo(2);
    squares.put(EqualAreaGrid.square(0, 0), new Square(200, 1));
    assertThat(count(Degree.RURAL)).isEqualTo(2);
  }

  @Test
  void aSquareWithoutLandIsRefused() {
    assertThatThrownBy(() -> new Square(5, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("5.0 persons on 0.0 km²");
  }
}
