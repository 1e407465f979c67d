package org.inclusionmaps.job;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.privacy.Rational;
import org.inclusionmaps.security.Ledger;
import org.inclusionmaps.security.LedgerEntry;
import org.inclusionmaps.security.LedgerEntry.Kind;

/**
 * Where measurements are, and what was shown of a period before. Without noise, counts of the same
 * persons that are off by a few tell of those few. The ledger tells which measurements there were;
 * those of a period are with noise or without, never both.
 */
final class MeasurementFolders {
  /** Feeds leave out names that begin so. */
  private static final String FRAME = "_frame";

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
   * The entries of a period before that of a measurement; all of the period where it has none.
   *
   * @throws InclusionException if the period was measured with the other protection
   */
  List<LedgerEntry> before(String id, String fingerprint, boolean withoutNoise) {
    List<LedgerEntry> before = new ArrayList<>();
    for (LedgerEntry entry : ledger.entries()) {
      if (entry.kind() == Kind.RESERVE && entry.measurement().equals(id)) {
        if (entry.inputs().equals(fingerprint)) {
          break;
        }
        if (entry.charge().equals(Rational.ZERO) != withoutNoise) {
          throw new InclusionException(
              ErrorCode.SETTINGS_WRONG,
              "%s was measured %s noise (entry %d of the ledger), and what is shown with it and without together protects nobody; name another privacy.period, or use the measurement that there is"
                  .formatted(id, withoutNoise ? "with" : "without", entry.entry()));
        }
        before.add(entry);
      }
    }
    return before;
  }

  /**
   * The rows of {@link Tables#MEASUREMENT} of some entries without noise.
   *
   * @param frame hash of the public frame that the counts must have
   * @throws InclusionException if one was written and is gone, or has another frame
   */
  List<Row> rows(SparkSession spark, List<LedgerEntry> before, String frame) {
    List<Row> rows = new ArrayList<>();
    for (LedgerEntry entry : before) {
      Path folder = folder(entry.measurement(), entry.inputs());
      boolean isWritten =
          ledger.entries().stream()
              .anyMatch(of -> of.kind() == Kind.COMMIT && of.inputs().equals(entry.inputs()));
      String own = read(new Path(folder, FRAME));
      if (own.isEmpty() && !isWritten) {
        continue; // it died before any count was there: the frame comes first
      }
      if (!own.equals(frame)) {
        throw new InclusionException(
            own.isEmpty() ? ErrorCode.INPUT_MISSING : ErrorCode.SETTINGS_WRONG,
            own.isEmpty()
                ? "%s was written (entry %d of the ledger) and is not there: without what was shown before, nobody can tell what may be shown now; put it back"
                    .formatted(folder, entry.entry())
                : "%s was made of other areas, places, operators, groups or sims_per_person: what it shows and what would be shown now could tell of few persons; use it, or measure another privacy.period"
                    .formatted(folder));
      }
      rows.addAll(
          spark
              .read()
              .schema(Tables.MEASUREMENT.schema())
              .parquet(folder.toString())
              .collectAsList());
    }
    return rows;
  }

  /**
   * Writes one file of one name in one order, so that the same counts are the same bytes to who
   * reads the folder too.
   *
   * @param frame hash of the public frame, noted before the counts are there; empty with noise
   */
  void write(Dataset<Row> rows, Path to, String frame) {
    Path draft = new Path(to.getParent(), "_draft-" + to.getName());
    rows.repartition(1)
        .sortWithinPartitions("leaf_kind", "leaf", Tables.OPERATOR, Tables.SEX, "ages")
        .write()
        .mode(SaveMode.Overwrite)
        .option("compression", "zstd")
        .parquet(draft.toString());
    try {
      FileSystem files = to.getFileSystem(hadoop);
      files.delete(to, /* recursive= */ true);
      files.mkdirs(to);
      if (!frame.isEmpty()) {
        write(new Path(to, FRAME), frame, hadoop);
      }
      for (FileStatus part : files.globStatus(new Path(draft, "part-*"))) {
        if (!files.rename(part.getPath(), new Path(to, "part-00000.parquet"))) {
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

  private String read(Path path) {
    try {
      FileSystem files = path.getFileSystem(hadoop);
      if (!files.exists(path)) {
        return "";
      }
      try (InputStream in = files.open(path)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.INPUT_MISSING, "%s cannot be read: %s".formatted(path, e.getMessage()), e);
    }
  }
}
