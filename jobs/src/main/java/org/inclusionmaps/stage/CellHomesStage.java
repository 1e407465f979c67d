package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;

/**
 * A measurement at radio cells, footprints and population to the connected persons of areas where
 * they live. A task holds one operator at a time; areas where none of its cells is heard, and none
 * stands, have no row. Footprints of cells that were not measured are not looked at.
 */
final class CellHomesStage {
  private static final StructType HOME_OF =
      new StructType()
          .add(Tables.AREA, DataTypes.StringType, false)
          .add("home", DataTypes.StringType, false);

  // Where a row of either kind has what.
  private static final int OPERATOR = 0;
  private static final int KIND = 1;
  private static final int NAME = 2;
  private static final int PARENT = 3;
  private static final int SEX = 4;
  private static final int AMOUNT = 5;
  private static final int VARIANCE = 6;
  private static final int GROUPS = 7;
  private static final int PLACE = 8;
  private static final int PERSONS = 9;

  /** The kind of rows of footprints; it comes after those of what was counted. */
  private static final String FOOTPRINT = "footprint";

  private CellHomesStage() {}

  /** Whether a measurement counts at radio cells. */
  static boolean counts(Dataset<Row> measurement) {
    return !measurement.where(col("leaf_kind").equalTo(Tables.CELL)).isEmpty();
  }

  /** Rows of {@link Tables#CELL_HOMES}; none if persons were not counted at radio cells. */
  static Dataset<Row> homes(
      Dataset<Row> measurement,
      Dataset<Row> footprints,
      Dataset<Row> population,
      Dataset<Row> areas) {
    if (!counts(measurement)) {
      return measurement.sparkSession().createDataFrame(List.of(), Tables.CELL_HOMES.schema());
    }
    Set<String> counted = new HashSet<>();
    for (Row row :
        measurement
            .where(col("leaf_kind").equalTo(Tables.AREA))
            .select("leaf")
            .distinct()
            .collectAsList()) {
      counted.add(row.getString(0));
    }
    HomeAreas tree = HomeAreas.of(counted, areas);
    Dataset<Row> own =
        footprints.join(
            broadcast(measurement.select(Tables.OPERATOR).distinct()),
            new String[] {Tables.OPERATOR},
            "left_semi");
    int partitions =
        Integer.parseInt(measurement.sparkSession().conf().get("spark.sql.shuffle.partitions"));
    return nodes(measurement)
        .union(entries(own, homes(population, tree)))
        .repartition(partitions, col(Tables.OPERATOR))
        .sortWithinPartitions(Tables.OPERATOR, "kind", "name", "sex", Tables.PLACE, "parent")
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) rows -> shared(rows, tree),
            Encoders.row(Tables.CELL_HOMES.schema()));
  }

  /** What was counted, by sex. */
  private static Dataset<Row> nodes(Dataset<Row> measurement) {
    return measurement
        .groupBy(Tables.OPERATOR, "leaf_kind", "leaf", Tables.SEX)
        .agg(
            max("parent").as("parent"),
            sum("count").as("amount"),
            max("variance").as("variance"),
            count(lit(1)).as("groups"))
        .select(
            col(Tables.OPERATOR),
            col("leaf_kind").as("kind"),
            col("leaf").as("name"),
            col("parent"),
            col(Tables.SEX).as("sex"),
            col("amount").cast("double"),
            col("variance"),
            col("groups").cast("int"),
            lit(null).cast("long").as(Tables.PLACE),
            lit(null).cast("double").as("persons"));
  }

  /** Persons 15 and older by place and finest area that is counted in; "" where there is none. */
  private static Dataset<Row> homes(Dataset<Row> population, HomeAreas tree) {
    List<Row> finest = new ArrayList<>();
    tree.finest().forEach((area, home) -> finest.add(RowFactory.create(area, home)));
    return population
        .where(AgeBands.adult())
        .join(
            broadcast(population.sparkSession().createDataFrame(finest, HOME_OF)),
            new String[] {Tables.AREA},
            "left")
        .groupBy(col(Tables.PLACE), coalesce(col("home"), lit("")).as("home"))
        .agg(sum(Tables.PERSONS_MICRO).as(Tables.PERSONS_MICRO))
        .where(col(Tables.PERSONS_MICRO).gt(0));
  }

  /** Footprints where somebody lives. */
  private static Dataset<Row> entries(Dataset<Row> footprints, Dataset<Row> homes) {
    return footprints
        .where(col("connection_probability").gt(0))
        .join(homes, Tables.PLACE)
        .select(
            col(Tables.OPERATOR),
            lit(FOOTPRINT).as("kind"),
            col(Tables.CELL).as("name"),
            col("home").as("parent"),
            lit(Tables.ALL).as("sex"),
            col("connection_probability").as("amount"),
            lit(0.0).as("variance"),
            lit(0).as("groups"),
            col(Tables.PLACE),
            col(Tables.PERSONS_MICRO).divide(Tables.MICRO).as("persons"));
  }

  private static Iterator<Row> shared(Iterator<Row> rows, HomeAreas areas) {
    List<Row> out = new ArrayList<>();
    CountedTree tree = new CountedTree();
    CellEntries entries = new CellEntries();
    String operator = "";
    while (rows.hasNext()) {
      Row row = rows.next();
      if (!row.getString(OPERATOR).equals(operator)) {
        out.addAll(new CellHomes(operator, tree, entries, areas).rows());
        operator = row.getString(OPERATOR);
        tree = new CountedTree();
        entries = new CellEntries();
      }
      add(row, tree, entries);
    }
    out.addAll(new CellHomes(operator, tree, entries, areas).rows());
    return out.iterator();
  }

  private static void add(Row row, CountedTree tree, CellEntries entries) {
    if (!row.getString(KIND).equals(FOOTPRINT)) {
      tree.add(
          row.getString(KIND),
          row.getString(NAME),
          row.getString(PARENT),
          row.getString(SEX),
          new CountedTree.Counts(
              row.getDouble(AMOUNT), row.getDouble(VARIANCE), row.getInt(GROUPS)));
    } else if (tree.hasCell(row.getString(NAME))) {
      entries.add(
          row.getString(NAME),
          row.getLong(PLACE),
          row.getString(PARENT),
          row.getDouble(AMOUNT),
          row.getDouble(PERSONS));
    }
  }
}
