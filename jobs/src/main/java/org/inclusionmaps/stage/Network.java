package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.Comparator;
import org.apache.spark.sql.Column;
import org.inclusionmaps.config.RadioSettings;

/** An operator's technology. */
record Network(String operator, String technology) implements Serializable {
  static final Comparator<Network> BY_NAME =
      Comparator.comparing(Network::operator).thenComparing(Network::technology);

  /** A network that serves less than this outdoors has no row. */
  static final double LEAST_PROBABILITY = 0.001;

  /** The probability of the level of service that the settings take for coverage. */
  static Column probability(RadioSettings radio) {
    return col("probability_" + ServiceLevel.counted(radio).label());
  }
}
