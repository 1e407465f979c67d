package org.inclusionmaps.publish.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Distances;
import org.inclusionmaps.grid.LonLat;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.publish.MadeUpRun;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Isolated settlements by hand, and a random country against the rule written out plainly. The tree
 * is a country C of W and E; W has W1 and W2.
 */
@ExtendWith(SparkExtension.class)
class IsolatedPlacesTest {
  private static final Map<String, String> PARENTS =
      Map.of("W", "C", "E", "C", "W1", "W", "W2", "W");
  private static final Set<String> PUBLISHED = Set.of("C", "W", "E", "W1", "W2");
  private static final long HOME = Places.at(10, 50, 8);

  private final List<Row> rows = new ArrayList<>();
  private SparkSession spark;

  @BeforeEach
  void start(SparkSession session) {
    spark = session;
  }

  private void live(long place, String area, double persons) {
    rows.add(MadeUpRun.lone(place, area, Math.round(persons * Tables.MICRO)));
  }

  private Dataset<Row> totals(int partitions) {
    return PlaceTotals.of(
        spark.createDataFrame(rows, Tables.INCLUSION.schema()).repartition(partitions),
        null,
        List.of(Group.ALL),
        3);
  }

  private IsolatedPlaces.Moves moves(int least) {
    return IsolatedPlaces.of(totals(3), PARENTS, PUBLISHED, least);
  }

  /** A place so many steps from home, on a line. */
  private static long steps(int steps) {
    LonLat home = Places.centre(HOME);
    return Places.at(home.lon() + steps * 0.02, home.lat(), 8);
  }

  @Test
  void aLonePlaceIsShownWithTheNearestLargeOneOfItsAreaAndNotWithANearerOneElsewhere() {
    live(HOME, "W1", 6);
    live(steps(4), "W2", 400);
    live(steps(5), "W1", 9.9); // too small to take it, and alone too
    live(steps(8), "W1", 500);
    live(steps(12), "W1", 600);
    IsolatedPlaces.Moves moves = moves(10);
    assertThat(moves.to())
        .containsExactlyInAnyOrderEntriesOf(Map.of(HOME, steps(8), steps(5), steps(8)));
    assertThat(moves.persons()).isEqualTo(15_900_000);
    assertThat(moves.left()).isZero();
  }

  @Test
  void neighboursCountTogether() {
    long[] pair = Places.disk(HOME, 1);
    live(pair[0], "W1", 3);
    live(pair[1], "W1", 4);
    long[] other = Places.disk(steps(10), 1);
    live(other[0], "W1", 6);
    live(other[1], "W1", 5);
    long[] village = Places.disk(steps(20), 1);
    live(village[0], "W1", 6);
    live(village[1], "W1", 500);
    assertThat(moves(10).to())
        .containsExactlyInAnyOrderEntriesOf(Map.of(pair[0], village[1], pair[1], village[1]));
  }

  /** Its ends have few around them, but it is one settlement of twelve. */
  @Test
  void aHamletInARowStaysWhole() {
    long at = HOME;
    for (int i = 0; i < 4; i++) {
      live(at, "W1", 3);
      at = east(at);
    }
    at = steps(20);
    for (int i = 0; i < 3; i++) {
      live(at, "W1", 3);
      at = east(at);
    }
    live(steps(40), "W1", 500);
    assertThat(moves(10).to().keySet())
        .containsExactlyInAnyOrder(steps(20), east(steps(20)), east(east(steps(20))));
  }

  /** The neighbour that is farthest east. */
  private static long east(long place) {
    long[] ring = Places.disk(place, 1);
    long best = ring[0];
    for (long beside : ring) {
      best = Places.centre(beside).lon() > Places.centre(best).lon() ? beside : best;
    }
    return best;
  }

  @Test
  void peopleSpreadOverLandPointAtNobody() {
    for (long place : Places.disk(HOME, 5)) {
      live(place, "W1", 0.5);
    }
    live(steps(30), "W1", 500);
    Map<Long, Long> to = moves(10).to();
    for (long place : Places.disk(HOME, 3)) {
      assertThat(to).doesNotContainKey(place);
    }
  }

  @Test
  void theSearchGoesUpTheTreeAndEndsInTheCountry() {
    live(HOME, "W1", 6);
    live(steps(3), "E", 100);
    live(steps(20), "W2", 100);
    assertThat(moves(10).to()).isEqualTo(Map.of(HOME, steps(20)));
    rows.remove(2);
    assertThat(moves(10).to()).isEqualTo(Map.of(HOME, steps(3)));
    rows.remove(1);
    IsolatedPlaces.Moves none = moves(10);
    assertThat(none.to()).isEmpty();
    assertThat(none.left()).isEqualTo(1);
    assertThat(none.leftPersons()).isEqualTo(6_000_000);
  }

