package org.inclusionmaps.format.geotiff;

import java.io.IOException;

/** Bytes that can be read at any position. */
public interface Bytes {
  /** How many there are. */
  long length() throws IOException;

  /** Fills an array from a position; an {@link IOException} where the bytes end before. */
  void readFully(long position, byte[] into) throws IOException;
}
