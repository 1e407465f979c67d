package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
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

  private static final String HOME = "home";
  private static final String POINT = "point";
  private static final String WEIGHT = "weight_micro";
  private static final String OWN = "own_micro";

  private static final StructType LAND =
      new StructType()
          .add(Tables.AREA, DataTypes.StringType, false)
          .add(POINT, DataTypes.LongType, false)
          .add(WEIGHT, DataTypes.LongType, false)
          .add(Tables.LON, DataTypes.DoubleType, false)
          .add(Tables.LAT, DataTypes.DoubleType, false);

  private SettledPointsStage() {}

  static Dataset<Row> points(
      Dataset<Row> areas, Dataset<Row> census, Dataset<Row> settlements, PlacesSettings places) {
    int resolution = places.resolution() + FINER;
    Dataset<Row> own =
        OwnPeople.of(areas, census).groupBy(Tables.AREA).agg(sum(Tables.PERSONS_MICRO).as(OWN));
    Dataset<Row> homes = OwnPeople.homes(areas, census);
    Dataset<Row> tree = AreaTree.ancestors(areas);
    Dataset<Row> settled =
        settlements(AreaLocator.locate(settlements, areas), homes, tree, resolution)
            .join(own.select(Tables.AREA), Tables.AREA);
    Dataset<Row> bare = without(own, settled);
    Dataset<Row> direct = settled.unionByName(land(bare, areas, homes, tree, resolution));
    Dataset<Row> lost = without(bare, direct);
    Dataset<Row> inside = inside(lost, direct, own, tree);
    return direct
        .unionByName(inside)
        .unionByName(refused(without(lost, inside)))
        .select(
            PlaceColumns.parent(col(POINT), places.resolution()).as(Tables.PLACE),
            col(Tables.AREA),
            col(POINT),
            PlaceColumns.lon(col(POINT)).as(Tables.LON),
            PlaceColumns.lat(col(POINT)).as(Tables.LAT),
            col(WEIGHT));
  }

  private static Dataset<Row> without(Dataset<Row> areas, Dataset<Row> placed) {
    return areas.join(placed.select(Tables.AREA).distinct(), names(Tables.AREA), "left_anti");
  }

  private static String[] names(String... names) {
    return names;
  }

  /** Settlements to the points of the areas that they belong to. */
  private static Dataset<Row> settlements(
      Dataset<Row> located, Dataset<Row> homes, Dataset<Row> tree, int resolution) {
    Dataset<Row> weighted =
        located
            .where(col("weight").gt(0))
            .select(
                col(Tables.AREA).as("named"),
                col(AreaLocator.FOUND),
                PlaceColumns.at(col(Tables.LON), col(Tables.LAT), resolution).as(POINT),
                greatest(lit(1L), round(col("weight").multiply(Tables.MICRO)).cast("long"))
                    .as(WEIGHT));
    Dataset<Row> within =
        tree.select(col(Tables.AREA).as("inner"), col(AreaTree.ANCESTOR).as("outer"));
    return weighted
        .join(
            within,
            col(AreaLocator.FOUND).equalTo(col("inner")).and(col("named").equalTo(col("outer"))),
            "left")
        .select(
            when(col("inner").isNull(), coalesce(col("named"), col(AreaLocator.FOUND)))
                .otherwise(col(AreaLocator.FOUND))
                .as(Tables.AREA),
            col(POINT),
            col(WEIGHT))
        .join(homes, Tables.AREA)
        .groupBy(col(HOME).as(Tables.AREA), col(POINT))
        .agg(sum(WEIGHT).as(WEIGHT));
  }

  /** Areas to their own point or the points of their land, but for that of counted sub-areas. */
  private static Dataset<Row> land(
      Dataset<Row> bare,
      Dataset<Row> areas,
      Dataset<Row> homes,
      Dataset<Row> tree,
      int resolution) {
    Dataset<Row> plots =
        bare.select(Tables.AREA)
            .join(
                areas.where(col("geometry").isNotNull()).select(Tables.AREA, "geometry"),
                Tables.AREA)
            .flatMap(
                (FlatMapFunction<Row, Row>) area -> plots(area, resolution), Encoders.row(LAND));
    Dataset<Row> ofSubAreas =
        tree.join(homes, Tables.AREA)
            .where(col(HOME).notEqual(col(AreaTree.ANCESTOR)))
            .select(col(Tables.AREA).as(AreaLocator.FOUND), col(AreaTree.ANCESTOR).as(Tables.AREA));
    return AreaLocator.locate(plots, areas)
        .join(ofSubAreas, names(AreaLocator.FOUND, Tables.AREA), "left_anti")
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

  /** Areas to the points of the people inside them, weighted by those people. */
  private static Dataset<Row> inside(
      Dataset<Row> lost, Dataset<Row> placed, Dataset<Row> own, Dataset<Row> tree) {
    Dataset<Row> within =
        tree.select(col(Tables.AREA).as("inner"), col(AreaTree.ANCESTOR).as(Tables.AREA))
            .join(lost.select(Tables.AREA), Tables.AREA);
    Dataset<Row> people =
        placed
            .join(own, Tables.AREA)
            .join(
                within.select(col("inner").as(Tables.AREA)).distinct(),
                names(Tables.AREA),
                "left_semi");
    return Splits.split(people, List.of(Tables.AREA), POINT, OWN, WEIGHT)
        .withColumnRenamed(Tables.AREA, "inner")
        .join(within, "inner")
        .where(col(Tables.PERSONS_MICRO).gt(0))
        .groupBy(col(Tables.AREA), col(POINT))
        .agg(sum(Tables.PERSONS_MICRO).as(WEIGHT));
  }

  /** No rows, and a refusal if there is an area with people that nothing places. */
  private static Dataset<Row> refused(Dataset<Row> lost) {
    return lost.agg(
            min_by(col(Tables.AREA), col(Tables.AREA)).as(Tables.AREA),
            min_by(col(OWN), col(Tables.AREA)).as(OWN),
            count(lit(1)).as("n"))
        .flatMap(
            (FlatMapFunction<Row, Row>) SettledPointsStage::refuse,
            Encoders.row(
                new StructType()
                    .add(Tables.AREA, DataTypes.StringType, false)
                    .add(POINT, DataTypes.LongType, false)
                    .add(WEIGHT, DataTypes.LongType, false)));
  }

  private static Iterator<Row> refuse(Row lost) {
    if (lost.getLong(2) == 0) {
      return Collections.emptyIterator();
    }
    throw new InclusionException(
        ErrorCode.CONTRACT_BROKEN,
        String.format(
            Locale.ROOT,
            "census: area %s has %,.0f persons but no settlement, outline or sub-area tells where"
                + " they live; add its geometry to areas or settlements inside it (%,d areas are so)",
            lost.getString(0),
            lost.getLong(1) / (double) Tables.MICRO,
            lost.getLong(2)));
  }
}
