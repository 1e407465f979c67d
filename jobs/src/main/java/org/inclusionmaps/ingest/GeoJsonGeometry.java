package org.inclusionmaps.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/** A geometry of GeoJSON as a geometry of JTS. Heights are left out. */
final class GeoJsonGeometry {
  private static final GeometryFactory FACTORY = new GeometryFactory();

  private GeoJsonGeometry() {}

  /**
   * @throws IllegalArgumentException if the node is no geometry
   */
  static Geometry of(JsonNode node) {
    JsonNode coordinates = node.path("coordinates");
    String type = node.path("type").asText("");
    return switch (type) {
      case "Point" -> FACTORY.createPoint(coordinate(coordinates));
      case "MultiPoint" -> FACTORY.createMultiPointFromCoords(coordinates(coordinates));
      case "LineString" -> FACTORY.createLineString(coordinates(coordinates));
      case "Polygon" -> polygon(coordinates);
      case "MultiLineString" -> {
        List<LineString> lines = new ArrayList<>();
        coordinates.forEach(line -> lines.add(FACTORY.createLineString(coordinates(line))));
        yield FACTORY.createMultiLineString(lines.toArray(LineString[]::new));
      }
      case "MultiPolygon" -> {
        List<Polygon> polygons = new ArrayList<>();
        coordinates.forEach(part -> polygons.add(polygon(part)));
        yield FACTORY.createMultiPolygon(polygons.toArray(Polygon[]::new));
      }
      case "GeometryCollection" -> {
        List<Geometry> parts = new ArrayList<>();
        node.path("geometries").forEach(part -> parts.add(of(part)));
        yield FACTORY.createGeometryCollection(parts.toArray(Geometry[]::new));
      }
      default -> throw new IllegalArgumentException("no type of GeoJSON");
    };
  }

  private static Polygon polygon(JsonNode rings) {
    List<LinearRing> made = new ArrayList<>();
    rings.forEach(ring -> made.add(FACTORY.createLinearRing(closed(coordinates(ring)))));
    if (made.isEmpty()) {
      return FACTORY.createPolygon();
    }
    return FACTORY.createPolygon(
        made.get(0), made.subList(1, made.size()).toArray(LinearRing[]::new));
  }

  /** The ring with its first point again at the end, which some writers leave out. */
  private static Coordinate[] closed(Coordinate[] ring) {
    if (ring.length == 0 || ring[0].equals2D(ring[ring.length - 1])) {
      return ring;
    }
    Coordinate[] closed = java.util.Arrays.copyOf(ring, ring.length + 1);
    closed[ring.length] = ring[0].copy();
    return closed;
  }

  private static Coordinate[] coordinates(JsonNode list) {
    List<Coordinate> made = new ArrayList<>();
    list.forEach(node -> made.add(coordinate(node)));
    return made.toArray(Coordinate[]::new);
  }

  private static Coordinate coordinate(JsonNode node) {
    if (!node.path(0).isNumber() || !node.path(1).isNumber()) {
      throw new IllegalArgumentException("a position is not two numbers");
    }
    return new Coordinate(node.get(0).doubleValue(), node.get(1).doubleValue());
  }
}
