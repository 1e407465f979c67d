package org.inclusionmaps.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.inclusionmaps.privacy.CellCounts;
import org.inclusionmaps.privacy.Groups;
import org.inclusionmaps.privacy.Lattice;
import org.inclusionmaps.privacy.Protection;
import org.inclusionmaps.privacy.Suppression;
import org.inclusionmaps.privacy.SuppressionAudit;
import org.inclusionmaps.privacy.Thresholds;

/**
 * Suppression and its audit at the size of a nation, on one thread: a country of 20 provinces, 500
 * districts, 10,000 areas and 100,000 places; sex and six ages down to areas, totals of places;
 * persons of a place by a log-normal law. Run: {@code scripts/bench suppression [PLACES [MEDIAN]]}.
 */
public final class SuppressionBench {
  private static final List<String> AGES = List.of("15", "25", "35", "45", "55", "65");
  private static final double[] AGE_SHARE = {.25, .25, .2, .15, .1, .05};
  private static final long LEAST = 15;
  private static final int DOMINANCE = 80;

  private SuppressionBench() {}

  /** Places and the median of persons in one may be given. */
  public static void main(String[] args) {
    int places = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
    double median = args.length > 1 ? Double.parseDouble(args[1]) : 20;
    Groups groups =
        Groups.of(
            new Groups.Dimension("age", AGES), new Groups.Dimension("sex", List.of("f", "m")));
    Map<String, String> parents = new HashMap<>();
    int[] widths = {1, Math.max(1, places / 5000), Math.max(1, places / 200), places / 10, places};
    for (int depth = 0; depth < widths.length; depth++) {
      for (int i = 0; i < widths[depth]; i++) {
        String above =
            depth == 0 ? "" : node(depth - 1, (int) ((long) i * widths[depth - 1] / widths[depth]));
        parents.put(node(depth, i), above);
      }
    }
    Set<String> both = Set.of("age", "sex");
    long start = System.nanoTime();
    Lattice lattice =
        new Lattice(groups, List.of(both, both, both, both, Set.of()), parents, Map.of());
    CellCounts counts = draw(lattice, groups, widths, median);
    report("lattice of %,d cells".formatted(lattice.cells()), start);
    start = System.nanoTime();
    Suppression suppression = Suppression.of(counts, new Thresholds(LEAST, DOMINANCE));
    report("suppression with its audit", start);
    start = System.nanoTime();
    SuppressionAudit audit = suppression.audit();
    int refusals = audit.refusals(suppression.protections()).size();
    report("audit alone, %d refused".formatted(refusals), start);
    start = System.nanoTime();
    int exact = 0;
    int hidden = 0;
    for (int cell = 0; cell < lattice.cells(); cell++) {
      if (!suppression.shows(cell)) {
        hidden++;
        exact += audit.told(cell).isExact() ? 1 : 0;
      }
    }
    report("bounds of %,d hidden cells, %,d of them exact".formatted(hidden, exact), start);
    tell(lattice, suppression, audit, widths);
  }

  private static String node(int depth, int number) {
    return "%d-%06d".formatted(depth, number);
  }

  private static CellCounts draw(Lattice lattice, Groups groups, int[] widths, double median) {
    Random random = new Random(1);
    CellCounts counts = new CellCounts(lattice);
    long[][] sums = new long[widths[3]][groups.size()];
    for (int place = 0; place < widths[4]; place++) {
      long persons = Math.round(median * Math.exp(1.2 * random.nextGaussian()));
      counts.persons(lattice.cell(node(4, place), Groups.TOTAL), persons);
      long[] sum = sums[(int) ((long) place * widths[3] / widths[4])];
      for (long i = 0; i < persons; i++) {
        double at = random.nextDouble();
        int age = 0;
        while (age < AGES.size() - 1 && at >= AGE_SHARE[age]) {
          at -= AGE_SHARE[age++];
        }
        String sex = random.nextInt(100) < 45 ? "f" : "m";
        sum[groups.group(AGES.get(age), sex)]++;
        sum[groups.group(AGES.get(age), "")]++;
        sum[groups.group("", sex)]++;
        sum[Groups.TOTAL]++;
      }
    }
    for (int depth = 3; depth >= 0; depth--) {
      long[][] above = new long[depth == 0 ? 1 : widths[depth - 1]][groups.size()];
      for (int i = 0; i < widths[depth]; i++) {
        int parent = depth == 0 ? 0 : (int) ((long) i * widths[depth - 1] / widths[depth]);
        for (int group = 0; group < groups.size(); group++) {
          int cell = lattice.cell(node(depth, i), group);
          counts.persons(cell, sums[i][group]);
          counts.largestOperator(
              cell, Math.round(sums[i][group] * (depth == 3 && i % 50 == 0 ? .9 : .6)));
          above[parent][group] += sums[i][group];
        }
      }
      sums = above;
    }
    return counts;
  }

  private static void tell(
      Lattice lattice, Suppression suppression, SuppressionAudit audit, int[] widths) {
    Map<Protection.Reason, Integer> reasons = new EnumMap<>(Protection.Reason.class);
    List<Integer> largest = new ArrayList<>();
    for (int cell = 0; cell < lattice.cells(); cell++) {
      Protection.Reason reason = suppression.reason(cell);
      if (reason != null) {
        reasons.merge(reason, 1, Integer::sum);
        largest.add(audit.componentSize(cell));
      }
    }
    System.out.println(reasons);
    System.out.printf(
        Locale.ROOT,
        "largest component %,d cells; %d hidden cells in components of more than %d%n",
        largest.stream().mapToInt(i -> i).max().orElse(0),
        largest.stream().filter(size -> size > SuppressionAudit.MOST_EXACT).count(),
        SuppressionAudit.MOST_EXACT);
    Groups groups = lattice.groups();
    for (int depth = 0; depth < widths.length; depth++) {
      int shown = 0;
      int all = 0;
      int totals = 0;
      for (int i = 0; i < widths[depth]; i++) {
        for (int group = 0; group < (depth == 4 ? 1 : groups.size()); group++) {
          boolean shows = suppression.shows(lattice.cell(node(depth, i), group));
          shown += shows ? 1 : 0;
          totals += shows && group == Groups.TOTAL ? 1 : 0;
          all++;
        }
      }
      System.out.printf(
          Locale.ROOT,
          "depth %d: %,d of %,d totals shown, %,d of %,d cells%n",
          depth,
          totals,
          widths[depth],
          shown,
          all);
    }
  }

  private static void report(String what, long start) {
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f s, %d MB held%n",
        what,
        (System.nanoTime() - start) / 1e9,
        (runtime.totalMemory() - runtime.freeMemory()) >> 20);
  }
}
