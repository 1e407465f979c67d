package org.inclusionmaps.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyedNoiseTest {
  private static final Measurement MEASUREMENT = new Measurement("2026-Q1", "inputs", "policy");
  private static final Rational VARIANCE = Rational.of(200, 1);

  private static NoiseKey key(int first) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (first + i);
    }
    return NoiseKey.of(bytes);
  }

  private static KeyedNoise noise(Rational variance) {
    return new KeyedNoise(key(0), MEASUREMENT, "persons by place", variance);
  }

  @ParameterizedTest
  @CsvSource({
    // By a second implementation, in Python with fractions and another library's AES and HMAC.
    "1, 4, '0 -1 0 1 0 1 0 0 -1 0 0 0'",
    "2, 1, '0 1 -1 1 3 2 0 0 0 -1 1 3'",
    "50, 1, '-1 5 -8 -8 6 3 5 10 -3 8 -13 5'",
    "100, 3, '2 2 9 3 -2 -3 -2 -1 -4 -7 -3 -3'",
    "10000, 1, '-156 -86 -111 137 189 50 148 8 -60 187 100 -49'",
    "25000, 123, '14 11 16 -20 16 -28 -33 -13 16 -22 -4 3'",
    "1000000000000000000, 1, '-1229683341 583897801 -25475552 184028860 449637193 -1094641586'"
  })
  void isTheSameForEver(long numerator, long denominator, String drawn) {
    var noise = noise(Rational.of(numerator, denominator));
    long[] expected = Arrays.stream(drawn.split(" ")).mapToLong(Long::parseLong).toArray();
    for (int i = 0; i < expected.length; i++) {
      assertThat(noise.of("cell " + i)).isEqualTo(expected[i]);
    }
  }

  @Test
  void cellsMayHaveAnyName() {
    // By the same second implementation.
    var noise = noise(VARIANCE);
    assertThat(noise.of("")).isEqualTo(7);
    assertThat(noise.of("8828308281fffff")).isEqualTo(12);
    assertThat(noise.of("Potosí")).isEqualTo(2);
  }

  @Test
  void noOrderOrRepetitionChangesIt() {
    var forwards = noise(VARIANCE);
    long[] first = LongStream.range(0, 500).map(i -> forwards.of("c" + i)).toArray();
    var backwards = noise(VARIANCE);
    for (int i = 499; i >= 0; i--) {
      assertThat(backwards.of("c" + i)).isEqualTo(first[i]);
      assertThat(backwards.of("c" + i)).isEqualTo(first[i]);
    }
  }

  @Test
  void keyedByCellItFollowsItsLaw() {
    for (Rational variance : List.of(Rational.of(1, 2), Rational.of(50, 1))) {
      var noise = noise(variance);
      long[] cell = {0};
      assertThat(
              WholeLaw.gaussian(variance.roundedUp())
                  .pValue(100_000, () -> noise.of("place " + cell[0]++)))
          .isBetween(1e-4, 1 - 1e-4);
    }
  }

  @Test
  void eachPartOfTheSeedMakesItAnother() {
    var here = noise(VARIANCE);
    var strangers =
        List.of(
            new KeyedNoise(key(1), MEASUREMENT, "persons by place", VARIANCE),
            new KeyedNoise(key(0), MEASUREMENT, "persons by area", VARIANCE),
            with(new Measurement("2026-Q2", "inputs", "policy")),
            with(new Measurement("2026-Q1", "input2", "policy")),
            with(new Measurement("2026-Q1", "inputs", "polic2")),
            noise(Rational.of(201, 1)),
            noise(Rational.of(199, 1)));
    for (KeyedNoise stranger : strangers) {
      assertUncorrelated(here, stranger);
    }
  }

  private static KeyedNoise with(Measurement measurement) {
    return new KeyedNoise(key(0), measurement, "persons by place", VARIANCE);
  }

  private static void assertUncorrelated(KeyedNoise one, KeyedNoise other) {
    int cells = 4_000;
    double products = 0;
    for (int i = 0; i < cells; i++) {
      products += one.of("c" + i) * other.of("c" + i);
    }
    assertThat(products / cells / 200).isCloseTo(0, within(4 / Math.sqrt(cells)));
  }

  @Test
  void neighbouringCellsAreNotCorrelated() {
    var noise = noise(VARIANCE);
    int cells = 20_000;
    double products = 0;
    for (int i = 0; i < cells; i++) {
      products += noise.of("c" + i) * noise.of("c" + (i + 1));
    }
    assertThat(products / cells / 200).isCloseTo(0, within(4 / Math.sqrt(cells)));
  }

  @Test
  void noTwoListsOfFieldsHaveTheSameEncoding() {
    var encodings = new HashSet<String>();
    var lists =
        List.of(
            List.of("ab", "c"),
            List.of("a", "bc"),
            List.of("abc"),
            List.of("abc", ""),
            List.of("", "abc"),
            List.of("a", "b", "c"),
            List.of("a\0b", "c"),
            List.of("a", "\0\0\0\1b"));
    lists.forEach(list -> encodings.add(Arrays.toString(NoiseKey.encoded(list))));
    assertThat(encodings).hasSize(lists.size());
    assertThat(NoiseKey.encoded(List.of("é", "")))
        .containsExactly(0, 0, 0, 2, 0xC3, 0xA9, 0, 0, 0, 0);
  }

  @Test
  void theKeyIsCopiedHiddenAndNotSerializable() {
    byte[] secret = new byte[32];
    var key = NoiseKey.of(secret);
    long before = new KeyedNoise(key, MEASUREMENT, "q", VARIANCE).of("c");
    Arrays.fill(secret, (byte) 7);
    assertThat(new KeyedNoise(key, MEASUREMENT, "q", VARIANCE).of("c")).isEqualTo(before);
    assertThat(key).hasToString("NoiseKey (hidden)").isNotInstanceOf(Serializable.class);
    assertThat(MEASUREMENT).hasToString("Measurement 2026-Q1");
  }

  @Test
  void refusesShortKeysAndEmptyParts() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NoiseKey.of(new byte[31]))
        .withMessage("the key of noise has 31 bytes but needs 32");
    assertThatIllegalArgumentException().isThrownBy(() -> new Measurement("2026-Q1", "", "p"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Measurement("", "i", "p"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Measurement("2026-Q1", "i", ""));
  }
}
