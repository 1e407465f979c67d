package org.inclusionmaps.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.contract.Field;
import org.inclusionmaps.contract.Table;

/**
 * A feed's rows to rows of its table, good and bad: the contract's columns, and beside them which
 * feed and file a row is of, its {@link #KIND} and what is wrong with it.
 */
final class FeedMapping {
  static final String FEED = "_feed";
  static final String KIND = "_kind";
  static final String PROBLEM = "_problem";
  static final String MENDED = "_mended";

  static final String OK = "ok";
  static final String REJECTED = "rejected";
  static final String ASIDE = "aside";
  static final String BLANK = "blank";

  private static final String GEOMETRY = "_geometry";

  private FeedMapping() {}

  /** The rows of a feed, the {@code number}th of its table, from what its files hold. */
  static Dataset<Row> map(
      SparkSession spark, Table table, FeedSettings feed, Source source, int number) {
    Unpivot.check(table, feed);
    FieldMapping fields = new FieldMapping(spark, table, feed, Unpivot.apply(table, feed, source));
    List<Column> read = new ArrayList<>();
    Column geometry = lit(null);
    for (Field field : table.fields()) {
      if (field.type().equals(DataTypes.BinaryType)) {
        geometry = fields.geometry(field);
        read.add(geometry.as(GEOMETRY));
      } else {
        read.addAll(Arrays.asList(fields.branch(field).columns(field)));
      }
    }
    Source whole = fields.source();
    Column unreadable = col(Source.FAULT);
    read.add(col(Source.FILE));
    read.add(col(Source.ROW));
    read.add(coalesce(notAccepted(table, feed, whole).toArray(Column[]::new)).as(PROBLEM));
    read.add(
        when(unreadable.isNotNull(), lit(REJECTED))
            .when(not(selected(table, feed, whole)), lit(ASIDE))
            .when(Unpivot.blank(feed), lit(BLANK))
            .otherwise(lit(OK))
            .as(KIND));
    return judged(table, whole.rows().select(read.toArray(Column[]::new)), number);
  }

  private static Dataset<Row> judged(Table table, Dataset<Row> read, int number) {
    List<Column> problems = new ArrayList<>(List.of(col(PROBLEM)));
    Column mended = lit(false);
    List<Column> columns = new ArrayList<>();
    for (Field field : table.fields()) {
      if (field.type().equals(DataTypes.BinaryType)) {
        Column fault = col(GEOMETRY + ".problem");
        problems.add(Problems.problem(fault.isNotNull(), fault, field.name(), lit("the geometry")));
        mended = coalesce(col(GEOMETRY + ".mended"), lit(false));
        columns.add(col(GEOMETRY + ".wkb").as(field.name()));
      } else {
        columns.add(col(field.name()));
      }
    }
    problems.addAll(Problems.of(table));
    Column counted = col(KIND).isin(OK, REJECTED);
    columns.add(lit(number).as(FEED));
    columns.add(col(Source.FILE));
    columns.add(col(Source.ROW));
    columns.add(mended.as(MENDED));
    columns.add(col(KIND));
    columns.add(when(counted, coalesce(problems.toArray(Column[]::new))).as(PROBLEM));
    return read.select(columns.toArray(Column[]::new))
        .withColumn(
            KIND,
            when(col(KIND).equalTo(OK).and(col(PROBLEM).isNotNull()), lit(REJECTED))
                .otherwise(col(KIND)));
  }

  /** What is wrong with rows before their values are looked at, the first cause first. */
  private static List<Column> notAccepted(Table table, FeedSettings feed, Source source) {
    Column fault = col(Source.FAULT);
    List<Column> problems = new ArrayList<>();
    problems.add(Problems.problem(fault.isNotNull(), fault, null, lit("the line")));
    new TreeMap<>(feed.where())
        .forEach(
            (name, accepted) ->
                problems.add(
                    Problems.problem(
                        not(among(table, source, name, accepted)),
                        lit("%s is not one of %s".formatted(name, String.join(", ", accepted))),
                        name,
                        text(table, source, name))));
    return problems;
  }

  private static Column selected(Table table, FeedSettings feed, Source source) {
    Column selected = lit(true);
    for (var rule : new TreeMap<>(feed.select()).entrySet()) {
      selected = selected.and(among(table, source, rule.getKey(), rule.getValue()));
    }
    return selected;
  }

  private static Column among(Table table, Source source, String name, List<String> values) {
    return coalesce(text(table, source, name).isin(values.toArray()), lit(false));
  }

  private static Column text(Table table, Source source, String name) {
    String column =
        source
            .find(name)
            .orElseThrow(
                () ->
                    Refusals.setting(
                        table,
                        ": select or where names the column %s, but the feed's are %s"
                            .formatted(name, String.join(", ", source.columns()))));
    return Texts.clean(col(Lookups.quoted(column)));
  }
}
