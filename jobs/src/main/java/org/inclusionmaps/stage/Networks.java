package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Column;
import org.inclusionmaps.config.RadioSettings;

/** What counts as service. */
final class Networks {
  private Networks() {}

  /** The probability of the level of service that the settings take for coverage. */
  static Column probability(RadioSettings radio) {
    return col("probability_" + ServiceLevel.counted(radio).label());
  }
}
