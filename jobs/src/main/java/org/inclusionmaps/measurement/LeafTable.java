package org.inclusionmaps.measurement;

/** The leaf of each place: open addressing, at most half full. */
final class LeafTable {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  /** A place, then its leaf and one: both in one line of the processor's cache. */
  private final long[] slots;

  private final int mask;
  private final int shift;

  LeafTable(long[] places, int[] leaves) {
    int bits = Math.max(1, 65 - Long.numberOfLeadingZeros(places.length));
    this.slots = new long[2 << bits];
    this.mask = (1 << bits) - 1;
    this.shift = 64 - bits;
    for (int i = 0; i < places.length; i++) {
      int slot = (int) ((places[i] * STEP) >>> shift);
      while (slots[2 * slot + 1] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[2 * slot] = places[i];
      slots[2 * slot + 1] = leaves[i] + 1L;
    }
  }

  /** The place's leaf, or the code of places that the frame does not have. */
  int leaf(long place) {
    int slot = (int) ((place * STEP) >>> shift);
    while (true) {
      long leaf = slots[2 * slot + 1];
      if (leaf == 0) {
        return Excluded.PLACE_NOT_IN_FRAME.code();
      }
      if (slots[2 * slot] == place) {
        return (int) leaf - 1;
      }
      slot = (slot + 1) & mask;
    }
  }
}
