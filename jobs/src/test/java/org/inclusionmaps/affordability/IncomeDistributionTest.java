package org.inclusionmaps.affordability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

/** What holds for every distribution of incomes, whatever its form. */
class IncomeDistributionTest {
  private static final double NOISE = 1e-11;

  @Property(seed = "1", tries = 200)
  void theShareBelowIsAShareThatNeverFallsAsTheLineRises(
      @ForAll("incomes") IncomeDistribution incomes) {
    double before = 0;
    for (double line : lines(incomes.mean())) {
      double below = incomes.shareBelow(line);
      assertThat(below).isBetween(before - 1e-14, 1.0);
      before = below;
    }
  }

  @Property(seed = "2", tries = 200)
  void theShortfallIsAtMostTheShareBelow(@ForAll("incomes") IncomeDistribution incomes) {
    for (double line : lines(incomes.mean())) {
      assertThat(incomes.shortfall(line)).isBetween(0.0, incomes.shareBelow(line));
    }
  }

  /** z PG(z) = ∫ H from 0 to z: between two lines it gains from H at one to H at the other. */
  @Property(seed = "3", tries = 200)
  void theShortfallIsTheAreaUnderTheShareBelow(@ForAll("incomes") IncomeDistribution incomes) {
    double[] lines = lines(incomes.mean());
    for (int i = 1; i < lines.length; i++) {
      double width = lines[i] - lines[i - 1];
      double gained = lines[i] * incomes.shortfall(lines[i]);
      gained -= lines[i - 1] * incomes.shortfall(lines[i - 1]);
      double noise = NOISE * lines[i];
      assertThat(gained)
          .isBetween(
              width * incomes.shareBelow(lines[i - 1]) - noise,
              width * incomes.shareBelow(lines[i]) + noise);
    }
  }

  @Property(seed = "4", tries = 200)
  void onlyIncomeOverTheMeanMatters(
      @ForAll("incomes") IncomeDistribution incomes,
      @ForAll @DoubleRange(min = 0.01, max = 1000) double factor) {
    var scaled = incomes.scaledTo(factor * incomes.mean());
    assertThat(scaled.mean()).isCloseTo(factor * incomes.mean(), within(NOISE * scaled.mean()));
    assertThat(scaled.gini()).isCloseTo(incomes.gini(), within(NOISE));
    for (double line : lines(incomes.mean())) {
      // A person who has exactly the line is on either side of it by rounding, hence the margin.
      assertThat(scaled.shareBelow(factor * line))
          .isBetween(
              incomes.shareBelow(line * (1 - NOISE)) - NOISE,
              incomes.shareBelow(line * (1 + NOISE)) + NOISE);
      assertThat(scaled.shortfall(factor * line)).isCloseTo(incomes.shortfall(line), within(NOISE));
    }
  }

  @Property(seed = "5", tries = 200)
  void theLorenzCurveIsConvexFromNothingToAll(@ForAll("incomes") IncomeDistribution incomes) {
    int parts = 50;
    double[] shares = new double[parts + 1];
    for (int i = 0; i <= parts; i++) {
      double p = i / (double) parts;
      shares[i] = incomes.incomeShareOfPoorest(p);
      assertThat(shares[i]).isBetween(0.0, p + NOISE);
      if (i > 0) {
        assertThat(incomes.meanOfPoorest(p)).isLessThanOrEqualTo(incomes.mean() * (1 + NOISE));
      }
    }
    assertThat(shares[0]).isZero();
    assertThat(shares[parts]).isEqualTo(1);
    for (int i = 1; i < parts; i++) {
      assertThat(shares[i + 1] - shares[i]).isGreaterThan(shares[i] - shares[i - 1] - NOISE);
    }
  }

