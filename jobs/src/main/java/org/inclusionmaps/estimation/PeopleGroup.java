package org.inclusionmaps.estimation;

import java.util.Comparator;

/**
 * A group of people. A dimension that is not split is {@link #ALL}.
 *
 * @param sex female, male or all
 * @param age years of age
 * @param disability none, any or all
 */
public record PeopleGroup(String sex, AgeBand age, String disability)
    implements Comparable<PeopleGroup> {
  /** The value of a dimension that is not split. */
  public static final String ALL = "all";

  /** Everybody. */
  public static final PeopleGroup EVERYBODY = new PeopleGroup(ALL, AgeBand.ALL_AGES, ALL);

  private static final Comparator<PeopleGroup> ORDER =
      Comparator.comparing(PeopleGroup::sex)
          .thenComparing(PeopleGroup::age)
          .thenComparing(PeopleGroup::disability);

  @Override
  public int compareTo(PeopleGroup other) {
    return ORDER.compare(this, other);
  }

  /** Whether each member of another group is in this one by the groups' definitions. */
  boolean holds(PeopleGroup other) {
    return (sex.equals(ALL) || sex.equals(other.sex))
        && age.holds(other.age)
        && (disability.equals(ALL) || disability.equals(other.disability));
  }

  /** How many of the three dimensions are split. */
  int detail() {
    return (sex.equals(ALL) ? 0 : 1)
        + (age.equals(AgeBand.ALL_AGES) ? 0 : 1)
        + (disability.equals(ALL) ? 0 : 1);
  }
}
