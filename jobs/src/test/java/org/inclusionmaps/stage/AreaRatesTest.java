package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.estimation.ArcsineRoot;
import org.inclusionmaps.estimation.FayHerriot;
import org.inclusionmaps.stage.AreaRates.Direct;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.ArraySeq;

/** Rates against the model of {@link FayHerriot} where an area is a unit of its own, and sums. */
class AreaRatesTest {
  private static final double PERSONS = 1e6;

  private final List<Row> areas = new ArrayList<>(List.of(area("C", null, 0)));
  private final List<Row> covariates = new ArrayList<>();
  private final List<Direct> direct = new ArrayList<>();
  private AreaRates.@Nullable Nation nation;

  private static Row area(String area, @Nullable String parent, int level) {
    return RowFactory.create(area, parent, level);
  }

  private void people(String area, String settlement, double persons, @Nullable Double value) {
    Double[] values = {value};
    covariates.add(
        new GenericRowWithSchema(
            new Object[] {
              area,
              settlement,
              Math.round(persons * 1e6),
              ArraySeq.unsafeWrapArray(new String[] {"electricity"}),
              ArraySeq.unsafeWrapArray(values)
            },
            Tables.AREA_COVARIATES.schema()));
  }

  private Map<String, Row> rates() {
    Map<String, Row> rates = new TreeMap<>();
    for (Row row : new AreaRates(covariates, areas, direct, nation).rates()) {
      rates.put(row.getString(0) + " " + row.getString(1), row);
    }
    return rates;
  }

  /** Thirty districts whose share rises with electricity, and more without an estimate. */
  private void districts(int asked, int others, Random random) {
    for (int i = 0; i < asked + others; i++) {
      areas.add(area("D" + i, "C", 1));
      double value = random.nextDouble();
      people("D" + i, "rural", PERSONS, value);
      if (i < asked) {
        double share = ArcsineRoot.inverse(.4 + .5 * value + .1 * random.nextGaussian());
        direct.add(new Direct("D" + i, "rural", share, 50, 50));
      }
    }
  }

  @Test
  void isTheEstimateOfFayAndHerriotWhereAnAreaIsAUnit() {
    districts(30, 5, new Random(1));
    double[] values = new double[30];
    for (int i = 0; i < 30; i++) {
      values[i] = covariates.get(i).<Double>getList(4).get(0);
    }
    double[][] x = new double[30][];
    double[] y = new double[30];
    double[] psi = new double[30];
    for (int i = 0; i < 30; i++) {
      x[i] = new double[] {1, values[i]};
      y[i] = ArcsineRoot.transform(direct.get(i).share());
      psi[i] = 1 / 200.0;
    }
    FayHerriot fit = FayHerriot.fit(y, x, psi, FayHerriot.Method.REML);
    Map<String, Row> rates = rates();
    for (int i = 0; i < 30; i++) {
      Row row = rates.get("D" + i + " rural");
      double expected = ArcsineRoot.backTransform(fit.estimate(i), fit.mse(i));
      assertThat(row.getDouble(3)).isCloseTo(expected, within(1e-9));
      assertThat(row.getDouble(10)).isCloseTo(fit.shrinkage(i), within(1e-9));
      assertThat(row.getDouble(4)).isLessThan(row.getDouble(3));
      assertThat(row.getDouble(5)).isGreaterThan(row.getDouble(3));
    }
    Row unseen = rates.get("D33 rural");
    assertThat(unseen.isNullAt(8)).isTrue();
    assertThat(unseen.getDouble(5) - unseen.getDouble(4))
        .isGreaterThan(rates.get("D3 rural").getDouble(5) - rates.get("D3 rural").getDouble(4));
  }

  @Test
  void movesThePartsOfAnAreaToTheEstimateOfTheWhole() {
    districts(30, 0, new Random(2));
    for (int part = 0; part < 4; part++) {
      areas.add(area("P" + part, "D7", 2));
      people("P" + part, "rural", PERSONS * (part + 1), .25 * part);
    }
    covariates.remove(7);
    Map<String, Row> rates = rates();
    double sum = 0;
    for (int part = 0; part < 4; part++) {
      sum += (part + 1) * rates.get("P" + part + " rural").getDouble(3) / 10;
    }
    // More electricity, higher rate; together they make an estimate near the direct one.
    assertThat(rates.get("P3 rural").getDouble(3))
        .isGreaterThan(rates.get("P0 rural").getDouble(3));
    double own = direct.get(7).share();
    double shrinkage = rates.get("P0 rural").getDouble(10);
    assertThat(shrinkage).isBetween(.3, .95);
    assertThat(sum).isCloseTo(own, within(.1));
  }

