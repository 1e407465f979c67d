package org.inclusionmaps.format.mvt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sebasbaumh.mapbox.vectortile.adapt.jts.MvtReader;
import io.github.sebasbaumh.mapbox.vectortile.adapt.jts.TagKeyValueMapConverter;
import io.github.sebasbaumh.mapbox.vectortile.adapt.jts.model.JtsMvt;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** Tiles are read back by mapbox-vector-tile-java, which shares no code with the encoder. */
class VectorTileTest {
  private static final int[] SQUARE = {0, 0, 10, 0, 10, 10, 0, 10};
  private static final int[] SMALL = {-4, 4, 4, 4, 4, 12, -4, 12};

  @Test
  void anIndependentReaderFindsGeometriesIdsAndValues() throws Exception {
    TileLayer places = new TileLayer("places", 4096);
    places.addPolygon(
        7,
        Polygons.commands(List.of(List.of(SQUARE))),
        attributes("name", "Ñuflo", "persons", 300L, "delta", -3L, "share", 0.25, "new", true));
    places.addPolygon(
        1L << 40,
        Polygons.commands(List.of(List.of(SMALL))),
        attributes("persons", 300, "name", null));
    JtsMvt tile = read(VectorTile.of(List.of(places, new TileLayer("areas", 512))));

    assertThat(tile.getLayers()).hasSize(1);
    assertThat(tile.getLayer("places").getExtent()).isEqualTo(4096);
    List<Geometry> found = List.copyOf(tile.getLayer("places").getGeometries());
    assertThat(found).hasSize(2);
    assertThat(found.get(0).getArea()).isEqualTo(100);
    assertThat(found.get(1).getEnvelopeInternal().getMinX()).isEqualTo(-4);
    assertThat(found.get(0).getUserData())
        .isEqualTo(
            Map.of(
                "id", 7L, "name", "Ñuflo", "persons", 300L, "delta", -3L, "share", 0.25, "new",
                true));
    assertThat(found.get(1).getUserData()).isEqualTo(Map.of("id", 1L << 40, "persons", 300L));
  }

  @Test
  void keepsTheHoleOfAPolygon() throws Exception {
    TileLayer areas = new TileLayer("areas", 4096);
    areas.addPolygon(
        1,
        Polygons.commands(List.of(List.of(SQUARE, new int[] {2, 2, 2, 6, 6, 6, 6, 2}))),
        Map.of());
    assertThat(read(VectorTile.of(List.of(areas))).getLayer("areas").getGeometries())
        .singleElement()
        .satisfies(polygon -> assertThat(polygon.getArea()).isEqualTo(100 - 16));
  }

  @Test
  void holdsEachKeyAndValueOnce() {
    byte[] one = tileOf(11);
    byte[] two = tileOf(12);
    byte[] three = tileOf(13);
    assertThat(three.length - two.length).isEqualTo(two.length - one.length).isLessThan(30);
    assertThat(new String(three, StandardCharsets.ISO_8859_1))
        .containsOnlyOnce("a name of a certain length");
  }

  @Test
  void leavesOutAFeatureWithoutGeometry() {
    TileLayer layer = new TileLayer("places", 4096);
    layer.addPolygon(1, new int[0], Map.of());
    assertThat(VectorTile.of(List.of(layer))).isEmpty();
  }

  @Test
  void refusesIdsThatJavaScriptWouldRound() {
    TileLayer layer = new TileLayer("places", 4096);
    assertThatThrownBy(
            () -> layer.addPolygon(1L << 53, Polygons.commands(List.of(List.of(SQUARE))), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("feature id 9007199254740992");
  }

  private static byte[] tileOf(int features) {
    TileLayer layer = new TileLayer("places", 4096);
    for (int i = 0; i < features; i++) {
      layer.addPolygon(
          i,
          Polygons.commands(List.of(List.of(SQUARE))),
          Map.of("a name of a certain length", "and a value that is not short either"));
    }
    return VectorTile.of(List.of(layer));
  }

  private static JtsMvt read(byte[] tile) throws Exception {
    return MvtReader.loadMvt(
        new ByteArrayInputStream(tile),
        new GeometryFactory(),
        new TagKeyValueMapConverter(false, "id"));
  }

  private static Map<String, Object> attributes(Object... namesAndValues) {
    Map<String, Object> out = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      out.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return out;
  }
}
