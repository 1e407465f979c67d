package org.inclusionmaps.publish.figures;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;

/** Places to the areas of the published levels that hold them. */
public final class AreaTotals {
  /** Where the totals begin in a row. */
  public static final int TOTALS = 5;

  private static final StructType SCHEMA =
      Totals.schema(new StructType().add("holder", DataTypes.StringType, false));

  private AreaTotals() {}

  /**
   * Totals of each published area that has rows: area, level, name, parent, geometry, and then the
   * columns of {@link Totals}.
   *
   * @param places of {@link PlaceTotals}
   * @param parents area to the one that holds it
   */
  public static Dataset<Row> of(
      Dataset<Row> places, Dataset<Row> areas, Map<String, String> parents, List<Integer> levels) {
    HashMap<String, String> up = new HashMap<>(parents);
    Dataset<Row> totals =
        places
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>) rows -> holders(rows, up), Encoders.row(SCHEMA))
            .repartition(col("holder"))
            .sortWithinPartitions("holder")
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>) AreaTotals::together, Encoders.row(SCHEMA));
    return areas
        .where(col("level").isin(levels.toArray()))
        .join(totals, col(Tables.AREA).equalTo(col("holder")))
        .select(
            Columns.all(
                List.of(
                    Tables.AREA,
                    "level",
                    "name",
                    "parent",
                    "geometry",
                    "sums",
                    Totals.BEST,
                    Totals.SOURCE)));
  }

  /** The sums of the places at hand for their areas and the areas that hold those. */
  private static Iterator<Row> holders(Iterator<Row> places, Map<String, String> parents) {
    Map<String, Totals> areas = new TreeMap<>();
    while (places.hasNext()) {
      Row row = places.next();
      Totals totals = Totals.of(row, PlaceTotals.TOTALS);
      areas.computeIfAbsent(row.getString(1), area -> Totals.none(totals.groups())).add(totals);
    }
    Map<String, Totals> holders = new TreeMap<>();
    areas.forEach(
        (area, totals) -> {
          String holder = area;
          while (holder != null) {
            holders.computeIfAbsent(holder, key -> Totals.none(totals.groups())).add(totals);
            holder = parents.get(holder);
          }
        });
    List<Row> rows = new ArrayList<>();
    holders.forEach((holder, totals) -> rows.add(RowFactory.create(totals.after(holder))));
    return rows.iterator();
  }

  private static Iterator<Row> together(Iterator<Row> rows) {
    record Area(String id, Totals totals) {}
    return Runs.of(
            rows,
            row -> row.getString(0),
            row -> new Area(row.getString(0), Totals.none(Totals.of(row, 1).groups())),
            (area, row) -> area.totals().add(Totals.of(row, 1)))
        .map(area -> RowFactory.create(area.totals().after(area.id())))
        .iterator();
  }
}
