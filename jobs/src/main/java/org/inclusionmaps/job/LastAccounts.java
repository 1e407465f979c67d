package org.inclusionmaps.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.SchemaVersion;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.ingest.IngestContext;
import org.inclusionmaps.ingest.IngestContext.EarlierFeed;
import org.inclusionmaps.publish.Releases;
import org.inclusionmaps.store.SmallFiles;

/**
 * What the feeds of each release held, in {@code feeds/<run>.json} below the output: apart from the
 * run's folder, which may be deleted or made anew, and from the release, which is public.
 */
final class LastAccounts {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FOLDER = "feeds";
  private static final String ENDING = ".json";

  private LastAccounts() {}

  /**
   * What feeds are judged by: those of the release that readers are pointed to.
   *
   * @throws InclusionException {@link ErrorCode#INPUT_MISSING} if feeds are to be compared, and
   *     what those of the release held is not known
   */
  static IngestContext context(Settings settings, Configuration hadoop) {
    boolean asked =
        settings.inputs().values().stream()
            .filter(Objects::nonNull)
            .flatMap(List::stream)
            .map(FeedSettings::expect)
            .anyMatch(expect -> expect.countsOperators());
    String output = settings.output().path();
    Optional<String> release = asked ? Releases.in(output, hadoop).current() : Optional.empty();
    return IngestContext.of(
        settings, release.map(name -> of(name, output, hadoop)).orElse(Map.of()));
  }

  private static Map<String, List<EarlierFeed>> of(
      String release, String output, Configuration hadoop) {
    Path path = path(output, run(release));
    try {
      Optional<byte[]> bytes = SmallFiles.read(path.getFileSystem(hadoop), path);
      if (bytes.isPresent()) {
        return tables(JSON.readTree(new String(bytes.get(), StandardCharsets.UTF_8)));
      }
      throw unknown(path, release, "is not there");
    } catch (ChecksumException | JsonProcessingException | IllegalArgumentException e) {
      throw unknown(path, release, "is damaged");
    } catch (IOException e) {
      throw unknown(path, release, "cannot be read: " + e.getMessage());
    }
  }

  private static InclusionException unknown(Path path, String release, String why) {
    return new InclusionException(
        ErrorCode.INPUT_MISSING,
        "%s %s, so the feeds cannot be compared with those of the release %s, as `expect` asks; put it back, or take `expect` out for one run after you have looked at the feeds"
            .formatted(path, why, release));
  }

  /** The run that a release is of; places that it hides are told by what follows in its name. */
  private static String run(String release) {
    return release.split("-", 2)[0];
  }

  private static Map<String, List<EarlierFeed>> tables(JsonNode told) {
    Map<String, List<EarlierFeed>> tables = new TreeMap<>();
    told.path("inputs")
        .properties()
        .forEach(table -> tables.put(table.getKey(), feeds(table.getValue())));
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("no inputs");
    }
    return tables;
  }

  private static List<EarlierFeed> feeds(JsonNode account) {
    if (!account.isArray()) {
      throw new IllegalArgumentException("no feeds");
    }
    List<EarlierFeed> feeds = new ArrayList<>();
    for (JsonNode feed : account) {
      Map<String, Long> operators = new TreeMap<>();
      feed.path("operators")
          .properties()
          .forEach(rows -> operators.put(rows.getKey(), count(rows.getValue())));
      feeds.add(new EarlierFeed(count(feed.path("ok")), operators));
    }
    return List.copyOf(feeds);
  }

  private static long count(JsonNode number) {
    if (!number.isIntegralNumber() || number.asLong() < 0) {
      throw new IllegalArgumentException("no count");
    }
    return number.asLong();
  }

  /**
   * Records what the feeds of a run held, before its release is out.
   *
   * @param accounts table to its feeds, as the run's report tells them
   */
  static void record(
      String output, String run, Map<String, Object> accounts, Configuration hadoop) {
    ObjectNode told = JSON.createObjectNode();
    told.put("schema_version", SchemaVersion.CURRENT);
    ObjectNode inputs = told.putObject("inputs");
    accounts.forEach(
        (table, account) -> {
          JsonNode feeds = JSON.valueToTree(account);
          if (feeds.isArray() && !table.equals(Tables.SENSITIVE_PLACES.name())) {
            ArrayNode kept = inputs.putArray(table);
            feeds.forEach(
                feed -> {
                  ObjectNode one = kept.addObject();
                  one.set("ok", feed.path("ok"));
                  one.set("operators", feed.path("operators"));
                });
          }
        });
    Path path = path(output, run);
    try {
      SmallFiles.replace(
          path.getFileSystem(hadoop), path, (told + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.RESOURCES_EXHAUSTED, path + " cannot be written: " + e.getMessage(), e);
    }
  }

  /** Deletes those of runs that no release is of. */
  static void collect(String output, String run, Configuration hadoop) throws IOException {
    Set<String> kept = new HashSet<>(Set.of(run));
    Releases.in(output, hadoop).list().forEach(release -> kept.add(run(release.name())));
    Path folder = new Path(output, FOLDER);
    FileSystem files = folder.getFileSystem(hadoop);
    for (FileStatus status : files.listStatus(folder)) {
      String name = status.getPath().getName();
      if (name.endsWith(ENDING)
          && !kept.contains(name.substring(0, name.length() - ENDING.length()))) {
        files.delete(status.getPath(), /* recursive= */ false);
      }
    }
  }

  private static Path path(String output, String run) {
    return new Path(new Path(output, FOLDER), run + ENDING);
  }
}
