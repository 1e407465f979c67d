package org.inclusionmaps.publish;

import java.util.List;

/**
 * The figures of one group in one place or area, in millionths of a person.
 *
 * @param persons persons 15 and older
 * @param parts millionths of each part, in the order of {@link Part}
 */
record Figures(long persons, List<Long> parts) {
  long part(Part part) {
    return parts.get(part.index());
  }

  long sumOf(List<Part> some) {
    return some.stream().mapToLong(this::part).sum();
  }

  long lacking() {
    return sumOf(Part.LACKING);
  }

  /** Persons whose coverage is known. */
  long known() {
    return persons - part(Part.UNKNOWN);
  }

  /** Whether it is known everywhere who is connected. */
  boolean split() {
    return known() > 0 && sumOf(Part.UNSPLIT) == 0;
  }

  long connected() {
    return part(Part.BURDENED) + part(Part.INCLUDED);
  }

  String lackingPct() {
    return Numbers.pct(lacking(), known());
  }

  /** A sum of parts that need the split as per cent of known persons; a dash where not known. */
  String splitPct(long sum) {
    return split() ? Numbers.pct(sum, known()) : "–";
  }
}
