package org.inclusionmaps.publish.figures;

import java.util.Arrays;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Places;

/**
 * Millionths of a person to thousandths, once and for all that is published: files, tiles, rasters,
 * report and viewer sum and show the same thousandths. Along the places within a coarse place the
 * thousandths of each part are the steps of the running sum, rounded, so that each is less than a
 * thousandth off, and their sum over the coarse place at most half of one. Persons are the sum of
 * their parts.
 */
public final class Thousandths {
  /** Millionths in a thousandth. */
  public static final long THOUSANDTH = Tables.MICRO / 1000;

  private static final int PARTS = Part.values().length;

  private final long[] running;
  private long within = -1;

  /** A rounding of rows in order of places, those of a coarse place all one after another. */
  Thousandths(int groups) {
    this.running = new long[groups * PARTS];
  }

  /** Rounds the next row's totals, which stay millionths: whole thousands of them. */
  void round(long place, Totals totals) {
    long own = Places.parent(place, Chunks.resolution(Places.resolution(place)));
    if (own != within) {
      within = own;
      Arrays.fill(running, 0);
    }
    for (int group = 0; group < totals.groups(); group++) {
      if (totals.has(group)) {
        long[] parts = totals.parts(group);
        for (int i = 0; i < PARTS; i++) {
          int at = group * PARTS + i;
          long before = rounded(running[at]);
          running[at] = Math.addExact(running[at], parts[i]);
          parts[i] = THOUSANDTH * (rounded(running[at]) - before);
        }
        totals.replace(group, parts);
      }
    }
  }

  private static long rounded(long micro) {
    return Math.floorDiv(micro + THOUSANDTH / 2, THOUSANDTH);
  }

  /**
   * The most that the sum over the country can be off in all parts together, millionths.
   *
   * @param chunks of the country
   * @param finest resolution of the places
   */
  public static long most(Chunks chunks, int finest) {
    int steps = Chunks.resolution(finest) - chunks.resolution();
    return chunks.chunks().size() * Math.round(Math.pow(7, steps)) * PARTS * THOUSANDTH / 2;
  }
}
