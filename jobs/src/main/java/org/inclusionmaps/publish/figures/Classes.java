package org.inclusionmaps.publish.figures;

import java.util.List;

/** Classes of per cent and their colours, as the viewer's {@code classes.js} has them. */
public final class Classes {
  /** ColorBrewer, 5 classes, YlOrBr: more is worse; safe for colour-blind readers. */
  public static final List<String> WORSE =
      List.of("#ffffd4", "#fed98e", "#fe9929", "#d95f0e", "#993404");

  public static final String ZERO = "#ffffff";

  private static final int STEP = 20;

  private Classes() {}

  /** The colour of a share, 0 to 100. */
  public static String colour(double pct) {
    return pct == 0 ? ZERO : WORSE.get((int) Math.min(WORSE.size() - 1, Math.floor(pct / STEP)));
  }

  /** The share from which a class begins, from the least class. */
  public static int from(int index) {
    return STEP * index;
  }

  /** The classes in words, from the least. */
  public static List<String> words() {
    return List.of(
        "more than 0, under 20 %",
        "20 to under 40 %", "40 to under 60 %", "60 to under 80 %", "80 to 100 %");
  }
}
