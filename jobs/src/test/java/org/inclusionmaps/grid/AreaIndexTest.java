package org.inclusionmaps.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Random;
import org.inclusionmaps.grid.AreaIndex.Area;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBWriter;
import org.locationtech.jts.io.WKTReader;

class AreaIndexTest {
  private static Area area(String id, String wkt) {
    try {
      return new Area(id, new WKBWriter().write(new WKTReader().read(wkt)));
    } catch (ParseException e) {
      throw new IllegalArgumentException(wkt, e);
    }
  }

  private static final AreaIndex INDEX =
      AreaIndex.of(
          List.of(
              area("b", "POLYGON ((1 0, 2 0, 2 1, 1 1, 1 0))"),
              area("a", "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))"),
              area(
                  "c",
                  "MULTIPOLYGON (((5 0, 6 0, 6 1, 5 1, 5 0), (5.4 .4, 5.6 .4, 5.6 .6, 5.4 .6, 5.4 .4)))"),
              area("v", "POINT (3.5 0.5)")));

  @Test
  void findsTheAreaAroundAPoint() {
    assertThat(INDEX.at(0.5, 0.5)).contains("a");
    assertThat(INDEX.at(1.5, 0.5)).contains("b");
    assertThat(INDEX.at(5.1, 0.5)).contains("c");
    assertThat(INDEX.at(5.5, 0.5)).as("in the hole").isEmpty();
    assertThat(INDEX.at(2.5, 0.5)).isEmpty();
  }

  @Test
  void aPointOnASharedBorderIsInTheAreaOfTheSmallestId() {
    assertThat(INDEX.at(1, 0.5)).contains("a");
    assertThat(INDEX.at(1, 0)).contains("a");
    assertThat(INDEX.at(2, 1)).contains("b");
  }

  @Test
  void aPointJustOutsideIsInTheNearestAreaWithinTheTolerance() {
    // 0.01° of longitude at the equator is 1.11 km.
    assertThat(INDEX.atOrNear(2.01, 0.5, 1.2)).contains("b");
    assertThat(INDEX.atOrNear(2.01, 0.5, 1.1)).isEmpty();
    assertThat(INDEX.atOrNear(0.5, 0.5, 1)).contains("a");
    assertThat(INDEX.atOrNear(3.49, 0.5, 2)).as("a point as area").contains("v");
    assertThat(INDEX.atOrNear(1, 1.005, 1)).as("equally near").contains("a");
  }

  @Test
  void nearnessCrossesTheAntimeridianAndNarrowsWithLatitude() {
    var index =
        AreaIndex.of(List.of(area("f", "POLYGON ((179 59, 180 59, 180 61, 179 61, 179 59))")));
    // 0.01° of longitude at 60° is 0.556 km.
    assertThat(index.atOrNear(-179.99, 60, 0.56)).contains("f");
    assertThat(index.atOrNear(-179.99, 60, 0.55)).isEmpty();
  }

  @Test
  void agreesWithATestOfEveryAreaOnRandomPoints() {
    var random = new Random(3);
    var shapes = new java.util.ArrayList<Geometry>();
    var areas = new java.util.ArrayList<Area>();
    var factory = new GeometryFactory();
    for (int i = 0; i < 60; i++) {
      Geometry shape =
          factory
              .createPoint(new Coordinate(10 * random.nextDouble(), 10 * random.nextDouble()))
              .buffer(0.2 + random.nextDouble());
      shapes.add(shape);
      areas.add(new Area(String.format("%02d", i), new WKBWriter().write(shape)));
    }
    var index = AreaIndex.of(areas);
    for (int i = 0; i < 3000; i++) {
      double lon = 12 * random.nextDouble() - 1;
      double lat = 12 * random.nextDouble() - 1;
      String expected = "none";
      for (int j = shapes.size() - 1; j >= 0; j--) {
        if (shapes.get(j).covers(factory.createPoint(new Coordinate(lon, lat)))) {
          expected = areas.get(j).id();
        }
      }
      assertThat(index.at(lon, lat).orElse("none")).isEqualTo(expected);
    }
  }

  @Test
  void travelsAsBytes() throws IOException, ClassNotFoundException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(INDEX);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      AreaIndex arrived = (AreaIndex) in.readObject();
      assertThat(arrived.at(1, 0.5)).contains("a");
      assertThat(arrived.atOrNear(2.01, 0.5, 1.2)).contains("b");
    }
  }

  @Test
  void refusesAGeometryThatIsNotWkb() {
    var areas = List.of(new Area("x", new byte[] {1, 2, 3}));
    assertThatThrownBy(() -> AreaIndex.of(areas))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the geometry of area x is not WKB");
  }
}
