package org.inclusionmaps.radio;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * From a radiated power to the signal at a handset: the path loss model is chosen by frequency and
 * environment.
 *
 * <ul>
 *   <li>to 1500 MHz: {@link OkumuraHata};
 *   <li>over 1500 to 2200 MHz: {@link Cost231Hata} with Hata's corrections, extrapolated over 2000;
 *   <li>over 2200 MHz: {@link UrbanMacro} in cities, {@link RuralMacro} elsewhere.
 * </ul>
 *
 * <p>These models contain the clutter around the handset: add none. No loss is under that of free
 * space.
 *
 * @param bodyLossDb loss in the user's hand and head, dB
 * @param handsetHeightM height of the handset above ground, 1 to 10 m
 * @param sigmaDb standard deviation of shadowing by environment, where the model does not give its
 *     own, over 0 dB
 */
public record LinkBudget(
    double bodyLossDb, double handsetHeightM, Map<Environment, Double> sigmaDb) {
  private static final double HATA_LIMIT_MHZ = 1500;
  private static final double COST_LIMIT_MHZ = 2200;
  private static final double NEAREST_KM = 0.01;

  /** Loss that grows by so many dB a unit of the logarithm of distance: Hata's slope at 30 m. */
  private static final double SLOPE_DB = 35.22 / Math.log(10);

  public LinkBudget {
    sigmaDb = new EnumMap<>(sigmaDb);
    for (Environment environment : Environment.values()) {
      Objects.requireNonNull(sigmaDb.get(environment), "a sigma for each environment");
    }
  }

  /** A budget with the same spread everywhere. */
  public static LinkBudget of(double bodyLossDb, double handsetHeightM, double sigmaDb) {
    Map<Environment, Double> sigmas = new EnumMap<>(Environment.class);
    for (Environment environment : Environment.values()) {
      sigmas.put(environment, sigmaDb);
    }
    return new LinkBudget(bodyLossDb, handsetHeightM, sigmas);
  }

  /**
   * Power radiated on the reference channel of a carrier that shares its power evenly among
   * subcarriers (LTE, NR), dBm.
   *
   * @param powerDbm power of the carrier
   * @param gainDbi gain of the antenna at boresight
   * @param feederDb loss between them
   * @param resourceBlocks resource blocks of the carrier, 12 subcarriers each, at least 1
   */
  public static double subcarrierEirpDbm(
      double powerDbm, double gainDbi, double feederDb, int resourceBlocks) {
    return powerDbm + gainDbi - feederDb - 10 * Math.log10(12.0 * resourceBlocks);
  }

  /**
   * The signal at a handset on the boresight of an antenna, with its shadowing.
   *
   * @param eirpDbm power radiated on the reference channel, dBm
   * @param frequencyMhz carrier frequency, 150 to 71,000 MHz
   * @param baseHeightM antenna height above ground, over 1 m
   * @param environment what surrounds the handset
   * @param distanceKm ground distance, at least 0; under 10 m counts as 10 m
   */
  public Signal signal(
      double eirpDbm,
      double frequencyMhz,
      double baseHeightM,
      Environment environment,
      double distanceKm) {
    double received = eirpDbm - bodyLossDb;
    double km = Math.max(distanceKm, NEAREST_KM);
    if (hasOneState(frequencyMhz)) {
      double loss = hataLossDb(frequencyMhz, baseHeightM, environment, km);
      return Signal.lognormal(received - loss, Objects.requireNonNull(sigmaDb.get(environment)));
    }
    return macroSignal(received, frequencyMhz, baseHeightM, environment, km);
  }

  /**
   * The signal of an antenna whose place is not known well: its error widens the spread, by what
   * the loss changes over it.
   *
   * @param errorKm standard error of the antenna's place, at least 0
   */
  public Signal signal(
      double eirpDbm,
      double frequencyMhz,
      double baseHeightM,
      double errorKm,
      Environment environment,
      double distanceKm) {
    Signal signal = signal(eirpDbm, frequencyMhz, baseHeightM, environment, distanceKm);
    return errorKm == 0
        ? signal
        : signal.widened(SLOPE_DB * errorKm / Math.max(distanceKm, errorKm));
  }

  /** Whether signals of a frequency have one state, all with the same spread around the median. */
  boolean hasOneState(double frequencyMhz) {
    return frequencyMhz <= COST_LIMIT_MHZ;
  }

  private Signal macroSignal(
      double received, double frequencyMhz, double base, Environment environment, double km) {
    double ghz = frequencyMhz / 1000;
    double metres = km * 1000;
    double mobile = handsetHeightM;
    double free = freeSpaceLossDb(frequencyMhz, base, km);
    if (environment == Environment.URBAN) {
      return new Signal(
          UrbanMacro.losProbability(metres),
          received - Math.max(free, UrbanMacro.losLossDb(ghz, base, mobile, metres)),
          UrbanMacro.LOS_SIGMA_DB,
          received - Math.max(free, UrbanMacro.nlosLossDb(ghz, base, mobile, metres)),
          UrbanMacro.NLOS_SIGMA_DB);
    }
    return new Signal(
        RuralMacro.losProbability(metres),
        received - Math.max(free, RuralMacro.losLossDb(ghz, base, mobile, metres)),
        RuralMacro.losSigmaDb(ghz, base, mobile, metres),
        received - Math.max(free, RuralMacro.nlosLossDb(ghz, base, mobile, metres)),
        RuralMacro.NLOS_SIGMA_DB);
  }

  private double hataLossDb(double frequencyMhz, double base, Environment environment, double km) {
    double mobile = handsetHeightM;
    double loss =
        frequencyMhz <= HATA_LIMIT_MHZ
            ? switch (environment) {
              case URBAN -> OkumuraHata.urbanLossDb(frequencyMhz, base, mobile, km);
              case SUBURBAN -> OkumuraHata.suburbanLossDb(frequencyMhz, base, mobile, km);
              case OPEN -> OkumuraHata.openLossDb(frequencyMhz, base, mobile, km);
            }
            : switch (environment) {
              case URBAN -> Cost231Hata.urbanLossDb(frequencyMhz, base, mobile, km);
              case SUBURBAN -> Cost231Hata.suburbanLossDb(frequencyMhz, base, mobile, km);
              case OPEN -> Cost231Hata.openLossDb(frequencyMhz, base, mobile, km);
            };
    return Math.max(loss, freeSpaceLossDb(frequencyMhz, base, km));
  }

  /** Loss of free space over the slant distance, dB. Source: ITU-R P.525, 20 log(4πdf/c). */
  double freeSpaceLossDb(double frequencyMhz, double baseHeightM, double distanceKm) {
    double slantM = Slant.distanceM(distanceKm * 1000, baseHeightM, handsetHeightM);
    return 20 * Math.log10(4 * Math.PI * slantM * frequencyMhz * 1e6 / 299_792_458.0);
  }

  /**
   * The farthest ground distance at which the probability of service on boresight over open land is
   * at least a floor, km: farther receivers need not be looked at.
   *
   * @param thresholdDbm least signal that serves, dBm
   * @param floor probability under which service is neglected, over 0, under 1
   * @param limitKm distance never exceeded, over 0
   */
  public double reachKm(
      double eirpDbm,
      double frequencyMhz,
      double baseHeightM,
      double errorKm,
      double thresholdDbm,
      double floor,
      double limitKm) {
    double low = 0;
    double high = limitKm;
    for (int i = 0; i < 40; i++) {
      double middle = (low + high) / 2;
      Signal there = signal(eirpDbm, frequencyMhz, baseHeightM, errorKm, Environment.OPEN, middle);
      if (there.probabilityAtLeast(thresholdDbm) >= floor) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
