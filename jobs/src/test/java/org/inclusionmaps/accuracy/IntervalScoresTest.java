package org.inclusionmaps.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Five estimates of three tries, small enough to score by hand. */
class IntervalScoresTest {
  private static final List<Told> CASES =
      List.of(
          new Told(1, 50, 48, 53, 52), // error -2, held, width 5; stretch 2/3
          new Told(1, 40, 38, 42, 43), // error -3, above, width 4; stretch 3/2
          new Told(2, 10, 6, 12, 5), //   error  5, below, width 6; stretch 5/4
          new Told(2, 20, 18, 21, 20), // error  0, held, width 3; stretch 0
          new Told(3, 30, 28, 32, 28)); // error 2, held at its end, width 4; stretch 1

  private final IntervalScores scores = IntervalScores.of(CASES);

  @Test
  void biasIsTheMeanErrorAndRmseTheRootOfTheMeanSquare() {
    assertThat(scores.cases()).isEqualTo(5);
    assertThat(scores.clusters()).isEqualTo(3);
    assertThat(scores.bias()).isEqualTo(0.4, within(1e-12)); // (-2 - 3 + 5 + 0 + 2) / 5
    assertThat(scores.rmse()).isEqualTo(Math.sqrt(8.4), within(1e-12)); // (4 + 9 + 25 + 0 + 4) / 5
    assertThat(scores.width()).isEqualTo(4.4, within(1e-12));
  }

  @Test
  void threeOfFiveIntervalsHoldTheTruth() {
    assertThat(scores.heldPct()).isEqualTo(60, within(1e-12));
    assertThat(scores.belowPct()).isEqualTo(20, within(1e-12));
    assertThat(scores.abovePct()).isEqualTo(20, within(1e-12));
  }

  @Test
  void standardErrorsTakeATryAsOneCase() {
    // Held of each try less 0.6 of its cases: 1 - 1.2, 1 - 1.2, 1 - 0.6; squares sum to 0.24.
    assertThat(scores.heldErrorPct())
        .isEqualTo(100 * Math.sqrt(1.5 * 0.24) / 5, within(1e-9)); // 12
    // Errors of each try less 0.4 of its cases: -5.8, 4.2, 1.6; squares sum to 53.84.
    assertThat(scores.biasError()).isEqualTo(Math.sqrt(1.5 * 53.84) / 5, within(1e-12));
  }

  @Test
  void stretchIsWhatMakesNineOfTenHold() {
    assertThat(scores.stretch()).isEqualTo(1.5); // nine tenths of five is more than four
  }

  @Test
  void oneTryTellsNoStandardError() {
    IntervalScores one = IntervalScores.of(CASES.subList(0, 2));
    assertThat(one.heldErrorPct()).isNaN();
    assertThat(one.bias()).isEqualTo(-2.5);
  }

  @Test
  void anIntervalWithoutWidthHoldsNothingButItsEstimate() {
    assertThat(IntervalScores.of(List.of(new Told(1, 5, 5, 5, 5))).stretch()).isZero();
    assertThat(IntervalScores.of(List.of(new Told(1, 5, 5, 5, 6))).stretch()).isInfinite();
  }

  @Test
  void figuresAreInTheOrderOfTheirNames() {
    assertThat(IntervalScores.names()).startsWith("cases", "clusters", "bias", "bias_error");
    assertThat(scores.figures()).hasSameSizeAs(IntervalScores.names());
  }

  @Test
  void anEstimateOutsideItsIntervalIsRefused() {
    assertThatThrownBy(() -> new Told(1, 5, 6, 7, 6)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IntervalScores.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
