package org.inclusionmaps.radio;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The cells of one mast at one height: they share paths to receivers. */
final class Site {
  final double lon;
  final double lat;
  final double heightM;
  final RadioCell[] cells;

  /** How far each cell reaches, as a chord in radii of the Earth. */
  final double[] reach;

  /** The farthest of these. */
  final double farthest;

  /** The lowest frequency of the cells, MHz. */
  final double lowestMhz;

  /** The bound of each cell in each environment, once it is needed. */
  final List<Map<Environment, SignalBound>> bounds = new ArrayList<>();

  final double x;
  final double y;
  final double z;
  private final double sinLon;
  private final double cosLon;
  private final double sinLat;
  private final double cosLat;

  private Site(List<RadioCell> of) {
    cells = of.toArray(RadioCell[]::new);
    lon = cells[0].lon();
    lat = cells[0].lat();
    heightM = cells[0].heightM();
    reach = new double[cells.length];
    double far = 0;
    double low = Double.POSITIVE_INFINITY;
    for (int c = 0; c < cells.length; c++) {
      bounds.add(new EnumMap<>(Environment.class));
      reach[c] = SpherePoints.chord(cells[c].reachKm());
      far = Math.max(far, reach[c]);
      low = Math.min(low, cells[c].frequencyMhz());
    }
    farthest = far;
    lowestMhz = low;
    sinLon = Math.sin(Math.toRadians(lon));
    cosLon = Math.cos(Math.toRadians(lon));
    sinLat = Math.sin(Math.toRadians(lat));
    cosLat = Math.cos(Math.toRadians(lat));
    x = cosLat * cosLon;
    y = cosLat * sinLon;
    z = sinLat;
  }

  /** The sites of cells in any order; sites and their cells come in {@link RadioCell#BY_SITE}. */
  static List<Site> of(List<RadioCell> cells) {
    List<RadioCell> sorted = new ArrayList<>(cells);
    sorted.sort(RadioCell.BY_SITE);
    List<Site> sites = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      if (i == sorted.size() || !sorted.get(i).sharesSite(sorted.get(from))) {
        sites.add(new Site(sorted.subList(from, i)));
        from = i;
      }
    }
    return sites;
  }

  /** Direction of a point of the unit sphere, radians clockwise from north, −π to π. */
  double azimuth(double px, double py, double pz) {
    double east = cosLon * py - sinLon * px;
    double north = cosLat * pz - sinLat * (cosLon * px + sinLon * py);
    return Math.atan2(east, north);
  }
}
