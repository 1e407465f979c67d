package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_extract;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.contract.Tables;

/** Age bands as intervals: {@code 15-24} counts both ends, {@code 80+} has no upper end. */
final class AgeBands {
  private static final int ADULT = 15;
  private static final int OLDEST = 999;

  private AgeBands() {}

  /** Whether the band holds only persons 15 and older; absent for {@code all}. */
  static Column adult() {
    return lower(col(Tables.AGE_BAND)).geq(ADULT);
  }

  /** Whether a band lies within another; absent if either is {@code all}. */
  static Column within(Column inner, Column outer) {
    return lower(inner).geq(lower(outer)).and(upper(inner).leq(upper(outer)));
  }

  private static Column lower(Column band) {
    return regexp_extract(band, "^(\\d+)", 1).try_cast(DataTypes.IntegerType);
  }

  private static Column upper(Column band) {
    Column end = regexp_extract(band, "-(\\d+)$", 1).try_cast(DataTypes.IntegerType);
    return coalesce(end, lit(OLDEST));
  }
}
