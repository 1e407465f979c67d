package org.inclusionmaps.measurement;

/** The code of a whole number. */
@FunctionalInterface
interface NumberCode {
  int of(long number);

  /** The codes of numbers of eight bytes each, lowest first. */
  default void of(byte[] bytes, int at, int[] codes, int from, int count) {
    for (int i = 0; i < count; i++) {
      codes[from + i] = of((long) ColumnPages.LONG.get(bytes, at + 8 * i));
    }
  }
}
