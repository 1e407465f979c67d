package org.inclusionmaps.ingest;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.inclusionmaps.config.FeedFormat;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.contract.Table;

/** The footers of a feed's Parquet files, looked at without Spark: a file that was cut has none. */
public final class Footers {
  /** So many files are looked at, spread over the feed: each is an opening, one after another. */
  private static final int MOST = 200;

  private static final byte[] ENCRYPTED = "PARE".getBytes(StandardCharsets.US_ASCII);

  private Footers() {}

  /**
   * Looks at the files that a run would read.
   *
   * @return what was looked at, in words; empty for a feed that is not Parquet
   * @throws org.inclusionmaps.error.InclusionException naming the first file that is damaged, or
   *     telling why no file counts
   * @throws IOException if a file cannot be opened
   */
  public static String check(
      Configuration hadoop, Table table, FeedSettings feed, IngestContext context)
      throws IOException {
    if (feed.format() != FeedFormat.PARQUET && feed.format() != FeedFormat.GEOPARQUET) {
      return "";
    }
    try {
      Delivery counting =
          FeedVersions.chosen(
              hadoop, table, feed, context, (version, alone) -> check(hadoop, table, alone));
      int looked = check(hadoop, table, counting);
      int all = counting.files().size();
      if (all == 1) {
        return "the footer of its Parquet file is whole";
      }
      return looked == all
          ? "the footers of its %d Parquet files are whole".formatted(all)
          : "of its %s Parquet files the footers of %d were looked at, and are whole"
              .formatted(Refusals.thousands(all), looked);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static int check(Configuration hadoop, Table table, Delivery delivery) {
    List<FileStatus> some = spread(delivery.files());
    for (FileStatus file : some) {
      try {
        read(hadoop, file);
      } catch (FileNotFoundException | AccessControlException e) { // the file is not at fault
        throw new UncheckedIOException(e);
      } catch (IOException | RuntimeException e) {
        throw Refusals.unreadable(table, delivery.shown(file.getPath().toString()), "Parquet", e);
      }
    }
    return some.size();
  }

  private static List<FileStatus> spread(List<FileStatus> files) {
    if (files.size() <= MOST) {
      return files;
    }
    List<FileStatus> some = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      some.add(files.get((int) ((long) i * (files.size() - 1) / (MOST - 1))));
    }
    return some;
  }

  private static void read(Configuration hadoop, FileStatus file) throws IOException {
    Path path = file.getPath();
    if (isEncrypted(hadoop, file)) {
      return; // its footer asks for a key; the mark at its end is there
    }
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromStatus(file, hadoop),
            HadoopReadOptions.builder(hadoop, path).build())) {
      reader.getFooter();
    }
  }

  private static boolean isEncrypted(Configuration hadoop, FileStatus file) throws IOException {
    if (file.getLen() < ENCRYPTED.length) {
      return false;
    }
    try (FSDataInputStream in = file.getPath().getFileSystem(hadoop).open(file.getPath())) {
      byte[] end = new byte[ENCRYPTED.length];
      in.readFully(file.getLen() - end.length, end);
      return Arrays.equals(end, ENCRYPTED);
    }
  }
}
