package org.inclusionmaps.operations;

import com.fasterxml.jackson.databind.JsonNode;

/** Figures of one feed, from its account in the run's report. */
final class FeedFigures {
  private FeedFigures() {}

  /** Rows refused, for whatever reason. */
  static long refused(JsonNode feed) {
    long refused = 0;
    for (JsonNode rows : feed.path("rejected")) {
      refused += rows.asLong();
    }
    return refused;
  }

  /** Share of the rows that were refused, per cent; 0 of no rows. */
  static double refusedPct(JsonNode feed) {
    long read = feed.path("read").asLong();
    return read == 0 ? 0 : 100.0 * refused(feed) / read;
  }

  /** Sums over all feeds of the report into the gauges. */
  static void gauges(JsonNode report) {
    long read = 0;
    long refused = 0;
    long duplicate = 0;
    for (JsonNode feeds : report.path("inputs")) {
      for (JsonNode feed : feeds) {
        read += feed.path("read").asLong();
        refused += refused(feed);
        duplicate += feed.path("duplicate").asLong();
      }
    }
    RunGauges.set("rows_read", read);
    RunGauges.set("rows_quarantined", refused);
    RunGauges.set("rows_duplicate", duplicate);
  }
}
