package org.inclusionmaps.stage;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.inclusionmaps.config.AntennaSettings;
import org.inclusionmaps.config.RadioSettings;
import org.inclusionmaps.config.TechnologySettings;
import org.inclusionmaps.radio.Environment;
import org.inclusionmaps.radio.LinkBudget;
import org.inclusionmaps.radio.OffsetCurve;
import org.inclusionmaps.radio.RadioCell;

/**
 * Radio cells with defaults where the feed is silent, by technology and by what surrounds the mast,
 * and with how far they reach. For one thread.
 */
final class CellDefaults {
  /** Probability of service under which it is neglected: it sets how far a cell reaches. */
  private static final double FLOOR = 0.01;

  private static final double ALL_ROUND_DEG = 360;

  /** Errors of place are rounded to so many steps in each doubling, so that few differ. */
  private static final double ERROR_STEPS = 2;

  /** An error of place under this one is none, km. */
  private static final double LEAST_ERROR_KM = 0.05;

  private final RadioSettings radio;
  private final LinkBudget link;

  /** What a calibration may add to a signal, dB. */
  private final double headroomDb;

  private final Map<Reach, Double> reaches = new HashMap<>();

  private record Reach(
      String technology, double eirpDbm, double frequencyMhz, double heightM, double errorKm) {}

  CellDefaults(RadioSettings radio) {
    this.radio = radio;
    link = link(radio);
    headroomDb = radio.calibrates() ? OffsetCurve.MOST_DB : 0;
  }

  /** The link budget of the settings. */
  static LinkBudget link(RadioSettings radio) {
    Map<Environment, Double> sigmas = new EnumMap<>(Environment.class);
    sigmas.put(Environment.URBAN, radio.sigmaDb().urban());
    sigmas.put(Environment.SUBURBAN, radio.sigmaDb().suburban());
    sigmas.put(Environment.OPEN, radio.sigmaDb().open());
    return new LinkBudget(radio.bodyLossDb(), radio.mobileHeightM(), sigmas);
  }

  /** The settings of a technology. */
  static TechnologySettings technology(RadioSettings radio, String name) {
    return Objects.requireNonNull(radio.technologies().get(name), name);
  }

  /**
   * A cell of the table radio_cells, with its place and the error of it in km.
   *
   * @param around what surrounds the mast
   */
  RadioCell complete(Row cell, double lon, double lat, double errorKm, Environment around) {
    String technology = cell.getAs("technology");
    TechnologySettings of = technology(radio, technology);
    AntennaSettings usual =
        switch (around) {
          case URBAN -> of.urban();
          case SUBURBAN -> of.suburban();
          case OPEN -> of.open();
        };
    double height = told(cell, "height_m", usual.heightM());
    double frequency = told(cell, "frequency_mhz", usual.frequencyMhz());
    double eirp = told(cell, "eirp_dbm", usual.eirpDbm());
    boolean sector = silent(cell, "azimuth_deg") == 0;
    double error = rounded(errorKm);
    double reach =
        reaches.computeIfAbsent(
            new Reach(technology, eirp, frequency, height, error),
            r ->
                link.reachKm(
                    eirp + headroomDb,
                    frequency,
                    height,
                    error,
                    of.thresholdDbm(),
                    FLOOR,
                    of.reachKm()));
    return new RadioCell(
        0,
        lon,
        lat,
        height,
        frequency,
        eirp,
        told(cell, "azimuth_deg", 0),
        sector ? told(cell, "beamwidth_deg", radio.beamwidthDeg()) : ALL_ROUND_DEG,
        told(cell, "tilt_deg", Double.NaN),
        error,
        reach,
        silent(cell, "height_m")
            + silent(cell, "azimuth_deg")
            + silent(cell, "frequency_mhz")
            + silent(cell, "eirp_dbm"));
  }

  private static double told(Row cell, String column, double otherwise) {
    Double value = cell.getAs(column);
    return value == null ? otherwise : value;
  }

  private static int silent(Row cell, String column) {
    return cell.isNullAt(cell.fieldIndex(column)) ? 1 : 0;
  }

  private static double rounded(double errorKm) {
    if (errorKm < LEAST_ERROR_KM) {
      return 0;
    }
    double doublings = Math.log(errorKm) / Math.log(2);
    return Math.pow(2, Math.rint(ERROR_STEPS * doublings) / ERROR_STEPS);
  }
}
