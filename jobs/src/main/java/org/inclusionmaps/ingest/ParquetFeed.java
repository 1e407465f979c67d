package org.inclusionmaps.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.contract.SchemaVersion;
import org.inclusionmaps.contract.Table;

/** Parquet, and GeoParquet 1.x: Parquet whose {@code geo} footer names its column of WKB. */
final class ParquetFeed {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ParquetFeed() {}

  static Source read(SparkSession spark, Table table, String path) {
    List<FileStatus> files = FeedFiles.list(spark, table, path);
    Map<String, String> footer = Map.of();
    for (FileStatus file : files) {
      footer = footer(spark, table, file);
    }
    String geo = footer.get("geo");
    try {
      Dataset<Row> read = spark.read().parquet(path);
      SchemaVersion.of(read.schema())
          .ifPresent(version -> SchemaVersion.check(table.name() + ": " + path, version));
      Dataset<Row> rows =
          read.withColumn(Source.FILE, col("_metadata.file_name"))
              .withColumn(Source.ROW, lit(null).cast(DataTypes.LongType))
              .withColumn(Source.FAULT, lit(null).cast(DataTypes.StringType));
      String name = files.get(0).getPath().getName();
      return geo == null
          ? new Source(rows, false, "Parquet")
          : new Source(geometryNamed(rows, table, name, geo), false, "GeoParquet");
    } catch (RuntimeException e) {
      throw e instanceof org.inclusionmaps.error.InclusionException
          ? e
          : Refusals.unreadable(table, path, "Parquet", e);
    }
  }

  /** The key-value metadata at the end of a file: also the proof that it is Parquet. */
  private static Map<String, String> footer(SparkSession spark, Table table, FileStatus file) {
    Configuration hadoop = FeedFiles.configuration(spark);
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromStatus(file, hadoop),
            // By the path, or an encrypted file finds no keys.
            HadoopReadOptions.builder(hadoop, file.getPath()).build())) {
      return reader.getFileMetaData().getKeyValueMetaData();
    } catch (IOException | RuntimeException e) {
      throw Refusals.unreadable(table, file.getPath().toString(), "Parquet", e);
    }
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
