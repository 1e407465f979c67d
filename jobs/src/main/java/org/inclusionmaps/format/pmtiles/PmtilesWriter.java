package org.inclusionmaps.format.pmtiles;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inclusionmaps.format.Gzip;
import org.inclusionmaps.format.pmtiles.Header.Section;

/**
 * Writes an archive: 16 KiB for header and root directory, then the tiles in order, then metadata
 * and leaf directories. Equal tiles are stored once; equal neighbours are one entry. The same tiles
 * give the same bytes. Memory is about 100 bytes a tile. Source: PMTiles specification 3.
 */
public final class PmtilesWriter {
  private static final long TILES_AT = 16_384;

  private final SeekableByteChannel channel;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<ByteBuffer, Section> contents = new HashMap<>();
  private final MessageDigest digest = sha256();
  private long next;
  private long addressed;

  /**
   * A writer of one archive.
   *
   * @param channel empty, writable; it is not closed here
   */
  public PmtilesWriter(SeekableByteChannel channel) throws IOException {
    this.channel = channel;
    channel.position(TILES_AT);
  }

  /**
   * Adds a tile.
   *
   * @param id by {@link TileId#of}, greater than that of the tile before
   * @param gzipped the vector tile, compressed with gzip, not empty
   */
  public void add(long id, byte[] gzipped) throws IOException {
    if (gzipped.length == 0) {
      throw new IllegalArgumentException("empty tile " + id);
    }
    Entry last = entries.isEmpty() ? null : entries.get(entries.size() - 1);
    long free = last == null ? 0 : last.tileId() + last.runLength();
    if (id < free) {
      throw new IllegalArgumentException("tile " + id + " is not after the tile before it");
    }
    ByteBuffer key = ByteBuffer.wrap(digest.digest(gzipped));
    Section stored = contents.get(key);
    if (stored == null) {
      stored = new Section(next, gzipped.length);
      contents.put(key, stored);
      write(gzipped);
      next += gzipped.length;
    }
    addressed++;
    if (last != null && id == free && last.offset() == stored.offset()) {
      entries.set(
          entries.size() - 1,
          new Entry(last.tileId(), last.offset(), last.length(), last.runLength() + 1));
    } else {
      entries.add(new Entry(id, stored.offset(), gzipped.length, 1));
    }
  }

  /**
   * Writes what is around the tiles. Nothing may be added after.
   *
   * @param metadata JSON with {@code vector_layers}, not compressed
   * @param bounds what the tiles cover
   */
  public void finish(String metadata, Bounds bounds) throws IOException {
    Directories directories = Directories.of(entries);
    byte[] json = Gzip.of(metadata.getBytes(StandardCharsets.UTF_8));
    write(json);
    write(directories.leaves());
    long jsonAt = TILES_AT + next;
    Header header =
        new Header(
            new Section(Header.LENGTH, directories.root().length),
            new Section(jsonAt, json.length),
            new Section(jsonAt + json.length, directories.leaves().length),
            new Section(TILES_AT, next),
            addressed,
            entries.size(),
            contents.size(),
            entries.isEmpty() ? 0 : TileId.zoom(entries.get(0).tileId()),
            entries.isEmpty() ? 0 : TileId.zoom(entries.get(entries.size() - 1).tileId()),
            bounds);
    channel.position(0);
    write(header.bytes());
    write(directories.root());
    write(new byte[(int) (TILES_AT - Header.LENGTH - directories.root().length)]);
  }

  private void write(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
