package org.inclusionmaps.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Shares by hand. */
@ExtendWith(SparkExtension.class)
class EquityTest {
  private static final String SUBSCRIBERS =
      "leaf_kind, leaf, parent, sex, persons, variance, shown\n";

  private static final Map<String, String> PARENTS = Map.of("E", "C", "W", "C", "Wa", "W");

  /** Of 100 women 40 live in W, whose count of women is not shown; the country's own is no leaf. */
  private static List<Equity> made(SparkSession spark) {
    return Equity.of(
        rows(
            spark,
            Tables.SUBSCRIBERS,
            SUBSCRIBERS
                + """
                area,  C, ,  all,    150, 1,  true
                area,  C, ,  female, 90,  1,  false
                area,  E, C, female, 50,  25, true
                area,  W, C, female, 16,  25, false
                area,  E, C, male,   40,  16, true
                area,  W, C, male,   80,  16, true
                place, 7, W, all,    4,   9,  false
                """),
        rows(
            spark,
            Tables.INCLUSION,
            """
            place, area, sex,    age_band, disability, persons_micro
            1,     E,    female, 15-24,    all,        20000000
            1,     E,    female, 25+,      all,        40000000
            2,     Wa,   female, 15-24,    all,        40000000
            1,     E,    male,   15-24,    all,        50000000
            2,     Wa,   male,   15-24,    all,        50000000
            """),
        PARENTS);
  }

  @Test
  void tellsHowManyOfASexLiveWhereItsCountIsNotShown(SparkSession spark) {
    List<Equity> sexes = made(spark);
    assertThat(sexes).extracting(Equity::sex).containsExactly("female", "male");
    Equity women = sexes.get(0);
    assertThat(women.areas()).isEqualTo(2);
    assertThat(women.shown()).isEqualTo(1);
    assertThat(women.hiddenPct()).isCloseTo(40, within(1e-12));
    assertThat(women.errorPct()).isCloseTo(10, within(1e-12));
    Equity men = sexes.get(1);
    assertThat(men.hiddenPct()).isZero();
    assertThat(men.errorPct()).isCloseTo((10 + 5) / 2.0, within(1e-12));
  }

  @Test
  void aReleaseThatHidesOneSexFarMoreIsRefusedUnlessSomebodyAnswersForIt(SparkSession spark) {
    List<Equity> sexes = made(spark);
    assertThatThrownBy(() -> new ReleaseCheck().equity(sexes, /* waived= */ false))
        .hasMessageContaining("no group is hidden more than twice as often as another")
        .hasMessageContaining("female 40.0 %, male 0.0 %")
        .hasMessageContaining("privacy.detail");
    ReleaseCheck waived = new ReleaseCheck();
    waived.equity(sexes, /* waived= */ true);
    assertThat(waived.passed()).singleElement().asString().contains("waived");
  }

  @Test
  void smallOrLikeSharesPass() {
    for (double women : new double[] {0, 9.9, 60}) {
      List<Equity> sexes =
          List.of(new Equity("female", 10, 5, women, 1), new Equity("male", 10, 5, women / 1.9, 1));
      assertThatCode(() -> new ReleaseCheck().equity(sexes, /* waived= */ false))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void withoutAMeasurementNobodyIsHiddenByNoise(SparkSession spark) {
    assertThat(Equity.of(null, rows(spark, Tables.INCLUSION, "place"), PARENTS)).isEmpty();
    assertThat(
            Equity.of(
                rows(spark, Tables.SUBSCRIBERS, SUBSCRIBERS + "area, C, , all, 9, 1, true"),
                rows(spark, Tables.INCLUSION, "place"),
                PARENTS))
        .isEmpty();
  }
}
