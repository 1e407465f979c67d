package org.inclusionmaps.stage;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.jspecify.annotations.Nullable;

/** The tree of areas, of the levels that a measurement counts in alone. */
final class HomeAreas implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /** Each area's areas of these levels that hold it, the finest first. */
  private final HashMap<String, ArrayList<String>> chains = new HashMap<>();

  private final HashMap<String, Integer> levels = new HashMap<>();

  private HomeAreas() {}

  /**
   * The tree of a measurement.
   *
   * @param counted ids of the areas that it counts in
   * @param areas all areas of the run
   * @throws InclusionException if the run has no such area
   */
  static HomeAreas of(Set<String> counted, Dataset<Row> areas) {
    List<Row> rows = areas.select(Tables.AREA, "parent", "level").collectAsList();
    HomeAreas tree = new HomeAreas();
    Set<Integer> measured = new HashSet<>();
    for (Row row : rows) {
      tree.levels.put(row.getString(0), row.getInt(2));
      if (counted.contains(row.getString(0))) {
        measured.add(row.getInt(2));
      }
    }
    TreeSet<String> strange = new TreeSet<>(counted);
    strange.removeAll(tree.levels.keySet());
    if (!strange.isEmpty()) {
      throw new InclusionException(
          ErrorCode.CONTRACT_BROKEN,
          "inputs.measurement counts in %d areas that areas does not have, first %s; give the areas that it was measured with, or measure again"
              .formatted(strange.size(), strange.first()));
    }
    Iterator<Row> pairs = AreaTree.pairs(rows.iterator());
    while (pairs.hasNext()) {
      Row pair = pairs.next();
      if (measured.contains(pair.getInt(2))) {
        tree.chains
            .computeIfAbsent(pair.getString(0), any -> new ArrayList<>())
            .add(pair.getString(1));
      }
    }
    return tree;
  }

  /** The area itself, if it is of a level that is counted in, and those above; none if unknown. */
  List<String> chain(@Nullable String area) {
    List<String> chain = area == null ? null : chains.get(area);
    return chain == null ? List.of() : chain;
  }

  /** The area of these levels above one of them. */
  @Nullable String parent(String area) {
    List<String> chain = chain(area);
    return chain.size() < 2 ? null : chain.get(1);
  }

  /** How deep in the tree an area is. */
  int level(String area) {
    return levels.getOrDefault(area, -1);
  }

  /** Each area of the run and the finest of these levels that holds it. */
  Map<String, String> finest() {
    Map<String, String> finest = new HashMap<>();
    chains.forEach((area, chain) -> finest.put(area, chain.get(0)));
    return finest;
  }
}
