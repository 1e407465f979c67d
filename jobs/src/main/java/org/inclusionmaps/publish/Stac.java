package org.inclusionmaps.publish;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.inclusionmaps.format.pmtiles.Bounds;
import org.inclusionmaps.publish.desktop.Desktop;
import org.inclusionmaps.publish.desktop.Dictionary;
import org.inclusionmaps.publish.figures.Areas;
import org.inclusionmaps.publish.rasters.RasterGrid;
import org.inclusionmaps.publish.rasters.RasterMeasure;
import org.inclusionmaps.publish.writing.ReadableJson;
import org.inclusionmaps.publish.writing.ReleaseContext;
import org.inclusionmaps.publish.writing.ReleaseFiles;

/**
 * The catalogue of a release for programs that look for maps: a catalog, a collection, and an item
 * for each set of files, with sizes and sha256. All links are relative, so that a release can be
 * copied anywhere. Beside the releases a catalog names the current one. Source: STAC 1.1.0; its
 * extensions file 2.1.0 (a checksum is a multihash), table 1.2.0, projection 2.0.0, raster 2.0.0.
 */
final class Stac {
  /** The catalog beside the releases. */
  static final String CATALOG = "catalog.json";

  static final String FOLDER = "stac/";

  private static final String VERSION = "1.1.0";
  private static final String COLLECTION = "collection.json";
  private static final String JSON = "application/json";
  private static final String GEOJSON = "application/geo+json";
  private static final String EXTENSION = "https://stac-extensions.github.io/%s/schema.json";
  private static final String FILE = EXTENSION.formatted("file/v2.1.0");
  private static final String TABLE = EXTENSION.formatted("table/v1.2.0");
  private static final String PROJECTION = EXTENSION.formatted("projection/v2.0.0");

  private static final String RASTER = EXTENSION.formatted("raster/v2.0.0");

  /** The start of a multihash: sha2-256, 32 bytes. */
  private static final String SHA256 = "1220";

  private final ReleaseContext context;
  private final Desktop desktop;
  private final Map<String, Long> rows;
  private final Areas areas;
  private final Bounds bounds;
  private final RasterGrid grid;
  private final ReleaseFiles files;
  private final SortedMap<String, Long> bytes = new TreeMap<>();
  private final SortedMap<String, String> sha256 = new TreeMap<>();

  private Stac(
      ReleaseContext context,
      Desktop desktop,
      Map<String, Long> rows,
      Areas areas,
      Bounds bounds,
      RasterGrid grid,
      ReleaseFiles files) {
    this.context = context;
    this.desktop = desktop;
    this.rows = rows;
    this.areas = areas;
    this.bounds = bounds;
    this.grid = grid;
    this.files = files;
  }

  /**
   * Writes the catalogue of what has been written; gives the sha256 of each file that it read.
   *
   * @param rows file to its rows
   * @param bounds of all that the release shows
   * @param grid of the rasters that were written
   */
  static Map<String, String> write(
      ReleaseContext context,
      Desktop desktop,
      Map<String, Long> rows,
      Areas areas,
      Bounds bounds,
      RasterGrid grid,
      ReleaseFiles files) {
    Stac made = new Stac(context, desktop, rows, areas, bounds, grid, files);
    try {
      made.bytes.putAll(files.list());
      for (String name : made.bytes.keySet()) {
        made.sha256.put(name, files.sha256(name));
      }
    } catch (IOException e) {
      throw files.unwritable(FOLDER, e);
    }
    made.write();
    return made.sha256;
  }

  /**
   * The catalog beside the releases, which names the current one. It is written after {@code
   * CURRENT} has moved: a run that dies between leaves a catalog of the release before, which is
   * whole.
   *
   * @param country its name
   */
  static String beside(String release, String country) {
    Map<String, Object> catalog = catalog("inclusion-maps", ReleaseContext.title(country));
    catalog.put("latest", release);
    catalog.put(
        "links",
        List.of(
            link("root", "./" + CATALOG, JSON),
            link("child", "./" + release + "/" + FOLDER + CATALOG, JSON)));
    return ReadableJson.text(catalog);
  }

  private void write() {
    List<Object> items = new ArrayList<>();
    for (Map.Entry<String, StacSet> set : StacSet.of(bytes.keySet()).entrySet()) {
      String name = set.getKey() + ".json";
      files.write(FOLDER + name, ReadableJson.text(item(set.getKey(), set.getValue())));
      items.add(link("item", "./" + name, GEOJSON));
    }
    Map<String, Object> catalog = catalog(context.runId(), context.title());
    catalog.put(
        "links",
        List.of(link("root", "./" + CATALOG, JSON), link("child", "./" + COLLECTION, JSON)));
    files.write(FOLDER + CATALOG, ReadableJson.text(catalog));
    files.write(FOLDER + COLLECTION, ReadableJson.text(collection(items)));
  }

