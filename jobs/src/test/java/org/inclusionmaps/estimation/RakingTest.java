package org.inclusionmaps.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.inclusionmaps.estimation.Raking.Margin;
import org.junit.jupiter.api.Test;

class RakingTest {
  /** Rows and columns of a table that is written row by row. */
  private static List<Margin> rowsAndColumns(double[] rows, double[] columns) {
    int[] row = new int[rows.length * columns.length];
    int[] column = new int[row.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = i / columns.length;
      column[i] = i % columns.length;
    }
    return List.of(new Margin(row, rows), new Margin(column, columns));
  }

  @Test
  void isTheTableThatOtherSoftwareGives() {
    // The example of Wikipedia's article on iterative proportional fitting, by other software.
    double[] seed = {40, 30, 20, 10, 35, 50, 100, 75, 30, 80, 70, 120, 20, 30, 40, 50};
    var margins =
        rowsAndColumns(new double[] {150, 300, 400, 150}, new double[] {200, 300, 400, 100});
    double[] cells = Raking.fit(seed, margins);
    assertThat(Arrays.copyOf(cells, 4))
        .containsExactly(
            new double[] {64.55850978, 46.23245971, 35.38429826, 3.82473225}, within(1e-6));
    assertThat(Arrays.copyOfRange(cells, 12, 16))
        .containsExactly(
            new double[] {28.75162720, 41.17996065, 63.03467388, 17.03373826}, within(1e-6));
  }

  @Test
  void isTheProductOfTheMarginsForAFlatSeedOfThreeMargins() {
    // Independence: n (a/n) (b/n) (c/n).
    double[] seed = new double[8];
    Arrays.fill(seed, 3);
    int[][] of = new int[3][8];
    for (int i = 0; i < 8; i++) {
      of[0][i] = i / 4;
      of[1][i] = i / 2 % 2;
      of[2][i] = i % 2;
    }
    double[] cells =
        Raking.fit(
            seed,
            List.of(
                new Margin(of[0], new double[] {60, 40}),
                new Margin(of[1], new double[] {20, 80}),
                new Margin(of[2], new double[] {50, 50})));
    assertThat(cells).containsExactly(new double[] {6, 6, 24, 24, 4, 4, 16, 16}, within(1e-12));
  }

  @Test
  void namesTheMarginThatItsSeedCannotMeet() {
    var margins = rowsAndColumns(new double[] {15, 5}, new double[] {12, 8});
    assertThatExceptionOfType(InfeasibleException.class)
        .isThrownBy(() -> Raking.fit(new double[] {0, 10, 10, 0}, margins))
        .withMessageContaining("is reached: no scaling of the seed meets all margins")
        .satisfies(
            e -> {
              assertThat(e.margin()).isEqualTo(0);
              assertThat(e.wanted()).isNotCloseTo(e.reached(), within(1.0));
            });
  }

  @Test
  void namesTheTotalThatHasNoCells() {
    var margins = rowsAndColumns(new double[] {15, 5}, new double[] {12, 8});
    assertThatExceptionOfType(InfeasibleException.class)
        .isThrownBy(() -> Raking.fit(new double[] {1, 0, 1, 0}, margins))
        .withMessage("total 1 of margin 1 is 8.0 but none of its cells is above 0");
  }

  @Test
  void saysThatMarginsDiffer() {
    var margins = rowsAndColumns(new double[] {15, 5}, new double[] {12, 9});
    assertThatExceptionOfType(InfeasibleException.class)
        .isThrownBy(() -> Raking.fit(new double[] {1, 1, 1, 1}, margins))
        .withMessage("margin 1 sums to 21.0 but margin 0 to 20.0")
        .satisfies(e -> assertThat(e.index()).isEqualTo(-1));
  }

  @Test
  void takesTotalsOfZero() {
    var margins = rowsAndColumns(new double[] {20, 0}, new double[] {12, 8});
    assertThat(Raking.fit(new double[] {1, 1, 5, 7}, margins))
        .containsExactly(new double[] {12, 8, 0, 0}, within(1e-12));
    var nobody = rowsAndColumns(new double[] {0, 0}, new double[] {0, 0});
    assertThat(Raking.fit(new double[] {1, 1, 5, 7}, nobody)).containsExactly(0, 0, 0, 0);
    assertThat(Raking.fit(new double[] {0, 0, 0, 0}, nobody)).containsExactly(0, 0, 0, 0);
  }

  @Test
  void leavesWhatAlreadyFits() {
    double[] seed = {1, 2, 3, 4};
    assertThat(Raking.fit(seed, rowsAndColumns(new double[] {3, 7}, new double[] {4, 6})))
        .containsExactly(seed);
    assertThat(Raking.fit(seed, List.of())).containsExactly(seed).isNotSameAs(seed);
  }

  @Test
  void keepsTheOddsRatiosOfTheSeedAndMeetsTheTotals() {
    // SPREE: Purcell and Kish (1980).
    var random = new Random(1);
    for (int round = 0; round < 100; round++) {
      int rows = 2 + random.nextInt(4);
      int columns = 2 + random.nextInt(4);
      double[] cells = new double[rows * columns];
      double[] row = new double[rows];
      double[] column = new double[columns];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = 1 + random.nextInt(100);
        double other = 1 + random.nextInt(1000);
        row[i / columns] += other;
        column[i % columns] += other;
      }
      double[] fitted = Raking.fit(cells, rowsAndColumns(row, column));
      for (int i = 0; i < cells.length; i++) {
        row[i / columns] -= fitted[i];
        column[i % columns] -= fitted[i];
        assertThat(oddsRatio(fitted, i, columns) / oddsRatio(cells, i, columns))
            .isCloseTo(1, within(1e-9));
      }
      assertThat(row).containsOnly(new double[] {0}, within(1e-4));
      assertThat(column).containsOnly(new double[] {0}, within(1e-4));
    }
  }

  private static double oddsRatio(double[] cells, int i, int columns) {
    return cells[i] * cells[0] / (cells[i / columns * columns] * cells[i % columns]);
  }

  @Test
  void refusesWhatIsNoTable() {
    int[] one = {0, 0};
    assertThatIllegalArgumentException().isThrownBy(() -> new Margin(one, new double[] {}));
    assertThatIllegalArgumentException().isThrownBy(() -> new Margin(one, new double[] {-1}));
    var margins = List.of(new Margin(one, new double[] {3}));
    assertThatThrownBy(() -> Raking.fit(new double[] {1, Double.NaN}, margins))
        .isExactlyInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Raking.fit(new double[] {1}, margins))
        .isExactlyInstanceOf(IllegalArgumentException.class);
  }
}
