package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.contract.Tables;

/**
 * Persons and parts of every group side by side, in millionths of a person, one row a place or
 * area: columns {@code <part>_<group>} and {@code persons_<group>}. A group without any row there
 * has no figures (null), which is not zero.
 */
final class Totals {
  static final String PERSONS = "persons";
  static final String LACKING = "lacking";
  static final String COVERAGE = "coverage_probability";
  static final String PRICE = "price_income_pct";
  static final String BEST = "best_technology";
  static final String SOURCE = "connected_source";

  private static final List<String> MEANS = List.of(COVERAGE, PRICE);
  private static final String WEIGHTED = "_weighted";
  private static final String WEIGHT = "_weight";

  private Totals() {}

  static String column(String measure, Group group) {
    return measure + "_" + group.name();
  }

  static String column(Part part, Group group) {
    return column(part.key(), group);
  }

  /** The columns of persons and parts: of each group, persons and then the parts in order. */
  static List<String> measures(List<Group> groups) {
    List<String> names = new ArrayList<>();
    for (Group group : groups) {
      names.add(column(PERSONS, group));
      for (Part part : Part.values()) {
        names.add(column(part, group));
      }
    }
    return names;
  }

  /** Totals of the table {@code inclusion} by some of its columns; in one row if by none. */
  static Dataset<Row> of(Dataset<Row> inclusion, List<Group> groups, Column... by) {
    List<Column> sums = new ArrayList<>();
    for (Group group : groups) {
      sums.add(sum(when(group.holds(), col(Tables.PERSONS_MICRO))).as(column(PERSONS, group)));
      for (Part part : Part.values()) {
        sums.add(sum(when(group.holds(), micro(part))).as(column(part, group)));
      }
    }
    for (String mean : MEANS) {
      Column weight = when(col(mean).isNotNull(), col(Tables.PERSONS_MICRO));
      Column value = col(mean).cast(DataTypes.createDecimalType(16, 6));
      Column persons = col(Tables.PERSONS_MICRO).cast(DataTypes.createDecimalType(20, 0));
      sums.add(sum(value.multiply(persons)).as(mean + WEIGHTED));
      sums.add(sum(weight).as(mean + WEIGHT));
    }
    sums.add(max(col(BEST)).as(BEST));
    sums.add(min(col(SOURCE)).as("source_first"));
    sums.add(max(col(SOURCE)).as("source_last"));
    return inclusion.groupBy(by).agg(sums.get(0), tail(sums));
  }

  /** Totals of totals. */
  static Dataset<Row> rolledUp(Dataset<Row> totals, List<Group> groups, Column... by) {
    List<Column> sums = new ArrayList<>();
    measures(groups).forEach(name -> sums.add(sum(col("`" + name + "`")).as(name)));
    for (String mean : MEANS) {
      sums.add(sum(col(mean + WEIGHTED)).as(mean + WEIGHTED));
      sums.add(sum(col(mean + WEIGHT)).as(mean + WEIGHT));
    }
    sums.add(max(col(BEST)).as(BEST));
    sums.add(min(col("source_first")).as("source_first"));
    sums.add(max(col("source_last")).as("source_last"));
    return totals.groupBy(by).agg(sums.get(0), tail(sums));
  }

  /** The mean over persons of a share or rate, to six digits; null where no row has it. */
  static Column mean(String name) {
    Column weight = col(name + WEIGHT).cast(DataTypes.createDecimalType(20, 0));
    return round(
            when(col(name + WEIGHT).gt(0), col(name + WEIGHTED).divide(weight))
                .cast(DataTypes.DoubleType),
            6)
        .as(name);
  }

  /** What the connected persons rest on; {@code mixed} where rows differ. */
  static Column source() {
    return when(col("source_first").equalTo(col("source_last")), col("source_first"))
        .otherwise(lit("mixed"))
        .as(SOURCE);
  }

  static Column of(String measure, Group group) {
    return col("`" + column(measure, group) + "`");
  }

  static Column of(Part part, Group group) {
    return of(part.key(), group);
  }

  /** Persons whose coverage is known. */
  static Column known(Group group) {
    return of(PERSONS, group).minus(of(Part.UNKNOWN, group));
  }

  static Column[] tail(List<Column> columns) {
    return columns.subList(1, columns.size()).toArray(new Column[0]);
  }

  private static Column micro(Part part) {
    Column own = col(part.key() + "_micro");
    Column split = col("priced_out_micro").isNotNull();
    if (Part.SPLIT.contains(part)) {
      return coalesce(own, lit(0L));
    }
    return Part.UNSPLIT.contains(part) ? when(split, 0L).otherwise(own) : own;
  }
}
