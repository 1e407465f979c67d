package org.inclusionmaps.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.inclusionmaps.privacy.Protection.Reason;

/**
 * Which cells are hidden. That a release is safe is held against all tables of whole numbers that
 * agree with it ({@link AllTables}); what a reader can check by hand is in small trees of totals.
 */
class SuppressionTest {
  private static final int STEPS = 20_000;
  private static final int MOST_PERSONS = 10;
  private static final Thresholds TEN = new Thresholds(10, 80);

  /** A tree of totals: each node with its parent and persons, as "a<r 12". */
  private static CellCounts totals(Map<String, Set<String>> zones, String... nodes) {
    Map<String, String> parents = new LinkedHashMap<>();
    Map<String, Long> persons = new HashMap<>();
    for (String node : nodes) {
      String[] parts = node.split("[< ]", -1);
      parents.put(parts[0], parts.length > 2 ? parts[1] : "");
      persons.put(parts[0], Long.valueOf(parts[parts.length - 1]));
    }
    List<Set<String>> detail = List.of(Set.of(), Set.of(), Set.of(), Set.of());
    var counts = new CellCounts(new Lattice(Groups.of(), detail, parents, zones));
    persons.forEach((node, count) -> counts.persons(total(counts, node), count));
    zones.forEach(
        (zone, members) ->
            counts.persons(total(counts, zone), members.stream().mapToLong(persons::get).sum()));
    return counts;
  }

  private static int total(CellCounts counts, String node) {
    return counts.lattice().cell(node, Groups.TOTAL);
  }

  /** The names of the hidden nodes. */
  private static Set<String> hidden(CellCounts counts) {
    var suppression = Suppression.of(counts, TEN);
    assertThat(suppression.refusals()).isEmpty();
    return hidden(counts, suppression);
  }

  private static Set<String> hidden(CellCounts counts, Suppression suppression) {
    Set<String> hidden = new TreeSet<>();
    for (int cell = 0; cell < counts.lattice().cells(); cell++) {
      if (!suppression.shows(cell)) {
        hidden.add(counts.lattice().name(cell).replace(": total", ""));
      }
    }
    return hidden;
  }

  private static List<String> refusedWithoutComplements(CellCounts counts) {
    var protections = TEN.of(counts);
    boolean[] shown = new boolean[counts.lattice().cells()];
    for (int cell = 0; cell < shown.length; cell++) {
      shown[cell] = protections.get(cell).isEmpty();
    }
    return new SuppressionAudit(counts, shown)
        .refusals(protections).stream().map(SuppressionAudit.Refusal::name).toList();
  }

  @Property(tries = 2000, seed = "1")
  void allThatIsProtectedStaysPossible(@ForAll long seed) {
    var random = new Random(seed);
    var shape = new SmallWorld.Shape(3, 3, 2 + random.nextInt(2), 3, random.nextInt(3) == 0);
    SmallWorld world = SmallWorld.draw(random, shape);
    CellCounts counts = world.counts;
    Assume.that(counts.persons(0) <= MOST_PERSONS);
    boolean hadRelease = random.nextInt(3) == 0;
    for (int cell = 0; cell < world.lattice.cells(); cell++) {
      if (hadRelease && random.nextInt(10) == 0 && counts.persons(cell) > 1) {
        counts.earlier(cell, counts.persons(cell) + random.nextInt(2));
      }
      counts.largestOperator(cell, random.nextInt(9) == 0 ? counts.persons(cell) : 0);
    }
    var suppression = Suppression.of(counts, new Thresholds(2 + random.nextInt(2), 80));
    // Refused only where an earlier release tells too much.
    assertThat(suppression.refusals().isEmpty() || hadRelease).isTrue();
    Assume.that(suppression.refusals().isEmpty());
    long most = counts.persons(0) + 4;
    AllTables truth = world.tables(world.known(suppression.shown()), most);
    Assume.that(truth.areFound(STEPS));
    for (int cell = 0; cell < world.lattice.cells(); cell++) {
      var protection = suppression.protections().get(cell);
      if (protection.isPresent()) {
        assertThat(truth.least(cell)).isLessThanOrEqualTo(protection.get().low());
        assertThat(truth.greatest(cell))
            .isGreaterThanOrEqualTo(Math.min(most, protection.get().high()));
      }
    }
  }

