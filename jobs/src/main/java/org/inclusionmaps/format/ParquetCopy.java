package org.inclusionmaps.format;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * Copies Parquet files so that the same rows have the same bytes. The writer lists a column's
 * encodings in the order of a hash set of enum constants, which differs from one Java process to
 * the next; the copy lists them in the order of their numbers.
 *
 * <p>Source: the Parquet format, "File format": data, footer, its length as 4 bytes, and PAR1.
 */
public final class ParquetCopy {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int TAIL = Integer.BYTES + MAGIC.length;
  private static final int BUFFER = 1 << 20;

  private ParquetCopy() {}

  /** Bytes that can be read at any position. */
  @FunctionalInterface
  public interface Source {
    /** Fills a part of a buffer from a position. */
    void readFully(long position, byte[] buffer, int offset, int length) throws IOException;
  }

  /**
   * Copies a whole file.
   *
   * @param in the file
   * @param length its bytes
   * @param out where the copy goes; it stays open
   * @throws IOException if the file is no Parquet, or cannot be read or written
   */
  public static void copy(Source in, long length, OutputStream out) throws IOException {
    byte[] tail = new byte[TAIL];
    in.readFully(length - TAIL, tail, 0, TAIL);
    int size = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (size <= 0 || size > length - TAIL) {
      throw new IOException("the file has no Parquet footer");
    }
    long data = length - TAIL - size;
    byte[] footer = new byte[size];
    in.readFully(data, footer, 0, size);
    byte[] buffer = new byte[BUFFER];
    for (long at = 0; at < data; at += BUFFER) {
      int some = (int) Math.min(data - at, BUFFER);
      in.readFully(at, buffer, 0, some);
      out.write(buffer, 0, some);
    }
    byte[] ordered = ordered(footer);
    out.write(ordered);
    out.write(
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(ordered.length)
            .array());
    out.write(MAGIC);
  }

  private static byte[] ordered(byte[] footer) throws IOException {
    FileMetaData meta = Util.readFileMetaData(new ByteArrayInputStream(footer));
    for (RowGroup group : meta.getRow_groups()) {
      for (ColumnChunk chunk : group.getColumns()) {
        ColumnMetaData column = chunk.getMeta_data();
        column.getEncodings().sort(Comparator.comparingInt(Encoding::getValue));
        if (column.isSetEncoding_stats()) {
          column
              .getEncoding_stats()
              .sort(
                  Comparator.comparingInt((PageEncodingStats s) -> s.getPage_type().getValue())
                      .thenComparingInt(s -> s.getEncoding().getValue()));
        }
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Util.writeFileMetaData(meta, bytes);
    return bytes.toByteArray();
  }
}
