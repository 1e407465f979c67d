package org.inclusionmaps.config;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Refusals of settings; the loader puts the key's path before the message. */
final class Checks {
  private Checks() {}

  static void that(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  static void text(String value, String key) {
    that(!value.isBlank(), key + " is missing");
  }

  static <T> T given(String key, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(key + " is missing; state it");
    }
    return value;
  }

  static void between(String key, double value, double lowest, double highest) {
    that(
        value >= lowest && value <= highest,
        "%s is %s but must be %s to %s"
            .formatted(key, plain(value), plain(lowest), plain(highest)));
  }

  private static String plain(double value) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }

  static void positive(String key, double value) {
    that(
        value > 0 && !Double.isInfinite(value),
        "%s is %s but must be above 0".formatted(key, plain(value)));
  }
}
