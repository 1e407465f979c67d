package org.inclusionmaps.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Expected values are lengths on a line whose pixel k reaches from k - 1/2 to k + 1/2. */
class AxisWeightsTest {
  private static double[] weights(AxisWeights weights) {
    double[] all = new double[weights.size()];
    for (int k = 0; k < all.length; k++) {
      all[k] = weights.weight(k);
    }
    return all;
  }

  @Test
  void aPointOnACentreIsThatPixelAlone() {
    AxisWeights at = AxisWeights.linear(7.0000001);
    assertThat(at.first()).isEqualTo(7);
    assertThat(weights(at)).containsExactly(1);
  }

  @Test
  void aPointBetweenCentresIsSharedByTheirNearness() {
    AxisWeights at = AxisWeights.linear(-0.25);
    assertThat(at.first()).isEqualTo(-1);
    assertThat(weights(at)).containsExactly(0.25, 0.75);
  }

  @Test
  void aCellOfThreeWholePixelsIsTheirMean() {
    AxisWeights at = AxisWeights.mean(4, 3);
    assertThat(at.first()).isEqualTo(3);
    assertThat(weights(at))
        .containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-12));
  }

  @Test
  void aPixelCountsByItsPartOfTheCell() {
    // From 2.5 to 5.5 in halves: pixel 3 whole, 4 whole, 5 whole; shifted by a half: two are
    // halved.
    AxisWeights at = AxisWeights.mean(4.5, 3);
    assertThat(at.first()).isEqualTo(3);
    assertThat(weights(at))
        .containsExactly(new double[] {0.5 / 3, 1 / 3.0, 1 / 3.0, 0.5 / 3}, within(1e-12));
  }

  @Test
  void placesThatDifferInTheirLastDigitsHaveTheSameWeights() {
    for (double at = -3; at < 3; at += 0.1) {
      assertThat(weights(AxisWeights.linear(at + 1e-9)))
          .containsExactly(weights(AxisWeights.linear(at)));
      assertThat(weights(AxisWeights.mean(at + 1e-9, 3)))
          .containsExactly(weights(AxisWeights.mean(at, 3)));
    }
  }

  @Test
  void weightsAddUpToOne() {
    for (double width = 0.3; width < 40; width *= 1.17) {
      for (double at = -3; at < 3; at += 0.13) {
        double sum = 0;
        for (double weight : weights(AxisWeights.mean(at, width))) {
          assertThat(weight).isNotNegative();
          sum += weight;
        }
        assertThat(sum).isCloseTo(1, within(1e-12));
      }
    }
  }
}
