package org.inclusionmaps.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.inclusionmaps.privacy.SuppressionAudit.Refusal;
import org.junit.jupiter.api.Test;

/**
 * Ways to hide too little, each with the test that tells it from ours. A release is judged by the
 * audit, with the distinct persons and all that was shown before:
 *
 * <table>
 * <caption>Which test kills which mutant</caption>
 * <tr><td>thresholds on grossed-up numbers</td><td>aWeightHidesNobody</td></tr>
 * <tr><td>thresholds on records</td><td>manyDevicesOfFewPersonsAreHidden</td></tr>
 * <tr><td>no complementary suppression</td><td>whatTheOthersTellIsHidden</td></tr>
 * <tr><td>complementary suppression one margin at a time</td><td>marginsAreTakenTogether</td></tr>
 * <tr><td>no look at earlier releases</td><td>aFormerAreaIsNotSubtracted</td></tr>
 * <tr><td>no look at shares of operators</td><td>theOnlyOperatorIsHidden</td></tr>
 * <tr><td>0 is taken for safe</td><td>nobodyIsHiddenToo</td></tr>
 * </table>
 */
class SuppressionMutantsTest {
  private static final Thresholds TEN = new Thresholds(10, 80);
  private static final List<String> ROWS = List.of("1", "2", "3", "4");
  private static final List<String> COLUMNS = List.of("A", "B", "C", "D");

  /** A person of a group in a place, with some SIMs, and the weight that grosses them up. */
  private record Person(String place, String row, String column, int sims, int weight) {}

  /** A way to choose what is shown. */
  private interface Mechanism {
    boolean[] shows(World world);
  }

  /** Persons in places of one country, and what an earlier release showed of an area. */
  private static final class World {
    private final List<Person> persons = new ArrayList<>();
    private final Groups groups =
        Groups.of(new Groups.Dimension("a row", ROWS), new Groups.Dimension("column", COLUMNS));
    private final Map<String, String> parents = new TreeMap<>(Map.of("country", ""));
    private final Map<String, Set<String>> former = new HashMap<>();
    private String onlyOperatorAt = "";

    World add(int count, Person person) {
      parents.put(person.place(), "country");
      for (int i = 0; i < count; i++) {
        persons.add(person);
      }
      return this;
    }

    World add(int count, String place) {
      return add(count, new Person(place, "1", "A", 1, 1));
    }

    /** Counts of persons by what each is worth; with groups where there is one place. */
    CellCounts counts(ToLongFunction<Person> worth, Set<Look> looks) {
      boolean isTable = parents.size() == 2;
      Set<String> detail = isTable ? Set.of("a row", "column") : Set.of();
      var lattice = new Lattice(groups, List.of(detail, detail), parents, former);
      var counts = new CellCounts(lattice);
      for (Person person : persons) {
        List<String> nodes = new ArrayList<>(List.of("country", person.place()));
        former.forEach(
            (zone, places) ->
                nodes.addAll(places.contains(person.place()) ? Set.of(zone) : Set.of()));
        for (String node : nodes) {
          for (String row : isTable ? List.of(person.row(), "") : List.of("")) {
            for (String column : isTable ? List.of(person.column(), "") : List.of("")) {
              int cell = lattice.cell(node, groups.group(row, column));
              counts.persons(cell, counts.persons(cell) + worth.applyAsLong(person));
            }
          }
        }
      }
      for (String zone : looks.contains(Look.BACK) ? former.keySet() : Set.<String>of()) {
        int cell = lattice.cell(zone, Groups.TOTAL);
        counts.earlier(cell, counts.persons(cell));
      }
      if (looks.contains(Look.AT_OPERATORS) && !onlyOperatorAt.isEmpty()) {
        int cell = lattice.cell(onlyOperatorAt, Groups.TOTAL);
        counts.largestOperator(cell, counts.persons(cell));
      }
      return counts;
    }

    CellCounts truth() {
      return counts(person -> 1, EnumSet.allOf(Look.class));
    }
  }

  /** What a release looks at besides persons. */
  private enum Look {
    BACK,
    AT_OPERATORS
  }

  private static final Mechanism OURS = world -> Suppression.of(world.truth(), TEN).shown();

  private static Mechanism worth(ToLongFunction<Person> worth) {
    return world -> Suppression.of(world.counts(worth, EnumSet.allOf(Look.class)), TEN).shown();
  }

