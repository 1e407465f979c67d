package org.inclusionmaps.stage;

import java.util.Map;
import org.inclusionmaps.contract.Tables;

/**
 * Sums over the people of an area and group, by name, in millionths of a person: the estimate and
 * its replicates, of which one is looked at.
 *
 * @param area the area
 * @param sex the sex, or all
 * @param ageBand the age band, or all
 * @param disability the disability, or all
 * @param micro the sums, each the estimate and then its replicates, all of one length; one that is
 *     not there is 0
 * @param replicate the one that is looked at; 0 is the estimate
 */
record Sums(
    String area,
    String sex,
    String ageBand,
    String disability,
    Map<String, long[]> micro,
    int replicate) {

  /** The sums of everyone in an area. */
  static Sums ofAll(String area, Map<String, long[]> micro) {
    return new Sums(area, Tables.ALL, Tables.ALL, Tables.ALL, micro, 0);
  }

  /** The same sums, another replicate looked at. */
  Sums at(int replicate) {
    return new Sums(area, sex, ageBand, disability, micro, replicate);
  }

  /** How many replicates there are, the estimate not counted. */
  int replicates() {
    return micro.values().stream().findFirst().map(sum -> sum.length - 1).orElse(0);
  }

  long get(String name) {
    long[] sum = micro.get(name);
    return sum == null ? 0 : sum[replicate];
  }

  /** A sum in persons. */
  double persons(String name) {
    return get(name) / (double) Tables.MICRO;
  }
}
