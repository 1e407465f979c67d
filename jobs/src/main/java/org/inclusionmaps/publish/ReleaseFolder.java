package org.inclusionmaps.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.publish.desktop.IndicatorCsv;
import org.inclusionmaps.publish.writing.EarlierRelease;
import org.inclusionmaps.publish.writing.ReleaseFiles;
import org.jspecify.annotations.Nullable;

/**
 * The releases that are in a folder beside the one that is made.
 *
 * @param folder that holds them
 * @param releases name to what its manifest tells; folders without a manifest are none
 * @param unreadable names of those whose manifests tell no release
 */
record ReleaseFolder(ReleaseFiles folder, Map<String, Entry> releases, List<String> unreadable) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A release with a manifest.
   *
   * @param country id of the area at level 0
   * @param written when its manifest was written, milliseconds of the system's clock
   */
  record Entry(EarlierRelease release, String country, JsonNode manifest, long written) {}

  /** Looks through a folder, which need not exist. */
  static ReleaseFolder of(ReleaseFiles folder) {
    return of(folder, "");
  }

  /**
   * The same beside a run.
   *
   * @param run name of the run; a release of it is left out
   */
  static ReleaseFolder of(ReleaseFiles folder, String run) {
    Map<String, Entry> releases = new TreeMap<>();
    List<String> unreadable = new ArrayList<>();
    try {
      FileSystem files = folder.system();
      FileStatus[] found =
          files.exists(folder.root()) ? files.listStatus(folder.root()) : new FileStatus[0];
      for (FileStatus status : found) {
        String name = status.getPath().getName();
        Path manifest = new Path(status.getPath(), ReleaseFiles.MANIFEST);
        if (ofRun(name, run) || !status.isDirectory() || !files.exists(manifest)) {
          continue;
        }
        JsonNode json = read(files, manifest);
        Entry entry = entry(files.getFileStatus(manifest), json, name);
        if (!Manifest.knows(json)) {
          unreadable.add(name + " (of a newer version of this software)");
        } else if (entry == null) {
          unreadable.add(name);
        } else {
          releases.put(name, entry);
        }
      }
    } catch (IOException e) {
      throw folder.unwritable("", e);
    }
    unreadable.sort(null);
    return new ReleaseFolder(folder, releases, unreadable);
  }

  private static boolean ofRun(String name, String run) {
    return !run.isEmpty() && (name.equals(run) || name.startsWith(run + "-"));
  }

  private static JsonNode read(FileSystem files, Path manifest) {
    try (InputStream in = files.open(manifest)) {
      return JSON.readTree(in);
    } catch (IOException e) {
      return JSON.createObjectNode(); // it tells no release
    }
  }

  private static @Nullable Entry entry(FileStatus manifest, JsonNode json, String name) {
    try {
      String date = LocalDate.parse(json.path("reference_date").asText()).toString();
      return json.path("release").asText().equals(name)
          ? new Entry(
              new EarlierRelease(name, date),
              json.path("settings").path("country").path("id").asText(),
              json,
              manifest.getModificationTime())
          : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** The files of a release. */
  ReleaseFiles files(String release) {
    return folder.release(release);
  }

  /** Whether the files of a release are those of its manifest, by name and length. */
  boolean whole(Entry entry) throws IOException {
    Map<String, Long> told = new TreeMap<>();
    for (JsonNode file : entry.manifest().path("files")) {
      told.put(file.path("file").asText(), file.path("bytes").asLong());
    }
    return told.containsKey(IndicatorCsv.NAME) && told.equals(files(entry.release().id()).list());
  }

  /** Whether the indicators of a release are those of its manifest, to the byte. */
  boolean sameIndicators(Entry entry) throws IOException {
    String told = "";
    for (JsonNode file : entry.manifest().path("files")) {
      if (file.path("file").asText().equals(IndicatorCsv.NAME)) {
        told = file.path("sha256").asText();
      }
    }
    return files(entry.release().id()).sha256(IndicatorCsv.NAME).equals(told);
  }

  /**
   * The release that readers are pointed to; where that is one of this very run, the one that it
   * was compared with. So a run that is made again finds what it found. Empty where there is none.
   */
  String pointedTo(String run) {
    try {
      String id = Pointer.current(folder).orElse("");
      if (!ofRun(id, run)) {
        return id;
      }
      try (InputStream manifest = folder.system().open(files(id).path(ReleaseFiles.MANIFEST))) {
        return JSON.readTree(manifest).path("compared_with").asText();
      }
    } catch (IOException e) {
      return "";
    }
  }
}
