package org.inclusionmaps.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Source of truth: cases that are solved by hand, and simulation from known homes. */
class FootprintSharingTest {
  private static final int[] EACH = {0, 1, 2};

  /** Two cells: at place 0 the first is heard .9 of the time, at place 1 .2. */
  private static FootprintSharing overlapping() {
    return new FootprintSharing(
        new int[] {0, 2, 4}, new int[] {0, 1, 0, 1}, new double[] {.9, .2, .1, .8}, 2);
  }

  /** 300 and 100 persons make counts of .9·300 + .2·100 = 290 and 110: the only homes that do. */
  @Test
  void findsTheHomesThatMakeTheCounts() {
    FootprintSharing sharing = overlapping();
    double[] counts = {290, 110};
    sharing.fit(counts, new double[] {1, 1}, 1e-12, 100_000);
    double[][] areas = sharing.areas(counts, new double[] {1, 1}, EACH, 2);
    assertThat(areas[0][0]).isCloseTo(300, within(1e-6));
    assertThat(areas[0][1]).isCloseTo(100, within(1e-6));
  }

  /** One cell over two places tells nothing of them: 3 to 1 as the prior has them. */
  @Test
  void keepsThePriorsRatiosWhereFootprintsTellNothing() {
    FootprintSharing sharing =
        new FootprintSharing(new int[] {0, 2}, new int[] {0, 1}, new double[] {1, 1}, 2);
    sharing.fit(new double[] {80}, new double[] {30, 10}, 1e-9, 100);
    double[][] areas = sharing.areas(new double[] {80}, new double[] {16}, EACH, 2);
    assertThat(areas[0]).containsExactly(60, 20);
    assertThat(areas[1][0]).isCloseTo(.75 * .75 * 16, within(1e-12));
    double[][] together = sharing.areas(new double[] {80}, new double[] {16}, new int[2], 1);
    assertThat(together[1][0]).as("the whole of a cell has its variance").isEqualTo(16);
    assertThat(sharing.rounds()).isEqualTo(2);
  }

  @Test
  void conservesPersonsCountsBelowZeroToo() {
    FootprintSharing sharing = overlapping();
    double[] counts = {-7, 110};
    sharing.fit(counts, new double[] {5, 5}, 1e-3, 100);
    double[][] areas = sharing.areas(counts, new double[] {1, 1}, EACH, 2);
    assertThat(areas[0][0] + areas[0][1]).isCloseTo(103, within(1e-9));
  }

  @Test
  void personsOfACellWhereNobodyLivesHaveNoHome() {
    FootprintSharing sharing = overlapping();
    sharing.fit(new double[] {10, 10}, new double[] {0, 0}, 1e-3, 100);
    assertThat(sharing.placed(0)).isZero();
    sharing.fit(new double[] {10, 10}, new double[] {0, 3}, 1e-3, 100);
    assertThat(sharing.placed(0)).isEqualTo(1);
  }

  /**
   * 40 places on a line and 20 cells that are heard three places wide; a quarter of the persons
   * live where the prior has them not. Over 300 draws of noise the mean is the estimate without
   * noise, and the variance is what is told.
   */
  @Test
  void noiseGoesThroughWithoutBiasAndWithTheVarianceTold() {
    int cells = 20;
    int[] first = new int[cells + 1];
    int[] place = new int[cells * 4];
    double[] probability = new double[cells * 4];
    for (int j = 0; j < cells; j++) {
      first[j + 1] = 4 * (j + 1);
      for (int k = 0; k < 4; k++) {
        place[4 * j + k] = (2 * j + k) % (2 * cells);
        probability[4 * j + k] = k == 0 || k == 3 ? .3 : .7;
      }
    }
    FootprintSharing sharing = new FootprintSharing(first, place, probability, 2 * cells);
    double[] homes = new double[2 * cells];
    double[] prior = new double[2 * cells];
    int[] area = new int[2 * cells];
    for (int p = 0; p < homes.length; p++) {
      homes[p] = 100 + 7 * (p % 9);
      prior[p] = p % 2 == 0 ? homes[p] * 1.25 : homes[p] * .75;
      area[p] = p / 10;
    }
    double[] counts = new double[cells];
    for (int i = 0; i < place.length; i++) {
      counts[i / 4] += probability[i] * homes[place[i]];
    }
    double[] variance = new double[cells];
    java.util.Arrays.fill(variance, 100);
    sharing.fit(counts, prior, 1e-6, 1000);
    double[][] exact = sharing.areas(counts, variance, area, 4);
    for (int a = 0; a < 4; a++) {
      double truth = 0;
      for (int p = 10 * a; p < 10 * a + 10; p++) {
        truth += homes[p];
      }
      assertThat(exact[0][a]).as("area " + a).isCloseTo(truth, within(.03 * truth));
    }
    Random random = new Random(5);
    double mean = 0;
    double square = 0;
    int draws = 300;
    for (int d = 0; d < draws; d++) {
      double[] noisy = counts.clone();
      for (int j = 0; j < cells; j++) {
        noisy[j] += 10 * random.nextGaussian();
      }
      double off = sharing.areas(noisy, variance, area, 4)[0][1] - exact[0][1];
      mean += off / draws;
      square += off * off / draws;
    }
    double told = exact[1][1];
    assertThat(Math.abs(mean)).isLessThan(4 * Math.sqrt(told / draws));
    assertThat(square / told)
        .isBetween(1 - 4 * Math.sqrt(2.0 / draws), 1 + 4 * Math.sqrt(2.0 / draws));
  }

  /** 300 persons at .9 and 100 at .2: the count of the first cell has 300·.09 + 100·.16 = 43. */
  @Test
  void whichCellAPersonIsAtVariesAsTheMultinomial() {
    FootprintSharing sharing = overlapping();
    double[] counts = {290, 110};
    sharing.fit(counts, new double[] {1, 1}, 1e-12, 100_000);
    Random random = new Random(6);
    int draws = 4000;
    double square = 0;
    for (int d = 0; d < draws; d++) {
      double[] off = sharing.chance(counts, entry -> random.nextGaussian());
      assertThat(off[0] + off[1]).isCloseTo(0, within(1e-9));
      square += off[0] * off[0] / draws;
    }
    assertThat(square).isBetween(43 * (1 - .1), 43 * (1 + .1));
  }

  @Test
  void tellsTheSharesOfEachCellByArea() {
    FootprintSharing sharing = overlapping();
    sharing.fit(new double[] {290, 110}, new double[] {1, 1}, 1e-12, 100_000);
    double[] shares = new double[4];
    sharing.shares(EACH, 2, (cell, area, share) -> shares[2 * cell + area] = share);
    assertThat(shares[0]).isCloseTo(270 / 290.0, within(1e-6));
    assertThat(shares[1]).isCloseTo(20 / 290.0, within(1e-6));
    assertThat(shares[2]).isCloseTo(30 / 110.0, within(1e-6));
    assertThat(shares[3]).isCloseTo(80 / 110.0, within(1e-6));
  }

  @Test
  void aProbabilityThatIsNoneIsRefused() {
    assertThatThrownBy(
            () -> new FootprintSharing(new int[] {0, 1}, new int[] {0}, new double[] {0}, 1))
        .hasMessageContaining("a probability is 0.0 but must be above 0 to 1");
    assertThatThrownBy(
            () -> new FootprintSharing(new int[] {0, 2}, new int[] {0}, new double[] {1}, 1))
        .hasMessageContaining("1 places and 1 probabilities");
  }
}
