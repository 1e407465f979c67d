package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;

/**
 * What the files of feeds may ask of a machine. A file beyond a limit is refused before it is
 * decoded, or as soon as it is seen.
 *
 * @param files files of a feed
 * @param columns columns of a file
 * @param depth how deep a file's columns or objects are nested
 * @param rows rows of a Parquet file by its footer
 * @param valueMb longest value or line, millions of bytes
 * @param corners positions of a geometry in GeoJSON
 * @param decodedGb what a file may hold when it is decoded, thousands of millions of bytes
 * @param expansion or so many times its stored bytes, whichever is more
 */
public record LimitsSettings(
    int files,
    int columns,
    int depth,
    long rows,
    @JsonProperty("value_mb") double valueMb,
    int corners,
    @JsonProperty("decoded_gb") double decodedGb,
    int expansion)
    implements Serializable {
  private static final double MB = 1e6;
  private static final double GB = 1e9;

  public LimitsSettings {
    Checks.positive("files", files);
    Checks.positive("columns", columns);
    Checks.between("depth", depth, 1, 900);
    Checks.positive("rows", rows);
    Checks.between("value_mb", valueMb, 0.0001, 2000);
    Checks.positive("corners", corners);
    Checks.positive("decoded_gb", decodedGb);
    Checks.positive("expansion", expansion);
  }

  /** The longest value or line, bytes. */
  public long valueBytes() {
    return (long) (valueMb * MB);
  }

  /** What a file may hold when it is decoded, bytes. */
  public long decodedBytes(long stored) {
    return (long) Math.max(decodedGb * GB, (double) expansion * stored);
  }
}
