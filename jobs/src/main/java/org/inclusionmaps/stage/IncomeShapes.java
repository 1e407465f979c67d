package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.affordability.LognormalIncome;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.jspecify.annotations.Nullable;

/**
 * Incomes and survey to how income is shared inside the areas of which that is told.
 *
 * <p>Of what an area's row and its respondents tell, the first of these counts: shares of fifths,
 * parameters of a GB2, microdata of enough respondents, the Gini coefficient. Microdata are income
 * per head of households, so they tell of women and men together.
 */
final class IncomeShapes {
  private static final String SHARES = "share_q1 to share_q5";
  private static final String GB2 = "gb2_a, gb2_p and gb2_q";

  /** The order in which forms count, the first first. */
  private static final int BY_SHARES = 1;

  private static final int BY_GB2 = 2;
  private static final int BY_MICRODATA = 3;
  private static final int BY_GINI = 4;

  /** One row an area and sex; {@code rank} is the order above. */
  private static final StructType SCHEMA =
      new StructType()
          .add("shape_area", DataTypes.StringType, false)
          .add("shape_sex", DataTypes.StringType, false)
          .add("rank", DataTypes.IntegerType, false)
          .add("form", DataTypes.StringType, false)
          .add("parameters", DataTypes.createArrayType(DataTypes.DoubleType, false), false)
          .add("sigma", DataTypes.DoubleType, false);

  private static final Column[] TOLD =
      Stream.of(
              Tables.AREA,
              Tables.SEX,
              "gini",
              "share_q1",
              "share_q2",
              "share_q3",
              "share_q4",
              "share_q5",
              "gb2_a",
              "gb2_p",
              "gb2_q")
          .map(org.apache.spark.sql.functions::col)
          .toArray(Column[]::new);

  /** How income is shared in an area and sex. */
  private record Shape(String area, String sex, int rank, IncomeForm form) {
    Row row() {
      return RowFactory.create(area, sex, rank, form.name(), form.parameters(), form.sigma());
    }
  }

  private IncomeShapes() {}

  /**
   * The shapes: shape_area, shape_sex, form, parameters and sigma.
   *
   * @param areas the tree that respondents' areas are in
   * @param minimumRespondents microdata of an area count from so many on
   */
  static Dataset<Row> of(
      Dataset<Row> incomes, Dataset<Row> survey, Dataset<Row> areas, int minimumRespondents) {
    Dataset<Row> told =
        incomes
            .select(TOLD)
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>) IncomeShapes::shapes, Encoders.row(SCHEMA));
    Dataset<Row> respondents =
        respondents(survey)
            .join(AreaTree.ancestors(areas), Tables.AREA)
            .select(col(AreaTree.ANCESTOR).as("of"), col("income_month"), col("weight"));
    return told.union(microdata(respondents, minimumRespondents))
        .groupBy("shape_area", "shape_sex")
        .agg(min_by(struct(col("form"), col("parameters"), col("sigma")), col("rank")).as("shape"))
        .select("shape_area", "shape_sex", "shape.form", "shape.parameters", "shape.sigma");
  }

  /**
   * Makes the shape of every row of incomes.
   *
   * @throws InclusionException with the first row, by area and sex, that tells of no distribution
   */
  static void check(Dataset<Row> incomes) {
    incomes
        .select(TOLD)
        .repartition(1)
        .sortWithinPartitions(Tables.AREA, Tables.SEX)
        .foreachPartition(
            (ForeachPartitionFunction<Row>) rows -> rows.forEachRemaining(IncomeShapes::shape));
  }

  /** The shape of all persons of a country, from the row of it and the whole survey. */
  static Optional<IncomeForm> national(Row country, Dataset<Row> survey, int minimumRespondents) {
    Shape told = shape(country);
    if (told != null && told.rank() < BY_MICRODATA) {
      return Optional.of(told.form());
    }
    Dataset<Row> all =
        respondents(survey).select(lit("").as("of"), col("income_month"), col("weight"));
    Optional<IncomeForm> sampled =
        microdata(all, minimumRespondents).collectAsList().stream()
            .findFirst()
            .map(
                row ->
                    new IncomeForm(
                        row.getString(3),
                        row.<Double>getList(4).stream().mapToDouble(k -> k).toArray()));
    return sampled.or(() -> Optional.ofNullable(told).map(Shape::form));
  }

  /** What {@link #national} asks of the country's row. */
  static Column[] told() {
    return TOLD.clone();
  }

  private static Dataset<Row> respondents(Dataset<Row> survey) {
    return survey.where(col("income_month").isNotNull().and(col("weight").gt(0)));
  }

  private static Dataset<Row> microdata(Dataset<Row> respondents, int minimumRespondents) {
    return respondents
        .groupBy("of")
        .agg(
            collect_list(struct(col("income_month"), col("weight"))).as("respondents"),
            count(lit(1)).as("number"),
            max("income_month").as("richest"))
        .where(col("number").geq(minimumRespondents).and(col("richest").gt(0)))
        .select("of", "respondents")
        .map((MapFunction<Row, Row>) IncomeShapes::sampled, Encoders.row(SCHEMA));
  }

  private static Row sampled(Row of) {
    List<Row> respondents = of.getList(1);
    IncomeForm form =
        IncomeForm.sampled(
            respondents.stream().mapToDouble(one -> one.getDouble(0)).toArray(),
            respondents.stream().mapToDouble(one -> one.getDouble(1)).toArray());
    return new Shape(of.getString(0), Tables.ALL, BY_MICRODATA, form).row();
  }

  private static Iterator<Row> shapes(Iterator<Row> incomes) {
    Iterable<Row> rows = () -> incomes;
    return StreamSupport.stream(rows.spliterator(), /* parallel= */ false)
        .flatMap(row -> Stream.ofNullable(shape(row)))
        .map(Shape::row)
        .iterator();
  }

  /** The shape that a row of incomes tells of; null where it tells of none. */
  private static @Nullable Shape shape(Row row) {
    String area = row.getString(0);
    String sex = row.getString(1);
    try {
      double[] shares = figures(row, 3, 5, SHARES);
      if (shares != null) {
        return new Shape(area, sex, BY_SHARES, IncomeForm.ofShares(shares));
      }
      double[] gb2 = figures(row, 8, 3, GB2);
      if (gb2 != null) {
        return new Shape(area, sex, BY_GB2, IncomeForm.gb2(gb2[0], gb2[1], gb2[2]));
      }
      return row.isNullAt(2)
          ? null
          : new Shape(
              area,
              sex,
              BY_GINI,
              IncomeForm.lognormal(LognormalIncome.sigmaOfGini(row.getDouble(2))));
    } catch (IllegalArgumentException e) {
      throw new InclusionException(
          ErrorCode.CONTRACT_BROKEN,
          "incomes: area %s, sex %s: %s; correct the row".formatted(area, sex, e.getMessage()),
          e);
    }
  }

  /** Figures that are all there, or none of them. */
  private static double @Nullable [] figures(Row row, int from, int number, String names) {
    double[] figures = new double[number];
    int absent = 0;
    for (int i = 0; i < number; i++) {
      if (row.isNullAt(from + i)) {
        absent++;
      } else {
        figures[i] = row.getDouble(from + i);
      }
    }
    if (absent > 0 && absent < number) {
      throw new IllegalArgumentException(
          "%d of %s are absent; give all or none".formatted(absent, names));
    }
    return absent == 0 ? figures : null;
  }
}
