package org.inclusionmaps.contract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The tree of areas and the tables that name its areas, looked at by one task: it holds the areas,
 * tens of thousands of them, and reads how often each table names each, one at a time.
 */
final class AreaLinks {
  /** What is found of the areas at level 0. */
  static final String ROOT = "root";

  static final String RING = "its parents go round in a ring";
  static final String ORPHAN = "its parent is not in areas";
  static final String STEEP = "its level is not above that of its parent";
  static final String EMPTY =
      "neither it, nor an area in it, nor one that holds it has a row in census";

  private static final StructType FOUND =
      new StructType()
          .add("what", DataTypes.StringType, false)
          .add("bad", DataTypes.LongType, false)
          .add("rows", DataTypes.LongType, false)
          .add("first", DataTypes.StringType, false);

  private final Map<String, Row> areas = new HashMap<>();
  private final Set<String> counted = new HashSet<>();
  private final Map<String, Long> rows = new HashMap<>();
  private final Map<String, Finding> findings = new TreeMap<>();

  private AreaLinks() {}

  /**
   * Rows that are not as they should be.
   *
   * @param bad how many they are
   * @param rows of how many rows of their table
   * @param first the area of the first of them
   */
  record Finding(long bad, long rows, String first) {
    private Finding and(Finding other) {
      String least = first.compareTo(other.first) <= 0 ? first : other.first;
      return new Finding(bad + other.bad, rows, least);
    }
  }

  /**
   * The areas at level 0 under {@link #ROOT}, each fault of the tree under its name, and under the
   * name of each table the rows whose area is not in areas.
   *
   * @param naming tables that name areas, some rows maybe none
   */
  static Map<String, Finding> of(Dataset<Row> areas, Map<Table, Dataset<Row>> naming) {
    Dataset<Row> all = mentions(Tables.AREAS, areas, col("parent"), col("level"), lit(1L));
    for (Map.Entry<Table, Dataset<Row>> table : naming.entrySet()) {
      Dataset<Row> named =
          table
              .getValue()
              .where(col(Tables.AREA).isNotNull())
              .groupBy(Tables.AREA)
              .agg(count(lit(1)).as("rows"));
      Column none = lit(null);
      all =
          all.union(
              mentions(table.getKey(), named, none.cast("string"), none.cast("int"), col("rows")));
    }
    Map<String, Finding> found = new TreeMap<>();
    all.repartition(1)
        // The areas come first: the others are looked for in them.
        .sortWithinPartitions(col("level").isNull())
        .mapPartitions((MapPartitionsFunction<Row, Row>) AreaLinks::findings, Encoders.row(FOUND))
        .collectAsList()
        .forEach(
            row ->
                found.put(
                    row.getString(0),
                    new Finding(row.getLong(1), row.getLong(2), row.getString(3))));
    return found;
  }

  private static Dataset<Row> mentions(
      Table table, Dataset<Row> rows, Column parent, Column level, Column times) {
    return rows.select(
        lit(table.name()).as("by"),
        col(Tables.AREA),
        parent.as("parent"),
        level.as("level"),
        times.as("rows"));
  }

  private static Iterator<Row> findings(Iterator<Row> mentions) {
    AreaLinks links = new AreaLinks();
    mentions.forEachRemaining(links::read);
    links.lookAtTree();
    return links.findings.entrySet().stream()
        .map(
            found ->
                RowFactory.create(
                    found.getKey(),
                    found.getValue().bad(),
                    links.rows.getOrDefault(found.getKey(), (long) links.areas.size()),
                    found.getValue().first()))
        .iterator();
  }

  private void read(Row mention) {
    String by = mention.getString(0);
    String area = mention.getString(1);
    if (by.equals(Tables.AREAS.name())) {
      areas.put(area, mention);
      if (level(mention) == 0) {
        find(ROOT, area, 1);
      }
      return;
    }
    rows.merge(by, mention.getLong(4), Long::sum);
    if (!areas.containsKey(area)) {
      find(by, area, mention.getLong(4));
    } else if (by.equals(Tables.CENSUS.name())) {
      counted.add(area);
    }
  }

  private void find(String what, String area, long times) {
    findings.merge(what, new Finding(times, 0, area), Finding::and);
  }

  private void lookAtTree() {
    Map<String, List<String>> chains = new HashMap<>();
    Set<String> peopled = new HashSet<>();
    areas.forEach(
        (id, area) -> {
          List<String> chain = chain(id);
          if (chain.isEmpty()) {
            find(RING, id, 1);
            return;
          }
          Row parent = areas.get(area.getString(2));
          if (parent == null && level(area) > 0) {
            find(ORPHAN, id, 1);
          } else if (parent != null && level(parent) >= level(area)) {
            find(STEEP, id, 1);
          }
          chains.put(id, chain);
          if (counted.contains(id)) {
            peopled.addAll(chain);
          }
        });
    chains.forEach(
        (id, chain) -> {
          if (!peopled.contains(id) && chain.stream().noneMatch(counted::contains)) {
            find(EMPTY, id, 1);
          }
        });
  }

  private static int level(Row area) {
    return area.getInt(3);
  }

  /** An area and those that hold it; empty where the way up does not end. */
  private List<String> chain(String id) {
    List<String> chain = new ArrayList<>();
    for (Row at = areas.get(id); at != null; at = areas.get(at.getString(2))) {
      if (chain.contains(at.getString(1))) {
        return List.of();
      }
      chain.add(at.getString(1));
    }
    return chain;
  }
}
