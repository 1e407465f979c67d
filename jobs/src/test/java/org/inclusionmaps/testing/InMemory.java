package org.inclusionmaps.testing;

import java.io.EOFException;
import java.io.IOException;
import org.inclusionmaps.format.geotiff.Bytes;

/** The bytes of a file that is not on any disk. */
public final class InMemory implements Bytes {
  private final byte[] all;

  public InMemory(byte[] all) {
    this.all = all;
  }

  @Override
  public long length() {
    return all.length;
  }

  @Override
  public void readFully(long position, byte[] into) throws IOException {
    if (position + into.length > all.length) {
      throw new EOFException();
    }
    System.arraycopy(all, (int) position, into, 0, into.length);
  }
}
