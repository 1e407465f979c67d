package org.inclusionmaps.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.inclusionmaps.affordability.IncomeDistribution;
import org.inclusionmaps.config.UncertaintySettings;
import org.inclusionmaps.deprivation.Access;
import org.inclusionmaps.deprivation.FiveParts;
import org.inclusionmaps.estimation.KeyedDraws;
import org.inclusionmaps.estimation.NormalQuantile;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.radio.CoverageProbability;
import org.jspecify.annotations.Nullable;

/**
 * The persons and parts of the rows of one area after another: the estimate, then its replicates.
 *
 * <p>In each replicate what is not known for sure is drawn anew. The error of the model of signals,
 * of prices and of the nation's mean income are drawn once for the whole country; those of an
 * area's mean income and of a rate of connected persons once for all that rest on it; that of a
 * network whose cells lack attributes once an operator and coarse hexagon; that of where an area's
 * people live once a place, the area's persons staying what the census says. A draw is a function
 * of what it is of, the replicate and the seed, so it is the same wherever and whenever it is made.
 */
final class AreaReplicates {
  /** What a row's figures are handed to: a row of {@link ReplicateRows}, and its figures. */
  interface Sink {
    /** The figures of a row, by {@link GroupSums#SUMMED} and replicate; they change after. */
    void accept(Row row, long[][] figures);
  }

  /** Networks by default in one hexagon of this resolution are in error alike. */
  private static final int DEFAULTS_ALIKE = 4;

  private static final int SOURCES_KEPT = 1000;

  private static final int SIGNAL = 1;
  private static final int PRICE = 2;
  private static final int NATIONAL_INCOME = 3;
  private static final int AREA_INCOME = 4;
  private static final int INCOME_SPREAD = 5;
  private static final int NETWORK = 6;
  private static final int SETTLEMENT = 7;
  private static final int RATE = 8;

  private final PricesOnOffer prices;
  private final UncertaintySettings errors;
  private final KeyedDraws draws;

  /** Draws, and the estimate before them. */
  private final int width;

  private final double[] signalDb;
  private final double[] priceOverIncome;
  private final double[] spread;
  private final long[][] figures;

  // Of the area, place and sex at hand.
  private final Map<Double, double[]> tooDear = new HashMap<>();

