package org.inclusionmaps.affordability;

/**
 * What a month needs.
 *
 * @param dataMb data, MB (1 GB is 1000 MB), 0 or more
 * @param minutes call minutes, 0 or more
 * @param sms messages, 0 or more
 */
public record Need(double dataMb, double minutes, double sms) {
  public Need {
    if (!(dataMb >= 0 && minutes >= 0 && sms >= 0)) {
      throw new IllegalArgumentException(
          "data %s, minutes %s and messages %s must be 0 or more".formatted(dataMb, minutes, sms));
    }
  }
}
