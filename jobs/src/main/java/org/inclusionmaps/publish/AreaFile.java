package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Tables;

/** Areas with their persons, parts and indicators side by side, one folder a level. */
final class AreaFile {
  private AreaFile() {}

  static String folder(int level) {
    return "areas/level=" + level;
  }

  /** Writes the areas of each level; gives the rows of each file. */
  static Map<String, Long> write(
      Dataset<Row> totals,
      Dataset<Row> indicators,
      List<Group> groups,
      List<Integer> levels,
      ReleaseFiles files) {
    List<Column> keep =
        List.of(
            lit(0).as(GeoParquet.FILE),
            col(Tables.AREA).as(GeoParquet.ORDER),
            col(Tables.AREA),
            col("name"),
            col("parent"),
            col("level"),
            Totals.source(),
            col(GeoRowSupport.GEOMETRY));
    Dataset<Row> rows = Shown.figures(totals, keep, groups);
    List<String> order = new ArrayList<>(List.of(rows.columns()));
    order.remove(GeoRowSupport.GEOMETRY);
    List<Column> wide = wide(indicators, groups, rows);
    if (!wide.isEmpty()) {
      Dataset<Row> pivoted =
          indicators.groupBy(col(Tables.AREA)).agg(wide.get(0), Totals.tail(wide));
      rows = rows.join(pivoted, Columns.of(Tables.AREA), "left");
      order.addAll(List.of(pivoted.columns()).subList(1, pivoted.columns().length));
    }
    order.add(GeoRowSupport.GEOMETRY);
    rows = rows.select(Columns.all(order));
    Map<String, Long> written = new TreeMap<>();
    for (int level : levels) {
      Dataset<Row> ofLevel = rows.where(col("level").equalTo(level));
      written.putAll(GeoParquet.write(ofLevel, HexagonFile.micro(groups), files, folder(level)));
    }
    return written;
  }

  /** A column for each indicator of everybody and of each sex, where there is none of that name. */
  private static List<Column> wide(
      Dataset<Row> indicators, List<Group> groups, Dataset<Row> others) {
    Set<String> taken = Set.of(others.columns());
    List<String> names =
        new ArrayList<>(indicators.agg(collect_set(col("indicator"))).first().<String>getList(0));
    names.sort(null);
    List<Column> columns = new ArrayList<>();
    for (Group group : groups) {
      if (!group.equals(Group.ALL) && !group.dimension().equals(Tables.SEX)) {
        continue;
      }
      for (String name : names) {
        String column = name + group.suffix();
        if (!taken.contains(column)) {
          Column here = col("indicator").equalTo(name).and(isOf(group));
          columns.add(max(when(here, col("value"))).as(column));
        }
      }
    }
    return columns;
  }

  /** Whether a row of indicators is of a group and of no narrower one. */
  static Column isOf(Group group) {
    Column is = lit(true);
    for (String dimension : Tables.GROUP) {
      String value = dimension.equals(group.dimension()) ? group.value() : Tables.ALL;
      is = is.and(col(dimension).equalTo(value));
    }
    return is;
  }
}
