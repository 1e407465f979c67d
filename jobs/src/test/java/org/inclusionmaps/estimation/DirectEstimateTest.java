package org.inclusionmaps.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.inclusionmaps.estimation.DirectEstimate.Respondent;
import org.junit.jupiter.api.Test;

class DirectEstimateTest {
  @Test
  void isTheTextbookVarianceForASimpleRandomSample() {
    var sample = new ArrayList<Respondent>();
    for (int i = 0; i < 100; i++) {
      sample.add(new Respondent("s", "unit" + i, 7, i < 30 ? 1 : 0, 1));
    }
    var estimate = DirectEstimate.of(sample);
    assertThat(estimate.ratio()).isCloseTo(.3, within(1e-12));
    assertThat(estimate.variance()).isCloseTo(.3 * .7 / 99, within(1e-12));
    assertThat(estimate.respondents()).isEqualTo(100);
  }

  @Test
  void addsTheStrataAndSumsWithinUnits() {
    // X = 8, Y = 4, R = 1/2. Stratum a: units +1/8 and -1/8, so 2/1 (2/64) = 1/16.
    // Stratum b: units (1/16 - 1/16 + 1/8) and -1/8, so again 1/16.
    var sample =
        List.of(
            new Respondent("a", "1", 1, 1, 1),
            new Respondent("a", "1", 1, 1, 1),
            new Respondent("a", "2", 2, 0, 1),
            new Respondent("b", "1", 1, 1, 1),
            new Respondent("b", "1", 1, 1, 1),
            new Respondent("b", "2", 2, 0, 1));
    var estimate = DirectEstimate.of(sample);
    assertThat(estimate.ratio()).isEqualTo(.5);
    assertThat(estimate.variance()).isCloseTo(1. / 16 + 1. / 16, within(1e-12));
  }

  @Test
  void countsTheUnitsOfAStratumThatHaveNobodyInTheDomain() {
    // u = 1/4 and -1/4; an empty third unit, u = 0, makes n/(n-1) 3/2 instead of 2.
    var two = List.of(new Respondent("s", "1", 1, 1, 1), new Respondent("s", "2", 1, 0, 1));
    var three = new ArrayList<>(two);
    three.add(new Respondent("s", "3", 1, 0, 0));
    assertThat(DirectEstimate.of(two).variance()).isCloseTo(2 * (2. / 16), within(1e-12));
    assertThat(DirectEstimate.of(three).variance()).isCloseTo(1.5 * (2. / 16), within(1e-12));
    assertThat(DirectEstimate.of(three).respondents()).isEqualTo(2);
  }

  @Test
  void takesTheDistanceFromTheMeanForALonelyUnit() {
    var sample = List.of(new Respondent("a", "1", 1, 1, 1), new Respondent("b", "1", 1, 0, 1));
    assertThat(DirectEstimate.of(sample).variance()).isCloseTo(2. / 16, within(1e-12));
  }

  @Test
  void doesNotDependOnTheOrderOfTheRows() {
    var random = new Random(3);
    var sample = new ArrayList<Respondent>();
    for (int i = 0; i < 500; i++) {
      sample.add(
          new Respondent(
              "s" + i % 7,
              "p" + i % 41,
              random.nextDouble() * 100,
              random.nextInt(2),
              random.nextDouble() < .9 ? 1 : 0.5));
    }
    var first = DirectEstimate.of(sample);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(sample, random);
      assertThat(DirectEstimate.of(sample)).isEqualTo(first);
    }
  }

  @Test
  void coversTheTruthAboutAsOftenAsItClaims() {
    // 300 samples of 40 clusters of 10, clusters differing: 95 % intervals by 1.96 standard errors.
    var random = new Random(4);
    int covered = 0;
    for (int draw = 0; draw < 300; draw++) {
      var sample = new ArrayList<Respondent>();
      for (int unit = 0; unit < 40; unit++) {
        double p = random.nextDouble() < .5 ? .2 : .6;
        for (int i = 0; i < 10; i++) {
          sample.add(new Respondent("s", "u" + unit, 1, random.nextDouble() < p ? 1 : 0, 1));
        }
      }
      var estimate = DirectEstimate.of(sample);
      covered += Math.abs(estimate.ratio() - .4) < 1.96 * Math.sqrt(estimate.variance()) ? 1 : 0;
    }
    assertThat(covered / 300.).isBetween(.91, .98);
  }

  @Test
  void refusesASampleWithNobodyInTheDomain() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DirectEstimate.of(List.of(new Respondent("s", "1", 1, 0, 0))));
  }
}
