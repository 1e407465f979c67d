package org.inclusionmaps.measurement;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/**
 * The public tree that persons are counted in: places, and above each the areas of the levels that
 * count. A hexagon that several areas share goes to the one with most of its people, by the census.
 * Nothing here depends on a subscription.
 */
public final class Spine implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  private final long[] places;

  /** Level to each place's area, as a number in {@link #areas}; -1 where it has none. */
  private final TreeMap<Integer, int[]> areaOf = new TreeMap<>();

  private final TreeMap<Integer, List<String>> areas = new TreeMap<>();
  private final TreeMap<String, String> parents = new TreeMap<>();

  private Spine(long[] places) {
    this.places = places;
  }

  /**
   * The tree.
   *
   * @param settled place, area and persons_micro of all settled places, several rows a place
   * @param tree area, parent and level of all areas
   * @param levels of areas that persons are counted in
   */
  public static Spine of(List<Row> settled, List<Row> tree, List<Integer> levels) {
    SortedMap<Long, String> main = main(settled);
    Map<String, Integer> levelOf = new HashMap<>();
    Map<String, String> parentOf = new HashMap<>();
    for (Row row : tree) {
      levelOf.put(row.getString(0), row.getInt(2));
      if (!row.isNullAt(1)) {
        parentOf.put(row.getString(0), row.getString(1));
      }
    }
    Spine spine = new Spine(main.keySet().stream().mapToLong(place -> place).toArray());
    List<Map<Integer, String>> chains = new ArrayList<>();
    for (String area : main.values()) {
      chains.add(chain(area, levelOf, parentOf, levels));
    }
    for (int level : levels) {
      spine.level(level, chains);
    }
    chains.forEach(spine::parents);
    return spine;
  }

  /** The area with most persons of each place; of equal ones the first by name. */
  private static SortedMap<Long, String> main(List<Row> settled) {
    List<Row> sorted = new ArrayList<>(settled);
    sorted.sort(
        Comparator.comparingLong((Row row) -> row.getLong(0))
            .thenComparing(row -> row.getLong(2), Comparator.reverseOrder())
            .thenComparing(row -> row.getString(1)));
    TreeMap<Long, String> main = new TreeMap<>();
    sorted.forEach(row -> main.putIfAbsent(row.getLong(0), row.getString(1)));
    return main;
  }

  private static Map<Integer, String> chain(
      String area,
      Map<String, Integer> levelOf,
      Map<String, String> parentOf,
      List<Integer> levels) {
    Map<Integer, String> chain = new TreeMap<>();
    String at = area;
    for (int step = 0; at != null && step < 10; step++) {
      Integer level = levelOf.get(at);
      if (level != null && levels.contains(level)) {
        chain.put(level, at);
      }
      at = parentOf.get(at);
    }
    return chain;
  }

  private void level(int level, List<Map<Integer, String>> chains) {
    TreeSet<String> names = new TreeSet<>();
    chains.forEach(
        chain -> {
          if (chain.containsKey(level)) {
            names.add(chain.get(level));
          }
        });
    if (names.isEmpty()) {
      throw new InclusionException(
          ErrorCode.SETTINGS_WRONG,
          "privacy.detail has level %d, but no area of that level holds settled places; take it out"
              .formatted(level));
    }
    List<String> list = List.copyOf(names);
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < list.size(); i++) {
      numbers.put(list.get(i), i);
    }
    int[] of = new int[places.length];
    Arrays.setAll(of, i -> numbers.getOrDefault(chains.get(i).get(level), -1));
    areas.put(level, list);
    areaOf.put(level, of);
  }

  private void parents(Map<Integer, String> chain) {
    String above = null;
    for (String area : chain.values()) {
      if (above != null) {
        parents.put(area, above);
      }
      above = area;
    }
  }

  /** The places, ascending. */
  public long[] places() {
    return places.clone();
  }

  /** How many cells a level has without groups: its areas, or the places. */
  public int cells(Query query) {
    return query.ofPlaces() ? places.length : areas(query.level()).size();
  }

  /** The areas of a level, ascending. */
  List<String> areas(int level) {
    return areas.getOrDefault(level, List.of());
  }

  /** The number of a place's area at a level, -1 without one. */
  int area(int level, int place) {
    int[] of = areaOf.get(level);
    return of == null ? -1 : of[place];
  }

  /** The area above an area, of the levels that count; empty at the top. */
  String parent(String area) {
    return parents.getOrDefault(area, "");
  }

  /** The area of the finest level that counts and holds a place; empty without one. */
  String parent(int place) {
    for (Map.Entry<Integer, int[]> level : areaOf.descendingMap().entrySet()) {
      if (level.getValue()[place] >= 0) {
        return areas(level.getKey()).get(level.getValue()[place]);
      }
    }
    return "";
  }

  long place(int number) {
    return places[number];
  }

  /** All of it in words, for the hash of what noise is keyed to. */
  public String described() {
    SortedMap<String, Object> all = new TreeMap<>();
    all.put(Tables.PLACE, Arrays.toString(places));
    areaOf.forEach((level, of) -> all.put("areas " + level, areas(level) + Arrays.toString(of)));
    return all.toString();
  }
}
