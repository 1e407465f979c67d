package org.inclusionmaps.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.ingest.IngestContext;
import org.inclusionmaps.ingest.IngestContext.EarlierFeed;
import org.inclusionmaps.store.SmallFiles;

/** What the feeds of the last finished run of an output held, by that run's report. */
final class LastAccounts {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Only a run that published has it in its report. */
  private static final String PUBLISHED = "places_not_shown";

  private LastAccounts() {}

  /**
   * What feeds are judged by.
   *
   * @param run the folder of the run that reads them, which is not compared with itself
   */
  static IngestContext context(Settings settings, Path run, Configuration hadoop) {
    boolean asked =
        settings.inputs().values().stream()
            .filter(Objects::nonNull)
            .flatMap(List::stream)
            .map(FeedSettings::expect)
            .anyMatch(expect -> expect.countsOperators());
    return IngestContext.of(settings, asked ? last(run, hadoop) : Map.of());
  }

  private static Map<String, List<EarlierFeed>> last(Path run, Configuration hadoop) {
    record Found(JsonNode inputs, long time, String name) {}
    List<Found> found = new ArrayList<>();
    try {
      FileSystem files = run.getFileSystem(hadoop);
      for (FileStatus other : files.listStatus(run.getParent())) {
        Path path = new Path(other.getPath(), RunReport.NAME);
        if (!other.getPath().getName().equals(run.getName()) && files.exists(path)) {
          JsonNode report = report(files, path);
          if (report.has(PUBLISHED)) {
            long time = files.getFileStatus(path).getModificationTime();
            found.add(new Found(report.path("inputs"), time, other.getPath().getName()));
          }
        }
      }
    } catch (FileNotFoundException e) {
      return Map.of(); // the first run of this output
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.INPUT_MISSING, run.getParent() + " cannot be read: " + e.getMessage(), e);
    }
    return found.stream()
        .max(Comparator.comparingLong(Found::time).thenComparing(Found::name))
        .map(newest -> feeds(newest.inputs()))
        .orElse(Map.of());
  }

  /** A report; one that is damaged tells nothing, as of a run that was killed. */
  private static JsonNode report(FileSystem files, Path path) throws IOException {
    try {
      byte[] bytes = SmallFiles.read(files, path).orElse(new byte[0]);
      return JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
    } catch (JsonProcessingException | ChecksumException e) {
      return JSON.createObjectNode();
    }
  }

  private static Map<String, List<EarlierFeed>> feeds(JsonNode inputs) {
    Map<String, List<EarlierFeed>> tables = new TreeMap<>();
    inputs
        .properties()
        .forEach(
            table -> {
              List<EarlierFeed> feeds = new ArrayList<>();
              for (JsonNode feed : table.getValue()) {
                Map<String, Long> operators = new TreeMap<>();
                feed.path("operators")
                    .properties()
                    .forEach(rows -> operators.put(rows.getKey(), rows.getValue().asLong()));
                feeds.add(new EarlierFeed(feed.path("ok").asLong(), operators));
              }
              if (table.getValue().isArray()) {
                tables.put(table.getKey(), List.copyOf(feeds));
              }
            });
    return tables;
  }
}
