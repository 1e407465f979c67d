package org.inclusionmaps.format.geoparquet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.inclusionmaps.format.Json;
import org.jspecify.annotations.Nullable;

/**
 * The {@code geo} entry of a GeoParquet file's footer. Source: OGC GeoParquet 1.1.0, "File
 * metadata" and "Bounding box covering".
 */
public final class GeoMetadata {
  /** The key of the entry in the footer. */
  public static final String KEY = "geo";

  /** The fields of the covering column, in order. */
  public static final List<String> COVERING = List.of("xmin", "ymin", "xmax", "ymax");

  private GeoMetadata() {}

  /**
   * The metadata of a file with one geometry column in WKB, longitude before latitude.
   *
   * @param column the geometry column
   * @param covering the column of structs of {@link #COVERING} that bounds each row
   * @param types geometry types that occur, such as {@code Polygon}; empty if not known
   * @param bbox west, south, east, north of all rows; null for a file without rows
   */
  public static String json(
      String column, String covering, SortedSet<String> types, double @Nullable [] bbox) {
    Map<String, @Nullable Object> about = new LinkedHashMap<>();
    about.put("encoding", "WKB");
    about.put("geometry_types", List.copyOf(types));
    about.put("crs", crs84());
    about.put("edges", "planar");
    if (bbox != null) {
      if (bbox.length != 4) {
        throw new IllegalArgumentException("bbox of " + bbox.length + " numbers");
      }
      about.put("bbox", List.of(bbox[0], bbox[1], bbox[2], bbox[3]));
    }
    Map<String, Object> bounds = new LinkedHashMap<>();
    COVERING.forEach(side -> bounds.put(side, List.of(covering, side)));
    about.put("covering", Map.of("bbox", bounds));
    Map<String, Object> geo = new LinkedHashMap<>();
    geo.put("version", "1.1.0");
    geo.put("primary_column", column);
    geo.put("columns", Map.of(column, about));
    return Json.text(geo);
  }

  /** The largest float that is not above a number: the lower side of a covering. */
  public static float floatBelow(double value) {
    float near = (float) value;
    return near > value ? Math.nextDown(near) : near;
  }

  /** The smallest float that is not below a number: the upper side of a covering. */
  public static float floatAbove(double value) {
    float near = (float) value;
    return near < value ? Math.nextUp(near) : near;
  }

  private static Map<String, Object> crs84() {
    Map<String, Object> ellipsoid =
        ordered("name", "WGS 84", "semi_major_axis", 6378137, "inverse_flattening", 298.257223563);
    Map<String, Object> datum =
        ordered(
            "type", "GeodeticReferenceFrame",
            "name", "World Geodetic System 1984",
            "ellipsoid", ellipsoid);
    Map<String, Object> axes =
        ordered(
            "subtype",
            "ellipsoidal",
            "axis",
            List.of(
                axis("Geodetic longitude", "Lon", "east"),
                axis("Geodetic latitude", "Lat", "north")));
    return ordered(
        "$schema",
        "https://proj.org/schemas/v0.7/projjson.schema.json",
        "type",
        "GeographicCRS",
        "name",
        "WGS 84 (CRS84)",
        "datum",
        datum,
        "coordinate_system",
        axes,
        "id",
        ordered("authority", "OGC", "code", "CRS84"));
  }

  private static Map<String, Object> axis(String name, String abbreviation, String direction) {
    return ordered(
        "name", name, "abbreviation", abbreviation, "direction", direction, "unit", "degree");
  }

  private static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> out = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      out.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return out;
  }
}
