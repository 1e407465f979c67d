package org.inclusionmaps.sample;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.contract.Tables;

/**
 * Buildings counted from the air at each home: more or less as many as its people need. Towns have
 * the names of their districts.
 */
final class SettlementRows {
  private static final double PERSONS_A_BUILDING = 4.2;
  private static final double ERROR = 0.3;

  private SettlementRows() {}

  /** Homes to the table of settlements. A hamlet's district is not told. */
  static Dataset<Row> of(Dataset<Row> homes, Draws draws, List<District> districts) {
    HashMap<String, String> names = new HashMap<>();
    districts.forEach(district -> names.put(district.id(), district.name()));
    MapFunction<Row, Row> one = row -> row(HomeRows.fromRow(row), draws, names);
    return homes.map(one, Encoders.row(Tables.SETTLEMENTS.schema()));
  }

  private static Row row(Home home, Draws draws, Map<String, String> names) {
    double error = StrictMath.exp(ERROR * draws.normal(What.WEIGHT_NOISE, home.id()));
    double buildings = StrictMath.rint(home.persons() / PERSONS_A_BUILDING * error);
    return RowFactory.create(
        home.lon(),
        home.lat(),
        StrictMath.max(1, buildings),
        home.kind() == Kind.HAMLET ? null : home.area(),
        home.kind().settlementType().equals("urban") ? names.get(home.area()) : null);
  }
}
