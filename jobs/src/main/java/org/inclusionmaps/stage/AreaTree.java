package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The tree of areas, as pairs of an area and each area that holds it. */
final class AreaTree {
  static final String ANCESTOR = "ancestor";
  static final String ANCESTOR_LEVEL = "ancestor_level";

  /** Levels are 0 to 9, so a longer way up is a ring. */
  private static final int DEEPEST = 10;

  private static final StructType PAIRS =
      new StructType()
          .add("area", DataTypes.StringType, false)
          .add(ANCESTOR, DataTypes.StringType, false)
          .add(ANCESTOR_LEVEL, DataTypes.IntegerType, false);

  private AreaTree() {}

  /**
   * Areas to pairs (area, ancestor, ancestor_level), each area being its own ancestor too. A parent
   * without a row ends the way up.
   */
  static Dataset<Row> ancestors(Dataset<Row> areas) {
    return areas
        .select(col("area"), col("parent"), col("level"))
        .repartition(1)
        .mapPartitions((MapPartitionsFunction<Row, Row>) AreaTree::pairs, Encoders.row(PAIRS));
  }

  /** The areas of some levels that hold each area, itself among them. */
  static Map<String, List<String>> holders(Dataset<Row> areas, List<Integer> levels) {
    Map<String, List<String>> holders = new HashMap<>();
    pairs(areas.select("area", "parent", "level").collectAsList().iterator())
        .forEachRemaining(
            pair -> {
              if (levels.contains(pair.getInt(2))) {
                holders
                    .computeIfAbsent(pair.getString(0), area -> new ArrayList<>())
                    .add(pair.getString(1));
              }
            });
    return holders;
  }

  /** The pairs of areas given as area, parent, level: each area's from itself upwards. */
  static Iterator<Row> pairs(Iterator<Row> areas) {
    Map<String, Row> byId = new HashMap<>();
    List<String> ids = new ArrayList<>();
    while (areas.hasNext()) {
      Row area = areas.next();
      byId.put(area.getString(0), area);
      ids.add(area.getString(0));
    }
    List<Row> pairs = new ArrayList<>();
    for (String id : ids) {
      int steps = 0;
      for (Row at = byId.get(id);
          at != null;
          at = at.isNullAt(1) ? null : byId.get(at.getString(1))) {
        if (steps++ > DEEPEST) {
          throw new IllegalArgumentException("the parents of area " + id + " go round in a ring");
        }
        pairs.add(RowFactory.create(id, at.getString(0), at.getInt(2)));
      }
    }
    return pairs.iterator();
  }
}
