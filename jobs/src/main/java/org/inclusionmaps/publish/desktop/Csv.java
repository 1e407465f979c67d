package org.inclusionmaps.publish.desktop;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Fields of text files that spreadsheets open. Source: RFC 4180 for quotes; OWASP, CSV Injection,
 * for texts that a spreadsheet would run: they get an apostrophe before them. Numbers are written
 * as they are, so that a negative one stays a number.
 */
final class Csv {
  /** With these a formula begins; the last four are their wide forms. */
  private static final String FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

  /** A regular expression for what {@link #harmless} put before a text. */
  static final String APOSTROPHE = "^'(?=[" + FORMULA.replace("-", "\\-") + "])";

  private Csv() {}

  /** A value as a field: a number without needless digits, an absent value empty. */
  static String field(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Double number) {
      BigDecimal plain = new BigDecimal(Double.toString(number));
      return plain.signum() == 0 ? "0" : plain.stripTrailingZeros().toPlainString();
    }
    if (value instanceof Number) {
      return value.toString();
    }
    return quoted(harmless(value.toString()));
  }

  /** A text that no spreadsheet takes for a formula. */
  static String harmless(String text) {
    return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  /** A text in quotation marks where it needs them. */
  static String quoted(String text) {
    boolean needs = text.chars().anyMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
    return needs ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
