package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.contract.Tables;

/**
 * The definition of one indicator, over the columns of a row of sums in millionths of a person.
 *
 * @param name its name in the table
 * @param unit the unit of its value
 * @param method how it is made, for readers of the table
 * @param numerator above the line; absent where the figure is no quotient
 * @param denominator below the line; absent where the figure is no quotient
 * @param value the figure, read only where there is no reason against it
 * @param reason why there is no value; absent where there is one
 */
record Indicator(
    String name,
    String unit,
    String method,
    Column numerator,
    Column denominator,
    Column value,
    Column reason) {

  /** Where more than this share of the persons below the line is unknown, figures need caution. */
  private static final double MOST_UNKNOWN = 0.1;

  private static final Column NO_NUMBER = lit(null).cast(DataTypes.DoubleType);

  /** A number of persons. */
  static Indicator persons(String name, Column micro, Column reason, String method) {
    return new Indicator(name, "persons", method, NO_NUMBER, NO_NUMBER, inPersons(micro), reason);
  }

  /** One number of persons as per cent of another. */
  static Indicator percent(String name, Column micro, String total, Column reason, String method) {
    Column below = inPersons(col(total));
    Column above = inPersons(micro);
    // A whole divided by itself is 1: in this order no share of a whole is over 100.
    return new Indicator(
        name, "percent", method, above, below, try_divide(above, below).multiply(100), reason);
  }

  /** A figure that compares two rates. */
  static Indicator comparison(
      String name, String unit, Column value, Column reason, String method) {
    return new Indicator(name, unit, method, NO_NUMBER, NO_NUMBER, value, reason);
  }

  /** The columns of the table of indicators that tell of this one, as a structure. */
  Column row() {
    Column given = reason.isNull();
    return struct(
        lit(name).as("indicator"),
        when(given, value).as("value"),
        when(given, numerator).as("numerator"),
        when(given, denominator).as("denominator"),
        lit(unit).as("unit"),
        lit(method).as("method"),
        quality().as("quality"),
        reason.as("reason"));
  }

  /** Without a value unreliable; caution where a tenth as many persons are unknown as known. */
  private Column quality() {
    return when(reason.isNotNull(), "unreliable")
        .when(col(GroupSums.UNKNOWN).gt(col(GroupSums.KNOWN).multiply(MOST_UNKNOWN)), "caution")
        .otherwise("good");
  }

  private static Column inPersons(Column micro) {
    return micro.cast(DataTypes.DoubleType).divide(Tables.MICRO);
  }
}
