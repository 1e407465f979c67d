package org.inclusionmaps.radio;

/**
 * Diffraction over terrain by the Bullington construction. Source: ITU-R P.526, section 4.5.1, and
 * P.1812, section 4.3.1.
 *
 * <p>How far terrain stands into a path is told without the wavelength, as an <em>obstruction</em>
 * in √m: height over the straight line between the antennas times √(d / (d₁ d₂)), all in m, at the
 * point that counts. The parameter ν of diffraction is √(2/λ) times it.
 */
public final class Bullington {
  /** Below this ν an edge costs nothing. */
  static final double CLEAR_NU = -0.78;

  private static final double LIGHT_M_MHZ = 299.8;

  /** Losses by ν, in steps, for {@link #lossDb}. */
  private static final int STEPS = 128;

  private static final double LAST_NU = 24;
  private static final double[] EDGE_DB = new double[(int) (STEPS * (LAST_NU - CLEAR_NU)) + 3];
  private static final double[] SHARE = new double[EDGE_DB.length];

  static {
    for (int i = 0; i < EDGE_DB.length; i++) {
      EDGE_DB[i] = edgeAboveDb(CLEAR_NU + (double) i / STEPS);
      SHARE[i] = share(EDGE_DB[i]);
    }
  }

  private Bullington() {}

  /** Loss over a knife edge, dB, from its parameter ν: 0 up to −0.78 (P.526, equation 31). */
  public static double knifeEdgeDb(double nu) {
    return nu <= CLEAR_NU ? 0 : edgeAboveDb(nu);
  }

  private static double edgeAboveDb(double nu) {
    double v = nu - 0.1;
    return 6.9 + 20 * Math.log10(Math.sqrt(v * v + 1) + v);
  }

  private static double share(double edgeDb) {
    return 1 - Math.exp(-edgeDb / 6);
  }

  /** √(2/λ) in 1/√m, for a frequency in MHz: what turns an obstruction into ν. */
  public static double scale(double frequencyMhz) {
    return Math.sqrt(2 * frequencyMhz / LIGHT_M_MHZ);
  }

  /** The obstruction up to which a frequency loses nothing, √m; it is below 0. */
  public static double clear(double frequencyMhz) {
    return CLEAR_NU / scale(frequencyMhz);
  }

  /**
   * Loss of a path, dB: that of its Bullington edge and the correction for what the edge leaves
   * out. Within 0.0005 dB of the formula.
   *
   * @param nu ν of the path
   * @param distanceKm length of the path, over 0
   */
  public static double lossDb(double nu, double distanceKm) {
    if (nu <= CLEAR_NU) {
      return 0;
    }
    double more = 10 + 0.02 * distanceKm;
    if (nu >= LAST_NU) {
      double edge = edgeAboveDb(nu);
      return edge + share(edge) * more;
    }
    double at = (nu - CLEAR_NU) * STEPS;
    int i = (int) at;
    double part = at - i;
    double edge = EDGE_DB[i] + part * (EDGE_DB[i + 1] - EDGE_DB[i]);
    return edge + (SHARE[i] + part * (SHARE[i + 1] - SHARE[i])) * more;
  }
}
