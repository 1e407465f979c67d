package org.inclusionmaps.store;

import org.apache.hadoop.conf.Configuration;

/**
 * Checksums of Parquet's pages. With the defaults of Spark and parquet-java a flipped bit in a page
 * comes back as a wrong number.
 */
public final class PageChecksums {
  /** Whether a reader compares them. */
  public static final String VERIFY = "parquet.page.verify-checksum.enabled";

  /** Whether a writer stores them. */
  public static final String WRITE = "parquet.page.write-checksum.enabled";

  private PageChecksums() {}

  /** Makes all readers and writers of a configuration use them, whatever it says. */
  public static void use(Configuration hadoop) {
    hadoop.setBoolean(VERIFY, true);
    hadoop.setBoolean(WRITE, true);
  }
}
