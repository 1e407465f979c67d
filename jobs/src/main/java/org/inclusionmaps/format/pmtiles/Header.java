package org.inclusionmaps.format.pmtiles;

import java.nio.charset.StandardCharsets;
import org.inclusionmaps.format.ByteSink;

/** The 127 bytes that start an archive. Source: PMTiles specification 3, section 3. */
record Header(
    Section root,
    Section metadata,
    Section leaves,
    Section tiles,
    long addressedTiles,
    long entries,
    long contents,
    int minZoom,
    int maxZoom,
    Bounds bounds) {
  static final int LENGTH = 127;

  private static final int GZIP = 2;
  private static final int MVT = 1;

  /** Where a part of the archive lies. */
  record Section(long offset, long length) {}

  byte[] bytes() {
    ByteSink out = new ByteSink().raw("PMTiles".getBytes(StandardCharsets.US_ASCII));
    out.littleEndian(3, 1);
    for (Section section : new Section[] {root, metadata, leaves, tiles}) {
      out.littleEndian(section.offset, 8).littleEndian(section.length, 8);
    }
    out.littleEndian(addressedTiles, 8).littleEndian(entries, 8).littleEndian(contents, 8);
    out.littleEndian(1, 1).littleEndian(GZIP, 1).littleEndian(GZIP, 1).littleEndian(MVT, 1);
    out.littleEndian(minZoom, 1).littleEndian(maxZoom, 1);
    position(out, bounds.west(), bounds.south());
    position(out, bounds.east(), bounds.north());
    int centreZoom = Math.max(minZoom, Math.min(maxZoom, bounds.zoom()));
    out.littleEndian(centreZoom, 1);
    position(out, bounds.centreLon(), bounds.centreLat());
    return out.toBytes();
  }

  private static void position(ByteSink out, double lon, double lat) {
    out.littleEndian(Math.round(lon * 1e7), 4).littleEndian(Math.round(lat * 1e7), 4);
  }
}
