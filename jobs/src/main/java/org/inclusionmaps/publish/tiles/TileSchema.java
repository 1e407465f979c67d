package org.inclusionmaps.publish.tiles;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inclusionmaps.format.mvt.TileLayer;

/**
 * One layer of the tiles.
 *
 * @param type of its geometries, by {@link TileLayer}
 * @param texts names of the attributes that are texts
 * @param numbers names of those that are whole numbers, after the texts
 */
record TileSchema(
    String name, String description, int type, List<String> texts, List<String> numbers)
    implements Serializable {
  /** The number of each layer, which is its place in a tile. */
  static final int AREAS = 0;

  static final int PLACES = 1;
  static final int LABELS = 2;

  /** The layers in the order of their numbers. */
  static List<TileSchema> of(TileAttributes attributes) {
    List<String> ofAreas = new ArrayList<>(attributes.names());
    ofAreas.add("level");
    return List.of(
        new TileSchema(
            "areas",
            "Administrative areas",
            TileLayer.POLYGON,
            List.of("area", "name"),
            List.copyOf(ofAreas)),
        new TileSchema(
            "places",
            "H3 hexagons, coarser at lower zooms; the identifier tells the index",
            TileLayer.POLYGON,
            List.of(),
            List.copyOf(attributes.names())),
        new TileSchema(
            "labels",
            "Names of settlements, with the persons of their hexagon",
            TileLayer.POINT,
            List.of("name"),
            List.of("persons")));
  }

  /** A layer without features. */
  TileLayer empty() {
    List<String> keys = new ArrayList<>(texts);
    keys.addAll(numbers);
    return new TileLayer(name, HexagonTiles.EXTENT, keys);
  }

  /** What TileJSON tells of the layer. */
  Map<String, Object> about(int minZoom, int maxZoom) {
    Map<String, Object> fields = new LinkedHashMap<>();
    texts.forEach(key -> fields.put(key, "String"));
    numbers.forEach(key -> fields.put(key, "Number"));
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("id", name);
    about.put("description", description);
    about.put("minzoom", minZoom);
    about.put("maxzoom", maxZoom);
    about.put("fields", fields);
    return about;
  }
}
