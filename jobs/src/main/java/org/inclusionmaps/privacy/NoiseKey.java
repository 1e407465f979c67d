package org.inclusionmaps.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of a release, from which all noise comes. Who has it can take the noise off. It is not
 * serializable, so that no closure carries it: a task asks the key's keeper for it.
 */
public final class NoiseKey {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SHORTEST = 32;

  private final byte[] bytes;

  private NoiseKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A key of 32 random bytes or more, which are copied.
   *
   * @throws IllegalArgumentException if there are fewer
   */
  public static NoiseKey of(byte[] bytes) {
    if (bytes.length < SHORTEST) {
      throw new IllegalArgumentException(
          "the key of noise has %d bytes but needs %d".formatted(bytes.length, SHORTEST));
    }
    return new NoiseKey(bytes.clone());
  }

  /**
   * A key of 16 bytes for another purpose, such as the choice among the records of one person. It
   * tells nothing of this one.
   */
  public byte[] derived(String purpose) {
    return Arrays.copyOf(mac().doFinal(encoded(List.of("derived", purpose))), 16);
  }

  /**
   * What stands for a measurement where others may see it, in hexadecimal: without the key it tells
   * nothing of the persons, and only the same measurement has it again.
   */
  public String fingerprint(Measurement measurement) {
    List<String> fields =
        List.of("fingerprint", measurement.id(), measurement.inputHash(), measurement.policyHash());
    return HexFormat.of().formatHex(mac().doFinal(encoded(fields)));
  }

  /** HMAC-SHA256 under this key. Source: RFC 2104. */
  Mac mac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(bytes, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** Fields, each after the number of its bytes, so that no two lists have the same encoding. */
  static byte[] encoded(List<String> fields) {
    List<byte[]> parts =
        fields.stream().map(field -> field.getBytes(StandardCharsets.UTF_8)).toList();
    int length = parts.stream().mapToInt(part -> Integer.BYTES + part.length).sum();
    ByteBuffer buffer = ByteBuffer.allocate(length);
    parts.forEach(part -> buffer.putInt(part.length).put(part));
    return buffer.array();
  }

  /** Does not show the key. */
  @Override
  public String toString() {
    return "NoiseKey (hidden)";
  }
}
