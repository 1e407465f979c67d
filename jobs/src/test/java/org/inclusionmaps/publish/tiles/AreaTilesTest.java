package org.inclusionmaps.publish.tiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sebasbaumh.mapbox.vectortile.adapt.jts.MvtReader;
import io.github.sebasbaumh.mapbox.vectortile.adapt.jts.TagKeyValueMapConverter;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.format.mvt.TileLayer;
import org.inclusionmaps.format.mvt.VectorTile;
import org.inclusionmaps.format.pmtiles.TileId;
import org.inclusionmaps.grid.WebMercator;
import org.inclusionmaps.publish.figures.Areas;
import org.inclusionmaps.publish.figures.Totals;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.io.WKBWriter;

/**
 * What the tiles of a zoom hold of an area, each within its own square, adds up to the area on the
 * map: nothing is lost, doubled or filled in. The truth is the area of the polygon on the map.
 */
@ExtendWith(SparkExtension.class)
class AreaTilesTest {
  private static final GeometryFactory FACTORY = new GeometryFactory();
  private static final StructType ROWS =
      Totals.schema(
          new StructType()
              .add("area", DataTypes.StringType)
              .add("level", DataTypes.IntegerType)
              .add("name", DataTypes.StringType)
              .add("parent", DataTypes.StringType)
              .add("geometry", DataTypes.BinaryType));

  /** Zoom to the area in its tiles, as a share of the map. */
  private static Map<Integer, Double> drawn(SparkSession spark, Geometry geometry, int maxZoom)
      throws Exception {
    Totals totals = Totals.none(1);
    totals.add(0, 0, 5_000_000);
    totals.add(0, 1, 5_000_000);
    Row row = RowFactory.create(totals.after("X", 0, "Ex", null, new WKBWriter().write(geometry)));
    Dataset<Row> rows = spark.createDataFrame(List.of(row), ROWS);
    Areas areas = Areas.of(rows, Map.of());
    TileAttributes attributes = new TileAttributes(1);
    TileSchema schema = TileSchema.of(attributes).get(TileSchema.AREAS);
    Map<Integer, Double> shares = new TreeMap<>();
    Envelope box = new Envelope(0, HexagonTiles.EXTENT, 0, HexagonTiles.EXTENT);
    for (Row tile : AreaTiles.of(areas, maxZoom, attributes).collectAsList()) {
      TileLayer layer = schema.empty();
      TileFeatures.Count count = new TileFeatures.Count();
      new TileFeatures.Reader(tile.getAs(3)).into(layer, schema, count);
      int zoom = TileId.zoom(tile.getLong(0));
      double side = Math.pow(2, zoom) * HexagonTiles.EXTENT;
      for (Geometry found :
          MvtReader.loadMvt(
                  new ByteArrayInputStream(VectorTile.of(List.of(layer))),
                  FACTORY,
                  new TagKeyValueMapConverter(false, "id"))
              .getLayer("areas")
              .getGeometries()) {
        double inside = found.buffer(0).intersection(FACTORY.toGeometry(box)).getArea();
        shares.merge(zoom, inside / side / side, Double::sum);
      }
    }
    return shares;
  }

  private static double onTheMap(Geometry geometry) {
    Geometry map = geometry.copy();
    map.apply(
        (org.locationtech.jts.geom.CoordinateFilter)
            at -> {
              at.x = WebMercator.x(at.x);
              at.y = WebMercator.y(at.y);
            });
    map.geometryChanged();
    return map.getArea();
  }

  private static void holds(SparkSession spark, Geometry geometry, int from, int to)
      throws Exception {
    double truth = onTheMap(geometry);
    Map<Integer, Double> drawn = drawn(spark, geometry, to);
    for (int zoom = from; zoom <= to; zoom++) {
      assertThat(drawn.get(zoom)).as("zoom " + zoom).isCloseTo(truth, within(0.01 * truth));
    }
  }

  private static LinearRing circle(
      double lon, double lat, double radius, int corners, double waves) {
    Coordinate[] ring = new Coordinate[corners + 1];
    for (int i = 0; i < corners; i++) {
      double angle = 2 * Math.PI * i / corners;
      double r = radius * (1 + waves * Math.sin(997 * angle) + waves * Math.sin(101_003 * angle));
      ring[i] = new Coordinate(lon + r * Math.cos(angle), lat + r * Math.sin(angle));
    }
    ring[corners] = ring[0];
    return FACTORY.createLinearRing(ring);
  }

  @Test
  void aCountryWithHolesKeepsThem(SparkSession spark) throws Exception {
    Polygon country =
        FACTORY.createPolygon(
            circle(20, 5, 4, 500, 0),
            new LinearRing[] {circle(19, 5, 1, 90, 0), circle(21.5, 6, 0.8, 40, 0)});
    holds(spark, country, 3, 8);
  }

  @Test
  void islandsAreAllThere(SparkSession spark) throws Exception {
    List<Polygon> islands = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      islands.add(
          FACTORY.createPolygon(
              circle(120 + 0.7 * (i % 20), -8 + 0.6 * Math.floorDiv(i, 20), 0.2, 30, 0)));
    }
    holds(spark, FACTORY.createMultiPolygon(islands.toArray(new Polygon[0])), 5, 8);
  }

  @Test
  void aCountryAcrossTheAntimeridianIsOnBothEdges(SparkSession spark) throws Exception {
    Polygon whole = FACTORY.createPolygon(circle(179, -17, 3, 200, 0));
    holds(spark, whole, 4, 7);
    Geometry cut =
        FACTORY.createMultiPolygon(
            new Polygon[] {
              (Polygon) whole.intersection(FACTORY.toGeometry(new Envelope(170, 180, -30, 0))),
              (Polygon)
                  shifted(whole.intersection(FACTORY.toGeometry(new Envelope(180, 190, -30, 0))))
            });
    assertThat(drawn(spark, whole, 6).get(6))
        .isCloseTo(drawn(spark, cut, 6).get(6), within(1e-3 * onTheMap(cut)));
  }

  private static Geometry shifted(Geometry geometry) {
    Geometry out = geometry.copy();
    out.apply((org.locationtech.jts.geom.CoordinateFilter) at -> at.x -= 360);
    out.geometryChanged();
    return out;
  }

  @Test
  void aCoastOfFiveMillionCornersIsRight(SparkSession spark) throws Exception {
    holds(spark, FACTORY.createPolygon(circle(-60, -10, 8, 5_000_000, 0.004)), 2, 5);
  }

  @Test
  void anIslandTooSmallToBeSeenIsADot(SparkSession spark) throws Exception {
    Map<Integer, Double> drawn =
        drawn(spark, FACTORY.createPolygon(circle(-130, -25, 1e-5, 8, 0)), 6);
    assertThat(drawn.keySet()).containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(drawn.values()).allSatisfy(share -> assertThat(share).isPositive());
  }
}
