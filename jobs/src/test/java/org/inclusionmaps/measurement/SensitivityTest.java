package org.inclusionmaps.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How much one person changes the counts, by enumeration: all sets of up to six rows of hers, in
 * two files, beside others or alone. Noise is for a change of one cell by one; a mutant that lets
 * someone change more must be found.
 *
 * <table>
 * <caption>Which test kills which mutant</caption>
 * <tr><td>no bounding: each SIM counts</td><td>nobody changes more than one cell by one</td></tr>
 * <tr><td>bounding within each file</td><td>nobody changes more than one cell by one</td></tr>
 * <tr><td>the first SIM of a file counts</td><td>the order of rows changes nothing</td></tr>
 * </table>
 */
@ExtendWith(SparkExtension.class)
class SensitivityTest {
  private static final long A = Sim.PLACES[0];
  private static final long B = Sim.PLACES[1];

  /** Counts of two files. */
  private interface Counting {
    Map<String, Long> of(List<List<Sim>> files);
  }

  private static final Counting PLAIN = files -> Sim.naive(joined(files)).cells();

  private static Counting countsEachSim() {
    return files -> {
      Map<String, Long> cells = new TreeMap<>();
      joined(files).forEach(sim -> PLAIN.of(List.of(List.of(sim))).forEach(adding(cells)));
      return cells;
    };
  }

  private static Counting boundsWithinEachFile() {
    return files -> {
      Map<String, Long> cells = new TreeMap<>();
      files.forEach(file -> PLAIN.of(List.of(file)).forEach(adding(cells)));
      return cells;
    };
  }

  private static Counting countsTheFirstSim() {
    return files -> {
      Map<String, Sim> first = new HashMap<>();
      joined(files).stream()
          .filter(sim -> !PLAIN.of(List.of(List.of(sim))).isEmpty())
          .forEach(sim -> first.putIfAbsent(sim.person(), sim));
      return PLAIN.of(List.of(List.copyOf(first.values())));
    };
  }

  private static java.util.function.BiConsumer<String, Long> adding(Map<String, Long> cells) {
    return (cell, persons) -> cells.merge(cell, persons, Long::sum);
  }

  private static List<Sim> joined(List<List<Sim>> files) {
    return files.stream().flatMap(List::stream).toList();
  }

  /** Her rows: four SIMs, one of them in both files, one without a place, one of nobody known. */
  private static List<List<Sim>> rows(String person, int set) {
    List<Sim> menu =
        List.of(
            Sim.of("1" + person, person),
            Sim.of("1" + person, person), // delivered twice
            Sim.of("2" + person, person).at(B),
            new Sim("3" + person, person, "736-02", B, "male", 1950, 9, 1.0, false),
            new Sim("4" + person, person, "736-02", null, null, null, 9, 1.0, false),
            new Sim(null, person, "736-01", A, null, null, 9, 1.0, null));
    List<Sim> one = new ArrayList<>();
    List<Sim> two = new ArrayList<>();
    for (int i = 0; i < menu.size(); i++) {
      if ((set >> i & 1) == 1) {
        (i % 2 == 0 ? one : two).add(menu.get(i));
      }
    }
    return List.of(one, two);
  }

  private static final int SETS = 1 << 6;

  private static List<List<Sim>> beside(List<List<Sim>> files, List<Sim> others) {
    List<Sim> first = new ArrayList<>(others);
    first.addAll(files.get(0));
    return List.of(first, files.get(1));
  }

  /** The largest sum of squared changes of cells that she makes, over all her sets of rows. */
  private static long mostChange(Counting counting) {
    long most = 0;
    for (List<Sim> others :
        List.of(List.<Sim>of(), List.of(Sim.of("x", "other"), Sim.of("y", "else").at(B)))) {
      for (int set = 0; set < SETS; set++) {
        Map<String, Long> with = counting.of(beside(rows("p", set), others));
        Map<String, Long> without = counting.of(List.of(others, List.of()));
        Set<String> cells = new HashSet<>(with.keySet());
        cells.addAll(without.keySet());
        long change = 0;
        for (String cell : cells) {
          long by = with.getOrDefault(cell, 0L) - without.getOrDefault(cell, 0L);
          change += by * by;
        }
        most = Math.max(most, change);
      }
    }
    return most;
  }

  @Test
  void nobodyChangesMoreThanOneCellByOne() {
    assertThat(mostChange(PLAIN)).isEqualTo(1);
    assertThat(mostChange(countsEachSim())).isGreaterThan(1);
    assertThat(mostChange(boundsWithinEachFile())).isGreaterThan(1);
  }

  private static boolean orderTells(Counting counting) {
    return Stream.iterate(0, set -> set < SETS, set -> set + 1)
        .anyMatch(
            set -> {
              List<List<Sim>> files = rows("p", set);
              return !counting.of(files).equals(counting.of(List.of(files.get(1), files.get(0))));
            });
  }

  @Test
  void theOrderOfRowsChangesNothing() {
    assertThat(orderTells(PLAIN)).isFalse();
    assertThat(orderTells(countsTheFirstSim())).isTrue();
  }

  /** The job counts 64 women, each with another set of rows, as the plain count does. */
  @Test
  void theJobBoundsEachOfAllSets(SparkSession spark) {
    List<Sim> one = new ArrayList<>();
    List<Sim> two = new ArrayList<>();
    Map<String, Long> expected = new TreeMap<>();
    for (int set = 0; set < SETS; set++) {
      List<List<Sim>> files = rows("p" + set, set);
      one.addAll(files.get(0));
      two.addAll(files.get(1));
      Map<String, Long> hers = PLAIN.of(files);
      assertThat(hers.values().stream().mapToLong(n -> n).sum()).isLessThanOrEqualTo(1);
      hers.forEach(adding(expected));
    }
    assertThat(Sim.counted(spark, List.of(one, two), 3, 0).cells()).isEqualTo(expected);
    assertThat(expected.values().stream().mapToLong(n -> n).sum()).isEqualTo(60);
  }
}
