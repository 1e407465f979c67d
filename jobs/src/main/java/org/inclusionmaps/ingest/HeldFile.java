package org.inclusionmaps.ingest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.inclusionmaps.store.Sha256;

/** A small file as bytes, so that its hash, footer and pages take one opening of it. */
final class HeldFile implements InputFile {
  /** Files up to this size are held, bytes. */
  static final long MOST = 1 << 20;

  private final Path path;
  private final byte[] bytes;

  private HeldFile(Path path, byte[] bytes) {
    this.path = path;
    this.bytes = bytes;
  }

  static HeldFile of(FileSystem files, Path path) throws IOException {
    try (InputStream in = files.open(path)) {
      return new HeldFile(path, in.readAllBytes());
    }
  }

  String sha256() {
    return Sha256.of(bytes);
  }

  /** Parquet names the file so where it cannot be read. */
  @Override
  public String toString() {
    return path.toString();
  }

  @Override
  public long getLength() {
    return bytes.length;
  }

  @Override
  public SeekableInputStream newStream() {
    return new Stream(new Positioned(bytes));
  }

  /** Bytes that are read from any position. */
  private static final class Positioned extends ByteArrayInputStream {
    Positioned(byte[] bytes) {
      super(bytes);
    }

    void seek(long position) throws IOException {
      if (position < 0 || position > count) {
        throw new IOException("position " + position + " is outside the file");
      }
      pos = (int) position;
    }

    long position() {
      return pos;
    }
  }

  /** The same for Parquet. */
  private static final class Stream extends DelegatingSeekableInputStream {
    private final Positioned in;

    Stream(Positioned in) {
      super(in);
      this.in = in;
    }

    @Override
    public long getPos() {
      return in.position();
    }

    @Override
    public void seek(long position) throws IOException {
      in.seek(position);
    }
  }
}
