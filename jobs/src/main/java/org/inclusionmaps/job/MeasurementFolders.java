package org.inclusionmaps.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.inclusionmaps.contract.SchemaVersion;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.privacy.Rational;
import org.inclusionmaps.security.Ledger;
import org.inclusionmaps.security.LedgerEntry;
import org.inclusionmaps.security.LedgerEntry.Kind;

/**
 * Where measurements are, and which may stand beside each other. Counts of the same persons without
 * noise, off by a few, tell of those few, and no hiding helps: a period is measured so once. The
 * ledger tells which measurements there were.
 */
final class MeasurementFolders {
  private static final String COUNTS = "part-00000.parquet";

  private final Ledger ledger;
  private final Path measurements;
  private final Configuration hadoop;

  MeasurementFolders(Ledger ledger, Path measurements, Configuration hadoop) {
    this.ledger = ledger;
    this.measurements = measurements;
    this.hadoop = hadoop;
  }

  /** The folder of a measurement. */
  Path folder(String id, String fingerprint) {
    return new Path(measurements, id + "-" + fingerprint.substring(0, 12));
  }

  /**
   * Refuses what would tell of persons beside another measurement of its period: two without noise,
   * or one with and one without. One that died before it wrote counts has told nothing.
   *
   * @param fingerprint of the measurement; it may be drawn again
   * @throws InclusionException if there is such a measurement
   */
  void refuseBesideAnother(String id, String fingerprint, boolean withoutNoise) {
    List<LedgerEntry> entries = ledger.entries();
    for (LedgerEntry entry : entries) {
      boolean isOther =
          entry.kind() == Kind.RESERVE
              && entry.measurement().equals(id)
              && !entry.inputs().equals(fingerprint);
      if (!isOther || !(withoutNoise || isWithoutNoise(entry)) || !isWritten(entry, entries)) {
        continue;
      }
      throw new InclusionException(
          ErrorCode.SETTINGS_WRONG,
          isWithoutNoise(entry)
              ? "%s was measured without noise (entry %d of the ledger), and what changed since then, in the feed, the frame or the settings, would be told by the difference: use %s"
                  .formatted(id, entry.entry(), folder(id, entry.inputs()))
              : "%s was measured with noise (entry %d of the ledger), and what is shown with it and without together protects nobody: use %s"
                  .formatted(id, entry.entry(), folder(id, entry.inputs())));
    }
  }

  private static boolean isWithoutNoise(LedgerEntry entry) {
    return entry.charge().equals(Rational.ZERO);
  }

  private boolean isWritten(LedgerEntry entry, List<LedgerEntry> entries) {
    return entries.stream()
            .anyMatch(of -> of.kind() == Kind.COMMIT && of.inputs().equals(entry.inputs()))
        || PersonZone.isThere(
            new Path(folder(entry.measurement(), entry.inputs()), COUNTS), hadoop);
  }

  /**
   * Writes one file of one name in one order, so that the same counts are the same bytes to who
   * reads the folder too.
   */
  void write(Dataset<Row> rows, Path to) {
    Path draft = new Path(to.getParent(), "_draft-" + to.getName());
    rows.repartition(1)
        .sortWithinPartitions("leaf_kind", "leaf", Tables.OPERATOR, Tables.SEX, "ages")
        .select(SchemaVersion.columns(Tables.MEASUREMENT))
        .write()
        .mode(SaveMode.Overwrite)
        .option("compression", "zstd")
        .parquet(draft.toString());
    try {
      FileSystem files = to.getFileSystem(hadoop);
      files.delete(to, /* recursive= */ true);
      files.mkdirs(to);
      for (FileStatus part : files.globStatus(new Path(draft, "part-*"))) {
        if (!files.rename(part.getPath(), new Path(to, COUNTS))) {
          throw new IOException(part.getPath() + " cannot be moved");
        }
      }
      files.delete(draft, /* recursive= */ true);
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.RESOURCES_EXHAUSTED,
          "%s cannot be written: %s".formatted(to, e.getMessage()),
          e);
    }
  }

  /** Writes a file of text. */
  static void write(Path path, String text, Configuration hadoop) {
    try (FSDataOutputStream out = path.getFileSystem(hadoop).create(path, /* overwrite= */ true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.RESOURCES_EXHAUSTED,
          "%s cannot be written: %s".formatted(path, e.getMessage()),
          e);
    }
  }
}
