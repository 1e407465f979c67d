package org.inclusionmaps.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.jspecify.annotations.Nullable;

/**
 * Events of an attempt as OpenLineage has them: what was read, what was written, how it ended.
 * Tiles and rasters are told too, which a listener of Spark does not see. The list of sensitive
 * places and rows of persons are not told. Source: openlineage.io/spec/2-0-2.
 */
final class Lineage {
  private static final String EVENT =
      "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
  private static final List<Table> NOT_TOLD =
      List.of(Tables.SENSITIVE_PLACES, Tables.SUBSCRIPTIONS);

  private final Settings settings;
  private final String run;
  private final String attempt;
  private final Path folder;

  Lineage(Settings settings, String run, String attempt, Path folder) {
    this.settings = settings;
    this.run = run;
    this.attempt = attempt;
    this.folder = folder;
  }

  /** The attempt begins. */
  ObjectNode start(Instant at) {
    return event("START", at, JsonNodeFactory.instance.objectNode());
  }

  /**
   * The attempt ends.
   *
   * @param failure why it failed; null if it did not
   * @param report the run's report
   * @param manifest the manifest of the release that it published; null without one
   */
  ObjectNode end(
      Instant at, @Nullable Failure failure, JsonNode report, @Nullable JsonNode manifest) {
    ObjectNode event = event(failure == null ? "COMPLETE" : "FAIL", at, report);
    if (failure != null) { // what it is without values of a feed: lineage goes to others
      ((ObjectNode) event.path("run").path("facets"))
          .set(
              "errorMessage",
              LineageDataset.facet("1-0-1/ErrorMessageRunFacet")
                  .put("message", failure.code() + ": " + failure.remedy())
                  .put("programmingLanguage", "JAVA"));
    }
    ArrayNode outputs = event.putArray("outputs");
    Tables.BETWEEN_STAGES.stream()
        .filter(table -> report.path("rows").has(table.name()))
        .forEach(table -> outputs.add(written(table, report.path("rows").path(table.name()))));
    if (manifest != null) {
      published(manifest).values().forEach(outputs::add);
    }
    return event;
  }

  private ObjectNode event(String type, Instant at, JsonNode report) {
    ObjectNode event =
        JsonNodeFactory.instance
            .objectNode()
            .put("eventType", type)
            .put("eventTime", at.toString())
            .put("producer", LineageDataset.PRODUCER)
            .put("schemaURL", EVENT);
    UUID id = UUID.nameUUIDFromBytes((run + "/" + attempt).getBytes(StandardCharsets.UTF_8));
    ObjectNode facets = event.putObject("run").put("runId", id.toString()).putObject("facets");
    facets.set(
        "processing_engine",
        LineageDataset.facet("1-1-1/ProcessingEngineRunFacet")
            .put("name", "spark")
            .put("version", org.apache.spark.SparkBuildInfo.spark_version()));
    ObjectNode job = event.putObject("job");
    job.put("namespace", settings.operations().lineageNamespace());
    job.put("name", "run." + settings.country().id());
    job.putObject("facets")
        .set(
            "jobType",
            LineageDataset.facet("2-0-4/JobTypeJobFacet")
                .put("processingType", "BATCH")
                .put("integration", "SPARK")
                .put("jobType", "JOB"));
    event.set("inputs", inputs(report));
    event.putArray("outputs");
    return event;
  }

  private ArrayNode inputs(JsonNode report) {
    ArrayNode inputs = JsonNodeFactory.instance.arrayNode();
    for (Table table : Tables.INPUTS) {
      List<FeedSettings> feeds = settings.inputs().get(table.name());
      if (feeds == null || NOT_TOLD.contains(table)) {
        continue;
      }
      for (FeedSettings feed : feeds) {
        ObjectNode input = LineageDataset.at(feed.path());
        input.putObject("facets").set("schema", LineageDataset.schema(table));
        ObjectNode quality = input.putObject("inputFacets");
        for (JsonNode count : report.path("inputs").path(table.name())) {
          if (count.path("path").asText().equals(feed.path())) {
            quality(quality, count, feed);
          }
        }
        inputs.add(input);
      }
    }
    return inputs;
  }

  private static void quality(ObjectNode facets, JsonNode count, FeedSettings feed) {
    ObjectNode metrics = LineageDataset.facet("1-0-3/DataQualityMetricsInputDatasetFacet");
    metrics.put("rowCount", count.path("read").asLong()).putObject("columnMetrics");
    facets.set("dataQualityMetrics", metrics);
    ObjectNode judged = LineageDataset.facet("1-1-0/DataQualityAssertionsDatasetFacet");
    long refused = FeedFigures.refused(count);
    double share = FeedFigures.refusedPct(count);
    judged
        .putArray("assertions")
        .addObject()
        .put("assertion", "refused rows are at most " + feed.maxRejectedPct() + " per cent")
        .put("success", share <= feed.maxRejectedPct())
        .put("actual", refused + " rows");
    facets.set("dataQualityAssertions", judged);
  }

  private ObjectNode written(Table table, JsonNode rows) {
    ObjectNode output = LineageDataset.at(new Path(folder, table.name()).toString());
    output.putObject("facets").set("schema", LineageDataset.schema(table));
    output
        .putObject("outputFacets")
        .set(
            "outputStatistics",
            LineageDataset.facet("1-0-2/OutputStatisticsOutputDatasetFacet")
                .put("rowCount", rows.asLong()));
    return output;
  }

  /** A release's datasets: each raster, each other file, and each folder of many as one. */
  private Map<String, ObjectNode> published(JsonNode manifest) {
    Path release =
        new Path(new Path(settings.output().path(), "releases"), manifest.path("release").asText());
    Map<String, long[]> sums = new TreeMap<>();
    for (JsonNode file : manifest.path("files")) {
      String name = file.path("file").asText();
      boolean apart = name.startsWith("rasters/") && name.endsWith(".tif");
      String dataset = apart || !name.contains("/") ? name : name.substring(0, name.indexOf('/'));
      long[] sum = sums.computeIfAbsent(dataset, d -> new long[3]);
      sum[0] += file.path("bytes").asLong();
      sum[1]++;
      sum[2] = file.has("rows") && sum[2] >= 0 ? sum[2] + file.path("rows").asLong() : -1;
    }
    Map<String, ObjectNode> outputs = new TreeMap<>();
    sums.forEach(
        (name, sum) -> {
          ObjectNode output = LineageDataset.at(new Path(release, name).toString());
          output.putObject("facets");
          ObjectNode statistics =
              LineageDataset.facet("1-0-2/OutputStatisticsOutputDatasetFacet")
                  .put("size", sum[0])
                  .put("fileCount", sum[1]);
          if (sum[2] >= 0) {
            statistics.put("rowCount", sum[2]);
          }
          output.putObject("outputFacets").set("outputStatistics", statistics);
          outputs.put(name, output);
        });
    return outputs;
  }
}
