package org.inclusionmaps.estimation;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Persons counted at radio cells to the places where they live. A person who lives at place p is
 * counted at cell j with probability P(j|p), from the cells' footprints; how many live where is the
 * estimate of greatest likelihood for Poisson counts, by expectation and maximisation from a prior:
 *
 * <pre>u_p ← Σ_j w_jp c_j / Σ_j P(j|p),   w_jp = P(j|p) u_p / Σ_q P(j|q) u_q</pre>
 *
 * <p>The weights w of the last round share each cell's count over places. Given them, persons are a
 * weighted sum of the counts, so noise in the counts, below 0 too, goes through without bias and
 * with a known variance. The weights themselves follow the counts, so the whole estimate errs by
 * more: to see how much, fit again to counts that are off by as much. What footprints cannot tell
 * apart keeps the ratios of the prior.
 *
 * <p>Sources: L. A. Shepp, Y. Vardi, IEEE Trans. Medical Imaging 1 (1982) 113-122 (the iteration);
 * F. Ricciato, G. Lanzieri, A. Wirthmann, G. Seynaeve, Pervasive and Mobile Computing 68 (2020)
 * 101263 (of mobile network data); M. Tennekes, Y. A. P. M. Gootzen, Sociological Methods &amp;
 * Research (2022) (with a prior).
 */
public final class FootprintSharing {
  private final int[] firstOfCell;
  private final int[] place;
  private final double[] probability;
  private final double[] heard;

  /** What the iteration ended with. */
  private double[] weight = {};

  private int rounds;

  /**
   * The footprints of some cells.
   *
   * @param firstOfCell where each cell's entries begin, and at last how many there are
   * @param place of each entry, from 0 on; each once a cell
   * @param probability P(j|p) of each entry, above 0 to 1; those of a place sum to at most 1
   * @param places how many places there are
   */
  public FootprintSharing(int[] firstOfCell, int[] place, double[] probability, int places) {
    this.firstOfCell = firstOfCell.clone();
    this.place = place.clone();
    this.probability = probability.clone();
    heard = new double[places];
    if (place.length != probability.length
        || firstOfCell.length == 0
        || firstOfCell[firstOfCell.length - 1] != place.length) {
      throw new IllegalArgumentException(
          "%d places and %d probabilities of %s entries"
              .formatted(place.length, probability.length, Arrays.toString(firstOfCell)));
    }
    for (int i = 0; i < place.length; i++) {
      if (!(probability[i] > 0 && probability[i] <= 1)) {
        throw new IllegalArgumentException(
            "a probability is %s but must be above 0 to 1".formatted(probability[i]));
      }
      heard[place[i]] += probability[i];
    }
  }

  /**
   * Finds the weights.
   *
   * @param counts of each cell; one below 0 counts as 0 here
   * @param prior persons of each place, 0 or more; a place of 0 stays empty
   * @param tolerance the iteration ends when persons that move, of all, are this share at most
   * @param mostRounds or after so many rounds, at least 1
   */
  public void fit(double[] counts, double[] prior, double tolerance, int mostRounds) {
    double[] persons = prior.clone();
    weight = new double[place.length];
    rounds = 0;
    boolean moving = true;
    while (moving && rounds < mostRounds) {
      weights(persons);
      double[] next = new double[persons.length];
      for (int j = 0; j + 1 < firstOfCell.length; j++) {
        double count = Math.max(0, counts[j]);
        for (int i = firstOfCell[j]; i < firstOfCell[j + 1]; i++) {
          next[place[i]] += weight[i] * count / heard[place[i]];
        }
      }
      double moved = 0;
      double all = 0;
      for (int p = 0; p < next.length; p++) {
        moved += Math.abs(next[p] - persons[p]);
        all += next[p];
      }
      moving = moved > tolerance * all;
      persons = next;
      rounds++;
    }
    weights(persons);
  }

  /** Each cell's weights; none where nobody lives in its footprint. */
  private void weights(double[] persons) {
    for (int j = 0; j + 1 < firstOfCell.length; j++) {
      double all = 0;
      for (int i = firstOfCell[j]; i < firstOfCell[j + 1]; i++) {
        all += probability[i] * persons[place[i]];
      }
      for (int i = firstOfCell[j]; i < firstOfCell[j + 1]; i++) {
        weight[i] = all > 0 ? probability[i] * persons[place[i]] / all : 0;
      }
    }
  }

  /** How many rounds the iteration took. */
  public int rounds() {
    return rounds;
  }

  /** The share of a cell's persons that lives in its footprint: 1, or 0 where nobody does. */
  public double placed(int cell) {
    double all = 0;
    for (int i = firstOfCell[cell]; i < firstOfCell[cell + 1]; i++) {
      all += weight[i];
    }
    return all;
  }

  /**
   * Persons of areas and their variances, by the weights.
   *
   * @param counts of each cell, below 0 too
   * @param variances of each cell's count
   * @param areaOf the area of each place, from 0 on
   * @param areas how many areas there are
   * @return persons, then variances
   */
  public double[][] areas(double[] counts, double[] variances, int[] areaOf, int areas) {
    double[][] out = new double[2][areas];
    shares(
        areaOf,
        areas,
        (cell, area, share) -> {
          out[0][area] += share * counts[cell];
          out[1][area] += share * share * variances[cell];
        });
    return out;
  }

  /** Is told what share of a cell's persons lives in an area. */
  @FunctionalInterface
  public interface Told {
    /** A share above 0. */
    void share(int cell, int area, double share);
  }

  /**
   * Tells the shares of each cell's persons that live in areas, cell by cell.
   *
   * @param areaOf the area of each place, from 0 on
   * @param areas how many areas there are
   */
  public void shares(int[] areaOf, int areas, Told told) {
    double[] share = new double[areas];
    for (int j = 0; j + 1 < firstOfCell.length; j++) {
      for (int i = firstOfCell[j]; i < firstOfCell[j + 1]; i++) {
        share[areaOf[place[i]]] += weight[i];
      }
      for (int i = firstOfCell[j]; i < firstOfCell[j + 1]; i++) {
        int area = areaOf[place[i]];
        if (share[area] > 0) {
          told.share(j, area, share[area]);
          share[area] = 0;
        }
      }
    }
  }

  /**
   * One draw of how far the counts of cells are off by chance: the same persons, each counted again
   * at one of the cells of its place. The persons of a place at its cells are multinomial; here
   * they are normal with the same variances and covariances. The draws of all cells sum to 0.
   *
   * @param counts that the weights were fitted to
   * @param normal a standard normal number of each entry, by its index
   */
  public double[] chance(double[] counts, IntToDoubleFunction normal) {
    double[] drawn = new double[place.length];
    double[] ofPlace = new double[heard.length];
    for (int j = 0; j + 1 < firstOfCell.length; j++) {
      for (int i = firstOfCell[j]; i < firstOfCell[j + 1]; i++) {
        drawn[i] = Math.sqrt(weight[i] * Math.max(0, counts[j])) * normal.applyAsDouble(i);
        ofPlace[place[i]] += drawn[i];
      }
    }
    double[] off = new double[firstOfCell.length - 1];
    for (int j = 0; j + 1 < firstOfCell.length; j++) {
      for (int i = firstOfCell[j]; i < firstOfCell[j + 1]; i++) {
        off[j] += drawn[i] - probability[i] / heard[place[i]] * ofPlace[place[i]];
      }
    }
    return off;
  }
}
