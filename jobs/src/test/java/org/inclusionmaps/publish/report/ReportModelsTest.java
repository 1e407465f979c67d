package org.inclusionmaps.publish.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class ReportModelsTest {
  private static final String MODELS =
      "level, term, coefficient, standard_error, areas, model_variance, median_shrinkage\n";
  private static final String RATES =
      "area, settlement_type, unit, respondents, direct, residual, rate\n";

  private static String html(SparkSession spark, String models, String rates) {
    return ReportModels.html(
        rows(spark, Tables.RATE_MODELS, MODELS + models),
        rows(spark, Tables.AREA_RATES, RATES + rates),
        Map.of("E", "East <1>"));
  }

  @Test
  void tellsTheModelAndTheAreasFarthestFromIt(SparkSession spark) {
    String html =
        html(
            spark,
            "2, coverage, .12, .034, 42, .01, .55\n2, intercept, .7, .02, 42, .01, .55",
            """
            E,  rural, E, 120, .25, -3.41, .3
            E2, rural, E, 120, .25, -3.41, .3
            W,  rural, W, 80,  .5,  1.2,   .5
            """);
    assertThat(html)
        .contains("Fitted to 42 figures of areas", "about 10 points", "is 55.0 %")
        .contains("<tr><th scope=\"row\">coverage</th><td>0.120</td><td>0.034</td></tr>")
        .contains("1 of the figures is more than 3 standard deviations")
        .containsOnlyOnce("<td>-3.4</td>")
        .contains("<bdi>East &lt;1&gt;</bdi>, rural<")
        .doesNotContain("East <1>");
  }

  @Test
  void saysWhatAModelWithoutVarianceMeans(SparkSession spark) {
    assertThat(html(spark, "1, intercept, .7, .02, 9, 0, 0", "E, all, E, 120, .25, .4, .3"))
        .contains("(A = 0)", "None of the figures are more than 3");
  }

  @Test
  void saysThatThereAreTooFewForAModelAndNothingWithoutRates(SparkSession spark) {
    assertThat(html(spark, "", "E, all, E, 12, .25, , .3")).contains("too few areas");
    assertThat(html(spark, "", "")).isEmpty();
  }
}
