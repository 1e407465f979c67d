package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.affordability.LognormalIncome;
import org.inclusionmaps.config.AffordabilitySettings.Shadowing;
import org.inclusionmaps.config.UncertaintySettings;
import org.inclusionmaps.deprivation.Access;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.radio.CoverageProbability;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Replicates against what their distributions say: a normal error on the scale on which it is
 * drawn, moved through a rising function, has that function's values at the normal's quantiles. Of
 * 4,000 draws the 5 % quantile is within about .06 standard errors of its own.
 */
class AreaReplicatesTest {
  private static final int DRAWS = 1000;
  private static final long PERSONS = 1_000_000_000L;
  private static final double END = 1.6448536269514722;
  private static final LognormalIncome INCOME = LognormalIncome.ofGini(300, .35);
  private static final PricesOnOffer PRICES =
      new PricesOnOffer(Map.of("a", 3.0, "b", 9.0), Shadowing.COMMON, .02);

  private static UncertaintySettings errors(
      double propagation, double byDefault, double price, double area, double settlement) {
    return new UncertaintySettings(
        DRAWS, 7, propagation, 0, 0, byDefault, price, 0, area, 0, 0, 0, settlement, 0);
  }

  /** Nothing is drawn but these. */
  private static UncertaintySettings only(
      double surroundings, double groupIncome, double groupOdds, double overlap, int draws) {
    return new UncertaintySettings(
        draws, 7, 0, 0, surroundings, 0, 0, 0, 0, 0, groupIncome, groupOdds, 0, overlap);
  }

  private static long place(int at) {
    return Places.at(10 + at * .05, 5, 8);
  }

  /** A row of {@link ReplicateRows} of women 15 and older, half of them covered by a. */
  private static Row row(int place, long persons, double coverage, @Nullable Double rate) {
    return row(place, "15+", "all", persons, coverage, rate);
  }

  private static Row row(
      int place,
      String ageBand,
      String disability,
      long persons,
      double coverage,
      @Nullable Double rate) {
    Double told = rate;
    return RowFactory.create(
        place(place),
        "W",
        "female",
        ageBand,
        disability,
        persons,
        coverage,
        INCOME.shareBelow(150),
        "4G",
        1.0,
        told == null ? null : Access.share(persons, Math.min(told, coverage)),
        told == null ? "none" : "survey",
        told,
        new String[] {"W rural"},
        new double[] {.4},
        new String[] {"a"},
        new double[] {coverage},
        new double[] {8},
        new boolean[] {true},
        INCOME.mean(),
        INCOME.sigma(),
        "W",
        null,
        "lognormal",
        new double[] {INCOME.sigma()});
  }

  private static List<long[][]> figures(UncertaintySettings errors, Row... rows) {
    List<long[][]> found = new ArrayList<>();
    List<Row> sorted = new ArrayList<>(List.of(rows));
    sorted.sort((a, b) -> Long.compare(a.getLong(0), b.getLong(0)));
    new AreaReplicates(PRICES, errors)
        .area(
            sorted.stream().map(AreaReplicatesTest::asRead).toList(),
            (row, figures) ->
                found.add(Arrays.stream(figures).map(long[]::clone).toArray(long[][]::new)));
    return found;
  }

