package org.inclusionmaps.publish.figures;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Places;

/**
 * Settlements so small and alone that a map would point at a family. Settled hexagons that touch
 * are one settlement. It is isolated if fewer than the least persons of 15 and older live in it,
 * and fewer than half of the hexagons within two steps of each of its own are settled. Where more
 * are, people are spread over land or live in a pattern of settlements, and a hexagon points at
 * nobody.
 *
 * <p>Each is shown with the nearest place of at least that many persons in the same finest
 * published area; where there is none, in the published area that holds that one, and so on up to
 * the country. Where there is none in the country it stays.
 */
final class IsolatedPlaces {
  private static final int STEPS = 2;

  /** Of the 19 hexagons within two steps, so many or more make a pattern. */
  private static final long PATTERN = 10;

  private static final StructType AROUND =
      new StructType()
          .add(Tables.PLACE, DataTypes.LongType, false)
          .add("own", DataTypes.LongType, true)
          .add("near", DataTypes.LongType, false)
          .add("touching", DataTypes.LongType, false)
          .add("settled", DataTypes.LongType, false);

  private static final StructType PEOPLE =
      new StructType()
          .add(Tables.PLACE, DataTypes.LongType, false)
          .add(Tables.AREA, DataTypes.StringType, true)
          .add("persons", DataTypes.LongType, false);

  private final Dataset<Row> totals;
  private final HashMap<String, String> parents;
  private final long least;

  private IsolatedPlaces(Dataset<Row> totals, Map<String, String> parents, int least) {
    this.totals = totals;
    this.parents = new HashMap<>(parents);
    this.least = Math.multiplyExact(least, Tables.MICRO);
  }

  /**
   * Where isolated places are shown.
   *
   * @param to isolated place to the place that it is shown with
   * @param persons of all those, millionths
   * @param left isolated places for which there is no such place in the country
   * @param leftPersons of all those, millionths
   */
  record Moves(HashMap<Long, Long> to, long persons, long left, long leftPersons) {
    static final Moves NONE = new Moves(new HashMap<>(), 0, 0, 0);
  }

  /**
   * Finds the isolated places and where to show them.
   *
   * @param totals of {@link PlaceTotals}, in order of places
   * @param parents area to the one that holds it
   * @param published the areas of published levels
   * @param least persons of 15 and older; 0: no place is isolated
   */
  static Moves of(
      Dataset<Row> totals, Map<String, String> parents, Set<String> published, int least) {
    return least == 0 ? Moves.NONE : new IsolatedPlaces(totals, parents, least).moves(published);
  }

  private Moves moves(Set<String> published) {
    Set<Long> isolated = isolated();
    if (isolated.isEmpty()) {
      return Moves.NONE;
    }
    Map<Long, Long> persons = new TreeMap<>();
    Map<Long, String> left = new TreeMap<>();
    for (Row row : people(isolated)) {
      persons.put(row.getLong(0), row.getLong(2));
      left.put(row.getLong(0), row.getString(1));
    }
    left.replaceAll((place, area) -> above(area, published));
    HashMap<Long, Long> to = new HashMap<>();
    while (!left.isEmpty() && left.values().stream().anyMatch(area -> !area.isEmpty())) {
      to.putAll(Receivers.nearest(totals, parents, left, least));
      left.keySet().removeAll(to.keySet());
      left.replaceAll((place, area) -> above(parents.getOrDefault(area, ""), published));
    }
    return new Moves(to, total(persons, to.keySet()), left.size(), total(persons, left.keySet()));
  }

  private static long total(Map<Long, Long> persons, Set<Long> places) {
    return places.stream().mapToLong(place -> persons.getOrDefault(place, 0L)).sum();
  }

  /** The published area that holds an area or is it; empty if there is none. */
  private String above(String area, Set<String> published) {
    String holder = area;
    while (!holder.isEmpty() && !published.contains(holder)) {
      holder = parents.getOrDefault(holder, "");
    }
    return holder;
  }

  /**
   * Settlements are put together of places with few around; one that touches others is not alone.
   */
  private Set<Long> isolated() {
    long few = least;
    TreeMap<Long, Row> candidates = new TreeMap<>();
    totals
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                rows -> Home.of(rows).flatMap(IsolatedPlaces::around).iterator(),
            Encoders.row(AROUND))
        .groupBy(Tables.PLACE)
        .agg(
            max("own").as("own"),
            sum("near").as("near"),
            sum("touching").as("touching"),
            sum("settled").as("settled"))
        .where(col("own").isNotNull())
        .where(col("near").lt(few).and(col("settled").lt(PATTERN)))
        .select(Tables.PLACE, "own", "touching")
        .collectAsList()
        .forEach(row -> candidates.put(row.getLong(0), row));
    Set<Long> isolated = new HashSet<>();
    while (!candidates.isEmpty()) {
      isolated.addAll(alone(candidates));
    }
    return isolated;
  }

  /** Takes a settlement out of the candidates. Its places if it is alone and small, else none. */
  private Set<Long> alone(NavigableMap<Long, Row> candidates) {
    Set<Long> settlement = new HashSet<>();
    List<Row> reached = new ArrayList<>(List.of(candidates.pollFirstEntry().getValue()));
    long persons = 0;
    long links = 0;
    long touching = 0;
    while (!reached.isEmpty()) {
      Row row = reached.remove(reached.size() - 1);
      settlement.add(row.getLong(0));
      persons += row.getLong(1);
      touching += row.getLong(2);
      for (long beside : Places.disk(row.getLong(0), 1)) {
        Row next = candidates.remove(beside);
        if (next != null) {
          reached.add(next);
        }
      }
    }
    for (long place : settlement) {
      for (long beside : Places.disk(place, 1)) {
        links += beside != place && settlement.contains(beside) ? 1 : 0;
      }
    }
    return persons < least && touching == links ? settlement : Set.of();
  }

  /** What a place is to itself and to the hexagons around it. */
  private static Stream<Row> around(Home home) {
    HashSet<Long> near = new HashSet<>();
    for (long place : Places.disk(home.place(), 1)) {
      near.add(place);
    }
    List<Row> rows = new ArrayList<>();
    for (long place : Places.disk(home.place(), STEPS)) {
      rows.add(
          RowFactory.create(
              place,
              place == home.place() ? (Long) home.persons() : null,
              near.contains(place) ? home.persons() : 0L,
              near.contains(place) && place != home.place() ? 1L : 0L,
              home.persons() > 0 ? 1L : 0L));
    }
    return rows.stream();
  }

  private List<Row> people(Set<Long> places) {
    return totals
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                rows ->
                    Home.of(rows)
                        .filter(home -> places.contains(home.place()))
                        .map(home -> RowFactory.create(home.place(), home.area(), home.persons()))
                        .iterator(),
            Encoders.row(PEOPLE))
        .collectAsList();
  }
}
