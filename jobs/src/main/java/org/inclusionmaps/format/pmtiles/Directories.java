package org.inclusionmaps.format.pmtiles;

import java.util.ArrayList;
import java.util.List;
import org.inclusionmaps.format.ByteSink;
import org.inclusionmaps.format.Gzip;

/**
 * The root directory and, where one does not fit, leaf directories. Source: PMTiles specification
 * 3, section 4.
 */
final class Directories {
  /** What fits beside the header into the first 16 KiB. */
  static final int ROOT_LIMIT = 16_384 - Header.LENGTH;

  private static final int SMALLEST_LEAF = 4096;

  private final byte[] root;
  private final byte[] leaves;

  private Directories(byte[] root, byte[] leaves) {
    this.root = root;
    this.leaves = leaves;
  }

  /** Compressed bytes of the root directory. */
  byte[] root() {
    return root;
  }

  /** Compressed bytes of the leaf directories one after another; empty if none. */
  byte[] leaves() {
    return leaves;
  }

  static Directories of(List<Entry> entries) {
    if (entries.size() <= ROOT_LIMIT) {
      byte[] root = Gzip.of(encoded(entries));
      if (root.length <= ROOT_LIMIT) {
        return new Directories(root, new byte[0]);
      }
    }
    int leafSize = SMALLEST_LEAF;
    Directories split = split(entries, leafSize);
    while (split.root.length > ROOT_LIMIT) {
      leafSize *= 2;
      split = split(entries, leafSize);
    }
    return split;
  }

  private static Directories split(List<Entry> entries, int leafSize) {
    List<Entry> root = new ArrayList<>();
    ByteSink leaves = new ByteSink();
    for (int from = 0; from < entries.size(); from += leafSize) {
      byte[] leaf =
          Gzip.of(encoded(entries.subList(from, Math.min(from + leafSize, entries.size()))));
      root.add(new Entry(entries.get(from).tileId(), leaves.size(), leaf.length, 0));
      leaves.raw(leaf);
    }
    return new Directories(Gzip.of(encoded(root)), leaves.toBytes());
  }

  /** A directory before compression: count, then ids, runs, lengths and offsets by columns. */
  static byte[] encoded(List<Entry> entries) {
    ByteSink out = new ByteSink().varint(entries.size());
    long last = 0;
    for (Entry entry : entries) {
      out.varint(entry.tileId() - last);
      last = entry.tileId();
    }
    entries.forEach(e -> out.varint(e.runLength()));
    entries.forEach(e -> out.varint(e.length()));
    long follows = -1;
    for (Entry entry : entries) {
      out.varint(entry.offset() == follows ? 0 : entry.offset() + 1);
      follows = entry.offset() + entry.length();
    }
    return out.toBytes();
  }
}
