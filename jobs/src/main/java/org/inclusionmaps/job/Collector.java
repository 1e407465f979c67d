package org.inclusionmaps.job;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.publish.Releases;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes, after a release was published, what is no longer needed below the output: releases and
 * runs that are not among the newest, and what processes that died left. Its caller holds the
 * lease. Nothing that it meets fails the run: the release is out.
 */
final class Collector {
  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

  /** What the names of runs begin with that are made for a measurement; they are counted apart. */
  private static final String FRAME = "frame-";

  /** What runs are called; folders of other names are somebody's own. */
  private static final Pattern NAME = Pattern.compile("(" + FRAME + ")?[0-9a-f]{16}");

  private static final String PROBE = "_probe-";

  private final Settings settings;
  private final Configuration hadoop;
  private final Path output;
  private final FileSystem files;

  private Collector(Settings settings, Configuration hadoop) throws IOException {
    this.settings = settings;
    this.hadoop = hadoop;
    Path given = new Path(settings.output().path());
    this.files = given.getFileSystem(hadoop);
    this.output = files.makeQualified(given);
  }

  /**
   * Deletes it.
   *
   * @param run name of this run, which stays
   * @param since when the lease was taken, milliseconds of the system's clock: what is younger
   *     stays
   */
  static void collect(Settings settings, String run, long since, Configuration hadoop) {
    try {
      List<String> releases =
          Releases.in(settings.output().path(), hadoop)
              .collect(settings.output().keepReleases(), since);
      List<String> runs = new Collector(settings, hadoop).runs(run, since);
      LastAccounts.collect(settings.output().path(), run, hadoop);
      if (!releases.isEmpty() || !runs.isEmpty()) {
        LOG.info("Deleted the releases {} and the runs {}, which nothing needs", releases, runs);
      }
    } catch (IOException | RuntimeException | Error e) { // the release is out, whatever this is
      LOG.warn(
          "What is no longer needed below {} stays: {}", settings.output().path(), e.toString());
    }
  }

  private List<String> runs(String own, long since) throws IOException {
    probes(since);
    record Found(Path folder, long time) {}
    List<Found> runs = new ArrayList<>();
    List<Found> frames = new ArrayList<>();
    for (FileStatus status : list(new Path(output, "runs"))) {
      Path folder = status.getPath();
      if (status.isDirectory()
          && NAME.matcher(folder.getName()).matches()
          && !folder.getName().equals(own)
          && time(status) < since) {
        (folder.getName().startsWith(FRAME) ? frames : runs).add(new Found(folder, time(status)));
      }
    }
    Comparator<Found> newestFirst =
        Comparator.comparingLong(Found::time)
            .thenComparing(found -> found.folder().getName())
            .reversed();
    runs.sort(newestFirst);
    frames.sort(newestFirst);
    List<String> gone = new ArrayList<>();
    int others = settings.output().keepRuns() - 1; // this run is one of those that stay
    for (Found found : runs.subList(Math.min(others, runs.size()), runs.size())) {
      delete(found.folder());
      gone.add(found.folder().getName());
    }
    int most = Math.min(settings.output().keepRuns(), frames.size());
    for (Found found : frames.subList(most, frames.size())) {
      delete(found.folder());
      gone.add(found.folder().getName());
    }
    return gone;
  }

  /** When a run last told of itself, or its folder changed. */
  private long time(FileStatus folder) throws IOException {
    try {
      return files.getFileStatus(new Path(folder.getPath(), RunReport.NAME)).getModificationTime();
    } catch (FileNotFoundException e) {
      return folder.getModificationTime();
    }
  }

  /** Rows of persons go first, as the access log tells of them. */
  private void delete(Path run) throws IOException {
    List<Path> persons = PersonDeletion.inRun(files, run);
    if (!persons.isEmpty()) {
      PersonDeletion.delete(files, output, persons, "run", Measuring.accessLog(settings, hadoop));
    }
    files.delete(run, /* recursive= */ true);
  }

  /** Folders of probes of the store whose process died. */
  private void probes(long since) throws IOException {
    for (FileStatus status : list(output)) {
      if (status.isDirectory()
          && status.getPath().getName().startsWith(PROBE)
          && status.getModificationTime() < since) {
        files.delete(status.getPath(), /* recursive= */ true);
      }
    }
  }

  private FileStatus[] list(Path folder) throws IOException {
    try {
      return files.listStatus(folder);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }
}
