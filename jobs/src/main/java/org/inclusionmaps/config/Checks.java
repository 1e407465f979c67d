package org.inclusionmaps.config;

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
}
