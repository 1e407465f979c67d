package org.inclusionmaps.radio;

/**
 * How far the samples of one radial stand into the paths from its mast to a receiver at each of
 * them, as an obstruction in the sense of {@link Bullington}.
 *
 * <p>Heights are given as z = h − x²/(2a): height above the sea less the fall of an Earth of radius
 * a at distance x. The bulge of the Earth under a path of length d is x(d − x)/(2a); so heights
 * over the straight line between the antennas are the same in z for each d, and all maxima of the
 * construction can be taken over samples that are stored once. The mast's horizon is a running
 * maximum. The receiver's horizon is a tangent to the upper convex hull of the samples before it.
 * In line of sight the sample that counts need not be on the hull, but each edge of the hull bounds
 * those under it. A further sample costs amortised constant time; the result is that of looking at
 * every sample of every path, to the rounding of the last digits. For one thread.
 */
final class Obstructions {
  /** Samples before the receiver that are looked at one by one. */
  private static final int NEAR = 8;

  /** Samples that are looked at or passed over together. */
  private static final int BLOCK = 16;

  /** Obstructions up to this one are not told apart: it is below 0. */
  private double clear;

  /** 1/x in 1/m by sample, and the same backwards: element {@code last − i} is that of i. */
  private final double[] inverse;

  private final double[] backward;
  private final double[] x;
  private double[] z = {};

  /** Samples of the upper hull, from the mast outward. */
  private final int[] hull;

  /** Slope from the vertex of the hull before to each of its vertices. */
  private final double[] slopes;

  private int top;

  /** Where on the hull the tangent from the last receiver touched. */
  private int touch;

  /** The next sample. */
  private int n;

  private double antennaZ;
  private double horizon;

  /**
   * For radials of some samples.
   *
   * @param stepM distance between samples, over 0
   * @param samples most samples of a radial beyond the mast's own, at least 1
   */
  Obstructions(double stepM, int samples) {
    inverse = new double[samples + 1];
    backward = new double[samples + 1];
    x = new double[samples + 1];
    hull = new int[samples + 1];
    slopes = new double[samples + 1];
    for (int i = 0; i <= samples; i++) {
      x[i] = i * stepM;
      inverse[i] = 1 / x[i];
      backward[samples - i] = inverse[i];
    }
  }

  /**
   * The obstructions of the paths of one radial to receivers at some of its samples, in √m; {@code
   * clear} where one is less.
   *
   * @param z the samples' z in m, the mast's ground first
   * @param antennaM height of the mast's antenna above its ground, m
   * @param handsetM height of receivers above the ground, m
   * @param clear the obstruction, below 0, up to which no path loses anything
   * @param samples where the receivers are, ascending, at least 1
   * @param from the first of them that is asked for
   * @param to the first after it that is not
   * @param into takes the result for {@code samples[j]} at j
   */
  void along(
      double[] z,
      double antennaM,
      double handsetM,
      double clear,
      int[] samples,
      int from,
      int to,
      double[] into) {
    this.z = z;
    this.clear = clear;
    antennaZ = z[0] + antennaM;
    horizon = Double.NEGATIVE_INFINITY;
    touch = 0;
    top = -1;
    double[] inverse = this.inverse;
    int[] hull = this.hull;
    double[] slopes = this.slopes;
    double antenna = antennaZ;
    double highest = horizon;
    int k = -1;
    int n = 1;
    for (int j = from; j < to; j++) {
      int at = samples[j];
      for (; n < at; n++) {
        double next = z[n];
        highest = Math.max(highest, (next - antenna) * inverse[n]);
        double slope = Double.POSITIVE_INFINITY;
        while (k >= 0) {
          int b = hull[k];
          slope = (next - z[b]) * inverse[n - b];
          if (slope < slopes[k]) {
            break;
          }
          k--;
        }
        k++;
        hull[k] = n;
        slopes[k] = slope;
      }
      top = k;
      horizon = highest;
      into[j] = at(n, z[n] + handsetM);
    }
  }

  private double at(int n, double receiverZ) {
    if (top < 0) {
      return clear;
    }
    this.n = n;
    double slope = (receiverZ - antennaZ) * inverse[n];
    double meet = x[n] * (slope + receiverHorizon(receiverZ)) * (horizon - slope);
    if (horizon >= slope) {
      return Math.sqrt(meet);
    }
    return meet >= clear * clear ? clear : -Math.sqrt(approach2(slope));
  }

  /**
   * Greatest slope up from the receiver back to a sample: the tangent to the hull, looked for from
   * where the last one touched.
   */
  private double receiverHorizon(double receiverZ) {
    int k = Math.min(touch, top);
    double best = slopeBack(k, receiverZ);
    for (; k < top; k++) {
      double slope = slopeBack(k + 1, receiverZ);
      if (slope <= best) {
        break;
      }
      best = slope;
    }
    for (; k > 0; k--) {
      double slope = slopeBack(k - 1, receiverZ);
      if (slope < best) {
        break;
      }
      best = slope;
    }
    touch = k;
    return best;
  }

  private double slopeBack(int k, double receiverZ) {
    int i = hull[k];
    return (z[i] - receiverZ) * inverse[n - i];
  }

  /**
   * In line of sight: the least square of clearance × √(d / (x (d − x))) of any sample, or that of
   * {@code clear} if it is less. It is looked for from the receiver back to the mast.
   */
  private double approach2(double slope) {
    int end = Math.max(1, n - NEAR);
    double best = scan(end, n, slope, clear * clear);
    double middle = 0.5 * n;
    int k = top;
    while (end > 1) {
      while (k > 0 && hull[k - 1] >= end) {
        k--;
      }
      // Samples before the end lie under the hull, which is a line from its vertex k − 1 to k.
      int b = hull[k];
      double clearance = antennaZ + slope * x[end] - z[b] - slopes[k] * (x[end] - x[b]);
      int from;
      if (slopes[k] >= slope) {
        // The hull falls away from the line of sight from here to the mast.
        if (clearance * clearance * weight(1, end, middle) >= best) {
          return best;
        }
        from = Math.max(1, end - BLOCK);
      } else {
        do {
          from = hull[--k];
        } while (k > 0 && end - from < BLOCK && slopes[k] < slope);
        clearance = antennaZ + slope * x[from] - z[from];
      }
      if (clearance * clearance * weight(from, end, middle) < best) {
        best = scan(from, end, slope, best);
      }
      end = from;
    }
    return best;
  }

  /** The least d / (x (d − x)) between two samples. */
  private double weight(int from, int to, double middle) {
    int i = to <= middle ? to : from;
    return i == from && from < middle ? 4 * inverse[n] : inverse[i] + inverse[n - i];
  }

  /** The least over all samples from one on, before another. */
  private double scan(int from, int to, double slope, double least) {
    int shift = backward.length - 1 - n;
    double best = least;
    for (int i = from; i < to; i++) {
      double over = antennaZ + slope * x[i] - z[i];
      double near = over * over * (inverse[i] + backward[shift + i]);
      best = near < best ? near : best;
    }
    return best;
  }
}
