package org.inclusionmaps.format.mvt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sebasbaumh.mapbox.vectortile.adapt.jts.MvtReader;
import io.github.sebasbaumh.mapbox.vectortile.adapt.jts.TagKeyValueMapConverter;
import io.github.sebasbaumh.mapbox.vectortile.adapt.jts.model.JtsMvt;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.inclusionmaps.format.ByteSink;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** Tiles are read back by mapbox-vector-tile-java, which shares no code with the encoder. */
class VectorTileTest {
  private static final int[] SQUARE = {0, 0, 10, 0, 10, 10, 0, 10};
  private static final int[] SMALL = {-4, 4, 4, 4, 4, 12, -4, 12};

  @Test
  void anIndependentReaderFindsGeometriesIdsAndValues() throws Exception {
    TileLayer places = new TileLayer("places", 4096, List.of("name", "persons", "delta", "none"));
    places.begin(7);
    places.tag(0, "Ñuflo");
    places.tag(1, 300);
    places.tag(2, -3);
    end(places, SQUARE);
    places.begin(1L << 40);
    places.tag(1, 300);
    end(places, SMALL);
    JtsMvt tile = read(VectorTile.of(List.of(places, new TileLayer("areas", 512, List.of()))));

    assertThat(tile.getLayers()).hasSize(1);
    assertThat(tile.getLayer("places").getExtent()).isEqualTo(4096);
    List<Geometry> found = List.copyOf(tile.getLayer("places").getGeometries());
    assertThat(found).hasSize(2);
    assertThat(found.get(0).getArea()).isEqualTo(100);
    assertThat(found.get(1).getEnvelopeInternal().getMinX()).isEqualTo(-4);
    assertThat(found.get(0).getUserData())
        .isEqualTo(Map.of("id", 7L, "name", "Ñuflo", "persons", 300L, "delta", -3L));
    assertThat(found.get(1).getUserData()).isEqualTo(Map.of("id", 1L << 40, "persons", 300L));
  }

  @Test
  void manyNumbersAreFoundAgain() throws Exception {
    TileLayer places = new TileLayer("places", 4096, List.of("a", "b"));
    for (int i = 0; i < 5000; i++) {
      places.begin(i);
      places.tag(1, 1L * i * i * i * i);
      places.tag(0, i % 7);
      end(places, SQUARE);
    }
    int i = 0;
    for (Geometry each : read(VectorTile.of(List.of(places))).getLayer("places").getGeometries()) {
      assertThat(each.getUserData())
          .isEqualTo(Map.of("id", (long) i, "a", (long) (i % 7), "b", 1L * i * i * i * i));
      i++;
    }
    assertThat(i).isEqualTo(5000);
  }

  @Test
  void keepsTheHoleOfAPolygon() throws Exception {
    TileLayer areas = new TileLayer("areas", 4096, List.of());
    areas.begin(1);
    end(areas, SQUARE, new int[] {2, 2, 2, 6, 6, 6, 6, 2});
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
  void refusesIdsThatJavaScriptWouldRound() {
    TileLayer layer = new TileLayer("places", 4096, List.of());
    assertThatThrownBy(() -> layer.begin(1L << 53))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("feature id 9007199254740992");
  }

  private static byte[] tileOf(int features) {
    TileLayer layer = new TileLayer("places", 4096, List.of("a name of a certain length"));
    for (int i = 0; i < features; i++) {
      layer.begin(i);
      layer.tag(0, "and a value that is not short either");
      end(layer, SQUARE);
    }
    return VectorTile.of(List.of(layer));
  }

  private static void end(TileLayer layer, int[]... rings) {
    ByteSink geometry = new ByteSink();
    Geometries.polygons(List.of(List.of(rings)), geometry);
    byte[] bytes = geometry.toBytes();
    layer.end(TileLayer.POLYGON, bytes, 0, bytes.length);
  }

  private static JtsMvt read(byte[] tile) throws Exception {
    return MvtReader.loadMvt(
        new ByteArrayInputStream(tile),
        new GeometryFactory(),
        new TagKeyValueMapConverter(false, "id"));
  }
}
