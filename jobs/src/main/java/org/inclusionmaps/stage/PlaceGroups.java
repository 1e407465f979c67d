package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.inclusionmaps.contract.Tables;

/** The key that population, affordability, connected and inclusion share. */
final class PlaceGroups {
  static final List<String> KEY =
      List.of(Tables.PLACE, Tables.AREA, Tables.SEX, Tables.AGE_BAND, Tables.DISABILITY);

  private PlaceGroups() {}

  /** The names of the key, for a join. */
  static String[] on() {
    return KEY.toArray(String[]::new);
  }

  /** The columns of the key, then others. */
  static Column[] and(Column... others) {
    Stream<Column> key = KEY.stream().map(name -> col(name));
    return Stream.concat(key, Stream.of(others)).toArray(Column[]::new);
  }
}
