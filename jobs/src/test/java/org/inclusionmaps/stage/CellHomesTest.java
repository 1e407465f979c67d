package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.testing.Rows;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Simulation from known homes: 48 places on a line, in four areas, heard by twelve cells. */
@ExtendWith(SparkExtension.class)
class CellHomesTest {
  private static final int PLACES = 48;
  private static final int CELLS = 12;
  private static final int AREAS = 4;
  private static final double NOISE = 120;

  private final double[][] probability = new double[CELLS][PLACES];
  private final double[] prior = new double[PLACES];
  private final int[] connected = new int[PLACES];

  /** Cells reach over the borders of areas; areas differ in who are connected. */
  CellHomesTest() {
    Random random = new Random(11);
    double[] rates = {.35, .6, .45, .7};
    for (int p = 0; p < PLACES; p++) {
      prior[p] = 60 + random.nextInt(240);
      connected[p] = (int) (prior[p] * rates[area(p)] * (0.8 + 0.4 * random.nextDouble()));
      double all = 0;
      for (int j = 0; j < CELLS; j++) {
        double away = (p - (4 * j + 1.3)) / 3.5;
        probability[j][p] = Math.abs(away) > 2 ? 0 : Math.exp(-away * away);
        all += probability[j][p];
      }
      for (int j = 0; j < CELLS; j++) {
        probability[j][p] /= all;
      }
    }
  }

  private static int area(int place) {
    return place * AREAS / PLACES;
  }

  private static int mastArea(int cell) {
    return area((int) (4 * cell + 1.3));
  }

  private static HomeAreas areas(SparkSession spark) {
    StringBuilder block = new StringBuilder("area, parent, level, name\nC, , 0, C\n");
    for (int a = 0; a < AREAS; a++) {
      block.append("A%d, C, 1, A\n".formatted(a));
    }
    Dataset<Row> areas = Rows.rows(spark, Tables.AREAS, block.toString());
    return HomeAreas.of(Set.of("C", "A0"), areas);
  }

  private CellEntries entries() {
    CellEntries entries = new CellEntries();
    for (int j = 0; j < CELLS; j++) {
      for (int p = 0; p < PLACES; p++) {
        if (probability[j][p] > 0) {
          entries.add(name(j), p, "A" + area(p), probability[j][p], prior[p]);
        }
      }
    }
    return entries;
  }

  private static String name(int cell) {
    return "c%02d".formatted(cell);
  }

  /** Counts with noise of persons who were at a cell of their place by chance. */
  private CountedTree counted(Random random) {
    int[] at = new int[CELLS];
    for (int p = 0; p < PLACES; p++) {
      for (int person = 0; person < connected[p]; person++) {
        double u = random.nextDouble();
        int j = 0;
        while (j < CELLS - 1 && u >= probability[j][p]) {
          u -= probability[j++][p];
        }
        at[j]++;
      }
    }
    int[] ofArea = new int[AREAS];
    for (int j = 0; j < CELLS; j++) {
      ofArea[mastArea(j)] += at[j];
    }
    CountedTree tree = new CountedTree();
    for (int a = 0; a < AREAS; a++) {
      add(tree, Tables.AREA, "A" + a, "C", "female", ofArea[a] / 2.0, random);
      add(tree, Tables.AREA, "A" + a, "C", "male", ofArea[a] / 2.0, random);
    }
    add(tree, Tables.AREA, "C", null, Tables.ALL, Arrays.stream(at).sum(), random);
    for (int j = 0; j < CELLS; j++) {
      add(tree, Tables.CELL, name(j), "A" + mastArea(j), Tables.ALL, at[j], random);
    }
    return tree;
  }

  private static void add(
      CountedTree tree,
      String kind,
      String leaf,
      String parent,
      String sex,
      double persons,
      Random random) {
    double noisy = Math.rint(persons + Math.sqrt(NOISE) * random.nextGaussian());
    tree.add(kind, leaf, parent, sex, new CountedTree.Counts(noisy, NOISE, 1));
  }

  /** How often the margins of areas hold the truth; the means of areas are off by half an error. */
  private double held(SparkSession spark, int times, String sex, double share) {
    HomeAreas areas = areas(spark);
    double[] truth = new double[AREAS];
    for (int p = 0; p < PLACES; p++) {
      truth[area(p)] += share * connected[p];
    }
    int within = 0;
    for (int seed = 0; seed < times; seed++) {
      CountedTree tree = counted(new Random(seed));
      for (Row row : new CellHomes("o1", tree, entries(), areas).rows()) {
        if (row.getString(3).equals(sex) && !row.getString(1).equals("C")) {
          int a = row.getString(1).charAt(1) - '0';
          double error = row.getDouble(4) - truth[a];
          within += Math.abs(error) <= 1.645 * Math.sqrt(row.getDouble(5)) ? 1 : 0;
        }
      }
    }
    return within / (double) (times * AREAS);
  }

  @Test
  void marginsHoldTheTruthNineTimesOfTen(SparkSession spark) {
    assertThat(held(spark, 400, Tables.ALL, 1)).isBetween(0.86, 0.94);
  }

  @Test
  void marginsOfWomenHoldToo(SparkSession spark) {
    assertThat(held(spark, 200, "female", 0.5)).isBetween(0.86, 0.99);
  }

  /**
   * All of the operator's persons, wherever they live: the sum of the counts, with its variance.
   */
  @Test
  void theCountryIsTheFittedCountry(SparkSession spark) {
    CountedTree tree = counted(new Random(1));
    List<Row> rows = new ArrayList<>(new CellHomes("o1", tree, entries(), areas(spark)).rows());
    Row country =
        rows.stream().filter(row -> row.getString(1).equals("C")).findFirst().orElseThrow();
    int at = 0;
    while (!tree.nodes().get(at).leaf().equals("C")) {
      at++;
    }
    assertThat(country.getDouble(4)).isCloseTo(tree.fitted(at).value(), within(1e-6));
    // The variance of 50 squares is off by 20 % (one standard error).
    assertThat(country.getDouble(5)).isCloseTo(tree.fitted(at).variance(), within(50.0));
  }
}
