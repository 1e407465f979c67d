package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.jspecify.annotations.Nullable;

/**
 * What the report, the datasheet and the last lines of a run tell: small tables on the driver.
 *
 * @param country group to its figures
 * @param degrees degree of urbanisation to the figures of everybody
 * @param areas published areas below the country, by level and id
 * @param indicators the country's indicators, by name and group
 * @param range least and most persons that can be priced out, millionths
 * @param assumptions what was assumed for want of data, one sentence each
 */
record Findings(
    Map<Group, Figures> country,
    Map<String, Figures> degrees,
    List<AreaFinding> areas,
    List<Indicator> indicators,
    List<Long> range,
    List<String> assumptions) {

  /** An area with the figures of everybody. */
  record AreaFinding(int level, String id, String name, String parent, Figures figures) {}

  /** One indicator of the country for one group. */
  record Indicator(
      String name,
      String sex,
      String ageBand,
      String disability,
      @Nullable Double value,
      String unit,
      String method,
      String quality,
      @Nullable String reason) {
    boolean ofEverybody() {
      return sex.equals(Tables.ALL) && ageBand.equals(Tables.ALL) && disability.equals(Tables.ALL);
    }
  }

  static Map<Group, Figures> country(Dataset<Row> inclusion, List<Group> groups) {
    Row totals = Totals.of(inclusion, groups).first();
    Map<Group, Figures> country = new LinkedHashMap<>();
    groups.forEach(group -> country.put(group, Figures.of(totals, group)));
    return country;
  }

  /** Urban and rural figures, in the order of the degree of urbanisation. */
  static Map<String, Figures> degrees(Dataset<Row> totals, @Nullable Dataset<Row> places) {
    Map<String, Figures> degrees = new LinkedHashMap<>();
    if (places == null) {
      return degrees;
    }
    Dataset<Row> joined = totals.join(places.select(Tables.PLACE, "degree"), Tables.PLACE);
    Map<String, Figures> found = new LinkedHashMap<>();
    for (Row row : Totals.rolledUp(joined, List.of(Group.ALL), col("degree")).collectAsList()) {
      found.put(row.getAs("degree"), Figures.of(row, Group.ALL));
    }
    for (String degree : List.of("urban_centre", "urban_cluster", "rural")) {
      Figures figures = found.get(degree);
      if (figures != null) {
        degrees.put(degree, figures);
      }
    }
    return degrees;
  }

  static List<AreaFinding> areas(Dataset<Row> areaTotals, Dataset<Row> areas) {
    Dataset<Row> parents =
        areas.select(col(Tables.AREA).as("parent"), col("name").as("parent_name"));
    List<AreaFinding> found = new ArrayList<>();
    for (Row row :
        areaTotals
            .where(col("level").gt(0))
            .drop("geometry")
            .join(parents, Columns.of("parent"), "left")
            .orderBy("level", Tables.AREA)
            .collectAsList()) {
      String parent = row.getAs("parent_name");
      found.add(
          new AreaFinding(
              row.getAs("level"),
              row.getAs(Tables.AREA),
              row.getAs("name"),
              parent == null ? "" : parent,
              Figures.of(row, Group.ALL)));
    }
    return found;
  }

  static List<Indicator> indicators(Dataset<Row> indicators, String country) {
    return indicators
        .where(col(Tables.AREA).equalTo(country))
        .orderBy("indicator", Tables.SEX, Tables.AGE_BAND, Tables.DISABILITY)
        .collectAsList()
        .stream()
        .map(
            row ->
                new Indicator(
                    row.getAs("indicator"),
                    row.getAs(Tables.SEX),
                    row.getAs(Tables.AGE_BAND),
                    row.getAs(Tables.DISABILITY),
                    row.getAs("value"),
                    row.getAs("unit"),
                    row.getAs("method"),
                    row.getAs("quality"),
                    row.getAs("reason")))
        .toList();
  }

  /** Least and most persons that can be priced out. */
  static List<Long> range(Dataset<Row> inclusion) {
    Row row =
        inclusion
            .agg(
                coalesce(sum(col("priced_out_min_micro")), lit(0L)),
                coalesce(sum(col("priced_out_max_micro")), lit(0L)))
            .first();
    return List.of(row.getLong(0), row.getLong(1));
  }

  /** Sentences on what was filled in, counted from the tables that say so. */
  static List<String> assumptions(Map<Table, Dataset<Row>> tables) {
    List<String> told = new ArrayList<>();
    Dataset<Row> coverage = tables.get(Tables.COVERAGE);
    if (coverage != null) {
      Row row =
          coverage
              .agg(
                  coalesce(sum(when(col("defaults_used").gt(0), 1L)), lit(0L)),
                  org.apache.spark.sql.functions.count(lit(1)))
              .first();
      told.add(
          "In %s of %s rows of coverage the best cell lacked a height, frequency or power, and the default of its technology was used."
              .formatted(Numbers.count(row.getLong(0)), Numbers.count(row.getLong(1))));
    }
    Dataset<Row> population = tables.get(Tables.POPULATION);
    if (population != null) {
      long split =
          population
              .agg(coalesce(sum(when(col("age_split"), col(Tables.PERSONS_MICRO))), lit(0L)))
              .first()
              .getLong(0);
      told.add(
          split == 0
              ? "No age band of the census had to be split at 15."
              : "%s persons are in an age band of the census across 15 that was split by assumption."
                  .formatted(Numbers.persons(split)));
    }
    return told;
  }
}
