package org.inclusionmaps.publish.writing;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.inclusionmaps.contract.Tables;

/** Figures as readers see them. */
public final class Numbers {
  private Numbers() {}

  /** Persons from millionths, whole, with separators: 1,234,567. */
  public static String persons(long micro) {
    BigDecimal whole =
        BigDecimal.valueOf(micro)
            .divide(BigDecimal.valueOf(Tables.MICRO), 0, RoundingMode.HALF_EVEN);
    return String.format(Locale.ROOT, "%,d", whole.longValueExact());
  }

  /** Persons from millionths for prose: three significant figures, whole below a thousand. */
  public static String about(long micro) {
    BigDecimal whole =
        BigDecimal.valueOf(micro)
            .divide(BigDecimal.valueOf(Tables.MICRO), 0, RoundingMode.HALF_EVEN);
    return String.format(
        Locale.ROOT,
        "%,d",
        whole.abs().longValueExact() < 1000
            ? whole.longValueExact()
            : whole.round(new MathContext(3, RoundingMode.HALF_EVEN)).longValueExact());
  }

  /** A share in per cent with one decimal; a dash where there is nothing to share. */
  public static String pct(double value) {
    return String.format(Locale.ROOT, "%.1f %%", value);
  }

  public static String pct(long part, long whole) {
    return whole <= 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }

  /** A difference of shares, in points with one decimal, without its sign. */
  public static String points(double value) {
    return String.format(Locale.ROOT, "%.1f", Math.abs(value));
  }

  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A number without needless digits: 2, 0.5, 1234.25. */
  public static String plain(double value) {
    return value == 0
        ? "0"
        : new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  /** A figure for a table: two decimals at most, separators. */
  public static String figure(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN);
    return String.format(
        Locale.ROOT, rounded.stripTrailingZeros().scale() <= 0 ? "%,.0f" : "%,.2f", rounded);
  }
}
