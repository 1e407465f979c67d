package org.inclusionmaps.sample;

/**
 * A settlement of any size.
 *
 * @param id district and number within it
 * @param xKm its middle, km east
 * @param yKm its middle, km north
 * @param persons persons of all ages
 * @param personsPerKm2 how densely it is built
 */
record Settlement(long id, Kind kind, double xKm, double yKm, long persons, double personsPerKm2) {
  private static final int BITS = 20;

  /** The id of the nth settlement of a district. */
  static long id(District district, int nth) {
    return ((long) district.index() << BITS) + nth;
  }

  /** The distance from the middle within which most of its people live, km. */
  double radiusKm() {
    return StrictMath.sqrt(persons / personsPerKm2 / StrictMath.PI);
  }

  /** Distance of its middle to a point, km. */
  double kmTo(double x, double y) {
    return StrictMath.hypot(xKm - x, yKm - y);
  }
}
