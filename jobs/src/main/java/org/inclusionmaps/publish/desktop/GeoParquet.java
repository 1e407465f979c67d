package org.inclusionmaps.publish.desktop;

import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.publish.figures.Columns;
import org.inclusionmaps.publish.writing.ReleaseFiles;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * GeoParquet files, each written whole by one task. Which rows a file holds follows from the rows
 * themselves, so that the bytes do not change with the number of partitions.
 */
final class GeoParquet implements Serializable {
  /** The first columns of rows that are written: folder, number of the file in it. */
  static final StructType FILE =
      new StructType()
          .add("folder", DataTypes.StringType, false)
          .add("file_number", DataTypes.IntegerType, false);

  /** The column that rows are sorted by within a file. */
  static final String ORDER = "file_order";

  private static final int ROW_GROUP_ROWS = 100_000;

  @Serial private static final long serialVersionUID = 1;

  private final ReleaseFiles files;
  private final StructType schema;
  private final Set<String> persons;
  private final Values values;

  /** The values of a file's columns from a row; null where absent. */
  interface Values extends Serializable {
    List<@Nullable Object> of(Row row);
  }

  /**
   * Writes files of one schema.
   *
   * @param schema the columns of the files, the geometry last
   * @param persons columns of thousandths of a person
   */
  GeoParquet(ReleaseFiles files, StructType schema, Set<String> persons, Values values) {
    this.files = files;
    this.schema = schema;
    this.persons = persons;
    this.values = values;
  }

  /**
   * Writes rows into their files.
   *
   * @param rows columns of {@link #FILE}, {@link #ORDER}, then what the values need
   * @return the rows of each file by its name within the release
   */
  Map<String, Long> write(Dataset<Row> rows) {
    Map<String, Long> written = new TreeMap<>();
    rows.repartition(Columns.all(List.of(FILE.fieldNames())))
        .sortWithinPartitions(FILE.fieldNames()[0], FILE.fieldNames()[1], ORDER)
        .mapPartitions(
            (MapPartitionsFunction<Row, Tuple2<String, Long>>) this::writeFiles,
            Encoders.tuple(Encoders.STRING(), Encoders.LONG()))
        .collectAsList()
        .forEach(file -> written.put(file._1(), file._2()));
    return written;
  }

  private Iterator<Tuple2<String, Long>> writeFiles(Iterator<Row> rows) throws IOException {
    List<Tuple2<String, Long>> written = new ArrayList<>();
    Row row = rows.hasNext() ? rows.next() : null;
    while (row != null) {
      String name = name(row);
      Path attempt =
          files.path(
              row.getString(0)
                  + "/_attempt-"
                  + TaskContext.get().taskAttemptId()
                  + "-"
                  + row.getInt(1));
      long count = 0;
      try (ParquetWriter<@Nullable Object[]> out = open(attempt)) {
        while (row != null && name(row).equals(name)) {
          out.write(values.of(row).toArray());
          count++;
          row = rows.hasNext() ? rows.next() : null;
        }
      }
      files.promoteParquet(attempt, name);
      written.add(new Tuple2<>(name, count));
    }
    return written.iterator();
  }

  private static String name(Row row) {
    return row.getString(0) + String.format(Locale.ROOT, "/part-%05d.parquet", row.getInt(1));
  }

  private ParquetWriter<@Nullable Object[]> open(Path path) throws IOException {
    Configuration hadoop = files.configuration();
    return new Builder(HadoopOutputFile.fromPath(path, hadoop), schema, persons)
        .withConf(hadoop)
        .withCompressionCodec(CompressionCodecName.ZSTD)
        .withRowGroupRowCountLimit(ROW_GROUP_ROWS)
        .build();
  }

  /** Parquet's builder for rows. */
  private static final class Builder extends ParquetWriter.Builder<@Nullable Object[], Builder> {
    private final StructType schema;
    private final Set<String> persons;

    Builder(OutputFile file, StructType schema, Set<String> persons) {
      super(file);
      this.schema = schema;
      this.persons = persons;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract all the same
    protected WriteSupport<@Nullable Object[]> getWriteSupport(Configuration configuration) {
      return new GeoRowSupport(schema, persons);
    }
  }
}