  @Test
  void noneIsIsolatedWhereTheSettingIsZero() {
    live(HOME, "W1", 0.1);
    live(steps(9), "W1", 100);
    assertThat(moves(0)).isEqualTo(IsolatedPlaces.Moves.NONE);
  }

  /** The rule in plain words of code, over all pairs. */
  private static Map<Long, Long> plainly(Map<Long, Double> persons, Map<Long, String> areas) {
    Map<Long, Long> to = new HashMap<>();
    for (long place : persons.keySet()) {
      Set<Long> settlement = new TreeSet<>(Set.of(place));
      boolean grows = true;
      while (grows) {
        Set<Long> touched = new TreeSet<>();
        for (long own : settlement) {
          for (long other : Places.disk(own, 1)) {
            if (persons.containsKey(other)) {
              touched.add(other);
            }
          }
        }
        grows = settlement.addAll(touched);
      }
      boolean isPattern = false;
      for (long own : settlement) {
        int settled = 0;
        for (long other : Places.disk(own, 2)) {
          settled += persons.containsKey(other) ? 1 : 0;
        }
        isPattern |= settled >= 10;
      }
      if (isPattern || settlement.stream().mapToDouble(persons::get).sum() >= 10) {
        continue;
      }
      for (String area = areas.get(place); area != null && !to.containsKey(place); ) {
        double best = Double.POSITIVE_INFINITY;
        for (long other : new TreeMap<>(persons).keySet()) {
          LonLat a = Places.centre(place);
          LonLat b = Places.centre(other);
          double km = Distances.km(a.lon(), a.lat(), b.lon(), b.lat());
          if (persons.get(other) >= 10 && within(areas.get(other), area) && km < best) {
            best = km;
            to.put(place, other);
          }
        }
        area = PARENTS.get(area);
      }
    }
    return to;
  }

  private static boolean within(String area, String holder) {
    return area.equals(holder) || (PARENTS.containsKey(area) && within(PARENTS.get(area), holder));
  }

  @Test
  void aRandomCountryIsAsTheRuleSaysInAnyOrderAndNoAreaGainsOrLosesAnybody() {
    Random random = new Random(7);
    Map<Long, Double> persons = new TreeMap<>();
    Map<Long, String> areas = new TreeMap<>();
    long[] land = Places.disk(HOME, 30);
    for (int i = 0; i < 260; i++) {
      long place = land[random.nextInt(land.length)];
      double lon = Places.centre(place).lon();
      double count = random.nextInt(4) == 0 ? 20 + random.nextInt(200) : 1 + random.nextInt(8);
      if (persons.putIfAbsent(place, count) == null) {
        areas.put(place, lon < 9.9 ? "W1" : lon < 10.1 ? "W2" : "E");
        live(place, areas.get(place), count);
      }
    }
    Map<Long, Long> expected = plainly(persons, areas);
    assertThat(expected).hasSizeGreaterThan(30);
    assertThat(moves(10).to()).isEqualTo(expected);
    java.util.Collections.shuffle(rows, random);
    assertThat(IsolatedPlaces.of(totals(11), PARENTS, PUBLISHED, 10).to()).isEqualTo(expected);

    ShownPlaces shown =
        ShownPlaces.of(
            totals(2),
            1,
            3,
            SensitivePlaces.of(null),
            new AreaNames(Map.of(), PARENTS, Map.of("C", 0, "W", 1, "E", 1, "W1", 2, "W2", 2)),
            List.of(0, 1, 2),
            10);
    assertThat(parts(shown.rows(), false)).isEqualTo(parts(totals(2), false));
    Map<String, List<Long>> placed = parts(shown.rows(), true);
    expected.forEach((from, to) -> assertThat(placed).doesNotContainKey("" + from));
    double first = persons.get(expected.values().iterator().next());
    long receiver = expected.values().iterator().next();
    double all =
        first
            + expected.entrySet().stream()
                .filter(move -> move.getValue() == receiver)
                .mapToDouble(move -> persons.get(move.getKey()))
                .sum();
    assertThat(placed.get("" + receiver).get(0)).isEqualTo(Math.round(all * Tables.MICRO));
    shown.rows().unpersist();
  }

  /** Persons and parts of everybody by area, or by place. */
  private static Map<String, List<Long>> parts(Dataset<Row> totals, boolean byPlace) {
    Map<String, List<Long>> sums = new TreeMap<>();
    for (Row row : totals.collectAsList()) {
      Figures figures = Totals.of(row, PlaceTotals.TOTALS).figures(0);
      List<Long> own = new ArrayList<>(List.of(figures.persons()));
      own.addAll(figures.parts());
      sums.merge(
          byPlace ? "" + row.getLong(0) : row.getString(1),
          own,
          (a, b) -> {
            List<Long> sum = new ArrayList<>();
            for (int i = 0; i < a.size(); i++) {
              sum.add(a.get(i) + b.get(i));
            }
            return sum;
          });
    }
    return sums;
  }
}
