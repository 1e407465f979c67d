package org.inclusionmaps.grid;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;

/** Points of which the nearest is asked for, in the order of their latitudes. */
public final class NearestPoints implements Serializable {
  private final double[] lon;
  private final double[] lat;
  private final int[] number;

  /**
   * One point or more.
   *
   * @param lon longitudes, degrees
   * @param lat latitudes, degrees
   */
  public NearestPoints(double[] lon, double[] lat) {
    if (lon.length == 0 || lon.length != lat.length) {
      throw new IllegalArgumentException(
          "%d longitudes and %d latitudes must be as many, and at least one"
              .formatted(lon.length, lat.length));
    }
    Integer[] order = new Integer[lon.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> lat[i]));
    this.lon = Arrays.stream(order).mapToDouble(i -> lon[i]).toArray();
    this.lat = Arrays.stream(order).mapToDouble(i -> lat[i]).toArray();
    this.number = Arrays.stream(order).mapToInt(i -> i).toArray();
  }

  /** Great-circle distance to the nearest point, km. */
  public double km(double atLon, double atLat) {
    int at = nearest(atLon, atLat);
    return Distances.km(atLon, atLat, lon[at], lat[at]);
  }

  /** The nearest point's number, in the order in which points were given. */
  public int number(double atLon, double atLat) {
    return number[nearest(atLon, atLat)];
  }

  /** Only points of latitudes that may be nearer than the nearest so far are looked at. */
  private int nearest(double atLon, double atLat) {
    int found = Arrays.binarySearch(lat, atLat);
    int up = found < 0 ? -found - 1 : found;
    int down = up - 1;
    double nearest = Double.POSITIVE_INFINITY;
    int best = 0;
    while (true) {
      double above = up < lat.length ? (lat[up] - atLat) * Distances.DEGREE_KM : nearest;
      double below = down >= 0 ? (atLat - lat[down]) * Distances.DEGREE_KM : nearest;
      if (above >= nearest && below >= nearest) {
        return best;
      }
      int at = above <= below ? up++ : down--;
      double km = Distances.km(atLon, atLat, lon[at], lat[at]);
      if (km < nearest) {
        nearest = km;
        best = at;
      }
    }
  }
}
