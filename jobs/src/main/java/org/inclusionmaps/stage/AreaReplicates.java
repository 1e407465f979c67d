package org.inclusionmaps.stage;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.inclusionmaps.config.UncertaintySettings;
import org.inclusionmaps.deprivation.Access;
import org.inclusionmaps.deprivation.FiveParts;
import org.inclusionmaps.estimation.KeyedDraws;
import org.jspecify.annotations.Nullable;

/**
 * The persons and parts of the rows of one area after another: the estimate, then its replicates.
 *
 * <p>In each replicate what is not known for sure is drawn anew. The error of the model of signals,
 * of prices and of the nation's mean income are drawn once for the whole country; those of an
 * area's mean income and of a rate of connected persons once for all that rest on it; that of a
 * network whose cells lack attributes once an operator and coarse hexagon; that of all signals of a
 * neighbourhood once a hexagon; that of a group that the sources do not tell apart once for the
 * country, the area's mean staying; that of where an area's people live once a place, the area's
 * persons staying what the census says; and once for all how far those who can pay are those who
 * connect. A draw is a function of what it is of, the replicate and the seed, so it is the same
 * wherever and whenever it is made.
 */
final class AreaReplicates {
  /** What a row's figures are handed to: a row of {@link ReplicateRows}, and its figures. */
  interface Sink {
    /** The figures of a row, by {@link GroupSums#SUMMED} and replicate; they change after. */
    void accept(Row row, long[][] figures);
  }

  private static final int SOURCES_KEPT = 1000;

  // What is drawn; AccessReplicates and GroupDraws have the other numbers.
  private static final int SETTLEMENT = 9;
  private static final int RATE = 10;
  private static final int OVERLAP = 11;

  private final UncertaintySettings errors;
  private final KeyedDraws draws;

  /** Draws, and the estimate before them. */
  private final int width;

  private final GroupDraws groups;
  private final AccessReplicates access;
  private final long[][] figures;
  private final double[] overlaps;

  /** The draws of the last sources of errors of rates: those of models come again and again. */
  private final Map<String, double[]> drawnRates =
      new LinkedHashMap<>(2 * SOURCES_KEPT, .75f, /* accessOrder= */ true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, double[]> eldest) {
          return size() > SOURCES_KEPT;
        }
      };

  /** How many times its persons the place at hand has. */
  private double[] settled = {};

  AreaReplicates(PricesOnOffer prices, UncertaintySettings errors) {
    this.errors = errors;
    this.draws = new KeyedDraws(errors.seed());
    this.width = width(errors);
    this.groups = new GroupDraws(errors, draws, width);
    this.access = new AccessReplicates(prices, errors, draws, groups, width);
    this.figures = new long[GroupSums.SUMMED.size()][width];
    this.overlaps = new double[width];
    for (int r = 1; r < width; r++) {
      overlaps[r] = errors.overlap() * draws.uniform(OVERLAP, 0, r);
    }
  }

  /** How many figures of each kind a row has: the estimate and the replicates. */
  static int width(UncertaintySettings errors) {
    return errors.replicates() == 1 ? 1 : 1 + errors.replicates();
  }

  /**
   * Hands on the figures of each row of an area, given all of them in the order of place and sex.
   */
  void area(List<Row> rows, Sink sink) {
    double[] scale = scale(rows);
    groups.beginArea(rows);
    access.beginArea();
    Row last = null;
    for (Row row : rows) {
      boolean newPlace = last == null || ReplicateRows.place(row) != ReplicateRows.place(last);
      if (newPlace) {
        settled = settled(ReplicateRows.place(row), scale);
        access.beginPlace(row);
      }
      access.beginGroup(row);
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
      factors[r] *= access.lognormal(errors.settlementPct(), SETTLEMENT, place, r);
    }
    return factors;
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
        Access split = Access.of(here, access.coverage(r), access.unaffordable(r));
        fill(r, split, rates == null ? null : connected(row, rates, r, split));
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
    FiveParts parts = FiveParts.of(access, connected, overlaps[r]);
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
    double[] group = groups.logits(row);
    for (int r = 0; r < width; r++) {
      rates[r] = 1 / (1 + Math.exp(-logits[r] - group[r]));
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
