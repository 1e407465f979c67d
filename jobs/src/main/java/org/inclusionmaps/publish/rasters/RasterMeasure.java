package org.inclusionmaps.publish.rasters;

import java.util.List;
import java.util.Locale;

/** What the rasters of a release show, one each. Figures are of everybody. */
public enum RasterMeasure {
  PERSONS("persons", "Persons 15 and older", Overviews.SUM),
  LACKING_PERSONS("persons", "Persons who lack affordable access", Overviews.SUM),
  LACKING_PCT(
      "%", "Share of persons with known coverage who lack affordable access", Overviews.RATIO),
  COVERAGE_PROBABILITY("1", "Probability of service, mean over persons", Overviews.MEAN),
  PRICE_INCOME_PCT(
      "%", "Price of the basket in per cent of mean income, mean over persons", Overviews.MEAN);

  /** What a pixel of an overview is. */
  private static final class Overviews {
    static final String SUM = "sum of the pixels of the whole image, and no mean of them";
    static final String RATIO =
        "100 x the sum of persons lacking / the sum of persons with known coverage";
    static final String MEAN = "mean over the persons of the pixels of the whole image";
  }

  private static final List<RasterMeasure> ORDER = List.of(values());

  private final String unit;
  private final String label;
  private final String overviews;

  RasterMeasure(String unit, String label, String overviews) {
    this.unit = unit;
    this.label = label;
    this.overviews = overviews;
  }

  /** The place among the measures, from 0. */
  int index() {
    return ORDER.indexOf(this);
  }

  /** The measure at a place among them. */
  static RasterMeasure of(int index) {
    return ORDER.get(index);
  }

  /** The name of the band, as the column in the files of hexagons. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The file within a release. */
  public String file() {
    return "rasters/" + key() + ".tif";
  }

  public String unit() {
    return unit;
  }

  public String label() {
    return label;
  }

  String overviews() {
    return overviews;
  }

  /** Whether its pixels add up to the country's figure. */
  public boolean counts() {
    return overviews.equals(Overviews.SUM);
  }

  /** The largest number that a pixel may have. */
  public double most() {
    return switch (this) {
      case LACKING_PCT -> 100;
      case COVERAGE_PROBABILITY -> 1;
      default -> Double.MAX_VALUE;
    };
  }

  /**
   * By what share the sum of a level can differ from the persons: half the last bit of a number, of
   * 24 in the whole image and 16 in overviews, and as much again for the adding.
   */
  public static double tolerance(int level) {
    return level == 0 ? 0x1p-23 : 0x1p-15;
  }

  /**
   * The number of a pixel; NaN where nobody lives, or where it is not known of anybody there.
   *
   * @param level 0 for the whole image
   */
  float of(PixelSums sums, int pixel, int level) {
    if (sums.persons(pixel) <= 0) {
      return Float.NaN;
    }
    double number =
        switch (this) {
          case PERSONS -> sums.persons(pixel) / 1e6;
          case LACKING_PERSONS -> sums.known(pixel) > 0 ? sums.lacking(pixel) / 1e6 : Double.NaN;
          case LACKING_PCT -> 100.0 * sums.lacking(pixel) / sums.known(pixel);
          case COVERAGE_PROBABILITY -> sums.mean(0, pixel);
          case PRICE_INCOME_PCT -> sums.mean(1, pixel);
        };
    return counts() && level == 0 ? (float) number : short16((float) number);
  }

  /**
   * The nearest number with 16 significant bits, which is off by less than 1 in 65,536: the bits
   * behind them would be most of a packed tile.
   */
  private static float short16(float number) {
    return Float.isNaN(number)
        ? Float.NaN
        : Float.intBitsToFloat((Float.floatToIntBits(number) + 0x80) & ~0xFF);
  }
}