  /** The draws of the last sources of errors of rates: those of models come again and again. */
  private final Map<String, double[]> drawnRates =
      new LinkedHashMap<>(2 * SOURCES_KEPT, .75f, /* accessOrder= */ true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, double[]> eldest) {
          return size() > SOURCES_KEPT;
        }
      };

  private double[] settled = {};
  private double[] coverage = {};
  private double[] unaffordable = {};
  private double[] asked = {};
  private double[][] offered = {};

  AreaReplicates(PricesOnOffer prices, UncertaintySettings errors) {
    this.prices = prices;
    this.errors = errors;
    this.draws = new KeyedDraws(errors.seed());
    this.width = width(errors);
    this.figures = new long[GroupSums.SUMMED.size()][width];
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

  /** How many figures of each kind a row has: the estimate and the replicates. */
  static int width(UncertaintySettings errors) {
    return errors.replicates() == 1 ? 1 : 1 + errors.replicates();
  }

  /** A factor of mean 1. */
  private double lognormal(double errorPct, int of, long key, int replicate) {
    double error = errorPct / 100;
    return Math.exp(error * draws.normal(of, key, replicate) - error * error / 2);
  }

  /**
   * Hands on the figures of each row of an area, given all of them in the order of place and sex.
   */
  void area(List<Row> rows, Sink sink) {
    double[] scale = scale(rows);
    Row last = null;
    for (Row row : rows) {
      boolean newPlace = last == null || ReplicateRows.place(row) != ReplicateRows.place(last);
      boolean newSex = last == null || !ReplicateRows.sex(row).equals(ReplicateRows.sex(last));
      if (newSex) {
        tooDear.clear();
      }
      if (newPlace) {
        settled = settled(ReplicateRows.place(row), scale);
        offers(row);
      }
      if (newPlace || newSex) {
        affordability(row);
      }
      fill(row);
      sink.accept(row, figures);
      last = row;
    }
  }

  /** What keeps the area's persons the same in each replicate, whatever its places draw. */
  private double[] scale(List<Row> rows) {
    double[] drawn = new double[width];
    double[] none = new double[width];
    Arrays.fill(none, 1);
    double persons = 0;
    for (int i = 0; i < rows.size(); ) {
      long place = ReplicateRows.place(rows.get(i));
      double here = 0;
      for (; i < rows.size() && ReplicateRows.place(rows.get(i)) == place; i++) {
        here += ReplicateRows.persons(rows.get(i));
      }
      double[] factors = settled(place, none);
      for (int r = 0; r < width; r++) {
        drawn[r] += here * factors[r];
      }
      persons += here;
    }
    for (int r = 0; r < width; r++) {
      drawn[r] = persons > 0 ? persons / drawn[r] : 1;
    }
    return drawn;
  }

  /** How many times its persons a place has in each replicate. */
  private double[] settled(long place, double[] scale) {
    double[] factors = scale.clone();
    factors[0] = 1;
    for (int r = 1; r < width; r++) {
      factors[r] *= lognormal(errors.settlementPct(), SETTLEMENT, place, r);
    }
    return factors;
  }

  /** The prices at a place from the cheapest up, and the chance that each is the one on offer. */
  private void offers(Row row) {
    coverage = new double[width];
    offered = new double[0][];
    asked = new double[0];
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

  /** The share of the covered for whom the price on offer is too high, at a place and sex. */
  private void affordability(Row row) {
    unaffordable = new double[width];
    if (!ReplicateRows.known(row)) {
      return;
    }
    coverage[0] = ReplicateRows.coverage(row);
    unaffordable[0] = ReplicateRows.unaffordable(row);
    for (int i = 0; i < asked.length; i++) {
      double[] dear = tooDear(row, asked[i]);
      double[] chances = offered[i];
      for (int r = 1; r < width; r++) {
        unaffordable[r] += chances[r] * dear[r];
      }
    }
    for (int r = 1; r < width; r++) {
      unaffordable[r] = coverage[r] > 0 ? Math.min(1, unaffordable[r] / coverage[r]) : 0;
    }
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
    for (int r = 1; r < width; r++) {
      double off = signalDb[r] + (own > 0 ? own * draws.normal(NETWORK, network, r) : 0);
      served[r] = CoverageProbability.atLeast(margin + off, 0, sigma);
    }
    return served;
  }

  /** Share of the row's area and sex for whom a price is too high, by replicate. */
  private double[] tooDear(Row row, double price) {
    double[] known = tooDear.get(price);
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
      for (int r = 1; r < width; r++) {
        double richer = lognormal(error, AREA_INCOME, source, r);
        double line = price / prices.threshold() * priceOverIncome[r] / richer;
        shares[r] = IncomeForm.shareBelow(income, sigma, spread[r], line);
      }
    }
    tooDear.put(price, shares);
    return shares;
  }

  private void fill(Row row) {
    for (long[] figure : figures) {
      Arrays.fill(figure, 0);
    }
    boolean known = ReplicateRows.known(row);
    double[] rates = ReplicateRows.told(row) ? rates(row) : null;
    long persons = ReplicateRows.persons(row);
    for (int r = 0; r < width; r++) {
      long here = r == 0 ? persons : Math.round(persons * settled[r]);
      figures[GroupSums.PERSONS_AT][r] = here;
      if (known) {
        Access access = Access.of(here, coverage[r], unaffordable[r]);
        fill(r, access, rates == null ? null : connected(row, rates, r, access));
      } else {
        figures[GroupSums.UNKNOWN_AT][r] = here;
      }
    }
  }

  private void fill(int r, Access access, @Nullable Long connected) {
    int at = GroupSums.UNCOVERED_AT;
    figures[at][r] = access.uncovered();
    figures[at + 1][r] = access.unaffordable();
    figures[at + 2][r] = access.affordable();
    figures[GroupSums.LACKING_AT][r] = access.lacking();
    if (connected == null) {
      return;
    }
    FiveParts parts = FiveParts.of(access, connected);
    figures[GroupSums.TOLD_AT][r] = access.persons();
    figures[at + 3][r] = parts.pricedOut();
    figures[at + 4][r] = parts.burdened();
    figures[at + 5][r] = parts.heldBack();
    figures[at + 6][r] = parts.included();
    figures[GroupSums.LACKING_AT + 1][r] = parts.pricedOutMin();
    figures[GroupSums.LACKING_AT + 2][r] = parts.pricedOutMax();
  }

  private long connected(Row row, double[] rates, int r, Access access) {
    Long estimate = ReplicateRows.connected(row);
    return r == 0 && estimate != null
        ? estimate
        : Math.min(Access.share(access.persons(), rates[r]), access.covered());
  }

  /** Share of connected persons, by replicate. */
  private double[] rates(Row row) {
    double rate = ReplicateRows.rate(row);
    double[] rates = new double[width];
    List<String> sources = ReplicateRows.errorSources(row);
    List<Double> errors = ReplicateRows.logitErrors(row);
    if (sources.isEmpty() || rate <= 0 || rate >= 1) {
      Arrays.fill(rates, rate);
      return rates;
    }
    double[] logits = new double[width];
    Arrays.fill(logits, Math.log(rate / (1 - rate)));
    for (int i = 0; i < sources.size(); i++) {
      double error = errors.get(i);
      double[] drawn = drawnRates.computeIfAbsent(sources.get(i), this::normals);
      for (int r = 1; r < width; r++) {
        logits[r] += error * drawn[r];
      }
    }
    for (int r = 0; r < width; r++) {
      rates[r] = 1 / (1 + Math.exp(-logits[r]));
    }
    return rates;
  }

  private double[] normals(String source) {
    long key = KeyedDraws.key(source);
    double[] normals = new double[width];
    for (int r = 1; r < width; r++) {
      normals[r] = draws.normal(RATE, key, r);
    }
    return normals;
  }
}
