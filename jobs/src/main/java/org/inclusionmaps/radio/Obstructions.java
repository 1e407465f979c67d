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
 * In line of sight the sample that counts need not be on the hull, but it is one under a single
 * edge of it. A further sample costs amortised constant time; the result is that of looking at
 * every sample of every path, to the rounding of the last digits. For one thread.
 */
final class Obstructions {
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

  /** The edge of the hull that was nearest to the last line of sight, by its outer vertex. */
  private int nearest;

  /** Slope from the mast's antenna to the receiver's. */
  private double line;

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
    nearest = 1;
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
    line = slope;
    double meet = x[n] * (slope + receiverHorizon(receiverZ)) * (horizon - slope);
    if (horizon >= slope) {
      return Math.sqrt(meet);
    }
    return meet >= clear * clear ? clear : -Math.sqrt(approach2(receiverZ));
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
   * In line of sight: the least f(x) = clearance² × d / (x (d − x)) of any sample, or that of
   * {@code clear} if it is less.
   *
   * <p>Of a straight line with clearance α at the mast and γ at the receiver, f is least at x* = α
   * d / (α + γ), and grows to both sides. All samples lie under the line of each edge of the hull,
   * so where x* of the edge before a vertex is beyond it, and that of the edge after it is before
   * it, no sample has a lesser f than the vertex. Otherwise there is one edge with its x* inside,
   * and only samples under it can have a lesser f than its ends. It is looked for from where the
   * last one was.
   */
  private double approach2(double receiverZ) {
    double d = x[n];
    double limit = clear * clear;
    int k = Math.max(1, Math.min(nearest, top));
    int came = 0;
    while (k >= 1 && k <= top) {
      int b = hull[k];
      int a = hull[k - 1];
      double alpha = antennaZ - z[b] + slopes[k] * x[b];
      double gamma = receiverZ - z[b] - slopes[k] * (d - x[b]);
      if (gamma <= 0 || (alpha > 0 && alpha * d >= x[b] * (alpha + gamma))) {
        if (came < 0) {
          break;
        }
        came = 1;
        k++;
      } else if (alpha <= 0 || alpha * d <= x[a] * (alpha + gamma)) {
        k--;
        if (came > 0) {
          break;
        }
        came = -1;
      } else {
        nearest = k;
        double best = Math.min(limit, Math.min(approach2OfSample(a), approach2OfSample(b)));
        return 4 * alpha * gamma * inverse[n] < best ? scan(a, b, alpha, gamma, best) : best;
      }
    }
    nearest = k;
    return Math.min(limit, approach2OfSample(hull[Math.min(k, top)]));
  }

  private double approach2OfSample(int i) {
    double over = antennaZ + line * x[i] - z[i];
    return over * over * (inverse[i] + inverse[n - i]);
  }

  /**
   * The same over samples between two, under a line with clearance α at the mast and γ at the
   * receiver: only where the line itself is near enough.
   */
  private double scan(int a, int b, double alpha, double gamma, double least) {
    double d = x[n];
    double beta = (gamma - alpha) * inverse[n];
    double square = beta * beta * d + least;
    double half = (0.5 * least - alpha * beta) * d;
    double root = Math.sqrt(Math.max(0, half * half - square * alpha * alpha * d));
    double scale = 1 / (square * x[1]);
    int from = Math.max(a + 1, (int) ((half - root) * scale));
    int to = Math.min(b, (int) ((half + root) * scale) + 2);
    double best = least;
    int shift = backward.length - 1 - n;
    for (int i = from; i < to; i++) {
      double over = antennaZ + line * x[i] - z[i];
      double near = over * over * (inverse[i] + backward[shift + i]);
      best = near < best ? near : best;
    }
    return best;
  }
}
