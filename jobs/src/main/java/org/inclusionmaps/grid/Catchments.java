package org.inclusionmaps.grid;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Which places of a coarse resolution hold, in the hierarchy, any finer place near a point. Finer
 * places stick out of the coarse one that holds them, so a coarse place counts as a disc around its
 * centre. Keeps what it has seen; for one thread.
 */
public final class Catchments {
  /**
   * On the plane, centres of finer places lie at most √3 (1/√7 + 1/7 + …) = 1.053 edges from the
   * coarse centre; the rest is for the distortion of the sphere.
   */
  private static final double STICKS_OUT = 1.15;

  /** Places of a resolution are at most this much smaller than the mean, as lengths. */
  private static final double SMALLEST = 0.6;

  private final int resolution;
  private final Map<Long, Disc> discs = new HashMap<>();
  private final Map<Ring, long[]> rings = new HashMap<>();

  private record Disc(LonLat centre, double radiusKm) {}

  private record Ring(long place, int steps) {}

  /** For coarse places of a resolution, 0 to 15. */
  public Catchments(int resolution) {
    this.resolution = resolution;
  }

  /**
   * The coarse places of which some finer place's centre may lie within a distance of a point, the
   * one that holds the point among them.
   *
   * @param lon longitude, degrees
   * @param lat latitude, degrees
   * @param km distance, 0 to about 1000 km
   */
  public long[] touching(double lon, double lat, double km) {
    long own = Places.at(lon, lat, resolution);
    double step = 1.5 * SMALLEST * Places.edgeKm(resolution);
    int steps = (int) Math.ceil((km + 2 * disc(own).radiusKm()) / step);
    long[] near = rings.computeIfAbsent(new Ring(own, steps), r -> Places.disk(r.place, r.steps));
    long[] touching = new long[near.length];
    int n = 0;
    for (long place : near) {
      Disc disc = disc(place);
      LonLat centre = disc.centre();
      if (Distances.km(lon, lat, centre.lon(), centre.lat()) <= km + disc.radiusKm()) {
        touching[n++] = place;
      }
    }
    return Arrays.copyOf(touching, n);
  }

  private Disc disc(long place) {
    return discs.computeIfAbsent(place, Catchments::around);
  }

  private static Disc around(long place) {
    LonLat centre = Places.centre(place);
    double[] ring = Places.ring(place);
    double radius = 0;
    for (int i = 0; i < ring.length; i += 2) {
      radius = Math.max(radius, Distances.km(centre.lon(), centre.lat(), ring[i], ring[i + 1]));
    }
    return new Disc(centre, STICKS_OUT * radius);
  }

  /**
   * A resolution whose places are small enough that a distance spans a few of them, and large
   * enough that it spans no more: the finest whose mean edge is at least a quarter of it.
   */
  public static int resolutionFor(double km) {
    int resolution = 0;
    while (resolution < Places.FINEST && 4 * Places.edgeKm(resolution + 1) >= km) {
      resolution++;
    }
    return resolution;
  }
}
