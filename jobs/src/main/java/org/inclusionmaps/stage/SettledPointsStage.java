package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.config.PlacesSettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.grid.Land;
import org.inclusionmaps.grid.LonLat;
import org.inclusionmaps.grid.Places;

/**
 * Areas, census and settlements to the points where the people of each area live. An area whose
 * people are all counted in its sub-areas has no row.
 *
 * <p>An area's own people live, by the first of these that there is:
 *
 * <ol>
 *   <li>at its settlements: those that name it, or, naming none, lie in its outline and in no
 *       deeper one. A settlement in the outline of a counted sub-area is that sub-area's;
 *   <li>at its own point, or over the land of its outline outside its counted sub-areas, evenly;
 *   <li>where the people of the areas inside it live, in proportion to them.
 * </ol>
 *
 * <p>Settlements outside every counted area and those without weight give nothing.
 */
final class SettledPointsStage {
  /** Points lie this many resolutions under places: 49 to a place. */
  static final int FINER = 2;

  /** Land without settlements is about so many points. */
  private static final int LAND_POINTS = 2000;

  private static final String POINT = "point";
  private static final String WEIGHT = "weight_micro";
  private static final String OWN = "own_micro";
  private static final String INNER = "inner";

  private static final StructType WEIGHTS =
      new StructType()
          .add(Tables.AREA, DataTypes.StringType, false)
          .add(POINT, DataTypes.LongType, false)
          .add(WEIGHT, DataTypes.LongType, false);

  private static final StructType PLOTS =
      WEIGHTS
          .add(Tables.LON, DataTypes.DoubleType, false)
          .add(Tables.LAT, DataTypes.DoubleType, false);

  private static final StructType WITHIN =
      new StructType()
          .add(INNER, DataTypes.StringType, false)
          .add(Tables.AREA, DataTypes.StringType, false)
          .add(OWN, DataTypes.LongType, false);

  private SettledPointsStage() {}

  /** Only lists of areas come to the driver, to decide what places whose people. */
  static Dataset<Row> points(
      Dataset<Row> areas, Dataset<Row> census, Dataset<Row> settlements, PlacesSettings places) {
    int resolution = places.resolution() + FINER;
    AreaHomes homes = AreaHomes.of(areas, census);
    Dataset<Row> points = settlements(AreaLocator.locate(settlements, areas), homes, resolution);
    Set<String> bare = new TreeSet<>(homes.own().keySet());
    bare.removeAll(areasOf(points));
    if (!bare.isEmpty()) {
      Dataset<Row> land = land(bare, areas, homes, resolution);
      bare.removeAll(areasOf(land));
      points = points.unionByName(land);
    }
    if (!bare.isEmpty()) {
      points = points.unionByName(inside(points, within(bare, homes)));
    }
    return points.select(
        PlaceColumns.parent(col(POINT), places.resolution()).as(Tables.PLACE),
        col(Tables.AREA),
        col(POINT),
        PlaceColumns.lon(col(POINT)).as(Tables.LON),
        PlaceColumns.lat(col(POINT)).as(Tables.LAT),
        col(WEIGHT));
  }

  private static Set<String> areasOf(Dataset<Row> points) {
    Set<String> areas = new TreeSet<>();
    points.select(Tables.AREA).distinct().collectAsList().forEach(a -> areas.add(a.getString(0)));
    return areas;
  }

  /** Settlements to the points of the areas that they belong to. */
  private static Dataset<Row> settlements(Dataset<Row> located, AreaHomes homes, int resolution) {
    return located
        .where(col("weight").gt(0))
        .select(
            col(Tables.AREA),
            col(AreaLocator.FOUND),
            PlaceColumns.at(col(Tables.LON), col(Tables.LAT), resolution),
            greatest(lit(1L), round(col("weight").multiply(Tables.MICRO)).cast("long")))
        .flatMap(
            (FlatMapFunction<Row, Row>) settlement -> atHome(settlement, homes),
            Encoders.row(WEIGHTS))
        .groupBy(Tables.AREA, POINT)
        .agg(sum(WEIGHT).as(WEIGHT));
  }

  private static Iterator<Row> atHome(Row settlement, AreaHomes homes) {
    Optional<String> home = homes.of(settlement.getString(0), settlement.getString(1));
    return home.stream()
        .map(area -> RowFactory.create(area, settlement.getLong(2), settlement.getLong(3)))
        .iterator();
  }

  /** Areas to their own point or the points of their land, but for that of counted sub-areas. */
  private static Dataset<Row> land(
      Set<String> bare, Dataset<Row> areas, AreaHomes homes, int resolution) {
    Dataset<Row> outlined =
        areas
            .sparkSession()
            .createDataset(List.copyOf(bare), Encoders.STRING())
            .toDF(Tables.AREA)
            .join(
                areas.where(col("geometry").isNotNull()).select(Tables.AREA, "geometry"),
                Tables.AREA);
    Dataset<Row> plots =
        outlined.flatMap(
            (FlatMapFunction<Row, Row>) area -> plots(area, resolution), Encoders.row(PLOTS));
    int found = PLOTS.size();
    return AreaLocator.locate(plots, areas)
        .filter(
            (FilterFunction<Row>)
                plot -> !homes.ofSubArea(plot.getString(0), plot.getString(found)))
        .select(Tables.AREA, POINT, WEIGHT);
  }

  private static Iterator<Row> plots(Row area, int resolution) {
    List<Row> points = new ArrayList<>();
    for (Land.Plot plot : Land.plots(area.getAs(1), resolution, LAND_POINTS)) {
      LonLat centre = Places.centre(plot.point());
      long weight = Math.max(1, Math.round(plot.km2() * Tables.MICRO));
      points.add(
          RowFactory.create(area.getString(0), plot.point(), weight, centre.lon(), centre.lat()));
    }
    return points.iterator();
  }

  /** The areas with own people inside each of some areas. */
  private static List<Row> within(Set<String> bare, AreaHomes homes) {
    List<Row> within = new ArrayList<>();
    Set<String> lost = new TreeSet<>(bare);
    homes
        .own()
        .forEach(
            (inner, micro) -> {
              for (String area : homes.above(inner)) {
                if (bare.contains(area) && !bare.contains(inner)) {
                  within.add(RowFactory.create(inner, area, micro));
                  lost.remove(area);
                }
              }
            });
    if (!lost.isEmpty()) {
      String area = lost.iterator().next();
      throw new InclusionException(
          ErrorCode.CONTRACT_BROKEN,
          String.format(
              Locale.ROOT,
              "census: area %s has %,.0f persons but no settlement, outline or sub-area tells where"
                  + " they live; add its geometry to areas or settlements inside it (%,d such areas)",
              area,
              homes.own().getOrDefault(area, 0L) / (double) Tables.MICRO,
              lost.size()));
    }
    return within;
  }

  /** Areas to the points of the people inside them, weighted by those people. */
  private static Dataset<Row> inside(Dataset<Row> placed, List<Row> pairs) {
    Dataset<Row> within = placed.sparkSession().createDataFrame(pairs, WITHIN);
    Dataset<Row> people =
        placed
            .withColumnRenamed(Tables.AREA, INNER)
            .join(within.select(INNER, OWN).distinct(), INNER);
    return Splits.split(people, List.of(INNER), POINT, OWN, WEIGHT)
        .join(within, INNER)
        .where(col(Tables.PERSONS_MICRO).gt(0))
        .groupBy(Tables.AREA, POINT)
        .agg(sum(Tables.PERSONS_MICRO).as(WEIGHT));
  }
}
