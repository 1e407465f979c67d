package org.inclusionmaps.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.contract.SchemaVersion;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.error.Resources;
import org.inclusionmaps.store.PageChecksums;

/** Parquet, and GeoParquet 1.x: Parquet whose {@code geo} footer names its column of WKB. */
final class ParquetFeed {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ParquetFeed() {}

  static Source read(SparkSession spark, Table table, Delivery delivery, List<FileProof> files) {
    boolean alike = files.stream().map(FileProof::columns).distinct().count() == 1;
    DataFrameReader reader =
        spark
            .read()
            .option(PageChecksums.VERIFY, "true") // whatever the session says
            .option("mergeSchema", !alike);
    String base = delivery.base();
    if (base != null) {
      reader = reader.option("basePath", base);
    }
    try {
      Dataset<Row> rows =
          Source.ofFiles(
              known(reader.parquet(delivery.paths().toArray(String[]::new)), table, delivery),
              FileScan.repeats(files).keySet(),
              col("_metadata.file_size"),
              lit(null).cast(DataTypes.StringType));
      Map<String, String> footers = new TreeMap<>();
      for (FileProof file : files) {
        if (file.geo() != null) {
          footers.putIfAbsent(file.geo(), file.name());
        }
      }
      for (Map.Entry<String, String> footer : footers.entrySet()) {
        rows = geometryNamed(rows, table, footer.getValue(), footer.getKey());
      }
      return new Source(rows, false, footers.isEmpty() ? "Parquet" : "GeoParquet");
    } catch (Exception e) { // Scala throws what Java does not know of
      if (e instanceof InclusionException || Resources.exhausted(e)) {
        throw e;
      }
      throw Refusals.unreadable(table, delivery.feed().path(), "Parquet", e);
    }
  }

  /** A table of ours is read only if this code understands its version. */
  private static Dataset<Row> known(Dataset<Row> read, Table table, Delivery delivery) {
    SchemaVersion.of(read.schema())
        .ifPresent(
            version -> SchemaVersion.check(table.name() + ": " + delivery.feed().path(), version));
    return read;
  }

  private static Dataset<Row> geometryNamed(
      Dataset<Row> rows, Table table, String file, String geo) {
    JsonNode footer;
    try {
      footer = JSON.readTree(geo);
    } catch (JsonProcessingException e) {
      throw Refusals.broken(
          table, file + " has a geo footer that is not JSON; write the file again as GeoParquet");
    }
    String primary = footer.path("primary_column").asText(GeoJson.GEOMETRY);
    JsonNode column = footer.path("columns").path(primary);
    if (!column.path("encoding").asText("").equals("WKB")) {
      throw Refusals.broken(
          table,
          "%s has its geometry (%s) in encoding %s, but it must be WKB; write the file again"
              .formatted(file, primary, column.path("encoding").asText("unknown")));
    }
    JsonNode id = column.path("crs").path("id");
    String crs = id.path("authority").asText("") + ":" + id.path("code").asText("");
    if (!column.path("crs").isMissingNode() && !List.of("OGC:CRS84", "EPSG:4326").contains(crs)) {
      throw Refusals.broken(
          table,
          "%s has coordinates in %s, but they must be longitude and latitude in degrees WGS84;"
                  .formatted(file, id.isMissingNode() ? "an unknown CRS" : crs)
              + " convert it");
    }
    return primary.equals(GeoJson.GEOMETRY)
        ? rows
        : rows.withColumnRenamed(primary, GeoJson.GEOMETRY);
  }
}
