package org.inclusionmaps.publish;

import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.publish.desktop.Desktop;
import org.inclusionmaps.publish.writing.ReleaseFiles;
import org.jspecify.annotations.Nullable;

/**
 * The GeoParquet files of a release as CSV for a database's COPY: outlines are WKB in hexadecimal,
 * texts are as they are (for people there is indicators.csv, whose texts are made harmless), an
 * absent value is an empty field, an empty text is quoted. Source: RFC 4180; PostgreSQL, COPY.
 */
public final class Export {
  private static final Map<String, String> FOLDERS =
      Map.of("inclusion", "hexagons", "areas", "areas");

  private Export() {}

  /**
   * Writes a file for each resolution and level, as hexagons_8.csv and areas_1.csv.
   *
   * @param release folder of a release
   * @param into an empty folder of this machine
   * @return file to its rows
   * @throws InclusionException {@code INPUT_MISSING} if there is no release
   */
  public static Map<String, Long> write(SparkSession spark, Path release, Path into) {
    Map<String, Long> rows = new LinkedHashMap<>();
    try {
      if (!Files.exists(release.resolve(ReleaseFiles.MANIFEST))) {
        throw InclusionException.withRemedy(
            ErrorCode.INPUT_MISSING,
            release + " is no release: it has no " + ReleaseFiles.MANIFEST,
            "Name a folder of releases/; `inclusion releases list` prints which there are.");
      }
      for (String kind : List.of("inclusion", "areas")) {
        try (Stream<Path> folders = Files.list(release.resolve(kind))) {
          for (Path folder : folders.sorted().toList()) {
            String part = folder.getFileName().toString();
            String name = FOLDERS.get(kind) + "_" + part.substring(part.indexOf('=') + 1) + ".csv";
            rows.put(name, write(spark.read().parquet(folder.toString()), into.resolve(name)));
          }
        }
      }
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.RESOURCES_EXHAUSTED, into + " cannot be written: " + e.getMessage(), e);
    }
    return rows;
  }

  private static long write(Dataset<Row> found, Path file) throws IOException {
    Dataset<Row> rows = found.drop(Desktop.BOX);
    long count = 0;
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(String.join(",", Arrays.asList(rows.columns())) + "\n");
      Iterator<Row> all = rows.toLocalIterator();
      while (all.hasNext()) {
        Row row = all.next();
        for (int i = 0; i < row.length(); i++) {
          out.write(i == 0 ? "" : ",");
          out.write(field(row.get(i)));
        }
        out.write("\n");
        count++;
      }
    }
    return count;
  }

  private static String field(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof byte[] wkb) {
      return HexFormat.of().formatHex(wkb);
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof Number) {
      return value.toString();
    }
    return '"' + value.toString().replace("\"", "\"\"") + '"';
  }
}
