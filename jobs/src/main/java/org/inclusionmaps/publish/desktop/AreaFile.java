package org.inclusionmaps.publish.desktop;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.publish.figures.AreaTotals;
import org.inclusionmaps.publish.figures.Columns;
import org.inclusionmaps.publish.figures.Group;
import org.inclusionmaps.publish.figures.Shown;
import org.inclusionmaps.publish.figures.Totals;
import org.inclusionmaps.publish.writing.ReleaseFiles;
import org.jspecify.annotations.Nullable;

/** Areas with their persons, parts and indicators side by side, one folder a level. */
public final class AreaFile {
  private static final String FOLDER = "areas/level=";
  private static final String INDICATORS = "indicators";

  private AreaFile() {}

  /**
   * A column of the file for an indicator.
   *
   * @param indicator its name and the sex, with a blank between
   */
  private record Wide(String column, String indicator) implements Serializable {}

  public static String folder(int level) {
    return FOLDER + level;
  }

  /**
   * Writes the areas of each level; gives the rows of each file.
   *
   * @param totals of {@link AreaTotals}
   */
  public static Map<String, Long> write(
      Dataset<Row> totals, Dataset<Row> indicators, List<Group> groups, ReleaseFiles files) {
    StructType schema =
        HexagonFile.figures(
            new StructType()
                .add(Tables.AREA, DataTypes.StringType)
                .add("name", DataTypes.StringType)
                .add("parent", DataTypes.StringType)
                .add("level", DataTypes.IntegerType)
                .add(Totals.SOURCE, DataTypes.StringType),
            groups);
    for (String mean : Totals.MEANS) {
      schema = schema.add(mean, DataTypes.DoubleType);
    }
    List<Wide> wide = wide(indicators, groups, schema.fieldNames());
    for (Wide indicator : wide) {
      schema = schema.add(indicator.column(), DataTypes.DoubleType);
    }
    schema = schema.add(GeoRowSupport.GEOMETRY, DataTypes.BinaryType);
    Dataset<Row> rows =
        totals
            .join(byArea(indicators), Columns.of(Tables.AREA), "left")
            .select(
                concat(lit(FOLDER), col("level")).as(GeoParquet.FILE.fieldNames()[0]),
                lit(0).as(GeoParquet.FILE.fieldNames()[1]),
                col(Tables.AREA).as(GeoParquet.ORDER),
                col("name"),
                col("parent"),
                col("level"),
                col("geometry"),
                col("sums"),
                col(Totals.BEST),
                col(Totals.SOURCE),
                col(INDICATORS));
    return new GeoParquet(files, schema, HexagonFile.persons(groups), row -> values(row, wide))
        .write(rows);
  }

  private static List<@Nullable Object> values(Row row, List<Wide> wide) {
    Totals totals = Totals.of(row, 7);
    List<@Nullable Object> values = new ArrayList<>();
    values.add(row.getString(2));
    values.add(row.getString(3));
    values.add(row.getString(4));
    values.add(row.getInt(5));
    values.add(totals.source());
    values.addAll(Shown.figures(totals));
    for (int mean = 0; mean < Totals.MEANS.size(); mean++) {
      values.add(totals.mean(mean));
    }
    Map<String, @Nullable Object> here = new HashMap<>();
    if (!row.isNullAt(10)) {
      row.<Row>getList(10).forEach(pair -> here.put(pair.getString(0), pair.get(1)));
    }
    wide.forEach(indicator -> values.add(here.get(indicator.indicator())));
    values.add(row.get(6));
    return values;
  }

  /** The indicators of each area, each by its name and sex. */
  private static Dataset<Row> byArea(Dataset<Row> indicators) {
    return indicators
        .where(
            col(Tables.AGE_BAND)
                .equalTo(Tables.ALL)
                .and(col(Tables.DISABILITY).equalTo(Tables.ALL)))
        .groupBy(Tables.AREA)
        .agg(
            collect_list(struct(concat(col("indicator"), lit(" "), col(Tables.SEX)), col("value")))
                .as(INDICATORS));
  }

  /** A column for each indicator of everybody and of each sex, where there is none of that name. */
  private static List<Wide> wide(Dataset<Row> indicators, List<Group> groups, String[] others) {
    Set<String> taken = new HashSet<>(List.of(others));
    taken.add(GeoRowSupport.GEOMETRY);
    List<String> names =
        new ArrayList<>(indicators.agg(collect_set(col("indicator"))).first().<String>getList(0));
    names.sort(null);
    List<Wide> columns = new ArrayList<>();
    for (Group group : groups) {
      boolean everybody = group.equals(Group.ALL);
      if (everybody || group.dimension().equals(Tables.SEX)) {
        for (String name : names) {
          String sex = everybody ? Tables.ALL : group.value();
          if (!taken.contains(name + group.suffix())) {
            columns.add(new Wide(name + group.suffix(), name + " " + sex));
          }
        }
      }
    }
    return columns;
  }
}
