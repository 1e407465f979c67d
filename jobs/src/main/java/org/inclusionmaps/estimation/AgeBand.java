package org.inclusionmaps.estimation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Years of age, both ends counting.
 *
 * @param from youngest age, 0 or more
 * @param to oldest age; {@link #OPEN} where there is none
 */
public record AgeBand(int from, int to) implements Comparable<AgeBand> {
  /** The oldest age of a band without one, as 80+. */
  public static final int OPEN = Integer.MAX_VALUE;

  /** The youngest age of an adult. */
  public static final int ADULT = 15;

  /** Every age. */
  public static final AgeBand ALL_AGES = new AgeBand(0, OPEN);

  private static final Pattern BAND = Pattern.compile("(\\d{1,3})(?:-(\\d{1,3})|(\\+))");
  private static final Comparator<AgeBand> ORDER =
      Comparator.comparingInt(AgeBand::from).thenComparingInt(AgeBand::to);

  public AgeBand {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(from + " to " + to + " is no band of ages");
    }
  }

  /** The band of a text such as 15-24, 80+ or all; empty if the text is none of these. */
  public static Optional<AgeBand> parse(String text) {
    if (text.equals(PeopleGroup.ALL)) {
      return Optional.of(ALL_AGES);
    }
    Matcher matcher = BAND.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int from = Integer.parseInt(matcher.group(1));
    int to = matcher.group(3) != null ? OPEN : Integer.parseInt(matcher.group(2));
    return to < from ? Optional.empty() : Optional.of(new AgeBand(from, to));
  }

  /** The band as tables write it. */
  public String label() {
    return equals(ALL_AGES) ? PeopleGroup.ALL : to == OPEN ? from + "+" : from + "-" + to;
  }

  /** Whether the band has ages on both sides of 15. */
  public boolean crosses15() {
    return from < ADULT && to >= ADULT;
  }

  /** The part of a band that crosses 15 below it. */
  public AgeBand under15() {
    return new AgeBand(from, ADULT - 1);
  }

  /** The part of a band that crosses 15 from it on. */
  public AgeBand from15() {
    return new AgeBand(ADULT, to);
  }

  /**
   * The persons of a band that crosses 15 and has an end, under 15 and from 15 on, each year of age
   * taken as equally many.
   *
   * @param persons 0 or more, in any unit
   */
  public long[] splitByYear(long persons) {
    return Apportionment.largestRemainder(persons, new long[] {ADULT - from, to - ADULT + 1L});
  }

  /** Whether all ages of another band are in this one. */
  public boolean holds(AgeBand other) {
    return from <= other.from && to >= other.to;
  }

  @Override
  public int compareTo(AgeBand other) {
    return ORDER.compare(this, other);
  }

  /**
   * The most bands of some that follow each other without gap or overlap from the youngest age to
   * the oldest. Where there is no such row of bands: all of them if they do not overlap, else none.
   */
  static SortedSet<AgeBand> partition(SortedSet<AgeBand> bands) {
    int oldest = bands.stream().mapToInt(AgeBand::to).max().orElse(OPEN);
    TreeMap<Integer, List<AgeBand>> longest = new TreeMap<>();
    longest.put(bands.isEmpty() ? 0 : bands.first().from, List.of());
    for (AgeBand band : bands) {
      List<AgeBand> before = longest.get(band.from);
      int next = band.to == OPEN ? OPEN : band.to + 1;
      if (before != null && before.size() + 1 > longest.getOrDefault(next, List.of()).size()) {
        List<AgeBand> with = new ArrayList<>(before);
        with.add(band);
        longest.put(next, with);
      }
    }
    List<AgeBand> whole = longest.get(oldest == OPEN ? OPEN : oldest + 1);
    if (whole != null) {
      return new TreeSet<>(whole);
    }
    int end = -1;
    for (AgeBand band : bands) {
      if (band.from <= end) {
        return new TreeSet<>();
      }
      end = band.to;
    }
    return bands;
  }
}
