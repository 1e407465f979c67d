package org.inclusionmaps.publish.tiles;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.inclusionmaps.format.ByteSink;
import org.inclusionmaps.format.mvt.Geometries;
import org.inclusionmaps.format.pmtiles.TileId;
import org.inclusionmaps.grid.WebMercator;
import org.inclusionmaps.publish.figures.AreaTotals;
import org.inclusionmaps.publish.figures.Areas;
import org.inclusionmaps.publish.figures.Totals;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/**
 * Areas to features of the tiles that they touch. Corners are snapped to half a pixel of the zoom,
 * the same for neighbours, so that outlines are simpler at low zooms without gaps between areas. An
 * area too small to be seen is a dot of one pixel.
 */
final class AreaTiles {
  private static final int EXTENT = HexagonTiles.EXTENT;
  private static final int SNAP = 4;
  private static final double BUFFER = 64.0 / EXTENT;

  private final int maxZoom;
  private final int minZoom;
  private final List<Row> out = new ArrayList<>();
  private final boolean[] drawn;
  private final long id;
  private final long position;
  private final List<String> texts;
  private final ByteSink numbers = new ByteSink();

  private AreaTiles(Row row, long id, int minZoom, int maxZoom, TileAttributes attributes) {
    int level = row.getInt(1);
    this.texts = List.of(row.getString(0), row.getString(2));
    long[] values = attributes.values(Totals.of(row, AreaTotals.TOTALS));
    long[] andLevel = Arrays.copyOf(values, values.length + 1);
    andLevel[values.length] = level;
    TileFeatures.numbers(andLevel, numbers);
    this.id = id;
    this.position = ((long) level << 40) | id;
    this.minZoom = minZoom;
    this.maxZoom = maxZoom;
    this.drawn = new boolean[maxZoom + 1];
  }

  /**
   * Rows of {@link TileFeatures} for all zooms: the areas that have polygons.
   *
   * @param areas rows of {@link AreaTotals}
   */
  static Dataset<Row> of(Areas areas, int maxZoom, TileAttributes attributes) {
    HashMap<String, Long> numbers = areas.numbers();
    Map<Integer, Integer> firstZooms = ZoomPlan.firstZooms(areas.drawn());
    return areas
        .rows()
        .flatMap(
            (FlatMapFunction<Row, Row>)
                row -> {
                  Geometry geometry = row.isNullAt(4) ? null : Areas.geometry(row.getAs(4));
                  if (geometry == null || geometry.getDimension() < 2) {
                    return Collections.emptyIterator();
                  }
                  long number = Objects.requireNonNull(numbers.get(row.getString(0)));
                  int first = firstZooms.getOrDefault(row.getInt(1), 0);
                  return new AreaTiles(row, number, first, maxZoom, attributes).features(geometry);
                },
            Encoders.row(TileFeatures.SCHEMA));
  }

  private Iterator<Row> features(Geometry geometry) {
    descend(Clip.to(polygons(geometry), -BUFFER, 0, 1 + BUFFER, 1), 0, 0, 0);
    Coordinate inside = geometry.getInteriorPoint().getCoordinate();
    for (int zoom = minZoom; zoom <= maxZoom; zoom++) {
      if (!drawn[zoom]) {
        dot(inside, zoom);
      }
    }
    return out.iterator();
  }

  private void descend(List<List<double[]>> polygons, int zoom, int x, int y) {
    if (zoom >= minZoom) {
      add(snapped(polygons, zoom, x, y), zoom, x, y);
    }
    if (zoom == maxZoom) {
      return;
    }
    double side = 1.0 / (1L << (zoom + 1));
    for (int child = 0; child < 4; child++) {
      int cx = 2 * x + (child & 1);
      int cy = 2 * y + (child >> 1);
      double west = (cx - BUFFER) * side;
      double north = (cy - BUFFER) * side;
      double reach = (1 + 2 * BUFFER) * side;
      List<List<double[]>> part = Clip.to(polygons, west, north, west + reach, north + reach);
      if (!part.isEmpty()) {
        descend(part, zoom + 1, cx, cy);
      }
    }
  }

