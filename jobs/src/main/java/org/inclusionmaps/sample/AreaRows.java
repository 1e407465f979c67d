package org.inclusionmaps.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.WKBWriter;
import org.locationtech.jts.operation.union.UnaryUnionOp;

/** The country, its provinces and its districts, with their borders. */
final class AreaRows {
  private static final GeometryFactory GEOMETRIES = new GeometryFactory();

  private AreaRows() {}

  /** The rows of the table of areas. A province is the union of its districts. */
  static List<Row> of(Land land) {
    List<Row> districts = new ArrayList<>();
    Map<Integer, List<Geometry>> inProvince = new TreeMap<>();
    for (District district : land.districts()) {
      Geometry polygon = polygon(district.ring());
      inProvince.computeIfAbsent(district.province(), p -> new ArrayList<>()).add(polygon);
      String parent = Land.provinceId(district.province());
      districts.add(row(district.id(), parent, 2, district.name(), polygon));
    }
    List<Row> rows = new ArrayList<>();
    List<Geometry> provinces = new ArrayList<>();
    inProvince.forEach(
        (province, polygons) -> {
          Geometry whole = UnaryUnionOp.union(polygons);
          provinces.add(whole);
          String name = land.provinceNames().get(province);
          rows.add(row(Land.provinceId(province), Land.COUNTRY, 1, name, whole));
        });
    Geometry country = UnaryUnionOp.union(provinces);
    rows.add(0, row(Land.COUNTRY, null, 0, Land.COUNTRY_NAME, country));
    rows.addAll(districts);
    return rows;
  }

  private static Geometry polygon(Ring ring) {
    Coordinate[] vertices = new Coordinate[ring.size()];
    for (int i = 0; i < vertices.length; i++) {
      vertices[i] = new Coordinate(ring.lon(i), ring.lat(i));
    }
    return GEOMETRIES.createPolygon(vertices);
  }

  private static Row row(
      String area, @Nullable String parent, int level, String name, Geometry geometry) {
    byte[] wkb = new WKBWriter().write(geometry);
    return RowFactory.create(area, parent, level, name, null, wkb);
  }
}
