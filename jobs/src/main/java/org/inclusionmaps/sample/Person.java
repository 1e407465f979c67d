package org.inclusionmaps.sample;

/**
 * A person of the made-up country, with the truth about them.
 *
 * @param id district and number within it
 * @param age whole years
 * @param education in standard deviations of the country
 * @param income own income a month, in the country's money; 0 under 15
 * @param covered 4G or newer serves their home
 * @param affordable the cheapest basket of those who serve their home is within 2 % of their income
 * @param connected uses mobile internet on an own subscription
 */
record Person(
    long id,
    Sex sex,
    int age,
    boolean disabled,
    double education,
    double income,
    boolean covered,
    boolean affordable,
    boolean connected) {
  /** Age from which a person is an adult. */
  static final int ADULT = 15;

  private static final int[] FIRST_AGES = {65, 50, 35, 25, 15, 0};
  private static final String[] BANDS = {"65+", "50-64", "35-49", "25-34", "15-24", "0-14"};

  /** 15 years or older. */
  boolean adult() {
    return age >= ADULT;
  }

  /** The age band of the census. */
  String ageBand() {
    for (int i = 0; i < FIRST_AGES.length; i++) {
      if (age >= FIRST_AGES[i]) {
        return BANDS[i];
      }
    }
    throw new IllegalStateException("age " + age);
  }

  /** The disability of the census. */
  String disability() {
    return disabled ? "any" : "none";
  }
}
