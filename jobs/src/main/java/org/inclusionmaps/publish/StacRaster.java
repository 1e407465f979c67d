package org.inclusionmaps.publish;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inclusionmaps.publish.rasters.RasterGrid;
import org.inclusionmaps.publish.rasters.RasterMeasure;

/**
 * What the catalogue tells of rasters, so that a program can lay them side by side without opening
 * one. Source: STAC 1.1.0, Common Metadata, "Bands" and "Data Values"; its extensions projection
 * 2.0.0 and raster 2.0.0, which want these fields at the asset; units by UCUM.
 */
final class StacRaster {
  private StacRaster() {}

  /** The coordinate system, which is also told of the whole item. */
  static String code() {
    return "EPSG:" + RasterGrid.EPSG;
  }

  /** The fields of the asset of a raster. */
  static Map<String, Object> fields(RasterMeasure measure, RasterGrid grid) {
    double side = grid.pixelM();
    double west = grid.column() * side;
    double north = -(grid.row() * side);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("title", measure.label());
    fields.put("proj:code", code());
    fields.put("proj:shape", List.of(grid.height(), grid.width()));
    fields.put("proj:transform", List.of(side, 0, west, 0, -side, north));
    fields.put(
        "proj:bbox",
        List.of(west, north - grid.height() * side, west + grid.width() * side, north));
    fields.put("data_type", "float32");
    fields.put("nodata", "nan");
    fields.put("unit", unit(measure.unit()));
    fields.put("raster:spatial_resolution", grid.pixelM());
    fields.put("raster:sampling", "area");
    Map<String, Object> band = new LinkedHashMap<>();
    band.put("name", measure.key());
    band.put("description", measure.label());
    fields.put("bands", List.of(band));
    return fields;
  }

  /** A unit by UCUM; one without is an empty text. */
  private static String unit(String unit) {
    return switch (unit) {
      case "persons" -> "{person}";
      case "1" -> "";
      default -> unit;
    };
  }
}
