package org.inclusionmaps.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedBitsTest {
  private static KeyedBits ofZeros() {
    return new KeyedBits(new byte[KeyedBits.SEED_BYTES]);
  }

  @Test
  void isAesInCounterMode() {
    // AES-256 of blocks 0, 1 and 2 under the key of zeros. Block 0: the known answers of the AES
    // algorithm validation suite; 1 and 2: the tag of test case 13 and the ciphertext of test case
    // 14 of D. McGrew, J. Viega, The Galois/Counter Mode of Operation (2005).
    var bits = ofZeros();
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      hex.append("%08x".formatted(bits.next(32)));
    }
    assertThat(hex.toString())
        .isEqualTo(
            "dc95c078a2408989ad48a21492842087"
                + "530f8afbc74536b9a963b4f1c4cb738b"
                + "cea7403d4d606b6e074ec5d3baf39d18");
  }

  @Test
  void partsOfAnyLengthAreTheSameBits() {
    BigInteger all = ofZeros().uniform(BigInteger.ONE.shiftLeft(63 * 32));
    var bits = ofZeros();
    BigInteger joined = BigInteger.ZERO;
    for (int count = 0; count < 64; count++) {
      joined = joined.shiftLeft(count).or(BigInteger.valueOf(bits.next(count)));
    }
    assertThat(joined).isEqualTo(all);
  }

  @Test
  void aSeedBeginsAnewWhateverWasDrawnBefore() {
    var bits = ofZeros();
    long first = bits.next(63);
    bits.next(17);
    bits.restart(new byte[KeyedBits.SEED_BYTES]);
    assertThat(bits.next(63)).isEqualTo(first);
    byte[] other = new byte[KeyedBits.SEED_BYTES];
    other[31] = 1;
    bits.restart(other);
    assertThat(bits.next(63)).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 64, 65, 100})
  void isUniform(long bound) {
    var bits = ofZeros();
    int draws = 100_000;
    long[] counts = new long[(int) bound];
    for (int i = 0; i < draws; i++) {
      counts[(int) bits.uniform(bound)]++;
    }
    if (bound == 1) {
      return;
    }
    double expected = draws / (double) bound;
    double chiSquare = 0;
    for (long count : counts) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    assertThat(1 - new ChiSquaredDistribution(bound - 1.0).cumulativeProbability(chiSquare))
        .isBetween(1e-4, 1 - 1e-4);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 3, 1L << 32, (1L << 62) + 1, Long.MAX_VALUE})
  void largeNumbersComeFromTheSameBits(long bound) {
    var one = ofZeros();
    var other = ofZeros();
    for (int i = 0; i < 1000; i++) {
      long drawn = one.uniform(bound);
      assertThat(drawn).isBetween(0L, bound - 1);
      assertThat(other.uniform(BigInteger.valueOf(bound))).isEqualTo(BigInteger.valueOf(drawn));
    }
  }

  @Test
  void refusesWhatIsOutOfRange() {
    var bits = ofZeros();
    assertThatIllegalArgumentException().isThrownBy(() -> bits.uniform(0));
    assertThatIllegalArgumentException().isThrownBy(() -> bits.uniform(BigInteger.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> bits.restart(new byte[16]));
  }
}
