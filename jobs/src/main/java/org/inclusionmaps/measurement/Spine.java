package org.inclusionmaps.measurement;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/**
 * The public tree that persons are counted in: leaves, and above each the areas of the levels that
 * count. Leaves are places, or radio cells, which only their own operator's persons count at. A
 * hexagon that several areas share goes to the one with most of its people, by the census. Nothing
 * here depends on a subscription.
 */
public final class Spine implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /** What homes name: the leaves' places, or the numbers of cells from 0 on. */
  private final long[] places;

  /** Of radio cells alone: what the list calls each, and whose it is. */
  private final String[] cells;

  private final String[] operators;

  /** Level to each leaf's area, as a number in {@link #areas}; -1 where it has none. */
  private final TreeMap<Integer, int[]> areaOf = new TreeMap<>();

  private final TreeMap<Integer, List<String>> areas = new TreeMap<>();
  private final TreeMap<String, String> parents = new TreeMap<>();

  private Spine(long[] places, String[] cells, String[] operators) {
    this.places = places;
    this.cells = cells;
    this.operators = operators;
  }

  /**
   * The tree of places.
   *
   * @param settled place, area and persons_micro of all settled places, several rows a place
   * @param tree area, parent and level of all areas
   * @param levels of areas that persons are counted in
   */
  public static Spine of(List<Row> settled, List<Row> tree, List<Integer> levels) {
    SortedMap<Long, String> main = main(settled);
    long[] places = main.keySet().stream().mapToLong(place -> place).toArray();
    return new Spine(places, new String[0], new String[0]).under(main.values(), tree, levels);
  }

  /**
   * The tree of radio cells, in the order of their names.
   *
   * @param cells operator, cell and the area that it counts in; each cell once
   * @param tree area, parent and level of all areas
   * @param levels of areas that persons are counted in
   */
  public static Spine ofCells(List<Row> cells, List<Row> tree, List<Integer> levels) {
    List<Row> sorted = new ArrayList<>(cells);
    sorted.sort(Comparator.comparing((Row row) -> row.getString(1)));
    long[] numbers = new long[sorted.size()];
    Arrays.setAll(numbers, i -> i);
    return new Spine(
            numbers,
            sorted.stream().map(row -> row.getString(1)).toArray(String[]::new),
            sorted.stream().map(row -> row.getString(0)).toArray(String[]::new))
        .under(sorted.stream().map(row -> row.getString(2)).toList(), tree, levels);
  }

  /** Puts the leaves, which lie in these areas, under the tree of areas. */
  private Spine under(Collection<String> mains, List<Row> tree, List<Integer> levels) {
    Map<String, Integer> levelOf = new HashMap<>();
    Map<String, String> parentOf = new HashMap<>();
    for (Row row : tree) {
      levelOf.put(row.getString(0), row.getInt(2));
      if (!row.isNullAt(1)) {
        parentOf.put(row.getString(0), row.getString(1));
      }
    }
    List<Map<Integer, String>> chains = new ArrayList<>();
    for (String area : mains) {
      chains.add(chain(area, levelOf, parentOf, levels));
    }
    for (int level : levels) {
      level(level, chains);
    }
    chains.forEach(this::parents);
    return this;
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
          "privacy.detail has level %d, but no area of that level holds %s; take it out"
              .formatted(level, cells.length > 0 ? "radio cells" : "settled places"));
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

  /** What homes name, ascending: places, or numbers of radio cells from 0 on. */
  public long[] places() {
    return places.clone();
  }

  /** The radio cells as operator, cell and number; none where leaves are places. */
  public List<Row> radioCells() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      rows.add(RowFactory.create(operators[i], cells[i], places[i]));
    }
    return rows;
  }

  /** How many cells a level has without groups: its areas, or the leaves. */
  public int cells(Query query) {
    return query.ofLeaves() ? places.length : areas(query.level()).size();
  }

  /** Whether an operator's persons are counted at a leaf: at a radio cell its own alone. */
  boolean counts(int leaf, String operator) {
    return cells.length == 0 || operators[leaf].equals(operator);
  }

  /** The areas of a level, ascending. */
  List<String> areas(int level) {
    return areas.getOrDefault(level, List.of());
  }

  /** The number of a leaf's area at a level, -1 without one. */
  int area(int level, int leaf) {
    int[] of = areaOf.get(level);
    return of == null ? -1 : of[leaf];
  }

  /** The area above an area, of the levels that count; empty at the top. */
  String parent(String area) {
    return parents.getOrDefault(area, "");
  }

  /** The area of the finest level that counts and holds a leaf; empty without one. */
  String parent(int leaf) {
    for (Map.Entry<Integer, int[]> level : areaOf.descendingMap().entrySet()) {
      if (level.getValue()[leaf] >= 0) {
        return areas(level.getKey()).get(level.getValue()[leaf]);
      }
    }
    return "";
  }

  /** What a leaf is called in counts, and in the key of their noise. */
  String label(int leaf) {
    return cells.length == 0 ? Long.toString(places[leaf]) : cells[leaf];
  }

  /** All of it in words, for the hash of what noise is keyed to. */
  public String described() {
    SortedMap<String, Object> all = new TreeMap<>();
    if (cells.length == 0) {
      all.put(Tables.PLACE, Arrays.toString(places));
    } else {
      all.put(Tables.CELL, Arrays.toString(cells) + Arrays.toString(operators));
    }
    areaOf.forEach((level, of) -> all.put("areas " + level, areas(level) + Arrays.toString(of)));
    return all.toString();
  }
}
