package org.inclusionmaps.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The model on areas drawn from it, so that what it finds can be held against what was drawn. */
class ShareModelTest {
  private static final int OFFERED = 8;
  private static final double EFFECT = .08;

  /** Areas whose share rises with covariates 2 and 5, and with nothing else. */
  private static final class Country {
    final double[][] covariates;
    final double[] served;
    final double[] shares;
    final double[] sizes;

    Country(int areas, int asked, Random random) {
      covariates = new double[areas][OFFERED];
      served = new double[areas];
      shares = new double[areas];
      sizes = new double[areas];
      for (int i = 0; i < areas; i++) {
        for (int j = 0; j < OFFERED; j++) {
          covariates[i][j] = 10 * j + random.nextGaussian();
        }
        double z =
            .7
                + .15 * (covariates[i][2] - 20)
                - .1 * (covariates[i][5] - 50)
                + EFFECT * random.nextGaussian();
        served[i] = ArcsineRoot.inverse(z);
        sizes[i] = asked;
        int yes = 0;
        for (int k = 0; k < asked; k++) {
          yes += random.nextDouble() < served[i] ? 1 : 0;
        }
        shares[i] = yes / (double) asked;
      }
    }

    ShareModel fit(int areas) {
      return ShareModel.fit(
          Arrays.copyOf(shares, areas),
          Arrays.copyOf(sizes, areas),
          Arrays.copyOf(covariates, areas));
    }
  }

  @Test
  void choosesTheCovariatesThatTellAndFindsTheirEffects() {
    Country country = new Country(400, 60, new Random(1));
    ShareModel model = country.fit(400);
    assertThat(model.chosen()).contains(2, 5).startsWith(2);
    assertThat(model.chosen().length).isLessThanOrEqualTo(5);
    assertThat(model.fit().beta()[1]).isCloseTo(.15, within(.02));
    assertThat(Math.sqrt(model.fit().modelVariance())).isCloseTo(EFFECT, within(.02));
  }

  @Test
  void coversAreasThatItHasNotSeenAsOftenAsItSays() {
    Random random = new Random(2);
    int covered = 0;
    int asked = 0;
    for (int run = 0; run < 400; run++) {
      Country country = new Country(80, 30, random);
      ShareModel model = country.fit(60);
      for (int i = 60; i < 80; i++) {
        FayHerriot.Prediction of = model.fit().predict(model.row(country.covariates[i]));
        double beta = of.mse() - model.fit().modelVariance();
        double error = 1.6449 * Math.sqrt(beta + model.unseenVariance());
        asked++;
        covered +=
            country.served[i] >= ArcsineRoot.inverse(of.estimate() - error)
                    && country.served[i] <= ArcsineRoot.inverse(of.estimate() + error)
                ? 1
                : 0;
      }
    }
    assertThat(covered / (double) asked).isBetween(.87, .93);
  }

  @Test
  void takesFewCovariatesForFewAreasAndNoneForTooFew() {
    Country country = new Country(18, 200, new Random(3));
    assertThat(country.fit(18).chosen().length).isLessThanOrEqualTo(3);
    assertThat(country.fit(4).chosen()).isEmpty();
  }

  @Test
  void countsWhatIsMissingAsTheMeanAndWhatIsBeyondAsTheEndOfTheRange() {
    Country country = new Country(100, 60, new Random(4));
    ShareModel model = country.fit(100);
    double[] mean = new double[OFFERED];
    double[] beyond = new double[OFFERED];
    double[] end = new double[OFFERED];
    double[] missing = new double[OFFERED];
    Arrays.fill(missing, Double.NaN);
    for (int j = 0; j < OFFERED; j++) {
      int of = j;
      mean[j] = Arrays.stream(country.covariates).mapToDouble(row -> row[of]).average().orElse(0);
      end[j] = Arrays.stream(country.covariates).mapToDouble(row -> row[of]).max().orElse(0);
      beyond[j] = end[j] + 1000;
    }
    double[] ofMean = model.row(mean);
    assertThat(model.row(missing)).hasSize(ofMean.length).startsWith(1, 0);
    for (int j = 1; j < ofMean.length; j++) {
      assertThat(ofMean[j]).isCloseTo(0, within(1e-12));
    }
    assertThat(model.row(beyond)).isEqualTo(model.row(end));
  }

  @Test
  void givesACoveredAreaTheEstimateOfFayAndHerriot() {
    Country country = new Country(50, 40, new Random(5));
    ShareModel model = country.fit(50);
    for (int i = 0; i < 50; i++) {
      double[] row = model.row(country.covariates[i]);
      double fixed = model.fit().predict(row).estimate();
      assertThat(fixed + model.effect(i)).isCloseTo(model.fit().estimate(i), within(1e-12));
      double rest = 1 - model.fit().shrinkage(i);
      double beta = Arrays.stream(model.fit().coefficientErrors(row)).map(e -> e * e).sum();
      assertThat(Math.pow(model.effectError(i), 2) + rest * rest * beta)
          .isCloseTo(model.fit().mse(i), within(1e-12));
    }
  }

  @Test
  void doesWithoutACovariateThatIsTheSameEverywhereOrAnotherTwice() {
    Country country = new Country(60, 40, new Random(6));
    for (double[] row : country.covariates) {
      row[0] = 3;
      row[3] = row[2] * 2 - 7;
      row[4] = Double.NaN;
    }
    ShareModel model = country.fit(60);
    assertThat(model.chosen()).doesNotContain(0, 4);
    assertThat(Arrays.stream(model.chosen()).filter(j -> j == 2 || j == 3)).hasSize(1);
  }

  @Test
  void refusesFewerThanThreeAreas() {
    assertThatThrownBy(() -> new Country(2, 10, new Random(7)).fit(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 3");
  }
}
