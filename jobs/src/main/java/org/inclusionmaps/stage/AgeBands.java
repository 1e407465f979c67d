package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.regexp_extract;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.contract.Tables;

/** Age bands as intervals: {@code 15-24} counts both ends, {@code 80+} has no upper end. */
final class AgeBands {
  private static final int ADULT = 15;

  private AgeBands() {}

  /** Whether the band holds only persons 15 and older; absent for {@code all}. */
  static Column adult() {
    return lower(col(Tables.AGE_BAND)).geq(ADULT);
  }

  private static Column lower(Column band) {
    return regexp_extract(band, "^(\\d+)", 1).try_cast(DataTypes.IntegerType);
  }
}
