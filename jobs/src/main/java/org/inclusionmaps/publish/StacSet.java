package org.inclusionmaps.publish;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.inclusionmaps.publish.desktop.AreaPackage;
import org.inclusionmaps.publish.desktop.Desktop;
import org.inclusionmaps.publish.desktop.Dictionary;
import org.inclusionmaps.publish.rasters.RasterMeasure;
import org.inclusionmaps.publish.report.Datasheet;
import org.jspecify.annotations.Nullable;

/**
 * Files of a release that are one item of its catalogue.
 *
 * @param title for people
 * @param table whose columns they have, a key of {@link Desktop#columns}; null where none
 * @param degrees whether their coordinates are longitudes and latitudes
 * @param raster what it shows, if it is a raster
 */
record StacSet(
    String title,
    @Nullable String table,
    boolean degrees,
    @Nullable RasterMeasure raster,
    List<String> files) {
  /** What is told of the whole release, with its role. */
  static final Map<String, String> DOCUMENTS = documents();

  /** Media types: those that IANA or STAC's best practices name. MBTiles has none but SQLite's. */
  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "parquet", "application/vnd.apache.parquet",
          "gpkg", "application/geopackage+sqlite3",
          "pmtiles", "application/vnd.pmtiles",
          "mbtiles", "application/vnd.sqlite3",
          "tif", "image/tiff; application=geotiff; profile=cloud-optimized",
          "csv", "text/csv",
          "json", "application/json",
          "html", "text/html",
          "md", "text/markdown",
          "qml", "application/xml");

  private static Map<String, String> documents() {
    Map<String, String> documents = new LinkedHashMap<>();
    documents.put("report.html", "overview");
    documents.put(Datasheet.NAME, "metadata");
    documents.put("privacy.md", "metadata");
    documents.put(Dictionary.NAME, "metadata");
    documents.put("viewer/index.html", "visual");
    documents.put(Desktop.MAP_STYLE, "style");
    return documents;
  }

  /**
   * The sets that the files of a release make, by the id of their item. Other files are none.
   *
   * @param names of all files within the release
   */
  static SortedMap<String, StacSet> of(Collection<String> names) {
    SortedMap<String, StacSet> sets = new TreeMap<>();
    for (String name : names) {
      String id = id(name);
      if (id != null) {
        sets.computeIfAbsent(id, key -> empty(key, name)).files().add(name);
      }
    }
    return sets;
  }

  private static @Nullable String id(String name) {
    String folder = name.substring(0, Math.max(0, name.lastIndexOf('/')));
    String ending = name.substring(name.lastIndexOf('.') + 1);
    String base =
        name.substring(
            folder.isEmpty() ? 0 : folder.length() + 1, name.length() - ending.length() - 1);
    return switch (ending) {
      case "parquet" -> folder.replaceAll("[^a-z0-9]+", "-");
      case "tif" -> "raster-" + base;
      case "pmtiles", "mbtiles" -> "tiles-" + base + "-" + ending;
      case "gpkg" -> base + "-geopackage";
      case "csv" -> name.equals(Dictionary.NAME) ? null : base.replace('.', '-');
      default -> null;
    };
  }

  private static StacSet empty(String id, String name) {
    List<String> files = new ArrayList<>();
    if (name.startsWith("inclusion/")) {
      return new StacSet("Hexagons, " + id, Desktop.HEXAGONS, true, null, files);
    }
    if (name.startsWith("areas/")) {
      return new StacSet("Areas, " + id, Desktop.AREAS, true, null, files);
    }
    if (name.equals(AreaPackage.NAME)) {
      return new StacSet("Areas, one layer a level", AreaPackage.NAME, true, null, files);
    }
    for (RasterMeasure measure : RasterMeasure.values()) {
      if (name.equals(measure.file())) {
        return new StacSet(measure.label(), null, false, measure, files);
      }
    }
    String title = name.endsWith(".csv") ? "Indicators as text" : "Map, " + id;
    return new StacSet(title, null, false, null, files);
  }

  /** The role of a file of a set. */
  static String role(String name) {
    return name.endsWith("tiles") ? "visual" : "data";
  }

  static String mediaType(String name) {
    return MEDIA_TYPES.getOrDefault(
        name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
  }
}
