package org.inclusionmaps.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.inclusionmaps.affordability.IncomeDistribution;
import org.inclusionmaps.config.UncertaintySettings;
import org.inclusionmaps.estimation.KeyedDraws;
import org.inclusionmaps.estimation.NormalQuantile;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.radio.CoverageProbability;

/**
 * Coverage and the share who cannot afford the price, of one place and group after another: element
 * 0 is the estimate, the others its replicates. What is on offer is made once a place, who can
 * afford a price once an area and group.
 */
final class AccessReplicates {
  /** Networks by default in one hexagon of this resolution are in error alike. */
  private static final int DEFAULTS_ALIKE = 4;

  /** Signals in one hexagon of this resolution, of some 36 km², are in error alike. */
  private static final int NEIGHBOURHOOD = 6;

  // What is drawn; AreaReplicates and GroupDraws have the other numbers.
  private static final int SIGNAL = 1;
  private static final int PRICE = 2;
  private static final int NATIONAL_INCOME = 3;
  private static final int AREA_INCOME = 4;
  private static final int INCOME_SPREAD = 5;
  private static final int NETWORK = 6;
  private static final int NEIGHBOURS = 12;

  private final PricesOnOffer prices;
  private final UncertaintySettings errors;
  private final KeyedDraws draws;
  private final int width;

  private final double[] signalDb;
  private final double[] priceOverIncome;
  private final double[] spread;

  /** Of the area at hand: share for whom a price is too high, by sex, group and price. */
  private final Map<String, Map<Double, double[]>> tooDear = new HashMap<>();

  private final GroupDraws groups;

  /** Of the neighbourhood at hand: its number, and the error of signals there. */
  private long neighbourhood;

  private double[] around = {};

  /**
   * Of the place at hand: whose share is made, prices from the cheapest up, the chance of each, and
   * that of any.
   */
  private String made = "";

  private double[] asked = {};

  private double[][] offered = {};
  private double[] coverage = {};

  private double[] unaffordable = {};

  /**
   * Draws what is one for the whole country.
   *
   * @param width the estimate and the replicates
   */
  AccessReplicates(
      PricesOnOffer prices,
      UncertaintySettings errors,
      KeyedDraws draws,
      GroupDraws groups,
      int width) {
    this.prices = prices;
    this.errors = errors;
    this.draws = draws;
    this.groups = groups;
    this.width = width;
    signalDb = new double[width];
    priceOverIncome = new double[width];
    spread = new double[width];
    for (int r = 1; r < width; r++) {
      signalDb[r] = errors.propagationDb() * draws.normal(SIGNAL, 0, r);
      priceOverIncome[r] =
          lognormal(errors.pricePct(), PRICE, 0, r)
              / lognormal(errors.nationalIncomePct(), NATIONAL_INCOME, 0, r);
      spread[r] = lognormal(errors.incomeSpreadPct(), INCOME_SPREAD, 0, r);
    }
  }

  /** A factor of mean 1. */
  double lognormal(double errorPct, int of, long key, int replicate) {
    double error = errorPct / 100;
    return Math.exp(error * draws.normal(of, key, replicate) - error * error / 2);
  }

  /** The next rows are of another area. */
  void beginArea() {
    tooDear.clear();
  }

  /** The next rows are of another place. */
  void beginPlace(Row row) {
    coverage = new double[width];
    offered = new double[0][];
    asked = new double[0];
    made = "";
    if (width == 1 || !ReplicateRows.known(row)) {
      return;
    }
    List<String> operators = ReplicateRows.operators(row);
    List<Integer> order = new ArrayList<>();
    for (int k = 0; k < operators.size(); k++) {
      order.add(k);
    }
    order.sort(Comparator.comparingDouble(k -> prices.price(operators.get(k))));
    asked = order.stream().mapToDouble(k -> prices.price(operators.get(k))).toArray();
    offered = new double[asked.length][];
    for (int i = 0; i < asked.length; i++) {
      offered[i] = served(row, operators.get(order.get(i)), order.get(i));
    }
    double[] chances = new double[asked.length];
    for (int r = 1; r < width; r++) {
      for (int i = 0; i < chances.length; i++) {
        chances[i] = offered[i][r];
      }
      prices.chances(chances);
      for (int i = 0; i < chances.length; i++) {
        offered[i][r] = chances[i];
        coverage[r] += chances[i];
      }
      coverage[r] = Math.min(1, coverage[r]);
    }
  }

