package org.inclusionmaps.format.pmtiles;

import java.io.IOException;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.inclusionmaps.format.Gzip;
import org.inclusionmaps.format.pmtiles.Header.Section;
import org.jspecify.annotations.Nullable;

/**
 * Writes an archive: 16 KiB for header and root directory, then the tiles in order, then metadata
 * and leaf directories. Equal tiles that may repeat are stored once; equal neighbours are one
 * entry. The same tiles give the same bytes. Memory does not grow with the number of tiles. Source:
 * PMTiles specification 3.
 */
public final class PmtilesWriter {
  private static final long TILES_AT = 16_384;

  /** Of so many tiles that may repeat, the last ones used, it is known where they are. */
  private static final int MOST_REMEMBERED = 65_536;

  private static final int COPIED_AT_ONCE = 1 << 16;

  private final SeekableByteChannel channel;
  private final SeekableByteChannel spool;
  private final Directories directories;
  private final MessageDigest digest = sha256();
  private final Map<ByteBuffer, Section> remembered =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        @Serial private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Section> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };
  private @Nullable Entry last;
  private int minZoom;
  private long next;
  private long addressed;
  private long contents;

  /**
   * A writer of one archive.
   *
   * @param channel empty, writable; it is not closed here
   * @param spool empty, readable and writable, needed until the end; it is not closed here
   * @param most how many tiles will be added at most
   */
  public PmtilesWriter(SeekableByteChannel channel, SeekableByteChannel spool, long most)
      throws IOException {
    this.channel = channel;
    this.spool = spool;
    this.directories = new Directories(most, spool);
    channel.position(TILES_AT);
  }

  /**
   * Adds a tile.
   *
   * @param id by {@link TileId#of}, greater than that of the tile before
   * @param gzipped the vector tile, compressed with gzip, not empty
   * @param mayRepeat whether others may be the same: if not, it is not looked for among them
   */
  public void add(long id, byte[] gzipped, boolean mayRepeat) throws IOException {
    if (gzipped.length == 0) {
      throw new IllegalArgumentException("empty tile " + id);
    }
    long free = last == null ? 0 : last.tileId() + last.runLength();
    if (id < free) {
      throw new IllegalArgumentException("tile " + id + " is not after the tile before it");
    }
    Section stored = stored(gzipped, mayRepeat);
    addressed++;
    if (last == null) {
      minZoom = TileId.zoom(id);
    } else if (id == free && last.offset() == stored.offset()) {
      last = new Entry(last.tileId(), last.offset(), last.length(), last.runLength() + 1);
      return;
    } else {
      directories.add(last);
    }
    last = new Entry(id, stored.offset(), gzipped.length, 1);
  }

  private Section stored(byte[] gzipped, boolean mayRepeat) throws IOException {
    ByteBuffer key = mayRepeat ? ByteBuffer.wrap(digest.digest(gzipped)) : null;
    Section known = key == null ? null : remembered.get(key);
    if (known != null) {
      return known;
    }
    Section stored = new Section(next, gzipped.length);
    if (key != null) {
      remembered.put(key, stored);
    }
    write(channel, gzipped);
    next += gzipped.length;
    contents++;
    return stored;
  }

  /**
   * Writes what is around the tiles. Nothing may be added after.
   *
   * @param metadata JSON with {@code vector_layers}, not compressed
   * @param bounds what the tiles cover
   */
  public void finish(String metadata, Bounds bounds) throws IOException {
    if (last != null) {
      directories.add(last);
    }
    byte[] root = directories.root();
    byte[] json = Gzip.of(metadata.getBytes(StandardCharsets.UTF_8));
    write(channel, json);
    copySpool();
    long jsonAt = TILES_AT + next;
    Header header =
        new Header(
            new Section(Header.LENGTH, root.length),
            new Section(jsonAt, json.length),
            new Section(jsonAt + json.length, directories.leavesLength()),
            new Section(TILES_AT, next),
            addressed,
            directories.entries(),
            contents,
            minZoom,
            last == null ? 0 : TileId.zoom(last.tileId() + last.runLength() - 1),
            bounds);
    channel.position(0);
    write(channel, header.bytes());
    write(channel, root);
    write(channel, new byte[(int) (TILES_AT - Header.LENGTH - root.length)]);
  }

  private void copySpool() throws IOException {
    spool.position(0);
    ByteBuffer buffer = ByteBuffer.allocate(COPIED_AT_ONCE);
    while (spool.read(buffer) >= 0) {
      buffer.flip();
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      buffer.clear();
    }
  }

  static void write(SeekableByteChannel channel, byte[] bytes) throws IOException {
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