  private static Mechanism looking(Set<Look> looks) {
    return world -> Suppression.of(world.counts(person -> 1, looks), TEN).shown();
  }

  private static boolean[] primary(CellCounts counts) {
    boolean[] shown = new boolean[counts.lattice().cells()];
    for (int cell = 0; cell < shown.length; cell++) {
      shown[cell] = TEN.of(counts, cell).isEmpty();
    }
    return shown;
  }

  /** Each sum for itself: where one of its cells is hidden, the smallest other one is too. */
  private static boolean[] oneMarginAtATime(CellCounts counts) {
    boolean[] shown = primary(counts);
    Relations relations = counts.lattice().relations();
    for (boolean goesOn = true; goesOn; ) {
      goesOn = false;
      for (int relation = 0; relation < relations.count(); relation++) {
        int hidden = 0;
        int smallest = Lattice.NONE;
        for (int i = 0; i < relations.size(relation); i++) {
          int cell = relations.cell(relation, i);
          hidden += shown[cell] ? 0 : 1;
          boolean isSmaller =
              smallest == Lattice.NONE || counts.persons(cell) < counts.persons(smallest);
          smallest = shown[cell] && isSmaller ? cell : smallest;
        }
        if (hidden == 1) {
          shown[smallest] = false;
          goesOn = true;
        }
      }
    }
    return shown;
  }

  private static List<String> refused(World world, Mechanism mechanism) {
    CellCounts truth = world.truth();
    return new SuppressionAudit(truth, mechanism.shows(world))
        .refusals(TEN.of(truth)).stream().map(Refusal::name).toList();
  }

  private static void assertKills(World world, Mechanism mutant, String... cells) {
    assertThat(refused(world, OURS)).isEmpty();
    assertThat(refused(world, mutant)).containsExactly(cells);
  }

  @Test
  void aWeightHidesNobody() {
    // Three persons who stand for a hundred each.
    var world = new World().add(3, new Person("a", "1", "A", 1, 100)).add(50, "b").add(60, "c");
    assertKills(world, worth(Person::weight), "a: total");
  }

  @Test
  void manyDevicesOfFewPersonsAreHidden() {
    var world = new World().add(2, new Person("a", "1", "A", 8, 1)).add(50, "b").add(60, "c");
    assertKills(world, worth(Person::sims), "a: total");
  }

  @Test
  void whatTheOthersTellIsHidden() {
    var world = new World().add(3, "a").add(50, "b").add(60, "c");
    assertKills(world, other -> primary(other.truth()), "a: total");
  }

  @Test
  void marginsAreTakenTogether() {
    // Two squares of small cells, joined by 2 C: each row and column has two hidden cells or more,
    // yet the rows 1 and 2 less the columns A and B leave 2 C alone.
    var world = new World();
    Set<String> few = Set.of("1A", "1B", "2A", "2B", "2C", "3C", "3D", "4C", "4D");
    for (String row : ROWS) {
      for (String column : COLUMNS) {
        int count = few.contains(row + column) ? 9 : 40;
        world.add(count, new Person("a", row, column, 1, 1));
      }
    }
    assertKills(
        world,
        other -> oneMarginAtATime(other.truth()),
        "country: a row=2, column=C",
        "a: a row=2, column=C");
  }

  @Test
  void aFormerAreaIsNotSubtracted() {
    var world = new World().add(36, "a").add(4, "b").add(30, "c").add(30, "d");
    world.former.put("former", Set.of("a", "b"));
    assertKills(world, looking(EnumSet.of(Look.AT_OPERATORS)), "b: total");
  }

  @Test
  void theOnlyOperatorIsHidden() {
    var world = new World().add(40, "a").add(50, "b").add(60, "c");
    world.onlyOperatorAt = "a";
    assertKills(world, looking(EnumSet.of(Look.BACK)), "a: total");
  }

  @Test
  void nobodyIsHiddenToo() {
    var world = new World().add(40, "a").add(50, "b").add(60, "c");
    world.parents.put("d", "country");
    Mechanism showsZeros =
        other -> {
          boolean[] shown = Suppression.of(other.truth(), TEN).shown();
          shown[other.truth().lattice().cell("d", Groups.TOTAL)] = true;
          return shown;
        };
    assertKills(world, showsZeros, "d: total");
  }
}
