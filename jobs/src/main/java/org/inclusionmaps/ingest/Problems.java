package org.inclusionmaps.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.contract.Field;
import org.inclusionmaps.contract.Table;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a row: each a column that is null where the row is right. */
final class Problems {
  private Problems() {}

  private record Pattern(String regex, String words) {}

  /** Rules on texts that no contract's field can state. */
  private static final Map<String, Pattern> PATTERNS =
      Map.of(
          "age_band", new Pattern("^(\\d+-\\d+|\\d+\\+|all)$", "written as 15-24, 80+ or all"),
          "currency", new Pattern("^[A-Z]{3}$", "three capital letters"));

  /** What is wrong where a condition holds, other than with a rule of the contract. */
  static Column problem(Column wrong, Column reason, @Nullable String column, Column value) {
    return problem(wrong, reason, column, null, value);
  }

  private static Column problem(
      Column wrong, Column reason, @Nullable String column, @Nullable String field, Column value) {
    return when(
        coalesce(wrong, lit(false)),
        struct(
            reason.as("reason"),
            lit(column).cast(DataTypes.StringType).as("column"),
            lit(field).cast(DataTypes.StringType).as("field"),
            coalesce(value, lit("absent")).as("value")));
  }

  /** What can be wrong with the values of a table's row, in the order of its columns. */
  static List<Column> of(Table table) {
    List<Column> problems = new ArrayList<>();
    for (Field field : table.fields()) {
      if (!field.type().equals(DataTypes.BinaryType)) {
        problems.addAll(of(field, Branch.of(field)));
      }
    }
    if (table.find("lon").isPresent() && table.find("lat").isPresent()) {
      problems.add(
          problem(
              col("lon").equalTo(0).and(col("lat").equalTo(0)),
              lit("lon and lat are both 0"),
              "lon",
              lit("0, 0")));
    }
    return problems;
  }

  private static List<Column> of(Field field, Branch branch) {
    Column value = branch.value();
    List<Column> problems = new ArrayList<>();
    problems.add(
        problem(
            branch.fault().isNotNull(),
            concat_ws(" ", lit(field.name()), branch.fault()),
            field.name(),
            branch.shown()));
    add(
        problems,
        field,
        branch,
        branch.text().isNotNull().and(value.isNull()),
        "is not " + Texts.kind(field.type()));
    if (!field.optional()) {
      add(problems, field, branch, value.isNull(), "is absent");
    }
    if (field.type().equals(DataTypes.DoubleType)) {
      Column infinite =
          value.equalTo(Double.POSITIVE_INFINITY).or(value.equalTo(Double.NEGATIVE_INFINITY));
      add(problems, field, branch, isnan(value).or(infinite), "is not finite");
    }
    if (field.bounded()) {
      Column outside = value.lt(field.min()).or(value.gt(field.max()));
      add(problems, field, branch, outside, "is not " + field.rule());
    }
    if (!field.values().isEmpty()) {
      Column listed = value.isin(field.values().toArray());
      add(problems, field, branch, not(listed), "is not " + field.rule());
    }
    Pattern pattern = PATTERNS.get(field.name());
    if (pattern != null) {
      Column matches = value.rlike(pattern.regex());
      add(problems, field, branch, not(matches), "is not " + pattern.words());
    }
    return problems;
  }

  private static void add(
      List<Column> problems, Field field, Branch branch, Column wrong, String what) {
    problems.add(
        problem(wrong, lit(field.name() + " " + what), field.name(), field.name(), branch.shown()));
  }
}