  @Example
  void whatIsSafeIsAllShown() {
    assertThat(hidden(totals(Map.of(), "r 40", "a<r 15", "b<r 25"))).isEmpty();
  }

  @Example
  void aSingleHiddenCellOfARowIsToldByTheOthers() {
    var counts = totals(Map.of(), "r 61", "a<r 1", "b<r 30", "c<r 30");
    assertThat(refusedWithoutComplements(counts)).containsExactly("a: total");
    // b and c cost the same; the first by key goes.
    assertThat(hidden(counts)).containsExactly("a", "b");
  }

  @Example
  void twoHiddenCellsThatZeroBoundsAreNotEnough() {
    // 0 and 2 are from 0 to 2, for both are 0 or more.
    var counts = totals(Map.of(), "r 62", "a<r 0", "b<r 2", "c<r 29", "d<r 31");
    assertThat(refusedWithoutComplements(counts)).containsExactly("a: total", "b: total");
    assertThat(hidden(counts)).containsExactly("a", "b", "c");
  }

  @Example
  void twoSingletonsAreNotEnough() {
    var counts = totals(Map.of(), "r 52", "a<r 1", "b<r 1", "c<r 50");
    assertThat(refusedWithoutComplements(counts)).containsExactly("a: total", "b: total");
    assertThat(hidden(counts)).containsExactly("a", "b", "c");
  }

  @Example
  void aChainOfOnlyChildrenIsHiddenAsOne() {
    // The largest operator of the lowest area is told; the areas above are the same persons.
    var counts = totals(Map.of(), "r 90", "a<r 40", "b<a 40", "c<b 40", "d<r 50");
    counts.largestOperator(total(counts, "c"), 39);
    assertThat(refusedWithoutComplements(counts)).containsExactly("c: total");
    assertThat(hidden(counts)).containsExactly("a", "b", "c", "d");
  }

  @Example
  void aTreeOfOneIsHiddenWhole() {
    assertThat(hidden(totals(Map.of(), "r 3", "a<r 3"))).containsExactly("a", "r");
  }

  @Example
  void oneOperatorMustNotBeTold() {
    // 81 of 100 is more than 80 %; nobody may be sure that there are fewer than 81 / 0.8 = 101.25.
    var counts = totals(Map.of(), "r 400", "a<r 100", "b<r 100", "c<r 200");
    counts.largestOperator(total(counts, "a"), 81);
    counts.largestOperator(total(counts, "b"), 80);
    var suppression = Suppression.of(counts, TEN);
    assertThat(hidden(counts, suppression)).containsExactly("a", "b");
    assertThat(suppression.protections().get(total(counts, "a")))
        .contains(new Protection(Reason.ONE_OPERATOR, 100, 102));
    assertThat(suppression.reason(total(counts, "b"))).isEqualTo(Reason.COMPLEMENTARY);
  }

