package org.inclusionmaps.publish.figures;

import java.util.List;
import org.inclusionmaps.publish.writing.Numbers;

/**
 * The figures of one group in one place or area, in millionths of a person.
 *
 * @param persons persons 15 and older
 * @param parts millionths of each part, in the order of {@link Part}
 */
public record Figures(long persons, List<Long> parts) {
  public long part(Part part) {
    return parts.get(part.index());
  }

  public long sumOf(List<Part> some) {
    return some.stream().mapToLong(this::part).sum();
  }

  public long lacking() {
    return sumOf(Part.LACKING);
  }

  /** Persons whose coverage is known. */
  public long known() {
    return persons - part(Part.UNKNOWN);
  }

  /** Whether it is known everywhere who is connected. */
  public boolean split() {
    return known() > 0 && sumOf(Part.UNSPLIT) == 0;
  }

  public long connected() {
    return part(Part.BURDENED) + part(Part.INCLUDED);
  }

  public String lackingPct() {
    return Numbers.pct(lacking(), known());
  }

  /** A sum of parts that need the split as per cent of known persons; a dash where not known. */
  public String splitPct(long sum) {
    return split() ? Numbers.pct(sum, known()) : "–";
  }
}
