package org.inclusionmaps.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.config.LimitsSettings;
import org.inclusionmaps.contract.Table;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.WKBWriter;

/**
 * GeoJSON feature collections (RFC 7946): each feature's properties as text, and its geometry as
 * WKB. The driver reads them one feature at a time: a country's areas, not its buildings.
 */
final class GeoJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int FEATURES_A_TASK = 200;

  /** What a CRS is called that is longitude and latitude in degrees WGS84. */
  private static final Set<String> WGS84 =
      Set.of(
          "urn:ogc:def:crs:OGC:1.3:CRS84",
          "urn:ogc:def:crs:OGC::CRS84",
          "OGC:CRS84",
          "EPSG:4326",
          "urn:ogc:def:crs:EPSG::4326");

  private record Feature(
      Map<String, String> properties,
      @Nullable Geometry geometry,
      @Nullable String fault,
      String file,
      long number,
      boolean repeat) {
    Feature repeated() {
      return new Feature(properties, geometry, fault, file, number, true);
    }
  }

  private GeoJson() {}

  static Source read(
      SparkSession spark,
      Table table,
      Delivery delivery,
      List<FileProof> files,
      LimitsSettings limits) {
    List<Feature> features = new ArrayList<>();
    Set<String> repeats = FileScan.repeats(files).keySet();
    for (FileStatus file : delivery.files()) {
      boolean repeat = repeats.contains(file.getPath().toString());
      readFile(spark, table, file, limits)
          .forEach(feature -> features.add(repeat ? feature.repeated() : feature));
    }
    Map<String, Integer> columns = new LinkedHashMap<>();
    for (Feature feature : features) {
      feature.properties().keySet().forEach(name -> columns.putIfAbsent(name, columns.size()));
    }
    columns.remove(GEOMETRY);
    List<String> names = List.copyOf(columns.keySet());
    StructType schema = new StructType();
    for (String name : names) {
      schema = schema.add(name, DataTypes.StringType);
    }
    schema =
        schema
            .add(GEOMETRY, DataTypes.BinaryType)
            .add(Source.FAULT, DataTypes.StringType)
            .add(Source.FILE, DataTypes.StringType)
            .add(Source.ROW, DataTypes.LongType)
            .add(Source.STORED, DataTypes.LongType)
            .add(Source.REPEAT, DataTypes.BooleanType);
    List<Row> rows = features.stream().map(feature -> row(feature, names)).toList();
    int tasks = Math.max(1, rows.size() / FEATURES_A_TASK);
    var distributed = new JavaSparkContext(spark.sparkContext()).parallelize(rows, tasks);
    return new Source(spark.createDataFrame(distributed, schema), true, "GeoJSON");
  }

  /** The column of the geometry. */
  static final String GEOMETRY = "geometry";

  private static Row row(Feature feature, List<String> names) {
    @Nullable Object[] values = new @Nullable Object[names.size() + 6];
    for (int i = 0; i < names.size(); i++) {
      values[i] = feature.properties().get(names.get(i));
    }
    Geometry geometry = feature.geometry();
    values[names.size()] = geometry == null ? null : new WKBWriter().write(geometry);
    values[names.size() + 1] = feature.fault();
    values[names.size() + 2] = feature.file();
    values[names.size() + 3] = feature.number();
    values[names.size() + 5] = feature.repeat();
    return RowFactory.create(values);
  }

  private static List<Feature> readFile(
      SparkSession spark, Table table, FileStatus file, LimitsSettings limits) {
    String name = file.getPath().getName();
    List<Feature> features = new ArrayList<>();
    try (InputStream in = FeedFiles.open(spark, file.getPath());
        LimitedJson parser = new LimitedJson(parser(in, limits), table, name, limits)) {
      boolean found = false;
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw notGeoJson(table, name);
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        parser.nextToken();
        if (key.equals("features") && parser.currentToken() == JsonToken.START_ARRAY) {
          found = true;
          long number = 0;
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            number++;
            parser.begin(number);
            features.add(feature(JSON.readTree(parser), name, number));
          }
        } else if (key.equals("crs")) {
          checkCrs(table, name, JSON.readTree(parser));
        } else {
          parser.skipChildren();
        }
      }
      if (!found) {
        throw notGeoJson(table, name);
      }
      return features;
    } catch (StreamConstraintsException e) {
      throw Refusals.broken(
          table,
          name + " " + DecodedBytes.tooLong("a text", limits.valueBytes(), limits.valueBytes()));
    } catch (JsonProcessingException e) {
      throw Refusals.broken(
          table,
          "%s is not JSON at line %d, column %d: %s; write the file again"
              .formatted(
                  name,
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 0 : e.getLocation().getColumnNr(),
                  e.getOriginalMessage().lines().findFirst().orElse("")));
    } catch (IOException e) {
      throw Refusals.unreadable(table, file.getPath().toString(), "GeoJSON", e);
    }
  }

  /** A parser that takes no text longer than the limit. */
  private static JsonParser parser(InputStream in, LimitsSettings limits) throws IOException {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder().maxStringLength((int) limits.valueBytes()).build())
        .build()
        .setCodec(JSON)
        .createParser(in);
  }

  private static RuntimeException notGeoJson(Table table, String file) {
    return Refusals.broken(
        table,
        file
            + " has no list of features; it must be a GeoJSON FeatureCollection: write the file"
            + " again");
  }

  private static void checkCrs(Table table, String file, JsonNode crs) {
    String name = crs.path("properties").path("name").asText("");
    if (!crs.isNull() && !WGS84.contains(name)) {
      throw Refusals.broken(
          table,
          "%s has coordinates in %s, but they must be longitude and latitude in degrees WGS84;"
                  .formatted(file, name)
              + " convert it (ogr2ogr -t_srs OGC:CRS84)");
    }
  }

  private static Feature feature(JsonNode node, String file, long number) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : node.path("properties").properties()) {
      JsonNode value = property.getValue();
      if (!value.isNull()) {
        properties.put(property.getKey(), value.isValueNode() ? value.asText() : value.toString());
      }
    }
    if (node.hasNonNull("id")) {
      properties.putIfAbsent("id", node.get("id").asText());
    }
    JsonNode geometry = node.path("geometry");
    if (geometry.isNull() || geometry.isMissingNode()) {
      return new Feature(properties, null, null, file, number, false);
    }
    try {
      return new Feature(properties, GeoJsonGeometry.of(geometry), null, file, number, false);
    } catch (IllegalArgumentException e) {
      return new Feature(
          properties, null, "the geometry cannot be read: " + e.getMessage(), file, number, false);
    }
  }
}
