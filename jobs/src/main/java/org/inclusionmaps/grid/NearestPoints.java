package org.inclusionmaps.grid;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;

/** Points of which the nearest is asked for, in the order of their latitudes. */
public final class NearestPoints implements Serializable {
  private final double[] lon;
  private final double[] lat;
  private final int[] given;

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
    this.given = Arrays.stream(order).mapToInt(i -> i).toArray();
  }

  /** Great-circle distance to the nearest point, km. */
  public double km(double atLon, double atLat) {
    int at = nearest(atLon, atLat);
    return Distances.km(atLon, atLat, lon[at], lat[at]);
  }

  /** The nearest point, by its number among those given; of equally near ones the first. */
  public int at(double atLon, double atLat) {
    return given[nearest(atLon, atLat)];
  }

  /** Only points of latitudes that may be as near as the nearest so far are looked at. */
  private int nearest(double atLon, double atLat) {
    int found = Arrays.binarySearch(lat, atLat);
    int up = found < 0 ? -found - 1 : found;
    int down = up - 1;
    double nearest = Double.POSITIVE_INFINITY;
    int best = 0;
    while (up < lat.length || down >= 0) {
      double above = up < lat.length ? lat[up] - atLat : Double.POSITIVE_INFINITY;
      double below = down >= 0 ? atLat - lat[down] : Double.POSITIVE_INFINITY;
      if (Math.min(above, below) * Distances.DEGREE_KM > nearest) {
        break;
      }
      int at = above <= below ? up++ : down--;
      double km = Distances.km(atLon, atLat, lon[at], lat[at]);
      if (km < nearest || (km == nearest && given[at] < given[best])) {
        nearest = km;
        best = at;
      }
    }
    return best;
  }
}
