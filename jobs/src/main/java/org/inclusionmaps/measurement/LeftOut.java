package org.inclusionmaps.measurement;

import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;

/** How many rows do not count, by reason. */
public final class LeftOut {
  private LeftOut() {}

  /**
   * The rows of each reason of {@link Excluded}. These are exact counts of rows of persons: they
   * may be written encrypted, for who may open the rows themselves, and nowhere else.
   */
  public static SortedMap<String, Long> of(JavaRDD<CellBlock> counts) {
    long[] sums =
        counts.map(LeftOut::ofBlock).fold(new long[Excluded.values().length], LeftOut::plus);
    SortedMap<String, Long> rows = new TreeMap<>();
    for (Excluded why : Excluded.values()) {
      rows.put(why.name().toLowerCase(Locale.ROOT), sums[why.number()]);
    }
    return rows;
  }

  private static long[] ofBlock(CellBlock block) {
    long[] rows = new long[Excluded.values().length];
    for (Excluded why : Excluded.values()) {
      rows[why.number()] = block.excluded(why);
    }
    return rows;
  }

  private static long[] plus(long[] one, long[] other) {
    long[] sum = one.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
    return sum;
  }
}
