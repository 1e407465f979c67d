package org.inclusionmaps.affordability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LorenzPointsTest {
  @Test
  void addsUpTheSharesOfFifths() {
    var points = LorenzPoints.ofShares(.05, .10, .15, .25, .45);
    assertThat(points.size()).isEqualTo(4);
    assertThat(points.p(1)).isEqualTo(.4);
    assertThat(points.l(1)).isCloseTo(.15, within(1e-15));
    assertThat(points.l(3)).isCloseTo(.55, within(1e-15));
  }

  @Test
  void dividesSharesThatWereRoundedByTheirSum() {
    var points = LorenzPoints.ofShares(.05, .10, .15, .25, .452);
    assertThat(points.l(0)).isCloseTo(.05 / 1.002, within(1e-15));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LorenzPoints.ofShares(.05, .10, .15, .25, .46))
        .withMessageContaining("sum of 1.01");
  }

  @Test
  void leavesOutTheEnds() {
    var points = LorenzPoints.of(new double[] {0, .5, 1}, new double[] {0, .2, 1});
    assertThat(points.size()).isEqualTo(1);
    assertThat(points.p(0)).isEqualTo(.5);
    assertThat(points.l(0)).isEqualTo(.2);
  }

  @Test
  void takesEqualSharesForEqual() {
    var points = LorenzPoints.ofShares(.2, .2, .2, .2, .2);
    for (int i = 0; i < 4; i++) {
      assertThat(points.l(i))
          .isCloseTo(points.p(i), within(1e-15))
          .isLessThanOrEqualTo(points.p(i));
    }
  }

  @Test
  void refusesPointsOfNoLorenzCurve() {
    refuses(new double[] {.5}, new double[] {.6});
    refuses(new double[] {.5, .4}, new double[] {.1, .2});
    refuses(new double[] {.4, .5}, new double[] {.2, .1});
    refuses(new double[] {.5}, new double[] {Double.NaN});
    refuses(new double[] {.5}, new double[] {-.1});
    refuses(new double[] {.5}, new double[] {.1, .2});
    refuses(new double[] {0, .5}, new double[] {.1, .2});
    refuses(new double[] {.5, 1}, new double[] {.1, .9});
    refuses(new double[] {0, 1}, new double[] {0, 1});
    refuses(new double[] {}, new double[] {});
  }

  @Test
  void refusesSharesThatFall() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LorenzPoints.ofShares(.45, .25, .15, .10, .05))
        .withMessageContaining("from the poorest part to the richest");
    assertThatIllegalArgumentException().isThrownBy(() -> LorenzPoints.ofShares(1));
    assertThatIllegalArgumentException().isThrownBy(() -> LorenzPoints.ofShares(-.1, 1.1));
  }

  private static void refuses(double[] p, double[] l) {
    assertThatIllegalArgumentException().isThrownBy(() -> LorenzPoints.of(p, l));
  }
}
