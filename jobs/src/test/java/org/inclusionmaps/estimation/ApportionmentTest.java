package org.inclusionmaps.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ApportionmentTest {
  @Test
  void givesTheSeatsOfHamiltonsMethod() {
    // The textbook example of largest remainders: 10 seats for 47, 16, 15.8, 12, 6.1, 3.1 thousand.
    long[] votes = {47_000, 16_000, 15_800, 12_000, 6_100, 3_100};
    assertThat(Apportionment.largestRemainder(10, votes)).containsExactly(5, 2, 1, 1, 1, 0);
  }

  @Test
  void givesEqualRemaindersToTheLowerIndex() {
    assertThat(Apportionment.largestRemainder(5, new long[] {1, 1, 1})).containsExactly(2, 2, 1);
    assertThat(Apportionment.largestRemainder(5, new double[] {.1, .1, .1}))
        .containsExactly(2, 2, 1);
  }

  @Test
  void givesNothingToAWeightOfZero() {
    assertThat(Apportionment.largestRemainder(7, new long[] {0, 1, 0, 1}))
        .containsExactly(0, 4, 0, 3);
    assertThat(Apportionment.largestRemainder(0, new long[] {0, 0})).containsExactly(0, 0);
    assertThat(Apportionment.largestRemainder(0, new double[] {})).isEmpty();
  }

  @Test
  void refusesToSplitPersonsAmongNoWeights() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Apportionment.largestRemainder(7, new long[] {0, 0}))
        .withMessageContaining("7 cannot be split");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Apportionment.largestRemainder(7, new double[] {0, 0}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Apportionment.largestRemainder(7, new double[] {1, Double.NaN}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Apportionment.largestRemainder(7, new long[] {1, -1}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Apportionment.largestRemainder(-1, new long[] {1}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Apportionment.largestRemainder(1, new long[] {Long.MAX_VALUE, 1}));
  }

  @Test
  void sumsExactlyAndStaysWithinOneOfTheExactShare() {
    var random = new Random(1);
    for (int round = 0; round < 500; round++) {
      long total = random.nextLong() >>> (1 + random.nextInt(60));
      long[] weights = new long[1 + random.nextInt(40)];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = random.nextLong() >>> (7 + random.nextInt(50));
      }
      weights[0]++;
      long[] parts = Apportionment.largestRemainder(total, weights);
      assertThat(Arrays.stream(parts).sum()).isEqualTo(total);
      long sum = Arrays.stream(weights).sum();
      for (int i = 0; i < parts.length; i++) {
        var exact =
            BigInteger.valueOf(total)
                .multiply(BigInteger.valueOf(weights[i]))
                .divide(BigInteger.valueOf(sum))
                .longValueExact();
        assertThat(parts[i]).isBetween(exact, exact + 1);
      }
    }
  }

  @Test
  void splitsByDoublesAsByTheWholeNumbersThatTheyAre() {
    var random = new Random(2);
    for (int round = 0; round < 200; round++) {
      long[] whole = new long[1 + random.nextInt(50)];
      for (int i = 0; i < whole.length; i++) {
        whole[i] = random.nextInt(1000);
      }
      whole[0]++;
      double[] scaled = Arrays.stream(whole).mapToDouble(w -> w * 0x1p-900).toArray();
      long total = random.nextLong() >>> 10;
      assertThat(Apportionment.largestRemainder(total, scaled))
          .containsExactly(Apportionment.largestRemainder(total, whole));
    }
  }
}
