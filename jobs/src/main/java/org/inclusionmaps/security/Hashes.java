package org.inclusionmaps.security;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC with SHA-256. Sources: FIPS 180-4; RFC 2104. */
final class Hashes {
  private static final String HMAC = "HmacSHA256";

  private Hashes() {}

  /** HMAC-SHA256 under a key; one thread at a time may use it. */
  static Mac hmac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }
}
