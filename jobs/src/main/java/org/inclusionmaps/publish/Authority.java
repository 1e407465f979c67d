package org.inclusionmaps.publish;

import java.util.Optional;

/** The right to publish, as the caller has it. */
public interface Authority {
  /** Of one who is alone with the folder, and does not sign. */
  Authority ALONE =
      new Authority() {
        @Override
        public void confirm() {}

        @Override
        public Optional<byte[]> signature(byte[] manifest) {
          return Optional.empty();
        }
      };

  /**
   * Refuses if the right was lost. It is asked right before readers are pointed elsewhere.
   *
   * @throws org.inclusionmaps.error.InclusionException {@code RUN_IN_PROGRESS}
   */
  void confirm();

  /** The signature of a manifest; nothing where releases are not signed. */
  Optional<byte[]> signature(byte[] manifest);
}
