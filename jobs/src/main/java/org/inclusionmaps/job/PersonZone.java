package org.inclusionmaps.job;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.security.PersonFiles;

/**
 * What is written of persons, all of it encrypted, in folders that only their owner can open: the
 * scratch folder of a count, which goes with it, and what a measurement left out, until `purge`.
 */
final class PersonZone {
  /** What the names of scratch folders begin with. */
  static final String SCRATCH = "_scratch-";

  private static final String PERSONS = "persons";
  private static final List<String> IDENTITY = List.of("sim", "person");
  private static final FsPermission OWNER_ALONE = new FsPermission((short) 0700);

  private final Path output;
  private final PersonFiles files;
  private final Configuration hadoop;

  PersonZone(Settings settings, Configuration hadoop) {
    this.output = new Path(settings.output().path());
    this.files = files(settings);
    this.hadoop = hadoop;
  }

  /** The files of persons that settings mean. */
  static PersonFiles files(Settings settings) {
    return new PersonFiles(String.valueOf(settings.privacy().keyProvider()), settings.personData());
  }

  /** Where all that is kept lies. */
  static Path kept(String output) {
    return new Path(output, PERSONS);
  }

  /** Where a count's rows lie while it runs. */
  Path scratch(String count) {
    return new Path(output, SCRATCH + count);
  }

  /** How many rows a measurement left out, by reason. */
  Path leftOut(String measurement) {
    return new Path(new Path(kept(output.toString()), measurement), "left_out");
  }

  /** Rows of the feed that broke its contract: file, row, reason and column, without values. */
  Path quarantine(String measurement) {
    return new Path(new Path(kept(output.toString()), measurement), "quarantine");
  }

  /** Writes rows encrypted; a folder of the name is replaced. */
  void write(Dataset<Row> rows, Path to) {
    makeFolder(to.getParent());
    rows.write()
        .options(files.writing(rows.schema(), IDENTITY))
        .mode(SaveMode.Overwrite)
        .parquet(to.toString());
  }

  static boolean isThere(Path path, Configuration hadoop) {
    try {
      return path.getFileSystem(hadoop).exists(path);
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.INPUT_MISSING, path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void makeFolder(Path folder) {
    try {
      FileSystem.mkdirs(folder.getFileSystem(hadoop), folder, OWNER_ALONE);
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.RESOURCES_EXHAUSTED,
          "%s cannot be made: %s".formatted(folder, e.getMessage()),
          e);
    }
  }

  /** Does some work, and deletes a folder whatever becomes of it. */
  <T> T thenDelete(Path folder, Supplier<T> work) {
    try {
      return work.get();
    } finally {
      delete(folder);
    }
  }

  private void delete(Path folder) {
    try {
      folder.getFileSystem(hadoop).delete(folder, /* recursive= */ true);
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.RESOURCES_EXHAUSTED,
          "%s holds rows of persons, encrypted, and cannot be deleted: %s; delete it by hand"
              .formatted(folder, e.getMessage()),
          e);
    }
  }
}