  private static Map<String, Object> catalog(String id, String title) {
    Map<String, Object> catalog = new LinkedHashMap<>();
    catalog.put("type", "Catalog");
    catalog.put("stac_version", VERSION);
    catalog.put("id", id);
    catalog.put("title", title);
    catalog.put("description", title);
    return catalog;
  }

  private Map<String, Object> collection(List<Object> items) {
    Map<String, Object> collection = catalog(collectionId(), context.title());
    collection.put("type", "Collection");
    collection.put("stac_extensions", List.of(FILE));
    // Whose data these are, and under which licence, is for who publishes them to say.
    collection.put("license", "other");
    Map<String, Object> extent = new LinkedHashMap<>();
    extent.put("spatial", Map.of("bbox", List.of(new StacBox(bounds).corners())));
    extent.put("temporal", Map.of("interval", List.of(List.of(date(), date()))));
    collection.put("extent", extent);
    List<Object> links =
        new ArrayList<>(
            List.of(link("root", "./" + CATALOG, JSON), link("parent", "./" + CATALOG, JSON)));
    links.addAll(items);
    collection.put("links", links);
    Map<String, Object> assets = new LinkedHashMap<>();
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("href", "../" + ReleaseFiles.MANIFEST);
    manifest.put("type", JSON);
    manifest.put("roles", List.of("metadata"));
    assets.put("manifest", manifest);
    StacSet.DOCUMENTS.forEach(
        (name, role) -> {
          if (bytes.containsKey(name)) {
            assets.put(name.replace('.', '-'), asset(name, role));
          }
        });
    collection.put("assets", assets);
    return collection;
  }

  private String collectionId() {
    return "inclusion-" + context.settings().country().id();
  }

  private Map<String, Object> item(String id, StacSet set) {
    Map<String, Object> item = new LinkedHashMap<>();
    String table = set.table();
    List<Dictionary.Column> columns =
        table == null ? List.of() : desktop.columns().getOrDefault(table, List.of());
    List<Object> extensions = new ArrayList<>(List.of(FILE));
    if (!columns.isEmpty()) {
      extensions.add(TABLE);
    }
    String code = set.raster() != null ? StacRaster.code() : set.degrees() ? "EPSG:4326" : null;
    if (code != null) {
      extensions.add(PROJECTION);
    }
    if (set.raster() != null) {
      extensions.add(RASTER);
    }
    item.put("type", "Feature");
    item.put("stac_version", VERSION);
    item.put("stac_extensions", extensions);
    item.put("id", context.runId() + "-" + id);
    item.put("collection", collectionId());
    StacBox box = StacBox.of(set, areas.list(), bounds);
    item.put("bbox", box.corners());
    item.put("geometry", box.outline());
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("title", set.title());
    properties.put("datetime", date());
    if (code != null) {
      properties.put("proj:code", code);
    }
    if (table != null && !columns.isEmpty()) {
      properties.put("table:columns", columns.stream().map(this::column).toList());
      properties.put("table:row_count", count(set));
      properties.put("table:primary_geometry", Desktop.geometry(table));
    }
    item.put("properties", properties);
    item.put(
        "links",
        List.of(
            link("root", "./" + CATALOG, JSON),
            link("parent", "./" + COLLECTION, JSON),
            link("collection", "./" + COLLECTION, JSON)));
    Map<String, Object> assets = new LinkedHashMap<>();
    for (String name : set.files()) {
      String base = name.substring(name.lastIndexOf('/') + 1);
      Map<String, Object> asset = asset(name, StacSet.role(name));
      RasterMeasure measure = set.raster();
      if (measure != null) {
        asset.putAll(StacRaster.fields(measure, grid));
      }
      assets.put(base.replaceFirst("[.][a-z]+$", ""), asset);
    }
    item.put("assets", assets);
    return item;
  }

  private long count(StacSet set) {
    return set.files().stream().mapToLong(name -> rows.getOrDefault(name, 0L)).sum();
  }

  private Map<String, Object> column(Dictionary.Column column) {
    Dictionary.Entry entry = desktop.dictionary().of(column.name());
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("name", column.name());
    told.put("type", column.type());
    told.put(
        "description", entry.meaning() + (entry.unit().isEmpty() ? "" : " (" + entry.unit() + ")"));
    return told;
  }

  private Map<String, Object> asset(String name, String role) {
    Map<String, Object> asset = new LinkedHashMap<>();
    asset.put("href", "../" + name);
    asset.put("type", StacSet.mediaType(name));
    asset.put("roles", List.of(role));
    asset.put("file:size", bytes.get(name));
    asset.put("file:checksum", SHA256 + sha256.get(name));
    return asset;
  }

  private String date() {
    return context.settings().release().referenceDate() + "T00:00:00Z";
  }

  private static Map<String, Object> link(String rel, String href, String type) {
    Map<String, Object> link = new LinkedHashMap<>();
    link.put("rel", rel);
    link.put("href", href);
    link.put("type", type);
    return link;
  }
}
