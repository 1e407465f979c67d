package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * GeoParquet files, each written whole by one task. Which rows a file holds follows from the rows
 * themselves, so that the bytes do not change with the number of partitions.
 */
final class GeoParquet implements Serializable {
  /** The column that tells a row's file; it is not written. */
  static final String FILE = "file_number";

  /** The column that rows are sorted by within a file; it is not written. */
  static final String ORDER = "file_order";

  private static final int ROW_GROUP_ROWS = 100_000;

  @Serial private static final long serialVersionUID = 1;

  private final ReleaseFiles files;
  private final String folder;
  private final StructType schema;
  private final Set<String> micro;

  private GeoParquet(ReleaseFiles files, String folder, StructType schema, Set<String> micro) {
    this.files = files;
    this.folder = folder;
    this.schema = schema;
    this.micro = micro;
  }

  /**
   * Writes rows into files of a folder.
   *
   * @param rows columns {@link #FILE}, {@link #ORDER}, then those of the file, the geometry last
   * @param micro columns of millionths of a person
   * @return the rows of each file by its name within the release
   */
  static Map<String, Long> write(
      Dataset<Row> rows, Set<String> micro, ReleaseFiles files, String folder) {
    StructType schema = new StructType();
    List<Column> columns = new ArrayList<>(List.of(col(FILE), col(ORDER)));
    for (var field : rows.schema().fields()) {
      if (!field.name().equals(FILE) && !field.name().equals(ORDER)) {
        schema = schema.add(field);
        columns.add(col("`" + field.name() + "`"));
      }
    }
    GeoParquet target = new GeoParquet(files, folder, schema, micro);
    Map<String, Long> written = new TreeMap<>();
    rows.select(columns.toArray(new Column[0]))
        .repartition(col(FILE))
        .sortWithinPartitions(FILE, ORDER)
        .mapPartitions(
            (MapPartitionsFunction<Row, Tuple2<String, Long>>) target::writeFiles,
            Encoders.tuple(Encoders.STRING(), Encoders.LONG()))
        .collectAsList()
        .forEach(file -> written.put(file._1(), file._2()));
    return written;
  }

  private Iterator<Tuple2<String, Long>> writeFiles(Iterator<Row> rows) throws IOException {
    List<Tuple2<String, Long>> written = new ArrayList<>();
    Row row = rows.hasNext() ? rows.next() : null;
    while (row != null) {
      int file = row.getInt(0);
      String name = folder + String.format(Locale.ROOT, "/part-%05d.parquet", file);
      Path attempt =
          files.path(folder + "/_attempt-" + TaskContext.get().taskAttemptId() + "-" + file);
      long count = 0;
      try (ParquetWriter<Row> out = open(attempt)) {
        while (row != null && row.getInt(0) == file) {
          out.write(new Tail(row));
          count++;
          row = rows.hasNext() ? rows.next() : null;
        }
      }
      files.promoteParquet(attempt, name);
      written.add(new Tuple2<>(name, count));
    }
    return written.isEmpty() ? Collections.emptyIterator() : written.iterator();
  }

  private ParquetWriter<Row> open(Path path) throws IOException {
    Configuration hadoop = files.configuration();
    return new Builder(HadoopOutputFile.fromPath(path, hadoop), schema, micro)
        .withConf(hadoop)
        .withCompressionCodec(CompressionCodecName.ZSTD)
        .withRowGroupRowCountLimit(ROW_GROUP_ROWS)
        .build();
  }

  /** A row without the two columns that only tell where it goes. */
  private static final class Tail implements Row {
    private final Row row;

    Tail(Row row) {
      this.row = row;
    }

    @Override
    public int length() {
      return row.length() - 2;
    }

    @Override
    public @Nullable Object get(int i) {
      return row.get(i + 2);
    }

    @Override
    public Row copy() {
      return this;
    }
  }

  /** Parquet's builder for rows. */
  private static final class Builder extends ParquetWriter.Builder<Row, Builder> {
    private final StructType schema;
    private final Set<String> micro;

    Builder(OutputFile file, StructType schema, Set<String> micro) {
      super(file);
      this.schema = schema;
      this.micro = micro;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract all the same
    protected WriteSupport<Row> getWriteSupport(Configuration configuration) {
      return new GeoRowSupport(schema, micro);
    }
  }
}
