package org.inclusionmaps.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.estimation.AgeBand;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class PersonCountsTest {
  private static final long A = Sim.PLACES[0];
  private static final long B = Sim.PLACES[1];

  @Test
  void equalsAPlainCountWhateverThePartitionsAndTheOrder(SparkSession spark) {
    for (int seed = 0; seed < 4; seed++) {
      Random random = new Random(seed);
      List<Sim> sims = Sim.random(random, 30 + 400 * seed);
      Sim.Counted expected = Sim.naive(sims);
      for (int partitions : new int[] {1, 3, 7}) {
        Collections.shuffle(sims, random);
        Sim.Counted counted = Sim.counted(spark, sims, partitions);
        assertThat(counted).isEqualTo(expected);
        assertThat(counted.all()).isEqualTo(sims.size());
      }
    }
  }

  @Test
  void countsAPersonInTwoFilesOnce(SparkSession spark) {
    List<Sim> one = List.of(Sim.of("s1", "p"), Sim.of("s2", null));
    List<Sim> two = List.of(Sim.of("s1", "p"), Sim.of("s3", "p"), Sim.of("s2", null));
    Sim.Counted counted = Sim.counted(spark, List.of(one, two), 2, 0);
    assertThat(counted.cells().values()).containsExactly(2L);
    assertThat(counted.excluded()).isEqualTo(Map.of(Excluded.FURTHER_SIM, 3L));
  }

  @Test
  void countsAPersonOfThreeSimsInTwoPlacesAtThePrimaryOne(SparkSession spark) {
    List<Sim> sims = List.of(Sim.of("s1", "p"), Sim.of("s2", "p").at(B), Sim.of("s3", "p").at(B));
    Sim.Counted counted = Sim.counted(spark, sims, 3);
    assertThat(counted).isEqualTo(Sim.naive(sims));
    assertThat(counted.cells().values()).containsExactly(1L);
  }

  @Test
  void choosesAmongTheSimsThatCountAlone(SparkSession spark) {
    for (int other = 0; other < 8; other++) {
      Sim idle = Sim.of("idle" + other, "p").at(B);
      Sim unused = new Sim(idle.sim(), "p", "736-01", B, null, null, 0, 0.0, false);
      Sim.Counted counted = Sim.counted(spark, List.of(Sim.of("s", "p"), unused), 1);
      assertThat(counted.cells()).isEqualTo(Map.of(Sim.name(A, "736-01", "female", "25-64"), 1L));
    }
  }

  @Test
  void tellsUnitsOfSimsFromPersonsOfTheSameName(SparkSession spark) {
    List<Sim> sims = List.of(Sim.of("x", null), Sim.of("y", "x"), Sim.of("z", null));
    assertThat(Sim.counted(spark, sims, 1).cells().values()).containsExactly(3L);
  }

  @Test
  void countsUnknownSexAndAgeAsTheirOwnLevels(SparkSession spark) {
    Sim sim = new Sim("s", null, "736-02", B, null, null, 5, null, null);
    assertThat(Sim.counted(spark, List.of(sim), 1).cells())
        .isEqualTo(Map.of(Sim.name(B, "736-02", "unknown", "unknown"), 1L));
  }

  @Test
  void addingAPersonChangesAtMostOneCellByOne(SparkSession spark) {
    Random random = new Random(5);
    for (int trial = 0; trial < 3; trial++) {
      List<Sim> sims = Sim.random(random, 120);
      String person = "p" + random.nextInt(61);
      List<Sim> without = new ArrayList<>(sims);
      without.removeIf(sim -> person.equals(sim.person()));
      Map<String, Long> more = Sim.counted(spark, sims, 2).cells();
      Map<String, Long> less = Sim.counted(spark, without, 3).cells();
      Set<String> cells = new HashSet<>(more.keySet());
      cells.addAll(less.keySet());
      Map<String, Long> changes = new HashMap<>();
      for (String cell : cells) {
        long change = more.getOrDefault(cell, 0L) - less.getOrDefault(cell, 0L);
        if (change != 0) {
          changes.put(cell, change);
        }
      }
      assertThat(changes.size()).isLessThanOrEqualTo(1);
      assertThat(changes.values()).allMatch(change -> change == 1);
    }
  }

  @Test
  void hasBlocksOfZerosWithoutRows(SparkSession spark) {
    List<CellBlock> blocks = new ArrayList<>();
    for (CellBlock block :
        new PersonCounts(Sim.FRAME, () -> Sim.KEY).persons(spark, List.of()).collect()) {
      blocks.add(block);
    }
    assertThat(blocks.stream().mapToInt(CellBlock::leaves).sum()).isEqualTo(3);
    assertThat(Sim.counted(blocks).all()).isZero();
  }

  @Test
  void refusesBandsWithAGap() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                CountFrame.ofPlaces(
                    Sim.PLACES,
                    List.of(),
                    List.of(),
                    List.of(new AgeBand(15, 24), new AgeBand(26, AgeBand.OPEN)),
                    2025))
        .withMessageContaining("gap");
  }
}
