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
    return new UncertaintySettings(DRAWS, 7, propagation, byDefault, price, 0, area, 0, settlement);
  }

  private static long place(int at) {
    return Places.at(10 + at * .05, 5, 8);
  }

  /** A row of {@link ReplicateRows} of women 15 and older, half of them covered by a. */
  private static Row row(int place, long persons, double coverage, @Nullable Double rate) {
    Double told = rate;
    return RowFactory.create(
        place(place),
        "W",
        "female",
        "15+",
        "all",
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
            errors(3, 3, 5, 10, 30),
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
    var once = new UncertaintySettings(1, 7, 3, 3, 5, 5, 10, 5, 30);
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
