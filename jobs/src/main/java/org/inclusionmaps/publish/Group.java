package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Tables;

/**
 * People that are published together: all, one sex, one age band, or one disability.
 *
 * @param name as in attributes of tiles: all, female, 15-24, disability_any
 * @param dimension the column that tells them; empty for all
 * @param value what stands in that column
 */
record Group(String name, String dimension, String value) implements Serializable {
  static final Group ALL = new Group(Tables.ALL, "", "");

  /** The groups that occur, everybody first, then sexes, ages from the youngest, disabilities. */
  static List<Group> of(Dataset<Row> inclusion) {
    Row found =
        inclusion
            .agg(
                collect_set(col(Tables.SEX)),
                collect_set(col(Tables.AGE_BAND)),
                collect_set(col(Tables.DISABILITY)))
            .first();
    List<Group> groups = new ArrayList<>(List.of(ALL));
    List<String> sexes = new ArrayList<>(found.getList(0));
    sexes.stream().sorted().forEach(s -> groups.add(new Group(s, Tables.SEX, s)));
    List<String> ages = new ArrayList<>(found.getList(1));
    ages.stream()
        .sorted(Comparator.comparingInt(Group::firstYear).thenComparing(Comparator.naturalOrder()))
        .forEach(a -> groups.add(new Group(a, Tables.AGE_BAND, a)));
    List<String> disabilities = new ArrayList<>(found.getList(2));
    disabilities.stream()
        .sorted()
        .forEach(d -> groups.add(new Group("disability_" + d, Tables.DISABILITY, d)));
    groups.removeIf(g -> g.value().equals(Tables.ALL));
    return List.copyOf(groups);
  }

  private static int firstYear(String band) {
    String digits = band.replaceFirst("[^0-9].*", "");
    return digits.isEmpty() ? -1 : Integer.parseInt(digits);
  }

  /** Whether a row of persons is of the group. */
  Column holds() {
    return dimension.isEmpty() ? lit(true) : col(dimension).equalTo(value);
  }

  /** What the group adds to a column's name in GeoParquet: nothing for everybody. */
  String suffix() {
    return this.equals(ALL) ? "" : "_" + name.replace("-", "_").replace("+", "_plus");
  }

  /** The group in words. */
  String label() {
    return switch (name) {
      case "all" -> "Everybody";
      case "female" -> "Women";
      case "male" -> "Men";
      case "disability_any" -> "Persons with a disability";
      case "disability_none" -> "Persons without a disability";
      default -> "Aged " + name.replace("-", " to ").replace("+", " and over");
    };
  }
}
