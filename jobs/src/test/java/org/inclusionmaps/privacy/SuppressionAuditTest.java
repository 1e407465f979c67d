package org.inclusionmaps.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Bounds of hidden cells. The truth is all tables of whole numbers that agree with what is shown,
 * tried one by one ({@link AllTables}), and the example of the literature.
 */
class SuppressionAuditTest {
  private static final int STEPS = 100_000;
  private static final int MOST_PERSONS = 12;

  /** A world with some cells shown at random, the total among them, so that all is bounded. */
  private static boolean[] someShown(SmallWorld world, Random random) {
    boolean[] shown = new boolean[world.lattice.cells()];
    double share = random.nextDouble();
    for (int cell = 0; cell < shown.length; cell++) {
      shown[cell] = cell == 0 || random.nextDouble() < share;
      if (random.nextInt(20) == 0) {
        world.counts.earlier(cell, world.counts.persons(cell));
      }
    }
    return shown;
  }

  private static SmallWorld draw(Random random) {
    var shape = new SmallWorld.Shape(3, 3, 2 + random.nextInt(2), 3, random.nextInt(3) == 0);
    return SmallWorld.draw(random, shape);
  }

  @Property(tries = 3000, seed = "1")
  void boundsAreWhatTryingAllTablesFinds(@ForAll long seed) {
    var random = new Random(seed);
    SmallWorld world = draw(random);
    boolean[] shown = someShown(world, random);
    Assume.that(world.counts.persons(0) <= MOST_PERSONS);
    AllTables truth = world.tables(world.known(shown), MOST_PERSONS);
    Assume.that(truth.areFound(STEPS));
    var audit = new SuppressionAudit(world.counts, shown);
    for (int cell = 0; cell < shown.length; cell++) {
      assertThat(audit.told(cell))
          .as(world.lattice.name(cell))
          .isEqualTo(new Interval(truth.least(cell), truth.greatest(cell), true));
    }
  }

  @Property(tries = 1000, seed = "2")
  void boundsOfLargeComponentsAreNeverTooWide(@ForAll long seed) {
    var random = new Random(seed);
    SmallWorld world = draw(random);
    boolean[] shown = someShown(world, random);
    Assume.that(world.counts.persons(0) <= MOST_PERSONS);
    AllTables truth = world.tables(world.known(shown), MOST_PERSONS);
    Assume.that(truth.areFound(STEPS));
    // As if each component with a ring were too large to be exact.
    var audit = new SuppressionAudit(world.counts, shown, 0, Map.of());
    for (int cell = 0; cell < shown.length; cell++) {
      Interval told = audit.told(cell);
      assertThat(told.least()).isGreaterThanOrEqualTo(truth.least(cell));
      assertThat(told.greatest()).isLessThanOrEqualTo(truth.greatest(cell));
      if (told.isExact()) {
        assertThat(told).isEqualTo(new Interval(truth.least(cell), truth.greatest(cell), true));
      }
    }
  }

  /** A table of two dimensions in one node. */
  private static CellCounts table(List<String> rows, List<String> columns, long[][] values) {
    Groups groups =
        Groups.of(new Groups.Dimension("a row", rows), new Groups.Dimension("column", columns));
    var lattice =
        new Lattice(groups, List.of(Set.of("a row", "column")), Map.of("r", ""), Map.of());
    var counts = new CellCounts(lattice);
    long[] sums = new long[groups.size()];
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < columns.size(); j++) {
        for (String row : List.of(rows.get(i), "")) {
          for (String column : List.of(columns.get(j), "")) {
            sums[groups.group(row, column)] += values[i][j];
          }
        }
      }
    }
    for (int group = 0; group < sums.length; group++) {
      counts.persons(lattice.cell("r", group), sums[group]);
    }
    return counts;
  }

  private static int cell(CellCounts counts, String row, String column) {
    return counts.lattice().cell("r", counts.lattice().groups().group(row, column));
  }

  private static boolean[] allBut(CellCounts counts, String... rowsAndColumns) {
    boolean[] shown = new boolean[counts.lattice().cells()];
    Arrays.fill(shown, true);
    for (String at : rowsAndColumns) {
      String[] parts = at.split(" ", 2);
      shown[cell(counts, parts[0], parts[1])] = false;
    }
    return shown;
  }

  /**
   * Enterprises by activity and region: L. Willenborg, T. de Waal, Elements of Statistical
   * Disclosure Control (2001), and figure 1 of M. Fischetti, J. J. Salazar, Management Science 47
   * (2001): with four cells hidden, 22 is known to be from 5 to 30. By hand: it and (II, A) are 30
   * together, (II, A) and (III, A) 25.
   */
  @Example
  void theTableOfTheLiterature() {
    CellCounts counts =
        table(
            List.of("I", "II", "III"),
            List.of("A", "B", "C"),
            new long[][] {{20, 50, 10}, {8, 19, 22}, {17, 32, 12}});
    var audit = new SuppressionAudit(counts, allBut(counts, "II A", "II C", "III A", "III C"));
    assertThat(audit.told(cell(counts, "II", "C"))).isEqualTo(new Interval(5, 30, true));
    assertThat(audit.told(cell(counts, "II", "A"))).isEqualTo(new Interval(0, 25, true));
    assertThat(audit.told(cell(counts, "I", "A"))).isEqualTo(new Interval(20, 20, true));
    assertThat(audit.componentSize(cell(counts, "II", "C"))).isEqualTo(4);
    // One of them alone is told by its row.
    var bare = new SuppressionAudit(counts, allBut(counts, "II C"));
    assertThat(bare.told(cell(counts, "II", "C"))).isEqualTo(new Interval(22, 22, true));
  }

  @Example
  void twoHiddenCellsInEachRowAndColumnAreNotEnough() {
    // Two squares, joined by 2 C: rows 1 and 2 less columns A and B leave it alone.
    CellCounts counts =
        table(
            List.of("1", "2", "3", "4"),
            List.of("A", "B", "C", "D"),
            new long[][] {{9, 9, 9, 9}, {9, 9, 4, 9}, {9, 9, 9, 9}, {9, 9, 9, 9}});
    var audit =
        new SuppressionAudit(
            counts, allBut(counts, "1 A", "1 B", "2 A", "2 B", "2 C", "3 C", "3 D", "4 C", "4 D"));
    assertThat(audit.told(cell(counts, "2", "C"))).isEqualTo(new Interval(4, 4, true));
    assertThat(audit.told(cell(counts, "1", "A"))).isEqualTo(new Interval(0, 18, true));
  }

  @Example
  void nothingIsToldOfWhatIsAllHidden() {
    CellCounts counts = table(List.of("1", "2"), List.of("A", "B"), new long[][] {{1, 2}, {3, 4}});
    var audit = new SuppressionAudit(counts, new boolean[9]);
    for (int cell = 0; cell < 9; cell++) {
      assertThat(audit.told(cell)).isEqualTo(new Interval(0, Interval.UNBOUNDED, true));
    }
    var large = new SuppressionAudit(counts, new boolean[9], 0, Map.of());
    assertThat(large.told(0)).isEqualTo(new Interval(0, Interval.UNBOUNDED, true));
  }

  @Example
  void refusesCountsThatDoNotAddUp() {
    CellCounts counts = table(List.of("1", "2"), List.of("A", "B"), new long[][] {{1, 2}, {3, 4}});
    counts.persons(cell(counts, "1", "A"), 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SuppressionAudit(counts, new boolean[9]))
        .withMessageStartingWith("r: a row=1 is not the sum of its parts");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> counts.persons(0, -1))
        .withMessage("r: total must be 0 persons or more");
  }
}