  private void add(List<List<int[]>> polygons, int zoom, int x, int y) {
    ByteSink geometry = new ByteSink();
    Geometries.polygons(polygons, geometry);
    if (geometry.size() > 0) {
      ByteSink features = new ByteSink();
      TileFeatures.pack(features, id, !drawn[zoom], geometry, texts, numbers);
      drawn[zoom] = true;
      out.add(TileFeatures.row(TileId.of(zoom, x, y), TileSchema.AREAS, position, features));
    }
  }

  private void dot(Coordinate at, int zoom) {
    int x = WebMercator.tileX(at.x, zoom);
    int y = WebMercator.tileY(at.y, zoom);
    int px = (int) Math.round(WebMercator.pixelX(at.x, zoom, EXTENT) - (double) x * EXTENT);
    int py = (int) Math.round(WebMercator.pixelY(at.y, zoom, EXTENT) - (double) y * EXTENT);
    int[] square = {
      px - SNAP, py - SNAP, px + SNAP, py - SNAP, px + SNAP, py + SNAP, px - SNAP, py + SNAP
    };
    add(List.of(List.of(square)), zoom, x, y);
  }

  private static List<List<int[]>> snapped(List<List<double[]>> polygons, int zoom, int x, int y) {
    double scale = (double) (1L << zoom) * EXTENT / SNAP;
    List<List<int[]>> out = new ArrayList<>();
    for (List<double[]> rings : polygons) {
      List<int[]> snapped = new ArrayList<>();
      for (double[] ring : rings) {
        int[] points = new int[ring.length];
        for (int i = 0; i < ring.length; i += 2) {
          points[i] = (int) (Math.round(ring[i] * scale) * SNAP - (long) x * EXTENT);
          points[i + 1] = (int) (Math.round(ring[i + 1] * scale) * SNAP - (long) y * EXTENT);
        }
        snapped.add(Geometries.withoutRepeats(points));
      }
      out.addAll(SnappedPolygon.simple(snapped, SNAP));
    }
    return out;
  }

  /** Rings on the unit square of the map, outer before holes. */
  private static List<List<double[]>> polygons(Geometry geometry) {
    List<List<double[]>> polygons = new ArrayList<>();
    for (int i = 0; i < geometry.getNumGeometries(); i++) {
      if (geometry.getGeometryN(i) instanceof Polygon polygon && !polygon.isEmpty()) {
        List<double[]> rings = new ArrayList<>(List.of(unit(polygon.getExteriorRing())));
        for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
          rings.add(unit(polygon.getInteriorRingN(hole)));
        }
        add(polygons, rings);
      }
    }
    return polygons;
  }

  /** Adds a polygon; one that reaches over the antimeridian also as it lies on the other side. */
  private static void add(List<List<double[]>> polygons, List<double[]> rings) {
    polygons.add(rings);
    double west = 0;
    double east = 1;
    double[] outer = rings.get(0);
    for (int i = 0; i < outer.length; i += 2) {
      west = Math.min(west, outer[i]);
      east = Math.max(east, outer[i]);
    }
    if (west < 0) {
      polygons.add(rings.stream().map(ring -> shifted(ring, 1)).toList());
    }
    if (east > 1) {
      polygons.add(rings.stream().map(ring -> shifted(ring, -1)).toList());
    }
  }

  private static double[] shifted(double[] ring, int by) {
    double[] out = ring.clone();
    for (int i = 0; i < out.length; i += 2) {
      out[i] += by;
    }
    return out;
  }

  private static double[] unit(LinearRing ring) {
    double[] out = new double[2 * ring.getNumPoints()];
    for (int i = 0; i < ring.getNumPoints(); i++) {
      Coordinate corner = ring.getCoordinateN(i);
      out[2 * i] = WebMercator.x(corner.x);
      out[2 * i + 1] = WebMercator.y(corner.y);
    }
    return out;
  }
}
