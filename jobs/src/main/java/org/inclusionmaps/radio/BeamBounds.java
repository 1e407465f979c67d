package org.inclusionmaps.radio;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** The most that beams can give near an angle, from tables: no trigonometry, no exponential. */
final class BeamBounds {
  /** The bound is this much higher than it is computed, so that rounding drops no cell. */
  static final double SLACK_DB = 1e-9;

  private static final int STEPS_A_DEGREE = 4;
  private static final int STEPS_A_QUARTER_TURN = 256;

  private final double backLossDb;
  private final Map<Double, double[]> down = new HashMap<>();
  private final Map<Double, double[]> across = new HashMap<>();

  BeamBounds(double backLossDb) {
    this.backLossDb = backLossDb;
  }

  /** The table of a spread for {@link #downDb}. */
  double[] down(double spreadDeg) {
    return down.computeIfAbsent(
        spreadDeg,
        spread -> table(180 * STEPS_A_DEGREE, spread, step -> (double) step / STEPS_A_DEGREE));
  }

  /** The table of a spread for {@link #acrossDb}. */
  double[] across(double spreadDeg) {
    return across.computeIfAbsent(
        spreadDeg, spread -> table(2 * STEPS_A_QUARTER_TURN, spread, BeamBounds::angleDeg));
  }

  /** Most gain at an angle of at least so many degrees, 0 to 180. */
  static double downDb(double[] table, double offDeg) {
    return table[(int) (offDeg * STEPS_A_DEGREE)];
  }

  /** Most gain in the direction of a point so far aside and ahead of the boresight. */
  static double acrossDb(double[] table, double aside, double ahead) {
    double side = Math.abs(aside);
    double along = Math.abs(ahead);
    // Along the diamond of the sum of both: rises with the angle, 1 at a right angle.
    double part = side / (side + along);
    return table[(int) ((ahead < 0 ? 2 - part : part) * STEPS_A_QUARTER_TURN)];
  }

  private static double angleDeg(int step) {
    double part = (double) step / STEPS_A_QUARTER_TURN;
    return Math.toDegrees(Math.atan2(part <= 1 ? part : 2 - part, 1 - part));
  }

  private double[] table(int last, double spreadDeg, IntToDoubleFunction angleDeg) {
    double exponent = NormalBeam.exponent(spreadDeg);
    double fallDb = NormalBeam.fallDb(spreadDeg, backLossDb);
    double[] most = new double[last + 1];
    for (int step = 0; step <= last; step++) {
      most[step] = SLACK_DB + NormalBeam.gainDb(angleDeg.applyAsDouble(step), exponent, fallDb);
    }
    return most;
  }
}
