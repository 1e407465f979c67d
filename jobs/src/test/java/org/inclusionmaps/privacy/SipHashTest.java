package org.inclusionmaps.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class SipHashTest {
  /** The key 00 01 … 0f of the published vectors. */
  private static final SipHash PUBLISHED = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

  private static byte[] counting(int length) {
    byte[] message = new byte[length];
    for (int i = 0; i < length; i++) {
      message[i] = (byte) i;
    }
    return message;
  }

  @Test
  void isThatOfThePaper() {
    // Aumasson and Bernstein (2012), appendix A.
    assertThat(PUBLISHED.of(counting(15))).isEqualTo(0xa129ca6149be45e5L);
  }

  @Test
  void isThatOfTheAuthorsProgram() {
    // The first of vectors_sip64 in the authors' vectors.h, as little-endian numbers.
    long[] expected = {
      0x726fdb47dd0e0e31L,
      0x74f839c593dc67fdL,
      0x0d6c8009d9a94f5aL,
      0x85676696d7fb7e2dL,
      0xcf2794e0277187b7L,
      0x18765564cd99a68dL,
      0xcbc9466e58fee3ceL,
      0xab0200f58b01d137L
    };
    for (int length = 0; length < expected.length; length++) {
      assertThat(PUBLISHED.of(counting(length))).isEqualTo(expected[length]);
    }
  }

  @Test
  void aChoiceHangsOnTheKeyAndThePurpose() {
    byte[] secret = new byte[32];
    var hashes = new HashSet<Long>();
    hashes.add(NoiseKey.of(secret).chooser("primary").of("262-01-1"));
    hashes.add(NoiseKey.of(secret).chooser("other").of("262-01-1"));
    hashes.add(NoiseKey.of(secret).chooser("primary").of("262-01-2"));
    secret[0] = 1;
    hashes.add(NoiseKey.of(secret).chooser("primary").of("262-01-1"));
    assertThat(hashes).hasSize(4);
    assertThat(NoiseKey.of(secret).chooser("primary").of("a"))
        .isEqualTo(NoiseKey.of(secret).chooser("primary").of("a"));
  }

  @Test
  void choosesEachOfAPersonsRecordsAsOften() {
    // Of 3 records, over 30,000 persons: within 4 standard deviations of a third.
    int[] chosen = new int[3];
    for (int person = 0; person < 30_000; person++) {
      int best = 0;
      for (int record = 1; record < 3; record++) {
        if (PUBLISHED.of(person + "-" + record) < PUBLISHED.of(person + "-" + best)) {
          best = record;
        }
      }
      chosen[best]++;
    }
    for (int count : chosen) {
      assertThat(count).isBetween(10_000 - 327, 10_000 + 327);
    }
  }

  @Test
  void doesNotShowItsKey() {
    assertThat(PUBLISHED).hasToString("SipHash (hidden key)");
  }
}
