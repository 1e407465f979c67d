package org.inclusionmaps.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.security.AccessEntry.Deleted;
import org.inclusionmaps.security.AccessLog;
import org.inclusionmaps.security.Lease;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Deletes what was written of persons and is no longer needed, and proves it. */
@Command(
    name = "purge",
    description = {
      "Deletes below output.path what a measurement that died left behind, and what is older than"
          + " person_data.retention_days: what measurements left out, and runs' rows and quarantine of"
          + " respondents. Feeds and measurements stay.",
      "It is noted in the access log, before and after. While a run or a measurement holds the lease"
          + " nothing is deleted."
    },
    mixinStandardHelpOptions = true)
final class PurgeCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Option(names = "--plan", description = "print what would be deleted, and stop")
  private boolean plan;

  @Spec private CommandSpec spec;

  /** Picocli makes the command and fills in its fields. */
  @SuppressWarnings("NullAway.Init")
  PurgeCommand() {}

  @Override
  public Integer call() {
    Settings settings = options.settings();
    Configuration hadoop = Sessions.hadoop();
    Lease lease =
        Attempts.lease(settings.output().path(), "purge", settings.output().leaseSeconds(), hadoop);
    try {
      purge(settings, hadoop, spec.commandLine().getOut());
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.RESOURCES_EXHAUSTED,
          "%s cannot be purged: %s; what is left is found again by the next purge"
              .formatted(settings.output().path(), e.getMessage()),
          e);
    } finally {
      lease.close();
    }
    return 0;
  }

  private void purge(Settings settings, Configuration hadoop, PrintWriter out) throws IOException {
    Path given = new Path(settings.output().path());
    FileSystem files = given.getFileSystem(hadoop);
    Path output = files.makeQualified(given);
    List<Path> folders = found(files, output, settings.personData().retentionDays());
    folders.forEach(folder -> out.println("  " + PersonDeletion.below(output, folder)));
    if (!folders.isEmpty() && !plan) {
      AccessLog log = Measuring.accessLog(settings, hadoop);
      Deleted done = PersonDeletion.delete(files, output, folders, "purge", log);
      out.printf(
          Locale.ROOT,
          "deleted %,d files, %,d bytes; sha256 of their list %s%n",
          done.files(),
          done.bytes(),
          done.list());
    } else {
      out.println(folders.isEmpty() ? "nothing to delete" : "nothing was deleted");
    }
    out.flush();
  }

  private static List<Path> found(FileSystem files, Path output, int days) throws IOException {
    // Nobody measures, as the lease is ours: what lies there is of one that died.
    List<Path> found = new ArrayList<>(glob(files, output, PersonZone.SCRATCH + "*"));
    found.addAll(glob(files, output, "measurements/_draft-*"));
    long before = Clock.systemUTC().millis() - Duration.ofDays(days).toMillis();
    List<Path> old = new ArrayList<>(glob(files, PersonZone.kept(output.toString()), "*"));
    for (String table : PersonDeletion.TABLES) {
      old.addAll(glob(files, output, "runs/*/" + table));
      old.addAll(glob(files, output, "runs/*/quarantine/" + table));
    }
    for (Path folder : old) {
      if (PersonDeletion.list(files, folder).stream()
          .allMatch(f -> f.getModificationTime() <= before)) {
        found.add(folder);
      }
    }
    return found;
  }

  private static List<Path> glob(FileSystem files, Path folder, String pattern) throws IOException {
    List<Path> paths = new ArrayList<>();
    FileStatus[] found = files.globStatus(new Path(folder, pattern));
    for (FileStatus status : found == null ? new FileStatus[0] : found) {
      paths.add(status.getPath());
    }
    return paths;
  }
}
