package org.inclusionmaps.job;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.publish.Authority;
import org.inclusionmaps.security.Lease;
import org.inclusionmaps.security.Signatures;

/** The right to publish of who holds a lease; signs where settings name a key. */
record PublishAuthority(Lease lease, Settings settings, Configuration hadoop) implements Authority {
  @Override
  public void confirm() {
    lease.confirm();
  }

  @Override
  public Optional<byte[]> signature(byte[] manifest) {
    return sign(settings, hadoop, manifest);
  }

  /** Refuses a key that cannot sign, before a run begins. */
  static void check(Settings settings, Configuration hadoop) {
    sign(settings, hadoop, new byte[0]);
  }

  private static Optional<byte[]> sign(Settings settings, Configuration hadoop, byte[] what) {
    String alias = settings.release().signingKey();
    if (alias == null) {
      return Optional.empty();
    }
    String provider = settings.privacy().keyProvider();
    if (provider == null) {
      throw new InclusionException(
          ErrorCode.SETTINGS_WRONG,
          "release.signing_key is %s, but privacy.key_provider, which has that key, is not stated"
              .formatted(alias));
    }
    return Optional.of(Signatures.sign(hadoop, provider, alias, what));
  }
}
