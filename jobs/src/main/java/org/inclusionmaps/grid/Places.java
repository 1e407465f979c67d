package org.inclusionmaps.grid;

import com.uber.h3core.AreaUnit;
import com.uber.h3core.H3Core;
import com.uber.h3core.LengthUnit;
import com.uber.h3core.util.LatLng;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Places: the hexagons of H3, a grid of the Earth in 16 resolutions, each about seven times finer
 * than the one before. Twelve places of each resolution are pentagons.
 *
 * <p>Source of the index's layout: h3geo.org, "H3 index representations". Safe for many threads.
 */
public final class Places {
  /** The finest resolution. */
  public static final int FINEST = 15;

  private static final int RESOLUTION_SHIFT = 52;
  private static final long RESOLUTION_MASK = 15L << RESOLUTION_SHIFT;

  private Places() {}

  /** The native library, unpacked and loaded once a JVM, when first used. */
  private static final class Library {
    static final H3Core H3 = load();

    private static H3Core load() {
      try {
        return H3Core.newInstance();
      } catch (IOException e) {
        throw new UncheckedIOException("the H3 library cannot be unpacked", e);
      }
    }
  }

  /**
   * The place that holds a point.
   *
   * @param lon longitude, degrees, finite
   * @param lat latitude, degrees, −90 to 90
   * @param resolution 0 (4.4 million km²) to 15 (0.9 m²)
   */
  public static long at(double lon, double lat, int resolution) {
    return Library.H3.latLngToCell(lat, lon, resolution);
  }

  /** The centre of a place. */
  public static LonLat centre(long place) {
    LatLng centre = Library.H3.cellToLatLng(place);
    return new LonLat(centre.lng, centre.lat);
  }

  /** Whether a number is the index of a place. */
  public static boolean isPlace(long index) {
    return Library.H3.isValidCell(index);
  }

  /** The resolution of a place, 0 to 15. */
  public static int resolution(long place) {
    return (int) ((place & RESOLUTION_MASK) >>> RESOLUTION_SHIFT);
  }

  /**
   * The place of a coarser resolution that holds a place in the hierarchy, by bits alone.
   *
   * @throws IllegalArgumentException if the resolution is finer than the place's own
   */
  public static long parent(long place, int resolution) {
    if (resolution < 0 || resolution > resolution(place)) {
      throw new IllegalArgumentException(
          "a place of resolution "
              + resolution(place)
              + " has no parent of resolution "
              + resolution);
    }
    long unused = (1L << (3 * (FINEST - resolution))) - 1;
    return (place & ~RESOLUTION_MASK) | ((long) resolution << RESOLUTION_SHIFT) | unused;
  }

  /** The finer places whose parent is a place. */
  public static long[] children(long place, int resolution) {
    return toArray(Library.H3.cellToChildren(place, resolution));
  }

  /** The finer place at the centre of a place. */
  public static long centreChild(long place, int resolution) {
    return Library.H3.cellToCenterChild(place, resolution);
  }

  /** The places at most some steps from a place, itself among them. */
  public static long[] disk(long place, int steps) {
    return toArray(Library.H3.gridDisk(place, steps));
  }

  /** The places of a resolution whose centre lies in a polygon. */
  static List<Long> within(List<LatLng> outline, List<List<LatLng>> holes, int resolution) {
    return Library.H3.polygonToCells(outline, holes, resolution);
  }

  /** The area of a place in km², on the sphere of the Earth's mean radius. */
  public static double areaKm2(long place) {
    return Library.H3.cellArea(place, AreaUnit.km2);
  }

  /** The mean area of a resolution's places, km². */
  public static double meanAreaKm2(int resolution) {
    return Library.H3.getHexagonAreaAvg(resolution, AreaUnit.km2);
  }

  /** The mean distance between neighbouring corners of a resolution's places, km. */
  public static double edgeKm(int resolution) {
    return Library.H3.getHexagonEdgeLengthAvg(resolution, LengthUnit.km);
  }

  /** The index in H3's own notation, hexadecimal. */
  public static String address(long place) {
    return Library.H3.h3ToString(place);
  }

  /**
   * The outline of a place: longitude, latitude, longitude … of a closed ring, counter-clockwise.
   * Longitudes do not jump: across the antimeridian they pass 180 or −180. Around a pole the ring
   * runs once along it, so that the outline stays a polygon in longitude and latitude.
   */
  public static double[] ring(long place) {
    List<LatLng> corners = Library.H3.cellToBoundary(place);
    int n = corners.size();
    double[] lon = new double[n + 1];
    lon[0] = corners.get(0).lng;
    for (int i = 1; i <= n; i++) {
      lon[i] = lon[i - 1] + Math.IEEEremainder(corners.get(i % n).lng - lon[i - 1], 360);
    }
    boolean polar = Math.abs(lon[n] - lon[0]) > 180;
    double[] ring = new double[2 * (polar ? n + 4 : n + 1)];
    for (int i = 0; i <= n; i++) {
      ring[2 * i] = lon[i];
      ring[2 * i + 1] = corners.get(i % n).lat;
    }
    if (polar) {
      double pole = Math.copySign(90, ring[1]);
      ring[2 * n + 2] = lon[n];
      ring[2 * n + 3] = pole;
      ring[2 * n + 4] = lon[0];
      ring[2 * n + 5] = pole;
      ring[2 * n + 6] = lon[0];
      ring[2 * n + 7] = ring[1];
    } else {
      ring[2 * n] = ring[0];
    }
    return ring;
  }

  /**
   * The outline of a place cut at the antimeridian: one ring, or one each side, each as {@link
   * #ring} and within −180 to 180. Source: RFC 7946, section 3.1.9.
   */
  public static List<double[]> rings(long place) {
    double[] whole = ring(place);
    List<double[]> rings = new ArrayList<>(2);
    for (int turn = -1; turn <= 1; turn++) {
      double[] part = Rings.within(whole, 360.0 * turn - 180, 360.0 * turn + 180);
      for (int i = 0; i < part.length; i += 2) {
        part[i] -= 360.0 * turn;
      }
      if (part.length > 0) {
        rings.add(part);
      }
    }
    return rings;
  }

  private static long[] toArray(List<Long> places) {
    long[] array = new long[places.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = places.get(i);
    }
    return array;
  }
}
