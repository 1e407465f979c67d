package org.inclusionmaps.sample;

import java.io.Serializable;
import java.util.List;

/** A closed border in degrees. */
final class Ring implements Serializable {
  private static final long serialVersionUID = 1L;
  private final double[] lons;
  private final double[] lats;

  /**
   * A ring of vertices.
   *
   * @param vertices [lon, lat] each, the first again at the end
   */
  Ring(List<double[]> vertices) {
    lons = vertices.stream().mapToDouble(vertex -> vertex[0]).toArray();
    lats = vertices.stream().mapToDouble(vertex -> vertex[1]).toArray();
  }

  /** Vertices, the first counted again at the end. */
  int size() {
    return lons.length;
  }

  /** Longitude of a vertex. */
  double lon(int vertex) {
    return lons[vertex];
  }

  /** Latitude of a vertex. */
  double lat(int vertex) {
    return lats[vertex];
  }

  /** Whether a point lies within, by the crossings of a ray to the east. */
  boolean contains(double lon, double lat) {
    boolean inside = false;
    for (int i = 1; i < lons.length; i++) {
      boolean crosses = (lats[i - 1] > lat) != (lats[i] > lat);
      double share = (lat - lats[i - 1]) / (lats[i] - lats[i - 1]);
      if (crosses && lon < lons[i - 1] + share * (lons[i] - lons[i - 1])) {
        inside = !inside;
      }
    }
    return inside;
  }
}