  /** Arrays as Spark gives them. */
  private static Row asRead(Row row) {
    Object[] values = new Object[row.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i);
      if (values[i] instanceof String[] texts) {
        values[i] = scala.collection.immutable.ArraySeq.unsafeWrapArray(texts);
      } else if (values[i] instanceof double[] numbers) {
        values[i] = scala.collection.immutable.ArraySeq.unsafeWrapArray(boxed(numbers));
      } else if (values[i] instanceof boolean[] flags) {
        values[i] = scala.collection.immutable.ArraySeq.unsafeWrapArray(new Boolean[] {flags[0]});
      }
    }
    return RowFactory.create(values);
  }

  private static Double[] boxed(double[] numbers) {
    return Arrays.stream(numbers).boxed().toArray(Double[]::new);
  }

  private static double quantile(long[] figures, double share) {
    long[] drawn = Arrays.copyOfRange(figures, 1, figures.length);
    Arrays.sort(drawn);
    return drawn[(int) Math.round(share * (drawn.length - 1))];
  }

  @Test
  void movesCoverageWithTheErrorOfTheModelOfSignals() {
    long[] uncovered =
        figures(errors(3, 0, 0, 0, 0), row(0, PERSONS, .7, null)).get(0)[GroupSums.UNCOVERED_AT];
    // .7 is .5244 standard deviations of 8 dB above the threshold.
    double margin = 8 * .5244005127;
    assertThat(uncovered[0]).isEqualTo(300_000_000);
    assertThat(quantile(uncovered, .95) / PERSONS)
        .isCloseTo(1 - CoverageProbability.atLeast(margin - 3 * END, 0, 8), within(.02));
    assertThat(quantile(uncovered, .05) / PERSONS)
        .isCloseTo(1 - CoverageProbability.atLeast(margin + 3 * END, 0, 8), within(.02));
  }

  @Test
  void movesTheShareWhoCannotAffordItWithThePrice() {
    long[] unaffordable =
        figures(errors(0, 0, 10, 0, 0), row(0, PERSONS, 1, null))
            .get(0)[GroupSums.UNCOVERED_AT + 1];
    assertThat(unaffordable[0]).isEqualTo(Access.share(PERSONS, INCOME.shareBelow(150)));
    assertThat(quantile(unaffordable, .95) / PERSONS)
        .isCloseTo(INCOME.shareBelow(150 * Math.exp(.1 * END - .005)), within(.01));
  }

  @Test
  void movesTheRateOfTheConnectedOnItsLogit() {
    long[][] figures = figures(errors(0, 0, 0, 0, 0), row(0, PERSONS, 1, .3)).get(0);
    long[] connected = new long[DRAWS + 1];
    for (int r = 0; r < connected.length; r++) {
      connected[r] =
          figures[GroupSums.UNCOVERED_AT + 4][r] + figures[GroupSums.UNCOVERED_AT + 6][r];
    }
    double logit = Math.log(.3 / .7);
    assertThat(connected[0]).isEqualTo(300_000_000);
    assertThat(quantile(connected, .95) / PERSONS)
        .isCloseTo(1 / (1 + Math.exp(-logit - .4 * END)), within(.02));
  }

  @Test
  void drawsWhatIsNationalOnceSoThatItDoesNotAverageOut() {
    Row[] rows = new Row[40];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(i, PERSONS, .7, null);
    }
    // All places move together, so 40 of them are 40 times as uncertain as one.
    assertThat(width(figures(errors(3, 0, 0, 0, 0), rows)))
        .isCloseTo(40 * width(figures(errors(3, 0, 0, 0, 0), rows[0])), within(1e6));
  }

  @Test
  void drawsDefaultsOnceAHexagonFarWiderThanAPlace() {
    double one = width(figures(errors(0, 3, 0, 0, 0), row(0, PERSONS, .7, null)));
    double near =
        width(figures(errors(0, 3, 0, 0, 0), row(0, PERSONS, .7, null), row(0, PERSONS, .7, null)));
    Row[] far = new Row[36];
    for (int i = 0; i < far.length; i++) {
      far[i] = row(60 * i, PERSONS, .7, null);
    }
    assertThat(near).isCloseTo(2 * one, within(1e3));
    assertThat(width(figures(errors(0, 3, 0, 0, 0), far))).isBetween(4.5 * one, 7.5 * one);
  }

  @Test
  void drawsSignalsOfANeighbourhoodOnceForAllItsPlaces() {
    UncertaintySettings around = only(4, 0, 0, 0, DRAWS);
    double one = width(figures(around, row(0, PERSONS, .7, null)));
    assertThat(one)
        .isCloseTo(
            width(figures(errors(4, 0, 0, 0, 0), row(0, PERSONS, .7, null))), within(.05 * one));
    Row[] far = new Row[36];
    for (int i = 0; i < far.length; i++) {
      far[i] = row(60 * i, PERSONS, .7, null);
    }
    assertThat(width(figures(around, row(0, PERSONS, .7, null), row(0, PERSONS, .7, null))))
        .isCloseTo(2 * one, within(1e3));
    // Independent errors of 36 places: 6 times one, not 36 times.
    assertThat(width(figures(around, far))).isBetween(4.5 * one, 7.5 * one);
  }

  @Test
  void drawsIncomesOfAgesApartButKeepsTheirMean() {
    List<long[][]> figures =
        figures(
            only(0, 20, 0, 0, DRAWS),
            row(0, "15-24", "all", PERSONS, 1, null),
            row(0, "65+", "all", PERSONS, 1, null));
    long[] young = figures.get(0)[GroupSums.UNCOVERED_AT + 1];
    // Of two groups of one size one has 2 / (1 + exp(.2 (z2 - z1))) of the mean of both.
    double least = 2 / (1 + Math.exp(.2 * Math.sqrt(2) * END));
    assertThat(quantile(young, .95) / PERSONS)
        .isCloseTo(INCOME.shareBelow(150 / least), within(.015));
    long[] both = new long[DRAWS + 1];
    for (int r = 0; r <= DRAWS; r++) {
      both[r] = young[r] + figures.get(1)[GroupSums.UNCOVERED_AT + 1][r];
    }
    assertThat(quantile(both, .95) - quantile(both, .05))
        .isLessThan((quantile(young, .95) - quantile(young, .05)) / 2);
    long[] alone =
        figures(only(0, 20, 0, 0, DRAWS), row(0, "15+", "all", PERSONS, 1, null))
            .get(0)[GroupSums.UNCOVERED_AT + 1];
    assertThat(alone).containsOnly(alone[0]);
  }

  @Test
  void drawsOddsOfDisabilityAboutTheRateOfAll() {
    Row none = row(0, "15+", "none", 9 * PERSONS, 1, .3);
    Row any = row(0, "15+", "any", PERSONS, 1, .3);
    Row certain = row(0, "15+", "all", PERSONS, 1, .3);
    UncertaintySettings odds = only(0, 0, 50, 0, DRAWS);
    List<long[][]> figures = figures(odds, none, any);
    List<long[][]> asTold = figures(only(0, 0, 0, 0, DRAWS), none, any);
    assertThat(connectedWidth(figures.get(1))).isGreaterThan(1.1 * connectedWidth(asTold.get(1)));
    assertThat(connectedWidth(figures.get(0)))
        .isCloseTo(connectedWidth(asTold.get(0)), within(.05 * connectedWidth(asTold.get(0))));
    assertThat(figures(odds, certain).get(0))
        .isDeepEqualTo(figures(only(0, 0, 0, 0, DRAWS), certain).get(0));
  }

  @Test
  void drawsTheOverlapFromWhoCanPayFirstToWhoeverTheyAre() {
    long[][] figures =
        figures(only(0, 0, 0, 1, DRAWS), row(0, "15+", "all", PERSONS, 1, null)).get(0);
    assertThat(figures[GroupSums.TOLD_AT]).containsOnly(0);
    Row told = row(0, "15+", "all", PERSONS, 1, .3);
    long[] burdened = figures(only(0, 0, 0, 1, DRAWS), told).get(0)[GroupSums.UNCOVERED_AT + 4];
    double apart = .3 * INCOME.shareBelow(150);
    assertThat(burdened[0]).isZero();
    assertThat(quantile(burdened, .5) / PERSONS).isCloseTo(apart / 2, within(.1 * apart));
    assertThat(Arrays.stream(burdened).min().orElseThrow()).isBetween(0L, PERSONS / 100);
  }

  private static double connectedWidth(long[][] figures) {
    long[] connected = new long[figures[0].length];
    for (int r = 0; r < connected.length; r++) {
      connected[r] =
          figures[GroupSums.UNCOVERED_AT + 4][r] + figures[GroupSums.UNCOVERED_AT + 6][r];
    }
    return quantile(connected, .95) - quantile(connected, .05);
  }

  @Test
  void movesPeopleBetweenPlacesButNeverOutOfTheirArea() {
    List<long[][]> figures =
        figures(
            errors(0, 0, 0, 0, 30),
            row(0, PERSONS, 0, null),
            row(1, 3 * PERSONS, 1, null),
            row(2, 2 * PERSONS, .5, null));
    long[][] smallest =
        figures.stream().min(Comparator.comparing(of -> of[GroupSums.PERSONS_AT][0])).get();
    long least = Long.MAX_VALUE;
    for (int r = 0; r <= DRAWS; r++) {
      long sum = 0;
      for (long[][] place : figures) {
        sum += place[GroupSums.PERSONS_AT][r];
      }
      assertThat(sum).isCloseTo(6 * PERSONS, within(2L));
      least = Math.min(least, smallest[GroupSums.PERSONS_AT][r]);
    }
    assertThat(least).isLessThan(PERSONS * 7 / 10);
    long[] alone =
        figures(errors(0, 0, 0, 0, 30), row(0, PERSONS, .5, null)).get(0)[GroupSums.PERSONS_AT];
    assertThat(alone).containsOnly(PERSONS);
  }

  @Test
  void keepsTheIdentitiesOfThePartsInEachReplicate() {
    for (long[][] figures :
        figures(
            new UncertaintySettings(DRAWS, 7, 3, 2, 4, 3, 5, 5, 10, 5, 20, 50, 30, 1),
            row(0, PERSONS, .7, .6),
            row(1, PERSONS, .2, .6),
            row(2, PERSONS, 0, .1))) {
      int at = GroupSums.UNCOVERED_AT;
      for (int r = 0; r <= DRAWS; r++) {
        long persons = figures[GroupSums.PERSONS_AT][r];
        assertThat(figures[at][r] + figures[at + 1][r] + figures[at + 2][r]).isEqualTo(persons);
        long parts = figures[at][r];
        for (int part = 3; part < 7; part++) {
          parts += figures[at + part][r];
        }
        assertThat(parts).isEqualTo(persons);
        assertThat(figures[GroupSums.LACKING_AT][r])
            .isEqualTo(figures[at][r] + figures[at + 3][r] + figures[at + 4][r]);
      }
    }
  }

  @Test
  void isTheSameWhateverElseIsInTheTask() {
    Row wanted = row(3, PERSONS, .7, .6);
    long[][] alone = figures(errors(3, 3, 5, 10, 0), wanted).get(0);
    List<long[][]> among =
        figures(errors(3, 3, 5, 10, 0), row(9, PERSONS, .1, .2), wanted, row(8, 5, .4, null));
    assertThat(among).anyMatch(figures -> Arrays.deepEquals(figures, alone));
  }

  @Test
  void drawsNothingForASingleReplicate() {
    var once = only(4, 20, 50, 1, 1);
    assertThat(figures(once, row(0, PERSONS, .7, .6)).get(0)[0]).hasSize(1);
  }

  /** From the 5 % to the 95 % quantile of the uncovered persons of all rows together. */
  private static double width(List<long[][]> rows) {
    long[] sums = new long[DRAWS + 1];
    for (long[][] figures : rows) {
      for (int r = 0; r < sums.length; r++) {
        sums[r] += figures[GroupSums.UNCOVERED_AT][r];
      }
    }
    return quantile(sums, .95) - quantile(sums, .05);
  }
}
