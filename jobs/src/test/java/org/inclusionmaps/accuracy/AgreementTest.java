package org.inclusionmaps.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AgreementTest {
  @Test
  void aSmallExampleByHand() {
    double[] estimates = {1, 2, 3, 4};
    double[] outcomes = {2, 2, 1, 7};
    Agreement agreement = Agreement.of(estimates, outcomes);
    assertThat(agreement.bias()).isEqualTo(-0.5, within(1e-12)); // (-1 + 0 + 2 - 3) / 4
    assertThat(agreement.mae()).isEqualTo(1.5, within(1e-12));
    assertThat(agreement.rmse()).isEqualTo(Math.sqrt(3.5), within(1e-12));
    // Deviations: xx = 5, yy = 22, xy = 7.
    assertThat(agreement.pearsonR2()).isEqualTo(49.0 / 110, within(1e-12));
    // Ranks 1 2 3 4 and 2.5 2.5 1 4: xx = 5, yy = 4.5, xy = -0.75 + 2.25.
    assertThat(agreement.spearman()).isEqualTo(1.5 / Math.sqrt(22.5), within(1e-12));
  }

  @Test
  void ranksDoNotMindACurve() {
    double[] estimates = IntStream.range(0, 50).mapToDouble(i -> i).toArray();
    double[] outcomes = IntStream.range(0, 50).mapToDouble(i -> Math.exp(i / 5.0)).toArray();
    Agreement agreement = Agreement.of(estimates, outcomes);
    assertThat(agreement.spearman()).isEqualTo(1, within(1e-12));
    assertThat(agreement.pearsonR2()).isLessThan(0.7);
  }

  @Test
  void calibrationHasTenPartsOfEqualNumbers() {
    double[] estimates = IntStream.range(0, 25).mapToDouble(i -> 24 - i).toArray();
    Agreement agreement = Agreement.of(estimates, estimates);
    assertThat(agreement.calibration()).hasSize(10);
    assertThat(agreement.calibration().get(0)).isEqualTo(new Agreement.Part(2, 0.5, 0.5));
    assertThat(agreement.calibration().get(9)).isEqualTo(new Agreement.Part(3, 23, 23));
  }

  @Test
  void withoutDifferencesThereIsNoCorrelation() {
    Agreement agreement = Agreement.of(new double[] {1, 1}, new double[] {3, 4});
    assertThat(agreement.spearman()).isNaN();
    assertThat(agreement.calibration()).hasSize(2);
    assertThatThrownBy(() -> Agreement.of(new double[0], new double[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
