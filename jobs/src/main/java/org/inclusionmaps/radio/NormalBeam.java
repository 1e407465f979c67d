package org.inclusionmaps.radio;

/**
 * Loss of a sector antenna away from its boresight as mobloc and multimno have it: a normal density
 * turned over, nothing at the boresight and the back loss behind it, alike in both planes.
 *
 * <p>Source: M. Tennekes and Y. Gootzen, A Bayesian approach to location estimation of mobile
 * devices from mobile network operator data, J. Spatial Information Science 25 (2022); R package
 * mobloc (commit 0cc4c25), signal_strength.R; eurostat/multimno 0.9.0 (commit 17e495a),
 * CellFootprintEstimation. They find the spread of the density by a search in steps. It is kept:
 * for a beam of 9 degrees it gives 8.46 where the exact spread is 9.80, up to 3 dB in the gain.
 */
public final class NormalBeam {
  private static final double HALF_POWER_DB = 3;

  /** The spreads searched: 0.18 to 179.82 degrees. */
  private static final double SPREAD_STEP_DEG = 0.18;

  private static final int SPREADS = 999;

  /** The angles searched: 720 from 0 to 180 degrees. */
  private static final int LAST_ANGLE = 719;

  private static final double ANGLE_STEP_DEG = 180.0 / LAST_ANGLE;

  private final double backLossDb;
  private final double[] halfPowerDeg = new double[SPREADS];

  /** Beams with a loss behind them of 3 dB or more. */
  public NormalBeam(double backLossDb) {
    if (!(backLossDb >= HALF_POWER_DB)) {
      throw new IllegalArgumentException("the loss behind is at least 3 dB, not " + backLossDb);
    }
    this.backLossDb = backLossDb;
    for (int i = 0; i < SPREADS; i++) {
      halfPowerDeg[i] = halfPowerDeg(spreadDeg(i));
    }
  }

  /**
   * Spread of the density of a beam, degrees.
   *
   * @param beamwidthDeg width at half power, over 0 to 360: half of it counts as the nearest whole
   *     degree from 1, and of two as near as the smaller. Over about 114 degrees beams are alike.
   */
  public double spreadDeg(double beamwidthDeg) {
    double half = Math.max(1, Math.ceil(beamwidthDeg / 2 - 0.5));
    int best = 0;
    for (int i = 1; i < SPREADS; i++) {
      if (Math.abs(halfPowerDeg[i] - half) < Math.abs(halfPowerDeg[best] - half)) {
        best = i;
      }
    }
    return spreadDeg(best);
  }

  /**
   * Gain relative to boresight, dB, from minus the back loss to 0.
   *
   * @param offDeg angle from the boresight, −180 to 180 degrees
   * @param spreadDeg of {@link #spreadDeg(double)}
   */
  public double gainDb(double offDeg, double spreadDeg) {
    return gainDb(offDeg, exponent(spreadDeg), fallDb(spreadDeg, backLossDb));
  }

  /** The same from what {@link #exponent} and {@link #fallDb} give. */
  static double gainDb(double offDeg, double exponent, double fallDb) {
    return fallDb * (Math.exp(exponent * offDeg * offDeg) - 1);
  }

  /** What an angle's square is multiplied by in the exponent of the density. */
  static double exponent(double spreadDeg) {
    return -0.5 / (spreadDeg * spreadDeg);
  }

  /** Loss in dB where the density has fallen to nothing: a little more than the back loss. */
  static double fallDb(double spreadDeg, double backLossDb) {
    return backLossDb / (1 - Math.exp(exponent(spreadDeg) * 180 * 180));
  }

  private static double spreadDeg(int i) {
    return SPREAD_STEP_DEG * (i + 1);
  }

  /** Of the angles searched the one whose gain is nearest to −3 dB. */
  private double halfPowerDeg(double spread) {
    double share = HALF_POWER_DB / fallDb(spread, backLossDb);
    double exact = Math.min(180, Math.sqrt(Math.log(1 - share) / exponent(spread)));
    int below = Math.min((int) (exact / ANGLE_STEP_DEG), LAST_ANGLE - 1);
    double under = Math.abs(-HALF_POWER_DB - gainDb(below * ANGLE_STEP_DEG, spread));
    double over = Math.abs(-HALF_POWER_DB - gainDb((below + 1) * ANGLE_STEP_DEG, spread));
    return (under <= over ? below : below + 1) * ANGLE_STEP_DEG;
  }
}
