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

  /** To this ν losses are tabled in fine steps, to the last in steps of one. */
  private static final double FINE_NU = 24 + CLEAR_NU;

  private static final double LAST_NU = 1024 + CLEAR_NU;
  private static final int STEPS = 32;
  private static final double[] FINE = table(1.0 / STEPS, FINE_NU);
  private static final double[] COARSE = table(1, LAST_NU);

  private Bullington() {}

  /** Loss over a knife edge, dB, from its parameter ν: 0 up to −0.78 (P.526, equation 31). */
  public static double knifeEdgeDb(double nu) {
    return nu <= CLEAR_NU ? 0 : edgeAboveDb(nu);
  }

  /** By ν: loss of the edge and ten times its share, then its share; for {@link #lossDb}. */
  private static double[] table(double step, double last) {
    double[] table = new double[2 * (int) Math.rint((last - CLEAR_NU) / step) + 4];
    for (int i = 0; i < table.length; i += 2) {
      double edge = edgeAboveDb(CLEAR_NU + 0.5 * i * step);
      table[i] = edge + 10 * share(edge);
      table[i + 1] = share(edge);
    }
    return table;
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
   * Loss of a path, dB: that of its Bullington edge, L, and what the edge leaves out, (1 −
   * exp(−L/6)) (10 + 0.02 d). From a table, within 0.002 dB.
   *
   * @param nu ν of the path
   * @param distanceKm length d of the path, over 0
   */
  public static double lossDb(double nu, double distanceKm) {
    if (nu <= CLEAR_NU) {
      return 0;
    }
    double more = 0.02 * distanceKm;
    double over = nu - CLEAR_NU;
    if (nu < FINE_NU) {
      return between(FINE, STEPS * over, more);
    }
    if (nu < LAST_NU) {
      return between(COARSE, over, more);
    }
    double edge = edgeAboveDb(nu);
    return edge + share(edge) * (10 + more);
  }

  private static double between(double[] table, double at, double more) {
    int i = (int) at;
    double part = at - i;
    i *= 2;
    double near = table[i] + more * table[i + 1];
    double far = table[i + 2] + more * table[i + 3];
    return near + part * (far - near);
  }
}
