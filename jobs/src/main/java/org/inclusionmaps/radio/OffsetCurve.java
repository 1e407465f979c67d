package org.inclusionmaps.radio;

import java.util.function.IntToDoubleFunction;

/**
 * The probability of service outdoors by an offset that is added to all signals, so that coverage
 * can be calibrated without a second look at any cell. Service that needs so many decibels more is
 * service outdoors at an offset that much lower, so one curve tells all levels.
 *
 * <p>Between its steps the curve is taken as straight. With a spread of 8 dB and one receiver that
 * is off by at most 0.002.
 *
 * <p>A national offset's error is taken as 3 dB. One of more than four times that would make up for
 * cells that are not in the list, and is no calibration.
 */
public final class OffsetCurve {
  /** Least offset of a calibration, dB. */
  public static final double LEAST_DB = -12;

  /** Most offset of a calibration, dB. */
  public static final double MOST_DB = 12;

  /** Step between offsets, dB. */
  public static final double STEP_DB = 2;

  /** The level of service that needs most is so far above service outdoors, dB. */
  private static final double HIGHEST_LEVEL_DB = 20;

  private static final double FIRST_DB = LEAST_DB - HIGHEST_LEVEL_DB;

  /** Number of offsets. */
  public static final int SIZE = (int) Math.round((MOST_DB - FIRST_DB) / STEP_DB) + 1;

  private OffsetCurve() {}

  /** An offset of the curve, dB. */
  public static double offsetDb(int step) {
    return FIRST_DB + step * STEP_DB;
  }

  /**
   * The step at or under an offset, from 0 to two less than the number of steps.
   *
   * @throws IllegalArgumentException if the curve does not reach the offset
   */
  public static int step(double offsetDb) {
    if (!(offsetDb >= FIRST_DB && offsetDb <= MOST_DB)) {
      throw new IllegalArgumentException(
          "an offset is from %s to %s dB, not %s".formatted(FIRST_DB, MOST_DB, offsetDb));
    }
    return Math.min(SIZE - 2, (int) Math.floor((offsetDb - FIRST_DB) / STEP_DB));
  }

  /** How far an offset is from its step towards the next one, 0 to 1. */
  public static double beyond(double offsetDb) {
    return (offsetDb - offsetDb(step(offsetDb))) / STEP_DB;
  }

  /** The probability at an offset. */
  public static double at(IntToDoubleFunction curve, double offsetDb) {
    int step = step(offsetDb);
    double beyond = beyond(offsetDb);
    return beyond == 0
        ? curve.applyAsDouble(step)
        : (1 - beyond) * curve.applyAsDouble(step) + beyond * curve.applyAsDouble(step + 1);
  }
}
