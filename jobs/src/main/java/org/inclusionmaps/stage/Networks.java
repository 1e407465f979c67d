package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Column;
import org.inclusionmaps.config.RadioSettings;

/** What counts as service. */
final class Networks {
  private Networks() {}

  /** The probability of the level of service that the settings take for coverage. */
  static Column probability(RadioSettings radio) {
    return switch (radio.service()) {
      case OUTDOOR -> col("probability_outdoor");
      case GOOD -> col("probability_good");
      case INDOOR -> col("probability_indoor");
    };
  }
}
