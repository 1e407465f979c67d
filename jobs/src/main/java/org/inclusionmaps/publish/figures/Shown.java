package org.inclusionmaps.publish.figures;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which figures of a place or area are there to be shown. A part of persons whose coverage is
 * unknown is no figure; the four parts that need to know who is connected are none where nobody
 * does.
 */
public final class Shown {
  private static final List<Part> SHARES =
      List.of(Part.UNCOVERED, Part.PRICED_OUT, Part.BURDENED, Part.HELD_BACK, Part.INCLUDED);

  private static final int WIDTH = Totals.STRIDE + 2 + SHARES.size();

  private Shown() {}

  /**
   * Whether each part is shown, in the order of {@link Part}.
   *
   * @param parts of persons in any unit, 0 or more
   */
  public static boolean[] parts(long[] parts) {
    long unsplit = sum(parts, Part.UNSPLIT);
    boolean known = known(parts) > 0;
    boolean split = sum(parts, Part.SPLIT) > 0 || (known && unsplit == 0);
    boolean[] shown = new boolean[parts.length];
    for (Part part : Part.values()) {
      shown[part.index()] =
          part == Part.UNKNOWN
              || (part == Part.UNCOVERED && known)
              || (Part.UNSPLIT.contains(part) && unsplit > 0)
              || (Part.SPLIT.contains(part) && split);
    }
    return shown;
  }

  /** The names of the figures of a group under GeoParquet, in order. */
  public static List<String> names(Group group) {
    List<String> names = new ArrayList<>(counts(group));
    names.add("lacking_pct" + group.suffix());
    SHARES.forEach(part -> names.add(part.key() + "_pct" + group.suffix()));
    return names;
  }

  /** Of these names, those of counts of persons: they come first. */
  public static List<String> counts(Group group) {
    List<String> names = new ArrayList<>(List.of(Totals.PERSONS + group.suffix()));
    for (Part part : Part.values()) {
      names.add(part.key() + group.suffix());
    }
    names.add(Totals.LACKING + group.suffix());
    return names;
  }

  /**
   * Persons, parts and shares of each group, in the order of {@link #names}; null where not shown.
   * Persons are in thousandths; shares are per cent of persons whose coverage is known.
   */
  public static List<@Nullable Object> figures(Totals totals) {
    List<@Nullable Object> out = new ArrayList<>();
    for (int group = 0; group < totals.groups(); group++) {
      if (totals.has(group)) {
        group(out, totals.persons(group), totals.parts(group));
      } else {
        out.addAll(Collections.nCopies(WIDTH, null));
      }
    }
    return out;
  }

  private static void group(List<@Nullable Object> out, long persons, long[] parts) {
    out.add(persons / Thousandths.THOUSANDTH);
    boolean[] shown = parts(parts);
    for (int i = 0; i < parts.length; i++) {
      out.add(shown[i] ? (Long) (parts[i] / Thousandths.THOUSANDTH) : null);
    }
    long known = known(parts);
    long lacking = sum(parts, Part.LACKING);
    out.add(known > 0 ? (Long) (lacking / Thousandths.THOUSANDTH) : null);
    out.add(pct(lacking, known));
    boolean whole = sum(parts, Part.UNSPLIT) == 0;
    for (Part part : SHARES) {
      boolean there = whole || !Part.SPLIT.contains(part);
      out.add(there ? pct(parts[part.index()], known) : null);
    }
  }

  private static @Nullable Double pct(long part, long known) {
    return known > 0 ? (Double) (Math.round(1e6 * part / known) / 1e4) : null;
  }

  public static long known(long[] parts) {
    long all = 0;
    for (long part : parts) {
      all += part;
    }
    return all - parts[Part.UNKNOWN.index()];
  }

  public static long sum(long[] parts, List<Part> some) {
    long sum = 0;
    for (Part part : some) {
      sum += parts[part.index()];
    }
    return sum;
  }
}
