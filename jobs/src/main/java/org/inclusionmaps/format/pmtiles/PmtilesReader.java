package org.inclusionmaps.format.pmtiles;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPInputStream;

/**
 * Reads an archive as {@link PmtilesWriter} writes it: version 3, gzip. Memory is that of one
 * directory. Source: PMTiles specification 3.
 */
public final class PmtilesReader {
  private static final int LEAST_OF_AN_ENTRY = 4;

  private final Source source;
  private final long leavesAt;
  private final long tilesAt;
  private final byte[] root;

  /** Where the bytes are. */
  public interface Source {
    /** The bytes of a stretch of the archive, all of them. */
    byte[] read(long offset, int length) throws IOException;
  }

  /** Takes entries in order. */
  public interface Visitor {
    /**
     * Tiles one after another that have the same bytes.
     *
     * @param tile the first
     * @param run how many
     * @param offset of their bytes in the archive
     * @param length of their bytes
     */
    void entry(long tile, long run, long offset, int length) throws IOException;
  }

  /**
   * Opens an archive.
   *
   * @throws IOException if it is none, or is cut short
   */
  public PmtilesReader(Source source) throws IOException {
    this.source = source;
    ByteBuffer header =
        ByteBuffer.wrap(source.read(0, Header.LENGTH)).order(ByteOrder.LITTLE_ENDIAN);
    if (header.get(0) != 'P' || header.get(1) != 'M' || header.get(7) != 3) {
      throw new IOException("this is no PMTiles archive of version 3");
    }
    this.root = unpacked(source.read(header.getLong(8), (int) header.getLong(16)));
    this.leavesAt = header.getLong(40);
    this.tilesAt = header.getLong(56);
  }

  /** Visits all entries, in order of tiles. */
  public void entries(Visitor visitor) throws IOException {
    directory(root, visitor);
  }

  /** The tile of an entry, not compressed. */
  public byte[] tile(long offset, int length) throws IOException {
    return unpacked(source.read(offset, length));
  }

  private void directory(byte[] bytes, Visitor visitor) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long many = varint(in);
    if (many < 0 || many > bytes.length / LEAST_OF_AN_ENTRY) {
      throw new IOException("a directory of " + bytes.length + " bytes tells of " + many);
    }
    int count = (int) many;
    long[] tiles = new long[count];
    long[] runs = new long[count];
    int[] lengths = new int[count];
    long last = 0;
    for (int i = 0; i < count; i++) {
      last += varint(in);
      tiles[i] = last;
    }
    for (int i = 0; i < count; i++) {
      runs[i] = varint(in);
    }
    for (int i = 0; i < count; i++) {
      lengths[i] = (int) varint(in);
    }
    long follows = 0;
    for (int i = 0; i < count; i++) {
      long told = varint(in);
      long offset = told == 0 ? follows : told - 1;
      follows = offset + lengths[i];
      if (runs[i] == 0) {
        directory(unpacked(source.read(leavesAt + offset, lengths[i])), visitor);
      } else {
        visitor.entry(tiles[i], runs[i], tilesAt + offset, lengths[i]);
      }
    }
  }

  private static byte[] unpacked(byte[] gzipped) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzipped))) {
      return in.readAllBytes();
    }
  }

  private static long varint(ByteBuffer in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (!in.hasRemaining()) {
        throw new IOException("a directory ends before its entries do");
      }
      byte next = in.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("a directory has a number of more than 64 bits");
  }
}
