package org.inclusionmaps.stage;

import java.util.Locale;
import org.inclusionmaps.config.RadioSettings;

/** Levels of service, each with how much more signal it needs than service outdoors. */
enum ServiceLevel {
  OUTDOOR(0, 0),
  GOOD(1, 10),
  INDOOR(2, 20);

  private final int number;
  private final double db;

  ServiceLevel(int number, double db) {
    this.number = number;
    this.db = db;
  }

  /** Its place among the levels, from 0. */
  int number() {
    return number;
  }

  /** What it needs over the threshold of its technology, dB. */
  double db() {
    return db;
  }

  /** The level that counts as coverage. */
  static ServiceLevel counted(RadioSettings radio) {
    return valueOf(radio.service().name());
  }

  /** The level of a name in tables. */
  static ServiceLevel of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }

  /** Its name in tables. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
