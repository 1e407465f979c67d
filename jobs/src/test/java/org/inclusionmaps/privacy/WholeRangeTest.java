package org.inclusionmaps.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.inclusionmaps.privacy.WholeRange.Bound;

/** The truth is all whole numbers tried one by one. */
class WholeRangeTest {
  private static final int VARIABLES = 4;
  private static final int MOST = 3;

  @Property(tries = 3000, seed = "1")
  void isWhatTryingAllNumbersFinds(@ForAll long seed) {
    var random = new Random(seed);
    long[] point = random.longs(VARIABLES, 0, MOST).toArray();
    int rows = 1 + random.nextInt(3);
    long[][] equations = new long[rows + 1][VARIABLES + 1];
    for (int i = 0; i <= rows; i++) {
      for (int j = 0; j < VARIABLES; j++) {
        // The last row limits all.
        equations[i][j] = i == rows ? 1 : random.nextInt(7) - 3;
        equations[i][VARIABLES] += equations[i][j] * point[j];
      }
    }
    long[][] truth = tryAll(equations);
    var range = new WholeRange(equations, VARIABLES);
    for (int j = 0; j < VARIABLES; j++) {
      assertThat(range.bound(j, -1, point[j])).isEqualTo(new Bound(truth[0][j], true));
      assertThat(range.bound(j, 1, point[j])).isEqualTo(new Bound(truth[1][j], true));
    }
  }

  private static long[][] tryAll(long[][] equations) {
    long all = equations[equations.length - 1][VARIABLES];
    long[][] found = new long[2][VARIABLES];
    Arrays.fill(found[0], Long.MAX_VALUE);
    Arrays.fill(found[1], -1);
    long[] at = new long[VARIABLES];
    for (long code = 0; code < Math.pow((double) all + 1, VARIABLES); code++) {
      long rest = code;
      for (int j = 0; j < VARIABLES; j++) {
        at[j] = rest % (all + 1);
        rest /= all + 1;
      }
      if (Arrays.stream(equations).allMatch(equation -> holds(equation, at))) {
        for (int j = 0; j < VARIABLES; j++) {
          found[0][j] = Math.min(found[0][j], at[j]);
          found[1][j] = Math.max(found[1][j], at[j]);
        }
      }
    }
    return found;
  }

  private static boolean holds(long[] equation, long[] at) {
    long sum = 0;
    for (int j = 0; j < VARIABLES; j++) {
      sum += equation[j] * at[j];
    }
    return sum == equation[VARIABLES];
  }

  @Example
  void halvesAreNoPersons() {
    // Of x, y and z any two are at most 1 together: fractions reach x + y + z = 1.5, persons 1.
    long[][] equations = {
      {1, 1, 0, 1, 0, 0, 0, 1},
      {0, 1, 1, 0, 1, 0, 0, 1},
      {1, 0, 1, 0, 0, 1, 0, 1},
      {1, 1, 1, 0, 0, 0, -1, 0}
    };
    assertThat(new WholeRange(equations, 7).bound(6, 1, 0)).isEqualTo(new Bound(1, true));
  }

  @Example
  void whatNothingLimitsIsUnbounded() {
    long[][] equations = {{1, -1, 3}};
    var range = new WholeRange(equations, 2);
    assertThat(range.bound(0, 1, 3)).isEqualTo(new Bound(Interval.UNBOUNDED, true));
    assertThat(range.bound(0, -1, 3)).isEqualTo(new Bound(3, true));
  }

  @Example
  void refusesWhatHasNoSolution() {
    long[][] equations = {{1, 1, 3}, {1, 1, 4}};
    assertThatIllegalArgumentException().isThrownBy(() -> new WholeRange(equations, 2));
  }
}
