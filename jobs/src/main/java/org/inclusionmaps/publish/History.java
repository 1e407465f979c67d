package org.inclusionmaps.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.publish.writing.ReadableJson;
import org.inclusionmaps.publish.writing.ReleaseFiles;
import org.inclusionmaps.store.SmallFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which releases {@code CURRENT} named, in the folder {@code history} beside {@code releases}: an
 * entry is a file that is only ever created, after {@code CURRENT} has moved. {@code CURRENT} is
 * what counts: where a process died between the two, the next one adds what it finds.
 */
final class History {
  private static final Logger LOG = LoggerFactory.getLogger(History.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ReleaseFiles files;
  private final Path folder;

  /** Why readers were pointed to a release. */
  enum Cause {
    PUBLISHED,
    PROMOTED,
    ROLLED_BACK,
    /** {@code CURRENT} named it, and no entry told so. */
    FOUND
  }

  /** Of an output folder. */
  History(ReleaseFiles releases) {
    this.files = releases;
    this.folder = new Path(releases.root().getParent(), "history");
  }

  /** The releases in the order in which they were current; a name stands as often as it was. */
  List<String> releases() throws IOException {
    List<String> releases = new ArrayList<>();
    for (Path entry : entries().values()) {
      release(entry).ifPresent(releases::add);
    }
    return releases;
  }

  /** The release that was current before one. */
  Optional<String> before(String release) throws IOException {
    List<String> releases = releases();
    for (int i = releases.size() - 1; i >= 0; i--) {
      if (!releases.get(i).equals(release)) {
        return Optional.of(releases.get(i));
      }
    }
    return Optional.empty();
  }

  /** Adds a release, unless it is the last one. */
  void add(String release, Cause cause) throws IOException {
    NavigableMap<Integer, Path> entries = entries();
    if (!entries.isEmpty()
        && release(entries.lastEntry().getValue()).equals(Optional.of(release))) {
      return;
    }
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("schema_version", 1);
    entry.put("release", release);
    entry.put("cause", cause.name().toLowerCase(Locale.ROOT));
    entry.put("at", Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS).toString());
    int number = entries.isEmpty() ? 1 : entries.lastKey() + 1;
    SmallFiles.create(
        files.system(),
        new Path(folder, String.format(Locale.ROOT, "%08d.json", number)),
        ReadableJson.text(entry).getBytes(StandardCharsets.UTF_8));
  }

  private NavigableMap<Integer, Path> entries() throws IOException {
    NavigableMap<Integer, Path> entries = new TreeMap<>();
    try {
      for (FileStatus status : files.system().listStatus(folder)) {
        String name = status.getPath().getName();
        if (name.matches("\\d{8}[.]json")) {
          entries.put(Integer.parseInt(name.substring(0, 8)), status.getPath());
        }
      }
    } catch (FileNotFoundException e) {
      return entries; // nothing was published yet
    }
    return entries;
  }

  /** The release of an entry; nothing if it is damaged: CURRENT is what counts. */
  private Optional<String> release(Path entry) throws IOException {
    Optional<byte[]> bytes = SmallFiles.read(files.system(), entry);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonNode release = JSON.readTree(bytes.get()).path("release");
      if (release.isTextual() && Pointer.canName(release.asText())) {
        return Optional.of(release.asText());
      }
      LOG.warn("{} names no release, and is passed over", entry);
    } catch (JsonProcessingException e) {
      LOG.warn("{} is no JSON, and is passed over", entry);
    }
    return Optional.empty();
  }
}
