package org.inclusionmaps.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * An audit of the mechanism from outside: 20,000 keys release two neighbouring inputs, and what an
 * adversary sees of the difference is held against what was charged. The mechanism passes each test
 * and each mutant fails the one named for it:
 *
 * <table>
 * <caption>Which test kills which mutant</caption>
 * <tr><td>a person counts twice (Δ too small)</td><td>two-sided audit</td></tr>
 * <tr><td>more noise than was charged (Δ too large)</td><td>two-sided audit</td></tr>
 * <tr><td>σ in place of σ²</td><td>two-sided audit</td></tr>
 * <tr><td>rounded normal noise</td><td>chi-square against the law</td></tr>
 * <tr><td>seed without the cell</td><td>attack by the cell beside</td></tr>
 * <tr><td>seed without the query</td><td>attack by the other query</td></tr>
 * <tr><td>seed without the hash of inputs</td><td>attack by the version before</td></tr>
 * <tr><td>noise on cells with persons only</td><td>attack by zeros</td></tr>
 * <tr><td>seed without the key</td><td>attack by drawing the noise oneself</td></tr>
 * <tr><td>weights before the noise</td><td>two-sided audit</td></tr>
 * <tr><td>shown or hidden by the true count</td><td>attack by what is shown</td></tr>
 * <tr><td>seed of the time or attempt</td><td>a retry gives the same</td></tr>
 * </table>
 *
 * <p>The two-sided audit estimates μ = Δ/σ = √(2ρ), what tells two normal laws apart. The attacks
 * use that a mechanism of cost ρ has (E − E')² / Var ≤ e^(2ρ) − 1 for any statistic of what it
 * releases: the bound of Chapman and Robbins (1951), with the chi-square divergence that ρ allows
 * (Bun and Steinke 2016, definition 1.1 at α = 2).
 */
class PrivacyAuditTest {
  private static final int KEYS = 20_000;

  /** Enough for what is seen with certainty. */
  private static final int FEW_KEYS = 2_000;

  private static final Rational VARIANCE = Rational.of(4, 1);
  private static final double RHO = ZeroConcentrated.rho(Rational.ONE, VARIANCE).roundedUp();
  private static final String PERSONS = "persons by place";
  private static final String WOMEN = "women by place";
  private static final String BUSY = "busy place";
  private static final String QUIET = "quiet place";

  /** What is released of a count. */
  private interface Mechanism {
    long release(
        NoiseKey key,
        Measurement measurement,
        String query,
        Rational variance,
        String cell,
        long count);
  }

  private static final Mechanism OURS =
      (key, measurement, query, variance, cell, count) ->
          count + new KeyedNoise(key, measurement, query, variance).of(cell);

  private static Mechanism countsTwice() {
    return (key, m, query, variance, cell, count) ->
        OURS.release(key, m, query, variance, cell, 2 * count);
  }

  /** One person of an operator with a fifth of the market stands for five. */
  private static Mechanism weighsBeforeTheNoise() {
    return (key, m, query, variance, cell, count) ->
        OURS.release(key, m, query, variance, cell, 5 * count);
  }

  /** As if it were shown from one person on, noise or not. */
  private static Mechanism hidesByTheTrueCount() {
    return (key, m, query, variance, cell, count) -> count == 0 ? -1000 : 1000;
  }

  private static Mechanism drawsWithVariance(Rational other) {
    return (key, m, query, variance, cell, count) ->
        OURS.release(key, m, query, other, cell, count);
  }

  private static Mechanism roundsNormalNoise() {
    return (key, m, query, variance, cell, count) -> {
      byte[] seed = key.mac().doFinal(NoiseKey.encoded(List.of(m.inputHash(), query, cell)));
      var random = new Random(ByteBuffer.wrap(seed).getLong());
      return count + Math.round(Math.sqrt(variance.roundedUp()) * random.nextGaussian());
    };
  }

  private static Mechanism seedsWithoutTheCell() {
    return (key, m, query, variance, cell, count) ->
        count + new KeyedNoise(key, m, query, variance).of("");
  }

  private static Mechanism seedsWithoutTheQuery() {
    return (key, m, query, variance, cell, count) ->
        OURS.release(key, m, "", variance, cell, count);
  }

  private static Mechanism seedsWithoutTheInputs() {
    return (key, m, query, variance, cell, count) ->
        OURS.release(
            key, new Measurement(m.id(), "none", m.policyHash()), query, variance, cell, count);
  }

  private static Mechanism leavesEmptyCellsAlone() {
    return (key, m, query, variance, cell, count) ->
        count == 0 ? 0 : OURS.release(key, m, query, variance, cell, count);
  }

  private static Mechanism seedsWithoutTheKey() {
    return (key, m, query, variance, cell, count) ->
        OURS.release(NoiseKey.of(new byte[32]), m, query, variance, cell, count);
  }

  private static Mechanism seedsByTheAttempt() {
    int[] attempts = {0};
    return (key, m, query, variance, cell, count) ->
        OURS.release(key, m, query, variance, cell + attempts[0]++, count);
  }

  /**
   * One world as an adversary sees it under one key: two versions of a measurement, two queries,
   * two places. A man came to the quiet place before the second version, or he did not.
   */
  private record World(Mechanism mechanism, NoiseKey key, boolean heCame) {
    long released(int version, String query, String place) {
      boolean counts = heCame && version == 2 && query.equals(PERSONS) && place.equals(QUIET);
      long others = place.equals(QUIET) ? 0 : query.equals(WOMEN) ? 22 : 40;
      String inputs = version == 1 ? "before" : heCame ? "with him" : "without him";
      return mechanism.release(
          key,
          new Measurement("2026", inputs, "policy"),
          query,
          VARIANCE,
          place,
          others + (counts ? 1 : 0));
    }

    double itself() {
      return released(2, PERSONS, QUIET);
    }

    double lessTheCellBeside() {
      return itself() - released(2, PERSONS, BUSY);
    }

    double lessTheOtherQuery() {
      return itself() - released(2, WOMEN, QUIET);
    }

    double lessTheVersionBefore() {
      return itself() - released(1, PERSONS, QUIET);
    }

    double isNotZero() {
      return itself() == 0 ? 0 : 1;
    }

    double isShown() {
      var count = new Estimate(itself(), VARIANCE.roundedUp());
      return new Disclosure(1, 0.3).shows(count) ? 1 : 0;
    }

    /** Whether three cells are as the input with him has them under a key that anyone can guess. */
    double isAsGuessed() {
      var guessed = new World(OURS, NoiseKey.of(new byte[32]), true);
      boolean same =
          itself() == guessed.itself()
              && released(2, PERSONS, BUSY) == guessed.released(2, PERSONS, BUSY)
              && released(2, WOMEN, BUSY) == guessed.released(2, WOMEN, BUSY);
      return same ? 1 : 0;
    }
  }

  /** Mean and variance of what an adversary sees in the two worlds. */
  private record Seen(
      int keys, double with, double varianceWith, double without, double varianceWithout) {
    static Seen by(Mechanism mechanism, ToDoubleFunction<World> statistic, int keys) {
      double[] with = moments(mechanism, statistic, true, keys);
      double[] without = moments(mechanism, statistic, false, keys);
      return new Seen(keys, with[0], with[1], without[0], without[1]);
    }

    private static double[] moments(
        Mechanism mechanism, ToDoubleFunction<World> statistic, boolean heCame, int keys) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < keys; i++) {
        byte[] key = ByteBuffer.allocate(32).putInt(heCame ? i : ~i).array();
        double seen = statistic.applyAsDouble(new World(mechanism, NoiseKey.of(key), heCame));
        sum += seen;
        squares += seen * seen;
      }
      double mean = sum / keys;
      return new double[] {mean, squares / keys - mean * mean};
    }

    double difference() {
      return with - without;
    }

    /** Whether √(2ρ) is in the interval of 99.9 % around the estimated μ. */
    boolean isWhatWasCharged() {
      double mu = difference() / Math.sqrt(0.5 * (varianceWith + varianceWithout));
      double error = Math.sqrt(2.0 / keys + mu * mu / (4.0 * keys));
      return Math.abs(mu - Math.sqrt(2 * RHO)) <= 3.29 * error;
    }

    /** Whether what is seen surely passes the bound: by its estimates less 4 standard errors. */
    boolean isMoreThanWasCharged() {
      double error = Math.sqrt((varianceWith + varianceWithout) / keys);
      double surely = Math.max(0, Math.abs(difference()) - 4 * error);
      double variance = Math.min(varianceWith, varianceWithout) * (1 + 8 / Math.sqrt(keys));
      return surely * surely > variance * Math.expm1(2 * RHO);
    }
  }

  private static void assertKills(ToDoubleFunction<World> attack, Mechanism mutant) {
    assertThat(Seen.by(OURS, attack, FEW_KEYS).isMoreThanWasCharged()).isFalse();
    assertThat(Seen.by(mutant, attack, FEW_KEYS).isMoreThanWasCharged()).isTrue();
  }

  @Test
  void whatIsSeenOfAPersonIsWhatWasCharged() {
    assertThat(Seen.by(OURS, World::itself, KEYS).isWhatWasCharged()).isTrue();
    // A variance that is 15 % short is told apart.
    assertFailsTheAudit(drawsWithVariance(Rational.of(34, 10)), KEYS);
    // √4 where 4 was meant.
    assertFailsTheAudit(drawsWithVariance(Rational.of(2, 1)), FEW_KEYS);
    assertFailsTheAudit(countsTwice(), FEW_KEYS);
    assertFailsTheAudit(weighsBeforeTheNoise(), FEW_KEYS);
    // As if a person had two cells and has one: noise that nobody needs.
    assertFailsTheAudit(drawsWithVariance(Rational.of(8, 1)), FEW_KEYS);
  }

  private static void assertFailsTheAudit(Mechanism mutant, int keys) {
    assertThat(Seen.by(mutant, World::itself, keys).isWhatWasCharged()).isFalse();
  }

  @Test
  void noiseFollowsTheDiscreteLaw() {
    assertThat(pValue(OURS)).isBetween(1e-4, 1 - 1e-4);
    assertThat(pValue(roundsNormalNoise())).isLessThan(1e-6);
  }

  private static double pValue(Mechanism mechanism) {
    var measurement = new Measurement("2026", "inputs", "policy");
    int[] at = {0};
    return WholeLaw.gaussian(.5)
        .pValue(
            KEYS,
            () -> {
              var key = NoiseKey.of(ByteBuffer.allocate(32).putInt(at[0]++).array());
              return mechanism.release(key, measurement, PERSONS, Rational.of(1, 2), QUIET, 0);
            });
  }

  @Test
  void theCellBesideTellsNothing() {
    assertKills(World::lessTheCellBeside, seedsWithoutTheCell());
  }

  @Test
  void theOtherQueryTellsNothing() {
    assertKills(World::lessTheOtherQuery, seedsWithoutTheQuery());
  }

  @Test
  void theVersionBeforeTellsNothing() {
    assertKills(World::lessTheVersionBefore, seedsWithoutTheInputs());
  }

  @Test
  void zerosTellNothing() {
    assertKills(World::isNotZero, leavesEmptyCellsAlone());
  }

  @Test
  void whatIsShownTellsNothing() {
    assertKills(World::isShown, hidesByTheTrueCount());
  }

  @Test
  void whoLacksTheKeyCannotDrawTheNoise() {
    assertKills(World::isAsGuessed, seedsWithoutTheKey());
  }

  @Test
  void aRetryGivesTheSame() {
    assertThat(retriesDiffer(OURS)).isZero();
    assertThat(retriesDiffer(seedsByTheAttempt())).isPositive();
  }

  private static int retriesDiffer(Mechanism mechanism) {
    int differ = 0;
    for (int i = 0; i < 100; i++) {
      var world =
          new World(mechanism, NoiseKey.of(ByteBuffer.allocate(32).putInt(i).array()), true);
      double first = world.itself();
      differ += first == world.itself() ? 0 : 1;
    }
    return differ;
  }
}
