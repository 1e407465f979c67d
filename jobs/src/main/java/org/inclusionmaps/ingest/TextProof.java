package org.inclusionmaps.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.inclusionmaps.config.FeedFormat;
import org.inclusionmaps.config.LimitsSettings;
import org.jspecify.annotations.Nullable;

/**
 * A file of text by its first bytes and, where it is compressed or could hold a line that is too
 * long, by all of them.
 */
final class TextProof {
  private static final int BEGINNING = 1024;
  private static final int BUFFER = 1 << 16;

  private TextProof() {}

  static FileProof.Told of(
      Path file, long stored, FeedFormat format, LimitsSettings limits, Configuration hadoop)
      throws IOException {
    if (stored == 0) {
      throw new FileProof.Broken("is empty; deliver the feed again");
    }
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
    try (InputStream raw = file.getFileSystem(hadoop).open(file);
        InputStream in = codec == null ? raw : codec.createInputStream(raw)) {
      byte[] buffer = new byte[BUFFER];
      int first = in.readNBytes(buffer, 0, BEGINNING);
      String other = otherThanText(buffer, first);
      if (other != null) {
        throw new FileProof.Broken(
            "is %s, no text in UTF-8; write the file again, or correct its name or format"
                .formatted(other));
      }
      if (codec != null || (format != FeedFormat.GEOJSON && stored > limits.valueBytes())) {
        all(in, buffer, first, stored, format, limits);
      }
    }
    return FileProof.Told.NOTHING;
  }

  private static void all(
      InputStream in,
      byte[] buffer,
      int first,
      long stored,
      FeedFormat format,
      LimitsSettings limits)
      throws IOException {
    long longest = format == FeedFormat.GEOJSON ? Long.MAX_VALUE : limits.valueBytes();
    long most = limits.decodedBytes(stored);
    long decoded = 0;
    long line = 0;
    for (int read = first; read >= 0; read = in.read(buffer, 0, BUFFER)) {
      decoded += read;
      for (int i = 0; i < read; i++) {
        line = buffer[i] == '\n' || buffer[i] == '\r' ? 0 : line + 1;
        if (line > longest) {
          throw new FileProof.Broken(DecodedBytes.tooLong("a line", line, longest));
        }
      }
      if (decoded > most) {
        throw DecodedBytes.tooMany(stored, decoded, most);
      }
    }
  }

  /** What a file is by its first bytes; null where it may be text. */
  private static @Nullable String otherThanText(byte[] bytes, int length) {
    String begins = new String(bytes, 0, Math.min(4, length), StandardCharsets.ISO_8859_1);
    if (begins.equals("PAR1") || begins.equals("PARE")) {
      return "Parquet";
    }
    if (begins.startsWith("\u001f\u008b")) {
      return "compressed by gzip without the ending .gz";
    }
    if (begins.startsWith("PK\u0003\u0004")) {
      return "a zip archive or a spreadsheet";
    }
    for (int i = 0; i < length; i++) {
      if (bytes[i] == 0) {
        return "a file with zero bytes";
      }
    }
    return null;
  }
}
