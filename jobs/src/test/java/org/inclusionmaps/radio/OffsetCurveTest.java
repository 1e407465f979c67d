package org.inclusionmaps.radio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Against the probability itself, Φ of the signal over the threshold by its spread. */
class OffsetCurveTest {
  private static double probability(double overDb) {
    return CoverageProbability.atLeast(overDb, 0, 8);
  }

  private static IntToDoubleFunction curve(double overDb) {
    return step -> probability(overDb + OffsetCurve.offsetDb(step));
  }

  @Test
  void isExactAtItsStepsAndWithinTwoThousandthsBetweenThem() {
    assertThat(OffsetCurve.offsetDb(0)).isEqualTo(-32);
    assertThat(OffsetCurve.offsetDb(OffsetCurve.SIZE - 1)).isEqualTo(12);
    for (double over = -30; over <= 30; over += 3.7) {
      for (int step = 0; step < OffsetCurve.SIZE; step++) {
        double offset = OffsetCurve.offsetDb(step);
        assertThat(OffsetCurve.at(curve(over), offset)).isEqualTo(probability(over + offset));
      }
      double before = 0;
      for (double offset = -32; offset <= 12; offset += 0.3) {
        double at = OffsetCurve.at(curve(over), offset);
        assertThat(at).isCloseTo(probability(over + offset), within(2e-3));
        assertThat(at).isGreaterThanOrEqualTo(before);
        before = at;
      }
    }
  }

  @Test
  void refusesOffsetsThatItDoesNotReach() {
    assertThatThrownBy(() -> OffsetCurve.at(curve(0), 12.1))
        .hasMessage("an offset is from -32.0 to 12.0 dB, not 12.1");
    assertThatThrownBy(() -> OffsetCurve.at(curve(0), Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
