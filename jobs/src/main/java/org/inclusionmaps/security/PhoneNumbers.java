package org.inclusionmaps.security;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Telephone numbers in one form, so that one number has one pseudonym however it is written: the
 * digits of its international form, country code first. Source: ITU-T E.164, 15 digits at the most.
 */
public final class PhoneNumbers {
  private static final Pattern SEPARATORS = Pattern.compile("[\\s().\\-/\\u00a0\\u2011\\u2013]");
  private static final Pattern DIGITS = Pattern.compile("[1-9][0-9]{6,14}");

  private PhoneNumbers() {}

  /**
   * The digits of a number's international form; empty if it is no number.
   *
   * @param text a number with {@code +} or {@code 00} is international. Without, it is national if
   *     there is a country code, and one 0 before it is the trunk prefix; else it is international
   * @param countryCode digits, or empty where all numbers are international
   */
  public static Optional<String> international(String text, String countryCode) {
    String bare = SEPARATORS.matcher(text).replaceAll("");
    String digits;
    if (bare.startsWith("+")) {
      digits = bare.substring(1);
    } else if (bare.startsWith("00")) {
      digits = bare.substring(2);
    } else if (countryCode.isEmpty()) {
      digits = bare;
    } else {
      digits = countryCode + (bare.startsWith("0") ? bare.substring(1) : bare);
    }
    return Optional.of(digits).filter(number -> DIGITS.matcher(number).matches());
  }
}
