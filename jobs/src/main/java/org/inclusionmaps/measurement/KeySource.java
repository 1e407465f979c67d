package org.inclusionmaps.measurement;

import java.io.Serializable;

/**
 * Where an executor finds the key of hashes. It travels to executors, so it must hold the way to
 * the key, such as the name of a credential, and never the key itself; tests may.
 */
@FunctionalInterface
public interface KeySource extends Serializable {
  /** The key, 16 bytes. */
  byte[] key();
}
