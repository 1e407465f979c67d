package org.inclusionmaps.privacy;

import java.util.List;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Generalised least squares as the books print it: what was measured is a matrix times unknowns,
 * with independent errors of known variances.
 */
final class LeastSquaresByMatrices {
  private final RealVector unknowns;
  private final RealMatrix covariance;

  /** Each row of the matrix is one measurement of a sum of unknowns. */
  LeastSquaresByMatrices(List<double[]> rows, List<Estimate> measured) {
    int columns = rows.get(0).length;
    RealMatrix scaled = MatrixUtils.createRealMatrix(rows.size(), columns);
    RealVector y = MatrixUtils.createRealVector(new double[rows.size()]);
    for (int i = 0; i < rows.size(); i++) {
      double sd = measured.get(i).standardError();
      scaled.setRowVector(i, MatrixUtils.createRealVector(rows.get(i)).mapDivide(sd));
      y.setEntry(i, measured.get(i).value() / sd);
    }
    unknowns = new QRDecomposition(scaled).getSolver().solve(y);
    covariance = MatrixUtils.inverse(scaled.transposeMultiply(scaled));
  }

  /** The estimate of a sum of unknowns. */
  Estimate of(double[] row) {
    RealVector sum = MatrixUtils.createRealVector(row);
    return new Estimate(sum.dotProduct(unknowns), sum.dotProduct(covariance.operate(sum)));
  }
}
