package org.inclusionmaps.publish.figures;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.LonLat;
import org.inclusionmaps.grid.NearestPoints;
import org.inclusionmaps.grid.Places;
import org.jspecify.annotations.Nullable;

/** The places of one area that have persons enough to show isolated ones with them, in order. */
final class Receivers {
  private static final String HOLDER = "holder";

  private static final StructType HELD =
      new StructType()
          .add(HOLDER, DataTypes.StringType, false)
          .add(Tables.PLACE, DataTypes.LongType, false);

  private static final StructType MOVE =
      new StructType()
          .add(Tables.PLACE, DataTypes.LongType, false)
          .add("to", DataTypes.LongType, false);

  private final String area;
  private final List<Long> places = new ArrayList<>();

  private Receivers(String area) {
    this.area = area;
  }

  /**
   * The nearest place with persons enough, by the great circle between centres, for each isolated
   * place whose area has one; of equally near ones the least index.
   *
   * @param totals of {@link PlaceTotals}, in order of places
   * @param parents area to the one that holds it
   * @param isolated place to the area to look in
   * @param least persons, millionths
   */
  static Map<Long, Long> nearest(
      Dataset<Row> totals, Map<String, String> parents, Map<Long, String> isolated, long least) {
    HashMap<String, List<Long>> wanted = new HashMap<>();
    isolated.forEach(
        (place, area) -> wanted.computeIfAbsent(area, key -> new ArrayList<>()).add(place));
    Map<Long, Long> found = new HashMap<>();
    totals
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                rows ->
                    Home.of(rows)
                        .filter(home -> home.persons() >= least)
                        .flatMap(home -> holders(home, wanted.keySet(), parents))
                        .iterator(),
            Encoders.row(HELD))
        .repartition(col(HOLDER))
        .sortWithinPartitions(HOLDER, Tables.PLACE)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                rows ->
                    Runs.of(
                            rows,
                            row -> row.getString(0),
                            row -> new Receivers(row.getString(0)),
                            (receivers, row) -> receivers.places.add(row.getLong(1)))
                        .flatMap(receivers -> receivers.nearest(wanted))
                        .iterator(),
            Encoders.row(MOVE))
        .collectAsList()
        .forEach(row -> found.put(row.getLong(0), row.getLong(1)));
    return found;
  }

  private static Stream<Row> holders(Home home, Set<String> wanted, Map<String, String> parents) {
    List<Row> rows = new ArrayList<>();
    for (@Nullable String area = home.area(); area != null; area = parents.get(area)) {
      if (wanted.contains(area)) {
        rows.add(RowFactory.create(area, home.place()));
      }
    }
    return rows.stream();
  }

  private Stream<Row> nearest(Map<String, List<Long>> isolated) {
    double[] lon = new double[places.size()];
    double[] lat = new double[places.size()];
    for (int i = 0; i < lon.length; i++) {
      LonLat centre = Places.centre(places.get(i));
      lon[i] = centre.lon();
      lat[i] = centre.lat();
    }
    NearestPoints points = new NearestPoints(lon, lat);
    return Objects.requireNonNull(isolated.get(area)).stream()
        .map(
            place -> {
              LonLat from = Places.centre(place);
              return RowFactory.create(place, places.get(points.at(from.lon(), from.lat())));
            });
  }
}
