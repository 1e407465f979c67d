package org.inclusionmaps.ingest;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** Texts of a feed to values: null where a text is not what the type asks for. */
final class Texts {
  private static final String BLANKS = " \t\r\n\u00A0";
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?|[+-]?(?i:nan|inf|infinity)");
  private static final Pattern NUMBER_WITH_COMMA =
      Pattern.compile("[+-]?(\\d+|\\d{1,3}(\\.\\d{3})+)(,\\d*)?([eE][+-]?\\d+)?");
  private static final Pattern WHOLE = Pattern.compile("([+-]?\\d+)(\\.0*)?");
  private static final Set<String> TRUE = Set.of("t", "true", "y", "yes", "1");
  private static final Set<String> FALSE = Set.of("f", "false", "n", "no", "0");

  private Texts() {}

  /** A text without blanks at its ends; null where nothing is left. */
  static @Nullable String clean(@Nullable String raw) {
    if (raw == null) {
      return null;
    }
    int from = 0;
    int to = raw.length();
    while (from < to && BLANKS.indexOf(raw.charAt(from)) >= 0) {
      from++;
    }
    while (from < to && BLANKS.indexOf(raw.charAt(to - 1)) >= 0) {
      to--;
    }
    return from == to ? null : raw.substring(from, to);
  }

  /** A text filled with zeros at its left to a length in characters. */
  static String padded(String text, int length) {
    return "0".repeat(Math.max(0, length - text.codePointCount(0, text.length()))) + text;
  }

  /** A number with a decimal comma in the writing of a machine; null where it is none. */
  static @Nullable String withoutComma(String text) {
    return NUMBER_WITH_COMMA.matcher(text).matches()
        ? text.replace(".", "").replace(',', '.')
        : null;
  }

  /** A text as a value of a type; null where it is none. */
  static @Nullable Object parsed(String text, DataType type) {
    try {
      if (type.equals(DataTypes.DoubleType)) {
        return number(text);
      }
      if (type.equals(DataTypes.LongType) || type.equals(DataTypes.IntegerType)) {
        var digits = WHOLE.matcher(text);
        if (!digits.matches()) {
          return null;
        }
        if (type.equals(DataTypes.LongType)) {
          return Long.valueOf(digits.group(1));
        }
        return Integer.valueOf(digits.group(1));
      }
    } catch (NumberFormatException e) {
      return null;
    }
    return type.equals(DataTypes.BooleanType) ? truth(text.toLowerCase(Locale.ROOT)) : text;
  }

  private static @Nullable Double number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return null;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> Double.valueOf(text);
    };
  }

  private static @Nullable Boolean truth(String lower) {
    return TRUE.contains(lower) ? Boolean.TRUE : FALSE.contains(lower) ? Boolean.FALSE : null;
  }

  /**
   * A value of a column with a type as the contract's type.
   *
   * @param raw a value of the contract's type, or a number of one that goes into it without loss
   */
  static Object converted(Object raw, DataType type) {
    if (raw instanceof Number number) {
      if (type.equals(DataTypes.DoubleType)) {
        return number.doubleValue();
      }
      if (type.equals(DataTypes.LongType)) {
        return number.longValue();
      }
      return number.intValue();
    }
    return raw;
  }

  /** A value as messages show it: in the writing that Spark's own cast to text has. */
  static String shown(Object value) {
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }

  /** What a type is called in messages. */
  static String kind(DataType type) {
    if (type.equals(DataTypes.DoubleType)) {
      return "a number";
    }
    return type.equals(DataTypes.BooleanType) ? "true or false" : "a whole number";
  }
}