  @Test
  void goesByTheFinestModelAtOrAboveAnAreasOwnLevel() {
    districts(12, 0, new Random(3));
    for (int i = 0; i < 12; i++) {
      areas.add(area("V" + i, "D" + i, 2));
      people("V" + i, "rural", 10, .5);
      direct.add(new Direct("V" + i, AreaRates.BOTH, .9, 1e6, 100));
    }
    Map<String, Row> rates = rates();
    assertThat(rates.get("V4 rural").getDouble(3)).isCloseTo(.9, within(.01));
    assertThat(rates.get("D4 rural").getDouble(3)).isLessThan(.8);
    assertThat(new AreaRates(covariates, areas, direct, null).models())
        .extracting(row -> row.getInt(0) + " " + row.getString(1))
        .contains("1 intercept", "1 electricity", "2 intercept");
  }

  @Test
  void takesFewerThanThreeDirectEstimatesAsTheyAre() {
    districts(2, 1, new Random(4));
    Map<String, Row> rates = rates();
    assertThat(rates.get("D0 rural").getDouble(3)).isEqualTo(direct.get(0).share());
    assertThat(rates.get("D2 rural").getDouble(3))
        .isCloseTo((direct.get(0).share() + direct.get(1).share()) / 2, within(1e-12));
  }

  @Test
  void countsACovariateThatIsNotKnownAsTheMean() {
    districts(30, 0, new Random(5));
    areas.add(area("X", "C", 1));
    people("X", "rural", PERSONS, null);
    double mean = 0;
    Map<String, Row> rates = rates();
    for (int i = 0; i < 30; i++) {
      mean += rates.get("D" + i + " rural").getDouble(3) / 30;
    }
    assertThat(rates.get("X rural").getDouble(3)).isCloseTo(mean, within(.05));
  }

  @Test
  void meetsTheNationsShareAndKeepsTheOrderOfAreas() {
    districts(30, 5, new Random(7));
    Map<String, Row> before = rates();
    nation = new AreaRates.Nation(.6, .05);
    Map<String, Row> after = rates();
    double sum = 0;
    double last = 0;
    List<String> byRate = new ArrayList<>(before.keySet());
    byRate.sort(Comparator.comparing(of -> before.get(of).getDouble(3)));
    for (String of : byRate) {
      sum += after.get(of).getDouble(3) / byRate.size();
      assertThat(after.get(of).getDouble(3)).isGreaterThanOrEqualTo(last);
      last = after.get(of).getDouble(3);
    }
    assertThat(sum).isCloseTo(.6, within(1e-9));
  }

  @Test
  void errsInTheNationByAsMuchAsItsOwnEstimate() {
    districts(30, 5, new Random(7));
    nation = new AreaRates.Nation(.5, .08);
    Map<String, Row> rates = rates();
    // What each source moves the nation by, all of its areas at once.
    Map<String, Double> moved = new TreeMap<>();
    for (Row row : rates.values()) {
      double rate = row.getDouble(3);
      Object[] sources = (Object[]) row.get(12);
      double[] errors = (double[]) row.get(13);
      for (int i = 0; i < sources.length; i++) {
        moved.merge((String) sources[i], errors[i] * rate * (1 - rate) / rates.size(), Double::sum);
      }
    }
    double variance = moved.values().stream().mapToDouble(of -> of * of).sum();
    assertThat(Math.sqrt(variance)).isCloseTo(.08, within(.002));
    assertThat(moved.get("survey nation")).isBetween(.05, .08);
    // A nation known better than its areas say adds nothing.
    nation = new AreaRates.Nation(.5, 1e-6);
    assertThat((Object[]) rates().get("D0 rural").get(12)).doesNotContain("survey nation");
  }

  @Test
  void goesByADistrictWhereOnlyAFewVillagesHaveEstimates() {
    districts(30, 0, new Random(8));
    for (int i = 0; i < 12; i++) {
      areas.add(area("V" + i, "D" + i, 2));
      people("V" + i, "rural", 10, .5);
    }
    direct.add(new Direct("V0", AreaRates.BOTH, .99, 1e6, 100));
    direct.add(new Direct("V1", AreaRates.BOTH, .98, 1e6, 100));
    Map<String, Row> rates = rates();
    assertThat(rates.get("V0 rural").getDouble(3)).isEqualTo(.99);
    assertThat(rates.get("V5 rural").getString(6)).isEqualTo("D5");
    assertThat(rates.get("V5 rural").getDouble(3)).isLessThan(.9);
  }

  @Test
  void hasNoRatesWithoutDirectEstimates() {
    districts(0, 3, new Random(6));
    assertThat(rates()).isEmpty();
  }
}
