package org.inclusionmaps.affordability;

/**
 * A plan on sale: what one purchase gives, for how long, at what price.
 *
 * @param id operator's identifier
 * @param kind whether it stands alone
 * @param price price of one purchase, in money of any unit, 0 or more; a millionth is the grain
 * @param validityDays days that one purchase lasts, above 0
 * @param dataMb data, MB (1 GB is 1000 MB), 0 or more; a thousandth is the grain
 * @param minutes call minutes, 0 or more
 * @param sms messages, 0 or more
 */
public record Plan(
    String id,
    Kind kind,
    double price,
    double validityDays,
    double dataMb,
    double minutes,
    double sms) {

  /** A base plan stands alone; an add-on needs a base plan of its operator. */
  public enum Kind {
    BASE,
    ADD_ON
  }

  /** A month is four weeks: a plan of 28 or 30 days covers it. */
  public static final double MONTH_DAYS = 28;

  public Plan {
    if (!(price >= 0) || Double.isInfinite(price)) {
      throw new IllegalArgumentException("price is " + price + " but must be 0 or more");
    }
    if (!(validityDays > 0)) {
      throw new IllegalArgumentException("validity is " + validityDays + " but must be above 0");
    }
    if (!(dataMb >= 0) || !(minutes >= 0) || !(sms >= 0)) {
      throw new IllegalArgumentException(
          "data %s, minutes %s and messages %s must be 0 or more".formatted(dataMb, minutes, sms));
    }
  }

  /** How often it must be bought, if at all, to last a month. */
  public long purchasesForMonth() {
    return Math.max(1, (long) Math.ceil(MONTH_DAYS / validityDays));
  }
}
