package org.inclusionmaps.format.pmtiles;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.inclusionmaps.format.ByteSink;
import org.inclusionmaps.format.Gzip;

/**
 * The root directory and, where there are too many entries for one, leaf directories, which are
 * written as soon as they are full. Memory is that of one leaf and of the root. Source: PMTiles
 * specification 3, section 4.
 */
final class Directories {
  /** What fits beside the header into the first 16 KiB. */
  static final int ROOT_LIMIT = 16_384 - Header.LENGTH;

  /** So many entries are tried as one root directory. */
  private static final int MOST_IN_ROOT = 16_384;

  private static final int SMALLEST_LEAF = 4096;

  /** A root of so many leaves fits: five bytes each before compression and rarely as many after. */
  private static final int MOST_LEAVES = 2000;

  private final int leafSize;
  private final boolean small;
  private final SeekableByteChannel spool;
  private final List<Entry> open = new ArrayList<>();
  private final List<Entry> leaves = new ArrayList<>();
  private long spooled;
  private long written;

  /**
   * Directories of entries that come in order.
   *
   * @param most how many entries there can be
   * @param spool where leaf directories are kept until the tiles are written
   */
  Directories(long most, SeekableByteChannel spool) {
    this.small = most <= MOST_IN_ROOT;
    this.leafSize =
        small
            ? SMALLEST_LEAF
            : (int) Math.max(SMALLEST_LEAF, (most + MOST_LEAVES - 1) / MOST_LEAVES);
    this.spool = spool;
  }

  void add(Entry entry) throws IOException {
    open.add(entry);
    written++;
    if (!small && open.size() == leafSize) {
      leaf(open);
    }
  }

  /** How many entries there are. */
  long entries() {
    return written;
  }

  /** Bytes of the leaf directories; after {@link #root}. */
  long leavesLength() {
    return spooled;
  }

  /** Compressed bytes of the root directory. Nothing may be added after. */
  byte[] root() throws IOException {
    if (small) {
      byte[] root = Gzip.of(encoded(open));
      if (root.length <= ROOT_LIMIT) {
        return root;
      }
      for (int from = 0; from < open.size(); from += leafSize) {
        write(open.subList(from, Math.min(from + leafSize, open.size())));
      }
      open.clear();
    }
    leaf(open);
    byte[] root = Gzip.of(encoded(leaves));
    if (root.length > ROOT_LIMIT) {
      throw new IllegalStateException("a root directory of " + root.length + " bytes");
    }
    return root;
  }

  private void leaf(List<Entry> entries) throws IOException {
    if (!entries.isEmpty()) {
      write(entries);
      entries.clear();
    }
  }

  private void write(List<Entry> entries) throws IOException {
    byte[] leaf = Gzip.of(encoded(entries));
    leaves.add(new Entry(entries.get(0).tileId(), spooled, leaf.length, 0));
    PmtilesWriter.write(spool, leaf);
    spooled += leaf.length;
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
