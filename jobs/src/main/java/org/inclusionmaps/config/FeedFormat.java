package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How a feed's files are written. */
public enum FeedFormat {
  /** Delimited text with a header line; gzip by the ending {@code .gz}. */
  @JsonProperty("csv")
  CSV,
  /** The cell list of OpenCelliD or Mozilla: delimited text, with or without its header line. */
  @JsonProperty("opencellid")
  OPENCELLID,
  /** A GeoJSON feature collection. */
  @JsonProperty("geojson")
  GEOJSON,
  /** Parquet with geometries in WKB, as GeoParquet 1.x says. */
  @JsonProperty("geoparquet")
  GEOPARQUET,
  /** Parquet, one file or a directory of them. */
  @JsonProperty("parquet")
  PARQUET,
  /** GeoTIFF of one band, one file or a directory of them: for the table terrain alone. */
  @JsonProperty("geotiff")
  GEOTIFF;

  /** The format that a file's name tells; a name without an ending is a directory of Parquet. */
  public static FeedFormat byName(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    String file = lower.substring(lower.replaceAll("/+$", "").lastIndexOf('/') + 1);
    String name = file.replaceAll("\\.gz$", "");
    if (name.contains("opencellid") || name.startsWith("cell_towers")) {
      return OPENCELLID;
    }
    if (name.endsWith(".geojson") || name.endsWith(".json")) {
      return GEOJSON;
    }
    if (name.endsWith(".csv") || name.endsWith(".tsv") || name.endsWith(".txt")) {
      return CSV;
    }
    if (name.endsWith(".tif") || name.endsWith(".tiff")) {
      return GEOTIFF;
    }
    return name.endsWith(".geoparquet") ? GEOPARQUET : PARQUET;
  }
}
