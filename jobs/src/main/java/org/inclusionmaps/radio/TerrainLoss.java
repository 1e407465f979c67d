package org.inclusionmaps.radio;

/**
 * What terrain costs beyond a smooth Earth, for antennas of one height and one frequency: the
 * empirical models contain the smooth Earth, so only the excess is added to them.
 */
public final class TerrainLoss {
  private final double scale;
  private final double stepM;

  /** Loss over a smooth Earth, dB, by sample. */
  private final double[] smoothDb;

  /**
   * A table for paths of whole steps.
   *
   * @param stepM distance of samples, over 0 m
   * @param reachKm length of the longest path, over 0
   */
  public TerrainLoss(
      double frequencyMhz, double antennaM, double handsetM, double stepM, double reachKm) {
    this.stepM = stepM;
    scale = Bullington.scale(frequencyMhz);
    double[] smooth = RadialSweep.falls(stepM, reachKm);
    int last = smooth.length - 1;
    int[] all = new int[last];
    for (int i = 0; i <= last; i++) {
      smooth[i] = -smooth[i];
      if (i < last) {
        all[i] = i + 1;
      }
    }
    double[] obstructions = new double[last];
    double clear = Bullington.clear(frequencyMhz);
    new Obstructions(stepM, last)
        .along(smooth, antennaM, handsetM, clear, all, 0, last, obstructions);
    smoothDb = new double[last + 1];
    for (int n = 1; n <= last; n++) {
      smoothDb[n] = lossDb(n, obstructions[n - 1]);
    }
  }

  /**
   * Excess of a path's loss over that of a smooth Earth, at least 0 dB.
   *
   * @param sample the path's length in steps
   * @param obstruction what stands in it, in √m as {@link Bullington} takes it
   */
  public double excessDb(int sample, double obstruction) {
    double excess = lossDb(sample, obstruction) - smoothDb[sample];
    return excess > 0 ? excess : 0;
  }

  private double lossDb(int sample, double obstruction) {
    return Bullington.lossDb(scale * obstruction, sample * stepM / 1000);
  }
}
