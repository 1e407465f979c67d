package org.inclusionmaps.contract;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * One column of a table and what every value in it must meet.
 *
 * @param name the column's name, with its unit where it has one
 * @param type the Spark type
 * @param description what it is, with unit, one phrase
 * @param optional whether a value may be absent (null)
 * @param unique whether no two rows may share a value
 * @param min smallest value allowed, −∞ where unbounded
 * @param max largest value allowed, +∞ where unbounded
 * @param values the only texts allowed; empty where any text is
 */
public record Field(
    String name,
    DataType type,
    String description,
    boolean optional,
    boolean unique,
    double min,
    double max,
    List<String> values)
    implements Serializable {

  /** A column that must be present in each row, with no other rule. */
  public static Field field(String name, DataType type, String description) {
    return new Field(
        name,
        type,
        description,
        false,
        false,
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        List.of());
  }

  /** A text column. */
  public static Field text(String name, String description) {
    return field(name, DataTypes.StringType, description);
  }

  /** A column of doubles. */
  public static Field number(String name, String description) {
    return field(name, DataTypes.DoubleType, description);
  }

  /** A column of 64-bit integers. */
  public static Field whole(String name, String description) {
    return field(name, DataTypes.LongType, description);
  }

  /** The same column, absent where not known. */
  public Field orAbsent() {
    return new Field(name, type, description, true, unique, min, max, values);
  }

  /** The same column, with no two rows alike. */
  public Field onlyOnce() {
    return new Field(name, type, description, optional, true, min, max, values);
  }

  /** The same column, between two bounds, both allowed. */
  public Field between(double lowest, double highest) {
    return new Field(name, type, description, optional, unique, lowest, highest, values);
  }

  /** The same column, at least a bound. */
  public Field atLeast(double lowest) {
    return between(lowest, Double.POSITIVE_INFINITY);
  }

  /** The same column, one of some texts. */
  public Field oneOf(String... texts) {
    return new Field(
        name, type, description, optional, unique, min, max, List.copyOf(List.of(texts)));
  }

  /** Whether the column has bounds. */
  public boolean bounded() {
    return min != Double.NEGATIVE_INFINITY || max != Double.POSITIVE_INFINITY;
  }

  /** Whether any value can break the column's rule. */
  boolean ruled() {
    return !optional || !onlyPresence();
  }

  /** Whether all that the rule asks is whether a value is there. */
  boolean onlyPresence() {
    return values.isEmpty() && !bounded() && !type.equals(DataTypes.DoubleType);
  }

  /** Whether a value, null where absent, meets the column's rule. */
  boolean allows(@Nullable Object value) {
    if (value == null) {
      return optional;
    }
    if (value instanceof Number number) {
      double d = number.doubleValue();
      return d >= min && d <= max && !Double.isInfinite(d);
    }
    return values.isEmpty() || (value instanceof String text && values.contains(text));
  }

  /** The column in a Spark schema. */
  public StructField sparkField() {
    return DataTypes.createStructField(name, type, optional);
  }

  /** The rule in words, for messages and documents, such as {@code 150 to 71000}; empty if none. */
  public String rule() {
    if (!values.isEmpty()) {
      return "one of " + String.join(", ", values);
    }
    if (!bounded()) {
      return "";
    }
    if (max == Double.POSITIVE_INFINITY) {
      return "at least " + plain(min);
    }
    return min == Double.NEGATIVE_INFINITY
        ? "at most " + plain(max)
        : plain(min) + " to " + plain(max);
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
