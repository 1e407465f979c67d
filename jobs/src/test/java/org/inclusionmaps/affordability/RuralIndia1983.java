package org.inclusionmaps.affordability;

/**
 * Consumption in rural India in 1983, the worked example of G. Datt, Computational Tools for
 * Poverty Measurement and Analysis, IFPRI FCND paper 50 (1998): rupees per head and month.
 */
final class RuralIndia1983 {
  static final double MEAN = 109.9;
  static final double LINE = 89;
  static final double[] P = {
    .0092, .0339, .085, .164, .2609, .4133, .5497, .7196, .8196, .9174, .957, .9751, 1
  };
  static final double[] L = {
    .00208, .01013, .03122, .07083, .12808, .23498, .34887, .51994, .6427, .79201, .86966, .91277, 1
  };

  private RuralIndia1983() {}

  static LorenzPoints points() {
    return LorenzPoints.of(P, L);
  }
}
