package org.inclusionmaps.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;

/**
 * Identifiers to pseudonyms: the first 128 bits of HMAC-SHA256 of a domain and the identifier under
 * a secret key, as 32 hexadecimal digits. Without the key nobody can tell whose it is: a hash
 * without one could be undone by hashing all telephone numbers. The same identifier of the same
 * domain and key always has the same pseudonym, and another in another domain. Of a billion
 * identifiers two share one with a probability of 1 in 10²⁰. One thread at a time may use it.
 *
 * <p>Sources: RFC 2104; RFC 4231, whose test vectors the test has.
 */
public final class Pseudonyms {
  private static final int BYTES = 16;

  private final Mac mac;
  private final byte[] prefix;

  /**
   * Pseudonyms of one domain, such as sim or person.
   *
   * @param key secret, 32 bytes
   */
  public Pseudonyms(byte[] key, String domain) {
    this.mac = Hashes.hmac(key);
    byte[] name = domain.getBytes(StandardCharsets.UTF_8);
    // Its length comes first, so that no other domain and identifier are the same bytes.
    this.prefix =
        ByteBuffer.allocate(Integer.BYTES + name.length).putInt(name.length).put(name).array();
  }

  /** The pseudonym of an identifier. */
  public String of(String identifier) {
    mac.update(prefix);
    return first128Bits(mac, identifier.getBytes(StandardCharsets.UTF_8));
  }

  static String first128Bits(Mac mac, byte[] bytes) {
    return HexFormat.of().formatHex(mac.doFinal(bytes), 0, BYTES);
  }
}
