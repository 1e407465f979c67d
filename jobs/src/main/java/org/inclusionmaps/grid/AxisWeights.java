package org.inclusionmaps.grid;

/**
 * The pixels along one axis of a raster that make the value at a point, and their weights, which
 * add up to 1. Pixel k has its centre at k.
 */
public final class AxisWeights {
  /**
   * Places are taken to this part of a pixel: so files that were cut from one, whose places differ
   * in their last digits, have the same weights.
   */
  private static final double PARTS = 1024;

  private final int first;
  private final double[] weights;

  private AxisWeights(int first, double... weights) {
    this.first = first;
    this.weights = weights;
  }

  /** The first of the pixels. */
  public int first() {
    return first;
  }

  /** How many pixels there are. */
  public int size() {
    return weights.length;
  }

  /** The weight of the first pixel (0) or one behind it. */
  public double weight(int k) {
    return weights[k];
  }

  private static double snapped(double at) {
    return Math.rint(at * PARTS) / PARTS;
  }

  /** Linear interpolation between the two nearest centres; one pixel where the point is on it. */
  public static AxisWeights linear(double at) {
    double place = snapped(at);
    int before = (int) Math.floor(place);
    double share = place - before;
    return share == 0 ? new AxisWeights(before, 1) : new AxisWeights(before, 1 - share, share);
  }

  /**
   * The mean over an interval in which each pixel counts by its part of it.
   *
   * @param at middle of the interval
   * @param width of the interval in pixels, at least 0.01
   */
  public static AxisWeights mean(double at, double width) {
    double low = snapped(at - width / 2);
    double high = snapped(at + width / 2);
    int first = (int) Math.floor(low + 0.5);
    int last = (int) Math.ceil(high - 0.5);
    double[] weights = new double[last - first + 1];
    for (int k = 0; k < weights.length; k++) {
      int pixel = first + k;
      weights[k] = (Math.min(high, pixel + 0.5) - Math.max(low, pixel - 0.5)) / (high - low);
    }
    return new AxisWeights(first, weights);
  }
}
