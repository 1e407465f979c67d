package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;

import java.io.Serial;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.config.RadioSettings;
import org.inclusionmaps.config.RadioSettings.CoverageAreas;
import org.inclusionmaps.contract.Tables;

/**
 * Which levels of service each network, an operator's technology, states in coverage areas of its
 * own, and what that makes of the model's probability.
 */
final class StatedNetworks implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  // Columns of beside(): first of the levels' probabilities, first of the shares, and the curve.
  private static final int PROBABILITIES = 4;
  private static final int SHARES = 9;
  private static final int CURVE = 12;

  private final HashMap<Network, EnumSet<ServiceLevel>> levels = new HashMap<>();
  private final HashSet<Network> modelled = new HashSet<>();
  private final boolean instead;

  private StatedNetworks(boolean instead) {
    this.instead = instead;
  }

  /**
   * The networks that state areas.
   *
   * @param signal tells which networks the model knows at all
   */
  static StatedNetworks of(Dataset<Row> coverageAreas, Dataset<Row> signal, RadioSettings radio) {
    StatedNetworks stated = new StatedNetworks(radio.coverageAreas() == CoverageAreas.INSTEAD);
    for (Row row :
        coverageAreas
            .select(Tables.OPERATOR, Tables.TECHNOLOGY, Tables.SERVICE)
            .distinct()
            .collectAsList()) {
      stated
          .levels
          .computeIfAbsent(
              new Network(row.getString(0), row.getString(1)),
              n -> EnumSet.noneOf(ServiceLevel.class))
          .add(ServiceLevel.of(row.getString(2)));
    }
    for (Row row : signal.select(Tables.OPERATOR, Tables.TECHNOLOGY).distinct().collectAsList()) {
      stated.modelled.add(new Network(row.getString(0), row.getString(1)));
    }
    return stated;
  }

  /**
   * Modelled and stated service beside each other, where a place has either: place, operator,
   * technology, signal_dbm, the probabilities of the three levels, cells_in_reach, defaults_used,
   * the three shares, and the curve if there is one.
   */
  static Dataset<Row> beside(Dataset<Row> modelled, Dataset<Row> stated) {
    String[] key = {Tables.PLACE, Tables.OPERATOR, Tables.TECHNOLOGY};
    return modelled
        .join(stated, key, "full_outer")
        .select(
            col(Tables.PLACE),
            col(Tables.OPERATOR),
            col(Tables.TECHNOLOGY),
            col("signal_dbm"),
            col("probability_outdoor"),
            col("probability_good"),
            col("probability_indoor"),
            col("cells_in_reach"),
            col("defaults_used"),
            col("share_outdoor"),
            col("share_good"),
            col("share_indoor"),
            col(ServiceByOffset.CURVE));
  }

  /**
   * The level in which what a network states is compared with the model: the least that it states;
   * none of a network without cells.
   */
  Optional<ServiceLevel> compared(Row row) {
    return modelled.contains(network(row)) ? of(row).stream().findFirst() : Optional.empty();
  }

  /** Whether what a network states goes before the model. */
  boolean replaces(Row row) {
    return instead && !of(row).isEmpty();
  }

  /**
   * The probability of a level of service, where the model has one of its own: what is stated of
   * the level; or else the model's, but no less than is stated of a higher level and no more than
   * is stated of a lower one.
   */
  double counted(Row row, ServiceLevel level, double modelled) {
    EnumSet<ServiceLevel> stated = of(row);
    if (!instead || stated.isEmpty()) {
      return modelled;
    }
    if (stated.contains(level)) {
      return share(row, level);
    }
    double least = 0;
    double most = 1;
    for (ServiceLevel other : stated) {
      if (other.compareTo(level) > 0) {
        least = Math.max(least, share(row, other));
      } else {
        most = Math.min(most, share(row, other));
      }
    }
    return Math.min(most, Math.max(least, modelled));
  }

  /** The share of people inside the areas of a level or a higher one. */
  static double share(Row row, ServiceLevel level) {
    return orZero(row, SHARES + level.number());
  }

  /** The model's probability of a level, 0 where no cell reaches. */
  static double modelled(Row row, ServiceLevel level) {
    return orZero(row, PROBABILITIES + level.number());
  }

  /** The model's probability by offset, empty where no cell reaches. */
  static List<Float> curve(Row row) {
    return row.isNullAt(CURVE) ? List.of() : row.getList(CURVE);
  }

  private static double orZero(Row row, int column) {
    return row.isNullAt(column) ? 0 : row.getDouble(column);
  }

  private EnumSet<ServiceLevel> of(Row row) {
    return levels.getOrDefault(network(row), EnumSet.noneOf(ServiceLevel.class));
  }

  private static Network network(Row row) {
    return new Network(row.getString(1), row.getString(2));
  }
}
