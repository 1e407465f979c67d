package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.config.RadioSettings;

/** What counts as service, and which technologies are at least as new as another. */
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

  /** Whether a technology, 2G to 5G, is another or newer: the names sort by age. */
  static Column atLeast(Column technology, String oldest) {
    return technology.cast(DataTypes.StringType).geq(oldest);
  }
}
