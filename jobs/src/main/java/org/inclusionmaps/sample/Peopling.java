package org.inclusionmaps.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many live in a district. There is one capital, a city in each other province, a town in each
 * other district, the rest in villages and hamlets. The parts sum to the country's persons.
 *
 * @param seatKind kind of its main settlement
 * @param seatPersons persons in its main settlement
 * @param ruralPersons persons outside of it
 */
record Peopling(Kind seatKind, long seatPersons, long ruralPersons) {
  private static final double CAPITAL = 0.15;
  private static final double CITIES = 0.16;
  private static final double TOWNS = 0.17;
  private static final double MOUNTAINS_REPEL = 0.6;

  /** Each district's, in their order. */
  static List<Peopling> of(
      SampleSettings settings,
      Borders borders,
      List<int[]> where,
      int[] provinceOf,
      int provinces) {
    Draws draws = new Draws(settings.seed());
    double[] weights = weights(draws, borders, where);
    Kind[] kinds = kinds(weights, borders, where, provinceOf, provinces);
    double capital = CAPITAL * StrictMath.pow(settings.scale(), -0.2);
    double primate = StrictMath.min(0.3, capital);
    double[] bulk = {primate, CITIES, TOWNS, 1 - primate - CITIES - TOWNS};
    boolean towns = Arrays.asList(kinds).contains(Kind.TOWN);
    boolean cities = Arrays.asList(kinds).contains(Kind.CITY);
    if (!cities) {
      bulk[1] = 0;
    }
    if (!towns) {
      bulk[2] = 0;
    }
    long[] totals = Shares.of(settings.persons(), bulk);
    long[] seats = new long[weights.length];
    Kind[] order = {Kind.CAPITAL, Kind.CITY, Kind.TOWN};
    for (int k = 0; k < order.length; k++) {
      double[] own = new double[weights.length];
      for (int i = 0; i < own.length; i++) {
        own[i] = kinds[i] == order[k] ? weights[i] : 0;
      }
      if (totals[k] > 0) {
        long[] parts = Shares.of(totals[k], own);
        for (int i = 0; i < own.length; i++) {
          seats[i] += parts[i];
        }
      }
    }
    long[] rural = Shares.of(totals[3], weights);
    List<Peopling> all = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      all.add(new Peopling(kinds[i], seats[i], rural[i]));
    }
    return all;
  }

  private static double[] weights(Draws draws, Borders borders, List<int[]> where) {
    Terrain terrain = new Terrain(draws);
    double[] weights = new double[where.size()];
    for (int i = 0; i < weights.length; i++) {
      double[] middle = borders.middle(where.get(i)[0], where.get(i)[1]);
      weights[i] =
          StrictMath.exp(0.5 * draws.normal(What.DISTRICT_WEIGHT, i))
              * (1 - MOUNTAINS_REPEL * terrain.mountainShare(middle[0], middle[1]));
    }
    return weights;
  }

  private static Kind[] kinds(
      double[] weights, Borders borders, List<int[]> where, int[] provinceOf, int provinces) {
    Kind[] kinds = new Kind[weights.length];
    Arrays.fill(kinds, Kind.TOWN);
    int capital = 0;
    double most = 0;
    double halfKm = borders.cells() * borders.cellKm() / 2;
    for (int p = 0; p < provinces; p++) {
      int city = -1;
      for (int i = 0; i < weights.length; i++) {
        if (provinceOf[i] == p && (city < 0 || weights[i] > weights[city])) {
          city = i;
        }
      }
      kinds[city] = Kind.CITY;
      double[] middle = borders.middle(where.get(city)[0], where.get(city)[1]);
      double pull = weights[city] * (1.5 - StrictMath.hypot(middle[0], middle[1]) / halfKm);
      if (pull > most) {
        most = pull;
        capital = city;
      }
    }
    kinds[capital] = Kind.CAPITAL;
    return kinds;
  }
}
