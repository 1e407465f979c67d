package org.inclusionmaps.publish.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.publish.figures.Areas;
import org.inclusionmaps.publish.report.Estimates.Estimate;

/**
 * The areas of a level whose coverage is known, in two orders.
 *
 * @param level in the tree of areas
 * @param byShare those with the greatest share lacking first
 * @param byPersons those with the most persons lacking first
 */
record Ranking(int level, List<Entry> byShare, List<Entry> byPersons) {
  /** An area and the share of it that lacks affordable access. */
  record Entry(Areas.Area area, Estimate share) {
    long lacking() {
      return area.figures().lacking();
    }
  }

  /** The areas of one level. */
  static Ranking of(int level, List<Areas.Area> areas, Estimates estimates) {
    List<Entry> entries = new ArrayList<>();
    for (Areas.Area area : areas) {
      Estimate share = estimates.share(area.id(), Tables.ALL, area.figures());
      if (area.level() == level && share != null) {
        entries.add(new Entry(area, share));
      }
    }
    Comparator<Entry> byId = Comparator.comparing(entry -> entry.area().id());
    List<Entry> byPersons = new ArrayList<>(entries);
    entries.sort(
        Comparator.<Entry>comparingDouble(entry -> -entry.share().value()).thenComparing(byId));
    byPersons.sort(Comparator.<Entry>comparingLong(entry -> -entry.lacking()).thenComparing(byId));
    return new Ranking(level, List.copyOf(entries), List.copyOf(byPersons));
  }

  /** The finest level with two areas or more to put in order; else one without areas. */
  static Ranking finest(List<Areas.Area> areas, Estimates estimates) {
    Ranking best = new Ranking(0, List.of(), List.of());
    for (int level : areas.stream().map(Areas.Area::level).distinct().sorted().toList()) {
      Ranking of = of(level, areas, estimates);
      best = of.byShare().size() >= 2 ? of : best;
    }
    return best;
  }

  boolean isEmpty() {
    return byShare.isEmpty();
  }

  /** How many of the others could be first: their intervals have points in common with its own. */
  long couldBeFirst() {
    Estimate first = byShare.get(0).share();
    return byShare.stream()
        .skip(1)
        .filter(entry -> Boolean.TRUE.equals(Estimate.overlap(first, entry.share())))
        .count();
  }

  /** The least number of areas that hold half of all who lack access. */
  int holdHalf() {
    long all = byPersons.stream().mapToLong(Entry::lacking).sum();
    long held = 0;
    int count = 0;
    while (count < byPersons.size() && 2 * held < all) {
      held += byPersons.get(count++).lacking();
    }
    return count;
  }
}
