package org.inclusionmaps.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatticeTest {
  private static final Groups GROUPS =
      Groups.of(
          new Groups.Dimension("sex", List.of("m", "f")),
          new Groups.Dimension("age", List.of("young", "old")));
  private static final List<Set<String>> DETAIL =
      List.of(Set.of("sex", "age"), Set.of("sex"), Set.of());

  private static Lattice of(Map<String, String> parents, Map<String, Set<String>> zones) {
    return new Lattice(GROUPS, DETAIL, parents, zones);
  }

  @Test
  void aDepthHasTheGroupsThatItTells() {
    // 3 x 3 cells of the country, 3 of each area, 1 of the place, 3 of the zone.
    var lattice =
        of(Map.of("c", "", "a", "c", "b", "c", "p", "a"), Map.of("both", Set.of("a", "b")));
    assertThat(lattice.cells()).isEqualTo(9 + 3 + 3 + 1 + 3);
    assertThat(lattice.name(lattice.cell("c", GROUPS.group("old", "f"))))
        .isEqualTo("c: age=old, sex=f");
    assertThat(lattice.name(lattice.cell("p", Groups.TOTAL))).isEqualTo("p: total");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lattice.cell("a", GROUPS.group("old", "")))
        .withMessage("a has no cell of age=old");
    // Country: 3 sums over sex and 3 over age; 3 over areas. Areas: 1 over sex each; a over its
    // place. Zone: 1 over sex, 3 over areas.
    assertThat(lattice.relations().count()).isEqualTo(6 + 3 + 2 + 1 + 4);
  }

  @Test
  void cellsDoNotDependOnTheOrderOfTheInput() {
    Map<String, String> other = new LinkedHashMap<>();
    for (String node : List.of("b", "p", "a", "c")) {
      other.put(node, node.equals("c") ? "" : node.equals("p") ? "a" : "c");
    }
    var turned =
        new Lattice(
            Groups.of(
                new Groups.Dimension("age", List.of("old", "young")),
                new Groups.Dimension("sex", List.of("f", "m"))),
            DETAIL,
            other,
            Map.of());
    var lattice = of(Map.of("c", "", "a", "c", "b", "c", "p", "a"), Map.of());
    assertThat(IntStream.range(0, lattice.cells()).mapToObj(lattice::name))
        .containsExactlyElementsOf(
            IntStream.range(0, turned.cells()).mapToObj(turned::name).toList());
  }

  @Test
  void refusesWhatIsNoTree() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(Map.of("a", "c"), Map.of()))
        .withMessage("the parent c of a is no node");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(Map.of("c", "", "a", "b", "b", "a"), Map.of()))
        .withMessage("the parents of 2 nodes go round in a ring");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(Map.of("c", "", "a", "c", "b", "a", "d", "b"), Map.of()))
        .withMessage("d is at depth 3, and the detail of 3 depths is given");
  }

  @Test
  void refusesZonesThatAreNoSums() {
    Map<String, String> parents = Map.of("c", "", "a", "c", "p", "a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(parents, Map.of("zone", Set.of("a", "p"))))
        .withMessage("zone zone has both a and p in it");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(parents, Map.of("a", Set.of("p"))))
        .withMessage("zone a is a node, or has none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(parents, Map.of("zone", Set.of("x"))))
        .withMessage("x is no node");
  }

  @Test
  void refusesGroupsThatAreNoSplit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Groups.Dimension("sex", List.of("f")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Groups.Dimension("sex", List.of("f", "f")));
    var sex = new Groups.Dimension("sex", List.of("f", "m"));
    assertThatIllegalArgumentException().isThrownBy(() -> Groups.of(sex, sex));
    assertThatIllegalArgumentException().isThrownBy(() -> GROUPS.group("x", "f"));
  }
}