  @Example
  void allOrNobodyOfAGroupIsHidden() {
    Groups groups = Groups.of(new Groups.Dimension("sex", List.of("f", "m", "x")));
    var lattice =
        new Lattice(
            groups,
            List.of(Set.of("sex"), Set.of("sex")),
            Map.of("r", "", "a", "r", "b", "r"),
            Map.of());
    var counts = new CellCounts(lattice);
    long[][] persons = {{0, 50, 0}, {30, 30, 30}};
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 3; j++) {
        for (String sex : List.of(List.of("f", "m", "x").get(j), "")) {
          for (String node : List.of("r", i == 0 ? "a" : "b")) {
            int cell = lattice.cell(node, groups.group(sex));
            counts.persons(cell, counts.persons(cell) + persons[i][j]);
          }
        }
      }
    }
    var suppression = Suppression.of(counts, TEN);
    int men = lattice.cell("a", groups.group("m"));
    assertThat(suppression.reason(men)).isEqualTo(Reason.ALL_OF_A_MARGIN);
    assertThat(suppression.protections().get(men))
        .contains(new Protection(Reason.ALL_OF_A_MARGIN, 40, 50));
    assertThat(suppression.reason(lattice.cell("a", groups.group("f"))))
        .isEqualTo(Reason.FEW_PERSONS);
    assertThat(suppression.shows(lattice.cell("a", Groups.TOTAL))).isTrue();
    Interval women = suppression.audit().told(lattice.cell("a", groups.group("f")));
    assertThat(women.least()).isZero();
    assertThat(women.greatest()).isGreaterThanOrEqualTo(10);
  }

  /** That nobody's sex is unknown tells nothing; that three persons' is, might. */
  @Example
  void nobodyOfUnknownSexIsShown() {
    Groups groups = Groups.of(new Groups.Dimension("sex", List.of("f", "m", "u"), "u"));
    var lattice = new Lattice(groups, List.of(Set.of("sex")), Map.of("r", ""), Map.of());
    for (int unknown : List.of(0, 3)) {
      var counts = new CellCounts(lattice);
      counts.persons(lattice.cell("r", groups.group("f")), 40);
      counts.persons(lattice.cell("r", groups.group("m")), 50);
      counts.persons(lattice.cell("r", groups.group("u")), unknown);
      counts.persons(lattice.cell("r", Groups.TOTAL), 90 + unknown);
      assertThat(hidden(counts)).as("%d unknown", unknown).hasSize(unknown == 0 ? 0 : 2);
    }
  }

  @Example
  void anEarlierReleaseIsNotSubtracted() {
    // A former district of a and b was shown with 40: with a's 36, b is told.
    Map<String, Set<String>> zones = Map.of("former", Set.of("a", "b"));
    String[] nodes = {"r 100", "a<r 36", "b<r 4", "c<r 30", "d<r 30"};
    var counts = totals(zones, nodes);
    assertThat(hidden(counts)).containsExactly("b", "c", "former");
    boolean[] shown = Suppression.of(counts, TEN).shown();
    counts.earlier(total(counts, "former"), 40);
    assertThat(new SuppressionAudit(counts, shown).refusals(TEN.of(counts)))
        .extracting(SuppressionAudit.Refusal::name)
        .containsExactly("b: total");
    assertThat(hidden(counts)).containsExactly("a", "b", "former");
  }

  @Example
  void aFewPersonsMoreThanEarlierAreNotTold() {
    var counts = totals(Map.of(), "r 100", "a<r 41", "b<r 29", "c<r 30");
    counts.earlier(total(counts, "a"), 40);
    var suppression = Suppression.of(counts, TEN);
    assertThat(suppression.reason(total(counts, "a"))).isEqualTo(Reason.FEW_CHANGED);
    Interval told = suppression.audit().told(total(counts, "a"));
    assertThat(told.least()).isLessThanOrEqualTo(31);
    assertThat(told.greatest()).isGreaterThanOrEqualTo(51);
    counts.earlier(total(counts, "a"), 51);
    assertThat(hidden(counts)).isEmpty();
  }

  @Example
  void whatAnEarlierReleaseTellsIsRefusedByName() {
    var counts = totals(Map.of(), "r 60", "a<r 4", "b<r 56");
    counts.earlier(total(counts, "a"), 4);
    assertThat(Suppression.of(counts, TEN).refusals())
        .containsExactly(
            new SuppressionAudit.Refusal(
                total(counts, "a"), "a: total", Reason.FEW_PERSONS, new Interval(4, 4, true)));
  }

  @Example
  void theOrderOfTheInputChangesNothing() {
    List<String> nodes = new ArrayList<>(List.of("r 93", "a<r 30", "b<r 3", "c<r 30", "d<r 30"));
    Set<String> first = hidden(totals(Map.of(), nodes.toArray(String[]::new)));
    for (int i = 0; i < nodes.size(); i++) {
      Collections.rotate(nodes, 1);
      assertThat(hidden(totals(Map.of(), nodes.toArray(String[]::new)))).isEqualTo(first);
    }
    assertThat(first).containsExactly("a", "b");
  }

  @Example
  void refusesThresholdsOutOfRange() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Thresholds(0, 80));
    assertThatIllegalArgumentException().isThrownBy(() -> new Thresholds(10, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Thresholds(10, 101));
  }

  @Example
  void refusesAnOperatorWithMoreThanAll() {
    var counts = totals(Map.of(), "r 30", "a<r 12", "b<r 18");
    counts.largestOperator(total(counts, "a"), 13);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Suppression.of(counts, TEN))
        .withMessage("an operator has more persons than there are in a: total");
  }
}