  /** The next row of the place. */
  void beginGroup(Row row) {
    String group = GroupDraws.group(row);
    if (group.equals(made)) {
      return;
    }
    made = group;
    unaffordable = new double[width];
    if (!ReplicateRows.known(row)) {
      return;
    }
    coverage[0] = ReplicateRows.coverage(row);
    unaffordable[0] = ReplicateRows.unaffordable(row);
    for (int i = 0; i < asked.length; i++) {
      double[] dear = tooDear(row, group, asked[i]);
      double[] chances = offered[i];
      for (int r = 1; r < width; r++) {
        unaffordable[r] += chances[r] * dear[r];
      }
    }
    for (int r = 1; r < width; r++) {
      unaffordable[r] = coverage[r] > 0 ? Math.min(1, unaffordable[r] / coverage[r]) : 0;
    }
  }

  /** Probability of a usable network. */
  double coverage(int replicate) {
    return coverage[replicate];
  }

  /** Share of the covered for whom the price on offer is too high. */
  double unaffordable(int replicate) {
    return unaffordable[replicate];
  }

  /** The probability of service of an operator, by replicate. */
  private double[] served(Row row, String operator, int at) {
    double probability = ReplicateRows.probabilities(row).get(at);
    double sigma = ReplicateRows.sigmas(row).get(at);
    double[] served = new double[width];
    if (sigma == 0 || probability <= 0 || probability >= 1) {
      Arrays.fill(served, probability);
      return served;
    }
    long place = ReplicateRows.place(row);
    long around = Places.parent(place, Math.min(Places.resolution(place), DEFAULTS_ALIKE));
    long network = KeyedDraws.key(operator) ^ around;
    double own = ReplicateRows.byDefault(row).get(at) ? errors.defaultsDb() : 0;
    double margin = sigma * NormalQuantile.of(probability);
    double[] near = around(place);
    for (int r = 1; r < width; r++) {
      double off = signalDb[r] + near[r] + (own > 0 ? own * draws.normal(NETWORK, network, r) : 0);
      served[r] = CoverageProbability.atLeast(margin + off, 0, sigma);
    }
    return served;
  }

  /** The error of all signals around a place, dB, by replicate. */
  private double[] around(long place) {
    long hexagon = Places.parent(place, Math.min(Places.resolution(place), NEIGHBOURHOOD));
    if (hexagon != neighbourhood || around.length == 0) {
      neighbourhood = hexagon;
      around = new double[width];
      for (int r = 1; r < width && errors.surroundingsDb() > 0; r++) {
        around[r] = errors.surroundingsDb() * draws.normal(NEIGHBOURS, hexagon, r);
      }
    }
    return around;
  }

  /** Share of the row's area and group for whom a price is too high, by replicate. */
  private double[] tooDear(Row row, String group, double price) {
    Map<Double, double[]> ofGroup = tooDear.computeIfAbsent(group, any -> new HashMap<>());
    double[] known = ofGroup.get(price);
    if (known != null) {
      return known;
    }
    double[] shares = new double[width];
    if (Double.isInfinite(price)) {
      Arrays.fill(shares, 1);
    } else {
      IncomeDistribution income = ReplicateRows.income(row);
      double sigma = ReplicateRows.incomeSpread(row);
      double error = ReplicateRows.incomeErrorPct(row, errors.areaIncomePct());
      long source = KeyedDraws.key(ReplicateRows.incomeSource(row));
      double[] own = groups.incomes(row);
      for (int r = 1; r < width; r++) {
        double richer = lognormal(error, AREA_INCOME, source, r) * own[r];
        double line = price / prices.threshold() * priceOverIncome[r] / richer;
        shares[r] = IncomeForm.shareBelow(income, sigma, spread[r], line);
      }
    }
    ofGroup.put(price, shares);
    return shares;
  }
}
