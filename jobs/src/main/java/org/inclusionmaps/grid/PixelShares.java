package org.inclusionmaps.grid;

import java.util.ArrayList;
import java.util.List;

/**
 * How much of a place's outline lies in each square pixel of the plane EPSG:6933. Edges are
 * straight in that plane. An outline across the antimeridian has a part at either end of the plane.
 *
 * <p>Pixels are counted from where the equator meets Greenwich, columns to the east and rows to the
 * south. Corners are rounded to a millionth (2⁻²⁰) of a pixel: neighbours share them exactly, and
 * the last bit of a sine moves no boundary.
 */
public final class PixelShares {
  private static final double STEPS = 1 << 20;

  /**
   * Some pixels.
   *
   * @param east first column that is not among them
   * @param south first row that is not among them
   */
  public record Box(int west, int north, int east, int south) {}

  /** Takes the pixels of an outline, one after another. */
  @FunctionalInterface
  public interface Receiver {
    /**
     * A pixel that holds some of the outline.
     *
     * @param before the share of the outline that lies in the pixels before this one, 0 to 1
     * @param after the same with this one; of the last pixel exactly 1
     */
    void share(int column, int row, double before, double after);
  }

  private final List<FlatRing> parts;
  private final double area;

  private PixelShares(List<FlatRing> parts) {
    this.parts = parts;
    double sum = 0;
    for (FlatRing part : parts) {
      sum += part.area();
    }
    if (!(sum > 0)) {
      throw new IllegalArgumentException("an outline without area: " + parts);
    }
    this.area = sum;
  }

  /**
   * The outline of a place.
   *
   * @param pixelM side of a pixel, m
   */
  public static PixelShares of(long place, double pixelM) {
    List<double[]> rings = Places.rings(place);
    for (double[] ring : rings) {
      for (int i = 0; i < ring.length; i += 2) {
        ring[i] = x(ring[i], pixelM);
        ring[i + 1] = y(ring[i + 1], pixelM);
      }
    }
    return of(rings);
  }

  /**
   * An outline of closed rings in pixels, each as x, y, x, y ….
   *
   * @throws IllegalArgumentException if it has no area
   */
  static PixelShares of(List<double[]> rings) {
    List<FlatRing> parts = new ArrayList<>(rings.size());
    rings.forEach(ring -> parts.add(new FlatRing(ring)));
    return new PixelShares(parts);
  }

  /** A longitude, in pixels east of Greenwich, rounded as corners are. */
  public static double x(double lon, double pixelM) {
    return Math.rint(EqualAreaGrid.eastM(lon) / pixelM * STEPS) / STEPS;
  }

  /** A latitude, in pixels south of the equator, rounded as corners are. */
  public static double y(double lat, double pixelM) {
    return Math.rint(-EqualAreaGrid.northM(lat) / pixelM * STEPS) / STEPS;
  }

  /** The pixels around each part of the outline: one part, or one at either end of the plane. */
  public List<Box> boxes() {
    return parts.stream().map(FlatRing::box).toList();
  }

  /**
   * Tells the pixels that lie in a window and hold some of the outline, part by part, by rows from
   * the north and columns from the west. A pixel is told the same numbers in every window, and
   * {@code before} is {@code after} of the pixel before it. So {@code round(n * after) - round(n *
   * before)} spreads a whole number n over the pixels, and their sum is n.
   */
  public void within(Box window, Receiver receiver) {
    double whole = 0;
    double reached = 0;
    for (FlatRing part : parts) {
      whole += part.area();
      reached = within(part, reached, whole, window, receiver);
    }
  }

  /** Tells the pixels of one part; gives the share up to its end. */
  private double within(FlatRing part, double start, double whole, Box window, Receiver receiver) {
    double end = whole / area;
    Box box = part.box();
    if (box.west() >= window.east() || box.east() <= window.west()) {
      return end;
    }
    double reached = start;
    for (int row = box.north(); row < Math.min(box.south(), window.south()); row++) {
      double rowEnd =
          row == box.south() - 1
              ? end
              : between(reached, (whole - part.area() + part.above(row + 1)) / area, end);
      if (row >= window.north()) {
        row(
            part,
            row,
            reached,
            rowEnd,
            (whole - part.area() + part.above(row)) / area,
            window,
            receiver);
      }
      reached = rowEnd;
    }
    return end;
  }

  private void row(
      FlatRing part,
      int row,
      double start,
      double end,
      double above,
      Box window,
      Receiver receiver) {
    FlatRing.Strip strip = part.strip(row);
    double reached = start;
    for (int column = strip.west(); column < Math.min(strip.east(), window.east()); column++) {
      double after =
          column == strip.east() - 1
              ? end
              : between(reached, above + strip.leftOf(column + 1) / area, end);
      if (after > reached && column >= window.west()) {
        receiver.share(column, row, reached, after);
      }
      reached = after;
    }
  }

  /** A share that is never less than the one before and never more than the one at the end. */
  private static double between(double before, double share, double end) {
    return Math.min(end, Math.max(before, share));
  }
}
