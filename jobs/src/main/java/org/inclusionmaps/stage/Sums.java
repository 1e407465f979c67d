package org.inclusionmaps.stage;

import java.util.Map;
import org.inclusionmaps.contract.Tables;

/**
 * Sums over the people of an area and group, by name, in millionths of a person.
 *
 * @param area the area
 * @param sex the sex, or all
 * @param ageBand the age band, or all
 * @param disability the disability, or all
 * @param micro the sums; one that is not there is 0
 */
record Sums(String area, String sex, String ageBand, String disability, Map<String, Long> micro) {

  /** The sums of everyone in an area. */
  static Sums ofAll(String area, Map<String, Long> micro) {
    return new Sums(area, Tables.ALL, Tables.ALL, Tables.ALL, micro);
  }

  long get(String name) {
    return micro.getOrDefault(name, 0L);
  }

  /** A sum in persons. */
  double persons(String name) {
    return get(name) / (double) Tables.MICRO;
  }
}
