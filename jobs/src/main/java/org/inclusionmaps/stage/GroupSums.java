package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Tables;

/**
 * Inclusion summed over the places of each area and of all areas inside it, for everyone and for
 * each sex, age band and disability. All are exact sums of millionths of a person. An area in which
 * nobody is counted has no row.
 */
final class GroupSums {
  static final String PERSONS = "persons";
  static final String UNKNOWN = "unknown";

  /** Persons whose coverage is known. */
  static final String KNOWN = "known";

  /** Persons whose coverage is known and of whom it is known how many are connected. */
  static final String TOLD = "told";

  static final String CONNECTED = "connected";

  static final List<String> PARTS =
      List.of(
          "uncovered",
          "unaffordable",
          "affordable",
          "priced_out",
          "burdened",
          "held_back",
          "included",
          "lacking",
          "priced_out_min",
          "priced_out_max");

  private GroupSums() {}

  /** The sum of one sex, as told_female. */
  static String of(String sum, String sex) {
    return sum + "_" + sex;
  }

  static Dataset<Row> sums(Dataset<Row> inclusion, Dataset<Row> areas, List<Integer> levels) {
    Column[] key = {
      col(Tables.AREA), col(Tables.SEX), col(Tables.AGE_BAND), col(Tables.DISABILITY)
    };
    List<String> sums = names();
    Dataset<Row> cells = total(measures(inclusion, key), key, sums);
    Dataset<Row> up = ancestors(areas, levels);
    return total(
        cells
            .join(broadcast(up), Tables.AREA)
            .withColumn("group", explode(groups()))
            .select(
                columns(
                    List.of(
                        col(AreaTree.ANCESTOR).as(Tables.AREA),
                        col("group.sex").as(Tables.SEX),
                        col("group.age_band").as(Tables.AGE_BAND),
                        col("group.disability").as(Tables.DISABILITY)),
                    sums)),
        key,
        sums);
  }

  /** Pairs of an area and each area of some levels that holds it. */
  static Dataset<Row> ancestors(Dataset<Row> areas, List<Integer> levels) {
    return AreaTree.ancestors(areas)
        .where(col(AreaTree.ANCESTOR_LEVEL).isin(levels.toArray()))
        .select(Tables.AREA, AreaTree.ANCESTOR);
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>(List.of(PERSONS, UNKNOWN, KNOWN, TOLD));
    names.add(CONNECTED);
    for (String sex : List.of("female", "male")) {
      names.add(of(TOLD, sex));
      names.add(of(CONNECTED, sex));
    }
    names.addAll(PARTS);
    return List.copyOf(names);
  }

  private static Dataset<Row> measures(Dataset<Row> inclusion, Column[] key) {
    Column persons = col(Tables.PERSONS_MICRO);
    Column told = when(col("priced_out_micro").isNotNull(), persons);
    Column connected = col("burdened_micro").plus(col("included_micro"));
    List<Column> columns = new ArrayList<>(List.of(key));
    columns.add(persons.as(PERSONS));
    columns.add(col("unknown_micro").as(UNKNOWN));
    columns.add(persons.minus(col("unknown_micro")).as(KNOWN));
    columns.add(told.as(TOLD));
    columns.add(connected.as(CONNECTED));
    for (String sex : List.of("female", "male")) {
      columns.add(when(col(Tables.SEX).equalTo(sex), told).as(of(TOLD, sex)));
      columns.add(when(col(Tables.SEX).equalTo(sex), connected).as(of(CONNECTED, sex)));
    }
    for (String part : PARTS) {
      columns.add(col(part + "_micro").as(part));
    }
    return inclusion.select(columns.toArray(Column[]::new));
  }

  private static Dataset<Row> total(Dataset<Row> rows, Column[] key, List<String> sums) {
    Column[] totals =
        sums.stream()
            .map(name -> coalesce(sum(col(name)), lit(0L)).as(name))
            .toArray(Column[]::new);
    Column first = totals[0];
    Column[] rest = Arrays.copyOfRange(totals, 1, totals.length);
    return rows.groupBy(key).agg(first, rest);
  }

  private static Column groups() {
    return array_distinct(
        array(
            group(lit(Tables.ALL), lit(Tables.ALL), lit(Tables.ALL)),
            group(col(Tables.SEX), lit(Tables.ALL), lit(Tables.ALL)),
            group(lit(Tables.ALL), col(Tables.AGE_BAND), lit(Tables.ALL)),
            group(lit(Tables.ALL), lit(Tables.ALL), col(Tables.DISABILITY))));
  }

  private static Column group(Column sex, Column ageBand, Column disability) {
    return struct(
        sex.as(Tables.SEX), ageBand.as(Tables.AGE_BAND), disability.as(Tables.DISABILITY));
  }

  private static Column[] columns(List<Column> key, List<String> sums) {
    List<Column> columns = new ArrayList<>(key);
    sums.forEach(name -> columns.add(col(name)));
    return columns.toArray(Column[]::new);
  }
}
