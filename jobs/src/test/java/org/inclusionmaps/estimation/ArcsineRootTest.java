package org.inclusionmaps.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ArcsineRootTest {
  @Test
  void isTheScaleOfAngles() {
    assertThat(ArcsineRoot.transform(0)).isEqualTo(0);
    assertThat(ArcsineRoot.transform(.25)).isCloseTo(Math.PI / 6, within(1e-15));
    assertThat(ArcsineRoot.transform(.5)).isCloseTo(Math.PI / 4, within(1e-15));
    assertThat(ArcsineRoot.transform(1)).isCloseTo(Math.PI / 2, within(1e-15));
    for (double p = 0; p <= 1; p += 1 / 64.0) {
      assertThat(ArcsineRoot.inverse(ArcsineRoot.transform(p))).isCloseTo(p, within(1e-15));
      assertThat(ArcsineRoot.backTransform(ArcsineRoot.transform(p), 0))
          .isCloseTo(p, within(1e-15));
    }
  }

  @Test
  void keepsTheEndsOfAnIntervalOnTheScale() {
    assertThat(ArcsineRoot.inverse(-.2)).isEqualTo(0);
    assertThat(ArcsineRoot.inverse(1.7)).isEqualTo(1);
    assertThat(ArcsineRoot.inverse(Double.NEGATIVE_INFINITY)).isEqualTo(0);
  }

  @Test
  void isTheMeanOfTheShareAndNotTheShareOfTheMean() {
    // ½(1 − cos(1.2)e^(−.02)).
    assertThat(ArcsineRoot.backTransform(.6, .01)).isCloseTo(.32240870, within(5e-9));
    var random = new Random(3);
    double sum = 0;
    for (int i = 0; i < 1_000_000; i++) {
      double sine = Math.sin(.3 + .4 * random.nextGaussian());
      sum += sine * sine;
    }
    assertThat(ArcsineRoot.backTransform(.3, .16)).isCloseTo(sum / 1e6, within(1e-3));
    assertThat(ArcsineRoot.backTransform(.3, 1e9)).isEqualTo(.5);
  }

  @Test
  void theVarianceOfASampledShareDoesNotDependOnTheShare() {
    var random = new Random(4);
    for (double p : new double[] {.2, .5, .7}) {
      double sum = 0;
      double squares = 0;
      for (int round = 0; round < 20_000; round++) {
        int hits = 0;
        for (int i = 0; i < 100; i++) {
          hits += random.nextDouble() < p ? 1 : 0;
        }
        double z = ArcsineRoot.transform(hits / 100.0);
        sum += z / 20_000;
        squares += z * z / 20_000;
      }
      assertThat((squares - sum * sum) / ArcsineRoot.samplingVariance(100))
          .isCloseTo(1, within(.05));
    }
  }

  @Test
  void refusesWhatIsNoShare() {
    assertThatIllegalArgumentException().isThrownBy(() -> ArcsineRoot.transform(1.01));
    assertThatIllegalArgumentException().isThrownBy(() -> ArcsineRoot.transform(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> ArcsineRoot.samplingVariance(0));
    assertThatIllegalArgumentException().isThrownBy(() -> ArcsineRoot.inverse(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> ArcsineRoot.backTransform(.3, -1));
  }
}
