package org.inclusionmaps.publish;

import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Places;

/**
 * Millionths of a person to tenths, so that nothing is lost: along the order of hexagons the tenths
 * of each part are the steps of the running sum, so that each is less than a tenth off, and all
 * together they are the country's tenths by largest remainders. Persons are the sum of their parts.
 * A coarser hexagon has the sum of the tenths of those within it.
 */
final class Tenths implements Serializable {
  static final long TENTH = Tables.MICRO / 10;

  private static final int PARTS = Part.values().length;

  @Serial private static final long serialVersionUID = 1;

  private final int coarse;
  private final HashMap<Long, long[]> before = new HashMap<>();
  private final long[] phase;
  private final SensitivePlaces sensitive;

  /**
   * A hexagon with its figures in tenths.
   *
   * @param resolution which shows it; the place is of a coarser one where nothing finer may be
   * @param figures of each group persons and parts; {@link Totals#ABSENT} where not shown
   */
  @SuppressWarnings("ArrayRecordComponent") // carried, never compared
  record Place(int resolution, long place, long[] figures) {}

  private Tenths(int coarse, long[] phase, SensitivePlaces sensitive) {
    this.coarse = coarse;
    this.phase = phase;
    this.sensitive = sensitive;
  }

  /** The tenths of places that are cut into chunks. */
  static Tenths of(Chunks chunks) {
    long[] running = new long[chunks.groups() * PARTS];
    Tenths tenths =
        new Tenths(chunks.resolution(), phases(parts(chunks.country())), chunks.sensitive());
    chunks
        .hexagons()
        .forEachRemaining(
            chunk -> {
              tenths.before.put(chunk.place(), running.clone());
              add(running, parts(chunk.totals()));
            });
    return tenths;
  }

  /**
   * Hexagons of some resolutions, each of a resolution in its order.
   *
   * @param rows whole chunks of {@link PlaceTotals}, in order of places
   * @param resolutions from the finest on, none coarser than the chunks
   */
  Stream<Place> of(Iterator<Row> rows, List<Integer> resolutions) {
    return stepped(Hexagon.of(rows, resolutions, sensitive));
  }

  /** Hexagons of resolutions coarser than the chunks. */
  Stream<Place> coarser(Chunks chunks, List<Integer> resolutions) {
    return stepped(Hexagon.pyramid(chunks.hexagons(), resolutions));
  }

  /**
   * The tenths of the parts of one group by largest remainders; of equal ones the first part gains.
   *
   * @param micro millionths of a person, 0 or more
   * @return tenths, whose sum is the sum of the millionths rounded
   */
  static long[] rounded(long[] micro) {
    long[] tenths = new long[micro.length];
    long sum = 0;
    long given = 0;
    for (int i = 0; i < micro.length; i++) {
      sum += micro[i];
      tenths[i] = micro[i] / TENTH;
      given += tenths[i];
    }
    boolean[] raised = new boolean[micro.length];
    for (long left = (sum + TENTH / 2) / TENTH - given; left > 0; left--) {
      int best = -1;
      for (int i = 0; i < micro.length; i++) {
        if (!raised[i] && (best < 0 || micro[i] % TENTH > micro[best] % TENTH)) {
          best = i;
        }
      }
      raised[best] = true;
      tenths[best]++;
    }
    return tenths;
  }

  /** The figures of an area: persons and parts of each group, its parts by largest remainders. */
  static long[] ofArea(Totals totals) {
    return figures(totals, (group, parts) -> rounded(parts));
  }

  /** The tenths of the parts of a group. */
  private interface Rounding {
    long[] tenths(int group, long[] micro);
  }

  private static long[] figures(Totals totals, Rounding rounding) {
    long[] figures = new long[totals.groups() * Totals.STRIDE];
    Arrays.fill(figures, Totals.ABSENT);
    for (int group = 0; group < totals.groups(); group++) {
      if (totals.has(group)) {
        long[] micro = totals.parts(group);
        boolean[] shown = Shown.parts(micro);
        long[] tenths = rounding.tenths(group, micro);
        int at = group * Totals.STRIDE;
        figures[at] = Arrays.stream(tenths).sum();
        for (int i = 0; i < PARTS; i++) {
          figures[at + 1 + i] = shown[i] ? tenths[i] : Totals.ABSENT;
        }
      }
    }
    return figures;
  }

  /** The parts of all groups, one group after the other. */
  private static long[] parts(Totals totals) {
    long[] parts = new long[totals.groups() * PARTS];
    for (int group = 0; group < totals.groups(); group++) {
      System.arraycopy(totals.parts(group), 0, parts, group * PARTS, PARTS);
    }
    return parts;
  }

  private static void add(long[] sums, long[] more) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += more[i];
    }
  }

  /** What is added to the running sums, so that the last step ends at the country's tenths. */
  private static long[] phases(long[] totals) {
    long[] phases = new long[totals.length];
    for (int group = 0; group < totals.length; group += PARTS) {
      long[] parts = Arrays.copyOfRange(totals, group, group + PARTS);
      long[] tenths = rounded(parts);
      for (int i = 0; i < PARTS; i++) {
        phases[group + i] = tenths[i] > parts[i] / TENTH ? TENTH - 1 : 0;
      }
    }
    return phases;
  }

  private Stream<Place> stepped(Iterator<Hexagon> hexagons) {
    Map<Integer, Steps> steps = new HashMap<>();
    return Runs.stream(hexagons)
        .map(hexagon -> steps.computeIfAbsent(hexagon.resolution(), r -> new Steps()).of(hexagon));
  }

  /** The running sums of one resolution. */
  private final class Steps {
    private long chunk = -1;
    private long[] running = new long[phase.length];

    Place of(Hexagon hexagon) {
      if (hexagon.resolution() >= coarse) {
        long own = Places.parent(hexagon.place(), coarse);
        if (own != chunk) {
          chunk = own;
          running = before.getOrDefault(own, new long[phase.length]).clone();
        }
      }
      return new Place(
          hexagon.resolution(), hexagon.place(), figures(hexagon.totals(), this::step));
    }

    private long[] step(int group, long[] micro) {
      long[] tenths = new long[PARTS];
      for (int i = 0; i < PARTS; i++) {
        int at = group * PARTS + i;
        long from = (running[at] + phase[at]) / TENTH;
        running[at] += micro[i];
        tenths[i] = (running[at] + phase[at]) / TENTH - from;
      }
      return tenths;
    }
  }
}
