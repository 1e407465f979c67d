package org.inclusionmaps.publish.figures;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Tables;

/**
 * All areas of the country, published or not.
 *
 * @param names area to its name
 * @param parents area to the area that holds it, for all that are held by one
 * @param levels area to its depth in the tree
 */
public record AreaNames(
    Map<String, String> names, Map<String, String> parents, Map<String, Integer> levels) {

  public static AreaNames of(Dataset<Row> areas) {
    Map<String, String> names = new HashMap<>();
    Map<String, String> parents = new HashMap<>();
    Map<String, Integer> levels = new HashMap<>();
    for (Row row : areas.select(Tables.AREA, "name", "parent", "level").collectAsList()) {
      levels.put(row.getString(0), row.getInt(3));
      names.put(row.getString(0), row.getString(1));
      if (!row.isNullAt(2)) {
        parents.put(row.getString(0), row.getString(2));
      }
    }
    return new AreaNames(names, parents, levels);
  }

  /** The areas of some levels. */
  public Set<String> of(List<Integer> some) {
    return levels.keySet().stream()
        .filter(area -> some.contains(levels.get(area)))
        .collect(Collectors.toSet());
  }

  /** Each area to the nearest of some levels that holds it or is it, for all that have one. */
  HashMap<String, String> published(List<Integer> some) {
    Set<String> published = of(some);
    HashMap<String, String> holders = new HashMap<>();
    for (String area : levels.keySet()) {
      String holder = area;
      while (holder != null && !published.contains(holder)) {
        holder = parents.get(holder);
      }
      if (holder != null) {
        holders.put(area, holder);
      }
    }
    return holders;
  }
}
