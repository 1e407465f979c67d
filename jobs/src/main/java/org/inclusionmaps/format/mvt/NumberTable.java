package org.inclusionmaps.format.mvt;

import java.util.Arrays;

/** Numbers to their places in a list, without objects: an open table of powers of two. */
final class NumberTable {
  static final int MISSING = -1;

  private long[] numbers = new long[64];
  private int[] places = filled(64);
  private int size;

  /** The place of a number, {@link #MISSING} without one. */
  int find(long number) {
    int mask = places.length - 1;
    int at = spread(number) & mask;
    while (places[at] != MISSING && numbers[at] != number) {
      at = (at + 1) & mask;
    }
    return places[at];
  }

  /** Adds a number that is not there. */
  void put(long number, int place) {
    if (2 * ++size > places.length) {
      grow();
    }
    set(number, place);
  }

  private void set(long number, int place) {
    int mask = places.length - 1;
    int at = spread(number) & mask;
    while (places[at] != MISSING) {
      at = (at + 1) & mask;
    }
    numbers[at] = number;
    places[at] = place;
  }

  private void grow() {
    long[] oldNumbers = numbers;
    int[] oldPlaces = places;
    numbers = new long[2 * oldNumbers.length];
    places = filled(2 * oldPlaces.length);
    for (int i = 0; i < oldPlaces.length; i++) {
      if (oldPlaces[i] != MISSING) {
        set(oldNumbers[i], oldPlaces[i]);
      }
    }
  }

  private static int spread(long number) {
    long mixed = number * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32);
  }

  private static int[] filled(int length) {
    int[] places = new int[length];
    Arrays.fill(places, MISSING);
    return places;
  }
}
