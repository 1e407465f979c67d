package org.inclusionmaps.radio;

import java.util.Locale;

/** What surrounds a receiver, in the sense of Okumura's and Hata's classes of terrain cover. */
public enum Environment {
  /** Built-up city. */
  URBAN,
  /** Houses and trees, some obstacles near the receiver, none of them crowded. */
  SUBURBAN,
  /** No tall obstacle in the path: farmland, open fields. */
  OPEN;

  /**
   * The environment of a name in lower case, as tables write it.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Environment of(String name) {
    for (Environment environment : values()) {
      if (environment.label().equals(name)) {
        return environment;
      }
    }
    throw new IllegalArgumentException("no environment of the name " + name);
  }

  /** The name in lower case, as tables write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
