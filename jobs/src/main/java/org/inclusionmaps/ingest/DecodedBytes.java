package org.inclusionmaps.ingest;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.inclusionmaps.config.LimitsSettings;
import org.inclusionmaps.contract.Table;
import org.jspecify.annotations.Nullable;

/**
 * The limits of values and of all values of a file, kept while rows are decoded: a dictionary holds
 * a long text once, and rows name it a million times.
 *
 * @param table the table's name, for messages
 * @param places where rows hold texts and bytes
 */
record DecodedBytes(String table, List<Integer> places, LimitsSettings limits)
    implements Serializable {

  static DecodedBytes of(Table table, FeedColumns columns, LimitsSettings limits) {
    return new DecodedBytes(table.name(), columns.wide(), limits);
  }

  /** A file that holds more than it may. */
  static FileProof.Broken tooMany(long stored, long decoded, long most) {
    return new FileProof.Broken(tooManyWords(stored, decoded, most));
  }

  private static String tooManyWords(long stored, long decoded, long most) {
    return ("holds %,d bytes or more when it is decoded, from %,d stored, but at most %,d are"
            + " taken; write the file again, or raise limits.decoded_gb or limits.expansion if it"
            + " is right")
        .formatted(decoded, stored, most);
  }

  /** A value that is longer than it may be. */
  static String tooLong(String what, long bytes, long most) {
    return ("has %s of %,d bytes or more, but at most %,d are taken; write the file again, or raise"
            + " limits.value_mb if it is right")
        .formatted(what, bytes, most);
  }

  /** Counts the rows of one task. */
  final class Count {
    private @Nullable String file;
    private long decoded;

    /** Adds a row, or throws what is wrong with its file. */
    void add(Row row) {
      if (row.isNullAt(FeedColumns.STORED)) {
        return; // such files are measured before
      }
      String of = row.getString(FeedColumns.FILE);
      if (!of.equals(file)) {
        file = of;
        decoded = 0;
      }
      for (int place : places) {
        Object value = row.get(place);
        long bytes =
            value instanceof String text
                ? text.length()
                : value instanceof byte[] raw ? raw.length : 0;
        if (bytes > limits.valueBytes()) {
          throw refusal(of, tooLong("a value", bytes, limits.valueBytes()));
        }
        decoded += bytes;
      }
      long stored = row.getLong(FeedColumns.STORED);
      if (decoded > limits.decodedBytes(stored)) {
        throw refusal(of, tooManyWords(stored, decoded, limits.decodedBytes(stored)));
      }
    }

    private RuntimeException refusal(String of, String what) {
      return Refusals.broken(table, of + " " + what);
    }
  }

  Count count() {
    return new Count();
  }
}
