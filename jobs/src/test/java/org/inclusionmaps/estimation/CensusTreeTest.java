package org.inclusionmaps.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Expected values: sums that a reader can do. */
class CensusTreeTest {
  private static final long MICRO = 1_000_000;

  private static PeopleGroup group(String sex, String age) {
    return new PeopleGroup(sex, AgeBand.parse(age).orElseThrow(), PeopleGroup.ALL);
  }

  /** Counts written as {@code female 0-14 3; male 15+ 4}. */
  private static Map<PeopleGroup, Double> counts(String text) {
    Map<PeopleGroup, Double> counts = new LinkedHashMap<>();
    for (String count : text.split("; ", -1)) {
      String[] parts = count.split(" ", -1);
      counts.put(group(parts[0], parts[1]), Double.valueOf(parts[2]));
    }
    return counts;
  }

  private static SortedMap<PeopleGroup, Long> people(String text) {
    SortedMap<PeopleGroup, Long> people = new TreeMap<>();
    counts(text).forEach((group, persons) -> people.put(group, Math.round(persons * MICRO)));
    return people;
  }

  @Test
  void theFinestCompleteTableGivesProportionsAndTheRowOfEverybodyTheTotal() {
    assertThat(
            CensusMargins.finest(
                counts(
                    "all all 200; female all 60; male all 40;"
                        + " female 0-14 10; female 15+ 40; male 0-14 20; male 15+ 30")))
        .isEqualTo(people("female 0-14 20; female 15+ 80; male 0-14 40; male 15+ 60"));
  }

  @Test
  void tableWithACountMissingIsLeftForTheNextCoarserOne() {
    assertThat(
            CensusMargins.finest(
                counts("all all 100; female all 60; male all 40; female 15+ 40; male 15+ 30")))
        .isEqualTo(people("female all 60; male all 40"));
  }

  @Test
  void tableWithoutItsZeroRowsIsCompleteWhenItSumsToTheTotal() {
    assertThat(CensusMargins.finest(counts("all all 70; female 15+ 40; male 15+ 30")))
        .isEqualTo(people("female 15+ 40; male 15+ 30"));
  }

  @Test
  void narrowBandsAreTakenBeforeTheWideOnesThatHoldThem() {
    assertThat(
            CensusMargins.finest(
                counts(
                    "all 0-14 30; all 15+ 70; all 0-4 10; all 5-14 20; all 15-64 60; all 65+ 10")))
        .isEqualTo(people("all 0-4 10; all 5-14 20; all 15-64 60; all 65+ 10"));
  }

  @Test
  void aTotalAloneStaysWhole() {
    assertThat(CensusMargins.finest(counts("all all 12"))).isEqualTo(people("all all 12"));
  }

  private static SortedMap<String, SortedMap<PeopleGroup, Long>> own(
      Map<String, Map<PeopleGroup, Double>> counts) {
    Map<String, String> parents = new HashMap<>();
    parents.put("C", null);
    parents.put("M", "C");
    parents.put("x", "M");
    parents.put("y", "M");
    return CensusTree.of(parents, counts).own();
  }

  @Test
  void anAreasOwnPeopleAreItsTotalLessItsSubAreas() {
    assertThat(
            own(
                Map.of(
                    "M", counts("all all 100"),
                    "x", counts("female all 10; male all 20"))))
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    "M", people("all all 70"),
                    "x", people("female all 10; male all 20"))));
  }

  @Test
  void groupsAreKeptWhereTheSubAreasHaveThem() {
    assertThat(
            own(Map.of(
                    "M", counts("female all 60; male all 40"),
                    "x", counts("female 0-14 1; female 15+ 9; male 0-14 8; male 15+ 12")))
                .get("M"))
        .isEqualTo(people("female all 50; male all 20"));
  }

  @Test
  void groupsAreDroppedWhereOneWouldFallBelowNothing() {
    assertThat(
            own(Map.of(
                    "M", counts("female all 5; male all 95"),
                    "x", counts("female all 10; male all 20")))
                .get("M"))
        .isEqualTo(people("all all 70"));
  }

  @Test
  void subAreasThatExceedTheirAreaAreScaledDownToIt() {
    assertThat(
            own(
                Map.of(
                    "M", counts("all all 60"),
                    "x", counts("female all 20; male all 20"),
                    "y", counts("all all 80"))))
        .isEqualTo(
            new TreeMap<>(
                Map.of("x", people("female all 10; male all 10"), "y", people("all all 40"))));
  }

  @Test
  void anAreaWithoutCountsIsSteppedOver() {
    assertThat(own(Map.of("C", counts("all all 100"), "x", counts("all all 30"))))
        .isEqualTo(new TreeMap<>(Map.of("C", people("all all 70"), "x", people("all all 30"))));
  }

  @Test
  void peopleAreKeptWhateverTheCounts() {
    Map<String, Map<PeopleGroup, Double>> counts =
        Map.of(
            "C", counts("all all 1000; female all 499.5; male all 499.25"),
            "M", counts("female 0-19 100; female 20+ 300; male 0-19 77; male 20+ 301"),
            "x", counts("female 0-19 33; female 20+ 13; male 0-19 34; male 20+ 35"),
            "y", counts("all all 701.3"));
    long sum =
        own(counts).values().stream()
            .flatMap(groups -> groups.values().stream())
            .mapToLong(Long::longValue)
            .sum();
    assertThat(sum).isEqualTo(1000 * MICRO);
  }

  @Test
  void aRingOfParentsIsRefused() {
    Map<String, String> ring = Map.of("a", "b", "b", "c", "c", "b");
    assertThatThrownBy(() -> CensusTree.of(ring, Map.of("a", counts("all all 1"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ring");
  }

  @Test
  void bandAcross15IsSplitByYearsOfAge() {
    assertThat(AgeBand.parse("0-19").orElseThrow().splitByYear(20)).containsExactly(15, 5);
    assertThat(AgeBand.parse("10-14").orElseThrow().crosses15()).isFalse();
    assertThat(AgeBand.parse("15+").orElseThrow().crosses15()).isFalse();
    assertThat(AgeBand.parse("all")).contains(AgeBand.ALL_AGES);
    assertThat(AgeBand.parse("0+").orElseThrow().label()).isEqualTo("all");
    assertThat(AgeBand.parse("19-0")).isEmpty();
    assertThat(AgeBand.parse("young")).isEmpty();
  }
}
