package org.inclusionmaps.sample;

/** Sex, as tables write it. */
enum Sex {
  FEMALE("female"),
  MALE("male");

  private final String label;

  Sex(String label) {
    this.label = label;
  }

  /** As in tables. */
  String label() {
    return label;
  }

  /** The other one. */
  Sex other() {
    return this == FEMALE ? MALE : FEMALE;
  }
}
