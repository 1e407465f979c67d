package org.inclusionmaps.affordability;

import java.util.Optional;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.QRDecomposition;

/**
 * Ordinary least squares by orthogonal triangles: normal equations would lose half of the digits.
 */
final class LeastSquares {
  /** Columns that depend on each other leave less than this on the triangle's diagonal. */
  private static final double SINGULAR = 1e-10;

  private LeastSquares() {}

  /**
   * The coefficients that fit best, one a column; none where the rows do not tell them.
   *
   * @param x one row an observation, one column a regressor
   * @param y the regressand of each row
   */
  static Optional<double[]> solve(double[][] x, double[] y) {
    if (x.length == 0 || x.length < x[0].length) {
      return Optional.empty();
    }
    DecompositionSolver solver =
        new QRDecomposition(new Array2DRowRealMatrix(x), SINGULAR).getSolver();
    return solver.isNonSingular()
        ? Optional.of(solver.solve(new ArrayRealVector(y)).toArray())
        : Optional.empty();
  }
}
