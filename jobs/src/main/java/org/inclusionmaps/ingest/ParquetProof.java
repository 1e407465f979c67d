package org.inclusionmaps.ingest;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.inclusionmaps.config.LimitsSettings;

/**
 * A Parquet file by its footer and the headers of its pages. What a page claims to be when it is
 * decompressed is an upper limit of what a reader takes; what the footer claims is not.
 */
final class ParquetProof {
  private static final String NAME_ENDS = "\u0000";
  private static final String TYPE_ENDS = "\u0001";
  private static final int HEADER_BYTES = 512;

  /** Up to here a page may claim what it likes: some writers tell sizes of columns inexactly. */
  private static final long PAGE_BYTES = 64_000_000;

  private ParquetProof() {}

  static FileProof.Told of(InputFile input, Path file, LimitsSettings limits, Configuration hadoop)
      throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            // By the path, or an encrypted file finds no keys.
            input, HadoopReadOptions.builder(hadoop, file).build())) {
      FileMetaData footer = reader.getFileMetaData();
      MessageType schema = footer.getSchema();
      int columns = schema.getPaths().size();
      if (columns > limits.columns()) {
        throw beyond("%,d columns".formatted(columns), "%,d", limits.columns(), "limits.columns");
      }
      int depth = depth(schema) - 1;
      if (depth > limits.depth()) {
        throw beyond(
            "columns nested %,d deep".formatted(depth), "%,d", limits.depth(), "limits.depth");
      }
      if (reader.getRecordCount() > limits.rows()) {
        throw beyond(
            "%,d rows".formatted(reader.getRecordCount()), "%,d", limits.rows(), "limits.rows");
      }
      if (footer.getFileDecryptor() == null) {
        pages(reader, input, limits.decodedBytes(input.getLength()));
      }
      return new FileProof.Told(columns(schema), footer.getKeyValueMetaData().get("geo"));
    } catch (StackOverflowError e) {
      throw beyond("columns nested thousands deep", "%,d", limits.depth(), "limits.depth");
    }
  }

  private static FileProof.Broken beyond(String measured, String form, long most, String setting) {
    return new FileProof.Broken(
        ("has %s, but at most "
                + form
                + " are taken; write the file again, or raise %s if it is"
                + " right")
            .formatted(measured, most, setting));
  }

  private static int depth(Type type) {
    int deepest = 0;
    if (!type.isPrimitive()) {
      for (Type child : type.asGroupType().getFields()) {
        deepest = Math.max(deepest, depth(child));
      }
    }
    return deepest + 1;
  }

  /** Sums what the pages claim to be when they are decompressed. */
  private static void pages(ParquetFileReader reader, InputFile input, long most)
      throws IOException {
    long claimed = 0;
    try (SeekableInputStream in = input.newStream()) {
      for (BlockMetaData group : reader.getRowGroups()) {
        for (ColumnChunkMetaData chunk : group.getColumns()) {
          long end = chunk.getStartingPos() + chunk.getTotalSize();
          if (chunk.getStartingPos() < 0 || chunk.getTotalSize() < 0 || end > input.getLength()) {
            throw new IOException("its footer names pages outside the file");
          }
          long at = chunk.getStartingPos();
          while (at < end) {
            in.seek(at);
            Counted header = new Counted(new BufferedInputStream(in, HEADER_BYTES));
            PageHeader page = Util.readPageHeader(header);
            if (page.getCompressed_page_size() < 0 || page.getUncompressed_page_size() < 0) {
              throw new IOException("a page claims to have less than no bytes");
            }
            checkClaim(page.getUncompressed_page_size(), chunk.getTotalUncompressedSize());
            at += header.count + page.getCompressed_page_size();
            claimed += page.getUncompressed_page_size();
          }
          if (claimed > most) {
            throw DecodedBytes.tooMany(input.getLength(), claimed, most);
          }
        }
      }
    }
  }

  /** A reader makes room for what a page claims, before it finds that it holds less. */
  private static void checkClaim(long page, long column) throws IOException {
    if (page > column && page > PAGE_BYTES) {
      throw new IOException(
          "a page claims %,d bytes, but the footer says that its column has %,d"
              .formatted(page, column));
    }
  }

  /** The columns of a schema and their types, whether they may be absent or not. */
  private static String columns(MessageType schema) {
    StringBuilder text = new StringBuilder();
    for (Type type : schema.getFields()) {
      String written = type.toString();
      text.append(type.getName())
          .append(NAME_ENDS)
          .append(written.substring(written.indexOf(' ') + 1).replaceAll(" = \\d+$", ""))
          .append(TYPE_ENDS);
    }
    return text.toString();
  }

  /** Column to type, from the text of them. */
  static Map<String, String> columns(String text) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (String column : text.split(TYPE_ENDS, -1)) {
      int at = column.indexOf(NAME_ENDS);
      if (at >= 0) {
        columns.put(column.substring(0, at), column.substring(at + 1));
      }
    }
    return columns;
  }

  /** Counts what is read of a stream. */
  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = super.read(into, from, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
