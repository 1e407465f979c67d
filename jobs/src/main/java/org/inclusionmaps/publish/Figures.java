package org.inclusionmaps.publish;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * The figures of one group in one place or area, in millionths of a person.
 *
 * @param persons persons 15 and older
 * @param parts millionths of each part, in the order of {@link Part}
 */
record Figures(long persons, List<Long> parts) {
  /** The figures of a group in a row of totals; null figures are zero persons. */
  static Figures of(Row row, Group group) {
    Long persons = row.getAs(Totals.column(Totals.PERSONS, group));
    List<Long> parts =
        Arrays.stream(Part.values())
            .map(part -> (Long) row.getAs(Totals.column(part, group)))
            .map(value -> value == null ? 0L : value)
            .toList();
    return new Figures(persons == null ? 0 : persons, parts);
  }

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
