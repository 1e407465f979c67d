package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.LonLat;
import org.inclusionmaps.grid.NearestPoints;
import org.inclusionmaps.grid.Places;
import org.jspecify.annotations.Nullable;

/**
 * The area that each radio cell counts in: the deepest one whose outline holds its mast. A mast
 * that stands in none of the finest level that is counted in, as abroad, at sea or beside a coarse
 * outline, goes to the area of the nearest settled place.
 */
public final class CellAreas {
  /** Where a row tells whether the mast stands in the area. */
  public static final int STANDS_IN_IT = 3;

  private CellAreas() {}

  /**
   * Operator, cell, area, and whether the mast stands in it; in the order of the cells.
   *
   * @param tables radio_cells, areas and population
   * @param finest level of areas that persons are counted in
   */
  public static List<Row> of(Map<Table, Dataset<Row>> tables, int finest) {
    Dataset<Row> areas = InclusionStages.table(tables, Tables.AREAS);
    Set<String> within = AreaTree.holders(areas, List.of(finest)).keySet();
    List<Row> located =
        AreaLocator.locate(
                InclusionStages.table(tables, Tables.RADIO_CELLS)
                    .select(Tables.OPERATOR, Tables.CELL, Tables.LON, Tables.LAT),
                areas)
            .orderBy(Tables.CELL)
            .collectAsList();
    List<Row> rows = new ArrayList<>();
    Settled settled = null;
    for (Row cell : located) {
      String found = cell.getString(4);
      boolean stands = found != null && within.contains(found);
      if (!stands && settled == null) {
        settled = Settled.of(InclusionStages.table(tables, Tables.POPULATION), within);
      }
      String near = settled == null ? null : settled.nearest(cell.getDouble(2), cell.getDouble(3));
      String area = stands || near == null ? found : near;
      rows.add(RowFactory.create(cell.get(0), cell.get(1), area, stands));
    }
    return rows;
  }

  /** Settled places, each with the area of most of its people. */
  private record Settled(List<String> areas, @Nullable NearestPoints points) {
    static Settled of(Dataset<Row> population, Set<String> within) {
      List<String> areas = new ArrayList<>();
      List<LonLat> centres = new ArrayList<>();
      for (Row row :
          population
              .groupBy(Tables.PLACE, Tables.AREA)
              .agg(sum(Tables.PERSONS_MICRO).as("persons"))
              .groupBy(Tables.PLACE)
              .agg(max_by(col(Tables.AREA), struct(col("persons"), col(Tables.AREA))))
              .orderBy(Tables.PLACE)
              .collectAsList()) {
        if (within.contains(row.getString(1))) {
          areas.add(row.getString(1));
          centres.add(Places.centre(row.getLong(0)));
        }
      }
      return new Settled(
          areas,
          areas.isEmpty()
              ? null
              : new NearestPoints(
                  centres.stream().mapToDouble(LonLat::lon).toArray(),
                  centres.stream().mapToDouble(LonLat::lat).toArray()));
    }

    /** None if nobody lives in the level's areas; the frame then refuses the level. */
    @Nullable String nearest(double lon, double lat) {
      return points == null ? null : areas.get(points.at(lon, lat));
    }
  }
}
