package org.inclusionmaps.ingest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** Parquet files of strange schemas. */
final class Parquets {
  private Parquets() {}

  /** A file of so many columns and no rows. */
  static void wide(Path path, int columns) throws IOException {
    Types.MessageTypeBuilder schema = Types.buildMessage();
    for (int i = 0; i < columns; i++) {
      schema.addField(Types.optional(PrimitiveTypeName.DOUBLE).named("c" + i));
    }
    write(path, schema.named("wide"));
  }

  /** A file of one column, nested so deep, and no rows. */
  static void deep(Path path, int depth) throws IOException {
    Type nested = Types.optional(PrimitiveTypeName.DOUBLE).named("leaf");
    for (int i = 1; i < depth; i++) {
      nested = Types.optionalGroup().addField(nested).named("g" + i);
    }
    write(path, Types.buildMessage().addField(nested).named("deep"));
  }

  /** Writes a footer alone: a writer of rows makes buffers for each column. */
  @SuppressWarnings("deprecation") // the constructors that are not want an encryptor or a codec
  private static void write(Path path, MessageType schema) throws IOException {
    ParquetFileWriter writer =
        new ParquetFileWriter(
            HadoopOutputFile.fromPath(
                new org.apache.hadoop.fs.Path(path.toUri()), new Configuration(false)),
            schema,
            ParquetFileWriter.Mode.CREATE,
            ParquetWriter.DEFAULT_BLOCK_SIZE,
            ParquetWriter.MAX_PADDING_SIZE_DEFAULT);
    writer.start();
    writer.end(Map.of());
  }
}
