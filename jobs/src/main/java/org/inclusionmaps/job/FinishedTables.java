package org.inclusionmaps.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.SchemaVersion;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.TableCheck;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.operations.StageAccount.Written;
import org.inclusionmaps.store.SmallFiles;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the tables of a run, and tells which are finished: each of them has a record with the
 * sha256 of its files, written after they were read back and checked. A table counts as finished
 * while its files are those of its record, and the record is of this build of the code.
 */
final class FinishedTables {
  private static final Logger LOG = LoggerFactory.getLogger(FinishedTables.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FOLDER = "finished";

  private final SparkSession spark;
  private final RunFolder folder;
  private final String build;
  private Runnable confirm = () -> {};

  /**
   * The tables of a run's folder.
   *
   * @param build tells two builds of the code apart; empty: nothing counts as finished
   */
  FinishedTables(SparkSession spark, RunFolder folder, String build) {
    this.spark = spark;
    this.folder = folder;
    this.build = build;
  }

  /**
   * A file of a table.
   *
   * @param file its name within the table's folder
   */
  record TableFile(String file, long bytes, String sha256) {}

  /**
   * The record of a finished table.
   *
   * @param account of a table that was brought in from feeds, as the run's report tells it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Finished(
      @JsonProperty("schema_version") String schemaVersion,
      String build,
      String table,
      long rows,
      @Nullable JsonNode account,
      List<TableFile> files) {
    /** The table as the report tells it. */
    Written written() {
      return new Written(
          table, rows, files.size(), files.stream().mapToLong(TableFile::bytes).sum());
    }

    /** The same for who watches. */
    String words() {
      return String.format(Locale.ROOT, "%,d rows, finished before", rows);
    }
  }

  /**
   * Before each table is written, asks whether the output is still this run's.
   *
   * @param refuse throws if it is not
   */
  void heldBy(Runnable refuse) {
    this.confirm = refuse;
  }

  /** The record of a table, if it is finished. A fault in reading it only costs the work anew. */
  Optional<Finished> find(Table table) {
    if (build.isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<byte[]> bytes = SmallFiles.read(system(), path(table));
      if (bytes.isEmpty()) {
        return Optional.empty();
      }
      Finished finished = JSON.readValue(bytes.get(), Finished.class);
      if (finished == null || !isOf(finished, table)) {
        return Optional.empty();
      }
      String fault = fault(bytes.get(), finished, table);
      if (!fault.isEmpty()) {
        LOG.warn("{}: {}; it is made anew", table.name(), fault);
        return Optional.empty();
      }
      return Optional.of(finished);
    } catch (IOException e) {
      LOG.warn("{}: whether it is finished cannot be read; it is made anew", table.name(), e);
      return Optional.empty();
    }
  }

  /** Why the table is not what was finished; empty if it is. */
  private String fault(byte[] bytes, Finished finished, Table table) throws IOException {
    if (!FinishedRecord.isSound(bytes, finished, table)) {
      return "the record that it is finished is not as it was written";
    }
    return files(table).equals(finished.files())
        ? ""
        : "its files are not those that were finished";
  }

  /** A record that somebody changed may lack anything. */
  private boolean isOf(Finished finished, Table table) {
    return build.equals(finished.build())
        && SchemaVersion.CURRENT.equals(finished.schemaVersion())
        && table.name().equals(finished.table());
  }

  /** Writes a table anew, reads it back and checks it; it is finished when that is recorded. */
  long write(Table table, Dataset<Row> rows) {
    TableCheck.checkColumns(rows, table);
    confirm.run();
    forget(table);
    rows.select(SchemaVersion.columns(table))
        .write()
        .mode(SaveMode.Overwrite)
        .option("compression", "zstd")
        .parquet(folder.table(table).toString());
    return TableCheck.check(read(table), table);
  }

  /** A table as it lies in the run's folder. */
  Dataset<Row> read(Table table) {
    return spark.read().schema(table.schema()).parquet(folder.table(table).toString());
  }

  private void forget(Table table) {
    try {
      system().delete(path(table), /* recursive= */ false);
    } catch (IOException e) {
      throw unwritable(table, e);
    }
  }

  /** Records a table that was written and checked. */
  Finished record(Table table, long rows, @Nullable Object account) {
    if (build.isEmpty()) {
      return new Finished(SchemaVersion.CURRENT, build, table.name(), rows, null, List.of());
    }
    try {
      Finished finished =
          new Finished(
              SchemaVersion.CURRENT,
              build,
              table.name(),
              rows,
              account == null ? null : JSON.valueToTree(account),
              files(table));
      SmallFiles.replace(system(), path(table), JSON.writeValueAsBytes(finished));
      return finished;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw unwritable(table, e);
    }
  }

  private List<TableFile> files(Table table) throws IOException {
    List<FileStatus> data = new ArrayList<>();
    try {
      for (FileStatus status : system().listStatus(folder.table(table))) {
        String name = status.getPath().getName();
        if (status.isFile() && !name.startsWith("_") && !name.startsWith(".")) {
          data.add(status);
        }
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    data.sort(Comparator.comparing(status -> status.getPath().getName()));
    Map<Path, String> hashes = FileHashes.of(spark, data);
    return data.stream()
        .map(
            status ->
                new TableFile(
                    status.getPath().getName(),
                    status.getLen(),
                    hashes.getOrDefault(status.getPath(), "")))
        .toList();
  }

  private Path path(Table table) {
    return new Path(new Path(folder.root(), FOLDER), table.name() + ".json");
  }

  private FileSystem system() throws IOException {
    return folder.root().getFileSystem(spark.sparkContext().hadoopConfiguration());
  }

  private InclusionException unwritable(Table table, IOException e) {
    return new InclusionException(
        ErrorCode.RESOURCES_EXHAUSTED, path(table) + " cannot be written: " + e.getMessage(), e);
  }
}
