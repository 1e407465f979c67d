package org.inclusionmaps.estimation;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.inclusionmaps.estimation.FayHerriot.Method;

/** Areas for the tests of Fay-Herriot models: direct estimates, auxiliary values, variances. */
@SuppressWarnings("ArrayRecordComponent")
record FayHerriotData(double[] y, double[][] x, double[] psi) {

  /**
   * Milk expenditure of 43 areas: estimate and standard deviation. Source: Arora and Lahiri,
   * Statistica Sinica 7 (1997), as in the R packages sae and metafor.
   */
  private static final String MILK =
      """
      1.099 .163|1.075 .080|1.105 .083|.628 .109|.753 .119|.981 .141|1.257 .202|1.095 .127\
      |1.405 .168|1.356 .178|.615 .100|1.460 .201|1.338 .148|.854 .143|1.176 .149|1.111 .145\
      |1.257 .135|1.430 .172|1.278 .137|1.292 .163|1.002 .125|1.183 .247|1.044 .140|1.267 .171\
      |1.193 .106|.791 .121|.795 .121|.759 .259|.796 .106|.565 .089|.886 .225|.952 .205|.807 .119\
      |.582 .067|.684 .106|.787 .126|.440 .092|.759 .132|.770 .100|.800 .113|.756 .083|.865 .121\
      |.640 .129\
      """;

  static FayHerriotData milk() {
    String[] rows = MILK.split("\\|", -1);
    var data = new FayHerriotData(new double[43], new double[43][4], new double[43]);
    for (int i = 0; i < 43; i++) {
      String[] pair = rows[i].split(" ", -1);
      data.y[i] = Double.parseDouble(pair[0]);
      data.psi[i] = Math.pow(Double.parseDouble(pair[1]), 2);
      data.x[i][0] = 1;
      data.x[i][1] = i >= 7 && i < 14 ? 1 : 0;
      data.x[i][2] = i >= 14 && i < 25 ? 1 : 0;
      data.x[i][3] = i >= 25 ? 1 : 0;
    }
    return data;
  }

  /** Made-up data with an intercept and one auxiliary value. */
  static FayHerriotData made(Random random, int n, double a, DoubleUnaryOperator psiOfUniform) {
    var data = new FayHerriotData(new double[n], new double[n][2], new double[n]);
    for (int i = 0; i < n; i++) {
      data.psi[i] = psiOfUniform.applyAsDouble(random.nextDouble());
      data.x[i][0] = 1;
      data.x[i][1] = random.nextGaussian();
      double truth = 2 + data.x[i][1] + Math.sqrt(a) * random.nextGaussian();
      data.y[i] = truth + Math.sqrt(data.psi[i]) * random.nextGaussian();
    }
    return data;
  }

  FayHerriot fit(Method method) {
    return FayHerriot.fit(y, x, psi, method);
  }
}
