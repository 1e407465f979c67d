package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * Which figures of a place or area are there to be shown. A part of persons whose coverage is
 * unknown is no figure; the four parts that need to know who is connected are none where nobody
 * does.
 */
final class Shown {
  private Shown() {}

  /** Persons and the parts of each group under the names of {@link Totals#measures}. */
  static List<Column> measures(List<Group> groups) {
    List<Column> columns = new ArrayList<>();
    for (Group group : groups) {
      columns.add(Totals.of(Totals.PERSONS, group).as(Totals.column(Totals.PERSONS, group)));
      for (Part part : Part.values()) {
        columns.add(part(part, group).as(Totals.column(part, group)));
      }
    }
    return columns;
  }

  /** Persons of a part, or null where the part is not to be shown. */
  static Column part(Part part, Group group) {
    Column known = Totals.known(group).gt(0);
    Column unsplit = Totals.sumOf(Part.UNSPLIT, group);
    if (part == Part.UNKNOWN) {
      return Totals.of(part, group);
    }
    if (Part.UNSPLIT.contains(part)) {
      return when(unsplit.gt(0), Totals.of(part, group));
    }
    if (part == Part.UNCOVERED) {
      return when(known, Totals.of(part, group));
    }
    Column split = Totals.sumOf(Part.SPLIT, group).gt(0);
    return when(split.or(known.and(unsplit.equalTo(0L))), Totals.of(part, group));
  }

  /** Persons who lack affordable access, or null where coverage is not known of anybody. */
  static Column lacking(Group group) {
    return when(Totals.known(group).gt(0), Totals.sumOf(Part.LACKING, group));
  }

  /** Lacking as per cent of the persons whose coverage is known, to four digits. */
  static Column lackingPct(Group group) {
    return pct(Totals.sumOf(Part.LACKING, group), group);
  }

  /** A part as per cent of the persons whose coverage is known; null where not wholly known. */
  static Column pct(Part part, Group group) {
    Column share = pct(Totals.of(part, group), group);
    return Part.SPLIT.contains(part)
        ? when(Totals.sumOf(Part.UNSPLIT, group).equalTo(0L), share)
        : share;
  }

  private static Column pct(Column persons, Group group) {
    Column known = Totals.known(group);
    return when(known.gt(0), round(lit(100.0).multiply(persons).divide(known), 4));
  }
}