  @Property(seed = "6", tries = 200)
  void theGiniIsTwiceTheAreaOverTheLorenzCurve(@ForAll("incomes") IncomeDistribution incomes) {
    // The area under a convex curve is between those under its chords and under its middles.
    int parts = 60;
    double chords = 0;
    double middles = 0;
    for (int i = 0; i < parts; i++) {
      chords += incomes.incomeShareOfPoorest(i / (double) parts) / parts;
      middles += incomes.incomeShareOfPoorest((i + .5) / parts) / parts;
    }
    chords += .5 / parts;
    assertThat(incomes.gini()).isBetween(1 - 2 * chords - NOISE, 1 - 2 * middles + NOISE);
  }

  @Property(seed = "7", tries = 200)
  void theShortfallIsThatOfTheLorenzCurve(
      @ForAll("incomes") IncomeDistribution incomes,
      @ForAll @DoubleRange(min = 0.05, max = 10) double multiple) {
    double line = multiple * incomes.mean();
    double below = incomes.shareBelow(line);
    double expected = below - incomes.incomeShareOfPoorest(below) / multiple;
    assertThat(incomes.shortfall(line)).isCloseTo(expected, within(1e-9));
  }

  /** From a thousandth of the mean to a hundred times the mean. */
  private static double[] lines(double mean) {
    double[] lines = new double[60];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = mean * Math.pow(10, -3 + i / 11.8);
    }
    return lines;
  }

  @Provide
  Arbitrary<IncomeDistribution> incomes() {
    return Arbitraries.oneOf(List.of(lognormal(), generalizedBeta(), lorenz(), known(), sampled()));
  }

  private static Arbitrary<IncomeDistribution> lognormal() {
    return Combinators.combine(between(1, 1e4), between(.02, .9)).as(LognormalIncome::ofGini);
  }

  private static Arbitrary<IncomeDistribution> generalizedBeta() {
    return Combinators.combine(between(.5, 12), between(1, 1e4), between(.1, 5), between(1.05, 20))
        .as((a, b, p, aq) -> new GeneralizedBeta2Income(a, b, p, aq / a));
  }

  /** Shares of any fifths, poorest first: as a rule no fitted curve is valid. */
  private static Arbitrary<IncomeDistribution> lorenz() {
    return Combinators.combine(between(1, 1e4), between(0, 1).array(Double[].class).ofSize(5))
        .filter((mean, parts) -> Arrays.stream(parts).anyMatch(part -> part > 0))
        .as(
            (mean, parts) -> {
              double[] sorted = Arrays.stream(parts).mapToDouble(part -> part).sorted().toArray();
              double sum = Arrays.stream(sorted).sum();
              return LorenzIncome.ofShares(
                  mean, Arrays.stream(sorted).map(part -> part / sum).toArray());
            });
  }

  /** Shares of the tenths of lognormal incomes, by every curve. */
  private static Arbitrary<IncomeDistribution> known() {
    return Combinators.combine(between(1, 1e4), between(.1, .8), between(0, 1))
        .as(
            (mean, gini, upTo) -> {
              var truth = LognormalIncome.ofGini(mean, gini);
              double[] tenths = new double[10];
              for (int i = 0; i < tenths.length; i++) {
                tenths[i] =
                    truth.incomeShareOfPoorest((i + 1) / 10.) - truth.incomeShareOfPoorest(i / 10.);
              }
              return LorenzIncome.of(mean, LorenzPoints.ofShares(tenths), upTo);
            });
  }

  private static Arbitrary<IncomeDistribution> sampled() {
    var person = Combinators.combine(between(0, 1000), between(.1, 10)).as(IncomeAndWeight::new);
    return person
        .list()
        .ofMinSize(1)
        .ofMaxSize(40)
        .filter(persons -> persons.stream().anyMatch(one -> one.income() > 0))
        .map(
            persons ->
                SampledIncome.of(
                    persons.stream().mapToDouble(IncomeAndWeight::income).toArray(),
                    persons.stream().mapToDouble(IncomeAndWeight::weight).toArray()));
  }

  private record IncomeAndWeight(double income, double weight) {}

  private static Arbitrary<Double> between(double least, double most) {
    return Arbitraries.doubles().between(least, most).ofScale(4);
  }
}
