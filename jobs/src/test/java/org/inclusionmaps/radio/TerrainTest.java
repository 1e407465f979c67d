package org.inclusionmaps.radio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerrainTest {
  @ParameterizedTest
  @CsvSource({"0, 6.0329", "1, 13.9257", "2.4, 20.5393", "-0.78, 0", "-5, 0"})
  void knifeEdgeLosesWhatTheRecommendationSays(double nu, double db) {
    // ITU-R P.526, equation 31; figures of methods, section 5.
    assertThat(Bullington.knifeEdgeDb(nu)).isCloseTo(db, within(5e-5));
  }

  /** Heights at equal steps as z, the mast's ground first. */
  private static double[] z(double stepM, double earthM, double... heights) {
    double[] z = heights.clone();
    for (int i = 0; i < z.length; i++) {
      z[i] -= i * stepM * i * stepM / (2 * earthM);
    }
    return z;
  }

  @ParameterizedTest
  @CsvSource({"900, 29.80483533", "1800, 32.85642672"})
  void hillBetweenTwoAntennasLosesWhatTheConstructionSays(double mhz, double db) {
    // d 0, 2.5, 5, 7.5, 10 km; ground 0, 10, 60, 10, 0 m; antennas 30 and 1.5 m; effective radius
    // 8500 km, wave length .2998/f: methods, section 5.
    double[] into = new double[1];
    double[] z = z(2500, 8.5e6, 0, 10, 60, 10, 0);
    double clear = Bullington.clear(mhz);
    new Obstructions(2500, 4).along(z, 30, 1.5, clear, new int[] {4}, 0, 1, into);
    assertThat(Bullington.lossDb(Bullington.scale(mhz) * into[0], 10)).isCloseTo(db, within(2e-3));
    assertThat(EveryPoint.lossDb(Bullington.scale(mhz) * into[0], 10)).isCloseTo(db, within(1e-8));
  }

  @Test
  void tableOfLossesIsNearTheFormula() {
    for (double nu = -1; nu < 1100; nu += 0.0037 * (1 + Math.abs(nu))) {
      assertThat(Bullington.lossDb(nu, 20)).isCloseTo(EveryPoint.lossDb(nu, 20), within(2e-3));
    }
  }

  /** Rough, rolling, stepped or flat ground. */
  private static double[] ground(Random random, int kind, int samples) {
    double[] g = new double[samples + 1];
    double slope = 0;
    for (int i = 1; i <= samples; i++) {
      slope = 0.9 * slope + random.nextGaussian();
      g[i] =
          switch (kind) {
            case 0 -> g[i - 1] + 20 * random.nextGaussian();
            case 1 -> g[i - 1] + 3 * slope;
            case 2 -> 50 * random.nextInt(3);
            case 3 -> random.nextInt(100) == 0 ? 200 : 0;
            default -> 0;
          };
    }
    return g;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void sweepTellsWhatEachPointOfEachPathTells(int kind) {
    Random random = new Random(kind);
    for (int run = 0; run < 60; run++) {
      int samples = 2 + random.nextInt(350);
      double step = 30 + 170 * random.nextDouble();
      double antenna = 5 + 80 * random.nextDouble();
      double mhz = 700 + 3000 * random.nextDouble();
      double[] g = ground(random, kind, samples);
      int[] all = IntStream.rangeClosed(1, samples).toArray();
      double[] into = new double[samples];
      double clear = Bullington.clear(mhz);
      new Obstructions(step, samples)
          .along(z(step, EveryPoint.EARTH_M, g), antenna, 1.5, clear, all, 0, samples, into);
      for (int n = 1; n <= samples; n++) {
        double nu = Math.max(-0.78, EveryPoint.nu(g, n, step, antenna, 1.5, mhz));
        assertThat(Bullington.scale(mhz) * into[n - 1])
            .as("kind %d, run %d, sample %d of %d", kind, run, n, samples)
            .isCloseTo(nu, within(1e-6 * (1 + Math.abs(nu))));
      }
    }
  }

  /** The obstruction of the path over a whole profile, √m. */
  private static double obstruction(
      double[] g, double stepM, double antennaM, double handsetM, double clear, int[] samples) {
    double[] into = new double[samples.length];
    new Obstructions(stepM, g.length - 1)
        .along(
            z(stepM, EveryPoint.EARTH_M, g),
            antennaM,
            handsetM,
            clear,
            samples,
            0,
            samples.length,
            into);
    return into[samples.length - 1];
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void pathLosesTheSameInBothDirections(int kind) {
    // Reciprocity: ITU-R P.526, section 4.5.1, treats both ends of a path alike. There, the path
    // is one of many of a sweep; back, it is alone.
    Random random = new Random(10 + kind);
    int blocked = 0;
    int grazed = 0;
    for (int run = 0; run < 1000; run++) {
      int n = 2 + random.nextInt(run % 2 == 0 ? 20 : 350);
      double step = 30 + 170 * random.nextDouble();
      double here = 1.5 + 80 * random.nextDouble();
      double there = 1.5 + 80 * random.nextDouble();
      double mhz = 700 + 3000 * random.nextDouble();
      double clear = Bullington.clear(mhz);
      double[] g = ground(random, kind, n);
      double[] back = new double[n + 1];
      for (int i = 0; i <= n; i++) {
        back[i] = g[n - i];
      }
      int[] all = IntStream.rangeClosed(1, n).toArray();
      double thither = obstruction(g, step, here, there, clear, all);
      double hither = obstruction(back, step, there, here, clear, new int[] {n});
      double nu = Bullington.scale(mhz) * thither;
      assertThat(Bullington.scale(mhz) * hither)
          .as("kind %d, run %d", kind, run)
          .isCloseTo(nu, within(1e-9 * (1 + Math.abs(nu))));
      double km = n * step / 1000;
      double excess = new TerrainLoss(mhz, here, there, step, km).excessDb(n, thither);
      assertThat(new TerrainLoss(mhz, there, here, step, km).excessDb(n, hither))
          .as("kind %d, run %d", kind, run)
          .isCloseTo(excess, within(1e-8));
      blocked += nu > 0 ? 1 : 0;
      grazed += nu < 0 && thither > clear ? 1 : 0;
    }
    assertThat(blocked).isPositive();
    assertThat(grazed).isPositive();
  }
}
