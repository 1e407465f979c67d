package org.inclusionmaps.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SipHashTest {
  private static final byte[] KEY = counting(16);

  private static byte[] counting(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  @Test
  void givesTheHashOfThePapersExample() {
    // Aumasson and Bernstein 2012, appendix A: 15 bytes 00 to 0e.
    assertThat(new SipHash(KEY).of(counting(15), 0, 15)).isEqualTo(0xA129CA6149BE45E5L);
  }

  @Test
  void givesTheWideHashesOfTheReferenceCode() {
    // veorq/SipHash, vectors.h, vectors_sip128: of nothing, and of the byte 00.
    SipHash hash = new SipHash(KEY);
    assertThat(wide(hash, 0)).isEqualTo("a3817f04ba25a8e66df67214c7550293");
    assertThat(wide(hash, 1)).isEqualTo("da87c1d86b99af44347659119b22fc45");
  }

  private static String wide(SipHash hash, int length) {
    ByteBuffer both = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    both.putLong(hash.wide(counting(length), 0, length)).putLong(hash.second());
    return HexFormat.of().formatHex(both.array());
  }

  @Test
  void hashesANumberAsItsEightBytes() {
    SipHash hash = new SipHash(KEY);
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      long number = random.nextLong();
      byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
      assertThat(hash.of(number)).isEqualTo(hash.of(bytes, 0, 8));
    }
  }

  @Test
  void refusesAShortKey() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SipHash(new byte[8]));
  }
}
