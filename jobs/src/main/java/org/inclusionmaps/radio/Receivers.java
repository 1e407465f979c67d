package org.inclusionmaps.radio;

/** The receivers of one place: where people live, and how many. */
public final class Receivers {
  final Environment environment;
  final double[] lon;
  final double[] lat;
  final SpherePoints points;
  final long[] persons;

  /**
   * Receivers in one environment, at least one.
   *
   * @param lon longitudes, degrees
   * @param lat latitudes, degrees
   * @param persons weights, over 0
   */
  public Receivers(Environment environment, double[] lon, double[] lat, long[] persons) {
    if (lon.length == 0 || lat.length != lon.length || persons.length != lon.length) {
      throw new IllegalArgumentException("receivers need positions and persons, one each");
    }
    this.environment = environment;
    this.lon = lon.clone();
    this.lat = lat.clone();
    this.persons = persons.clone();
    points = new SpherePoints(lon, lat);
  }

  int size() {
    return persons.length;
  }

  /** Mean of values of the receivers, weighted by persons, in the receivers' order. */
  double mean(double[] values) {
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < persons.length; i++) {
      sum += persons[i] * values[i];
      weights += persons[i];
    }
    return Math.min(1, sum / weights);
  }
}
