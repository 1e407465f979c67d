package org.inclusionmaps.measurement;

/**
 * The leaf of each place: open addressing, at most a third full, of the places' numbers in four
 * bytes each, so that the tables of a country stay in the processor's cache.
 */
final class LeafTable implements NumberCode {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  /** From 1 on; 0 stands for none. */
  private final long[] places;

  private final int[] leaves;

  /** A place's number; 0 where there is none. */
  private final int[] slots;

  private final int mask;
  private final int shift;

  LeafTable(long[] places, int[] leaves) {
    int bits = Math.max(1, 65 - Long.numberOfLeadingZeros(3L * places.length / 2));
    this.places = new long[places.length + 1];
    this.leaves = new int[places.length + 1];
    System.arraycopy(places, 0, this.places, 1, places.length);
    System.arraycopy(leaves, 0, this.leaves, 1, leaves.length);
    this.slots = new int[1 << bits];
    this.mask = (1 << bits) - 1;
    this.shift = 64 - bits;
    for (int i = 0; i < places.length; i++) {
      int slot = (int) ((places[i] * STEP) >>> shift);
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = i + 1;
    }
  }

  /** The place's leaf, or the code of places that the frame does not have. */
  @Override
  public int of(long place) {
    int slot = (int) ((place * STEP) >>> shift);
    while (true) {
      int number = slots[slot];
      if (number == 0) {
        return Excluded.PLACE_NOT_IN_FRAME.code();
      }
      if (places[number] == place) {
        return leaves[number];
      }
      slot = (slot + 1) & mask;
    }
  }

  /** First without branches, so that the processor waits for many places at a time. */
  @Override
  public void of(byte[] bytes, int at, int[] codes, int from, int count) {
    for (int i = 0; i < count; i++) {
      long place = (long) ColumnPages.LONG.get(bytes, at + 8 * i);
      codes[from + i] = slots[(int) ((place * STEP) >>> shift)];
    }
    for (int i = 0; i < count; i++) {
      long place = (long) ColumnPages.LONG.get(bytes, at + 8 * i);
      int number = codes[from + i];
      codes[from + i] = number != 0 && places[number] == place ? leaves[number] : of(place);
    }
  }
}
