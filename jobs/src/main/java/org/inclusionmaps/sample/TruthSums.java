package org.inclusionmaps.sample;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;

/** Sums of the truth. */
final class TruthSums {
  private TruthSums() {}

  /** Persons to {@link Truth#PLACES}. */
  static Dataset<Row> places(Dataset<Row> persons) {
    Column covered = col(Truth.COVERED);
    Column affordable = col(Truth.AFFORDABLE);
    Column connected = col(Truth.CONNECTED);
    Column adult = col("age").geq(Person.ADULT);
    Dataset<Row> sums =
        persons
            .groupBy(
                col(Tables.PLACE),
                col(Tables.AREA),
                col(Tables.SEX),
                col(Tables.AGE_BAND),
                col(Tables.DISABILITY))
            .agg(
                count(lit(1)).as(Truth.PERSONS),
                count_if(covered).as(Truth.COVERED),
                count_if(not(covered)).as(Truth.UNCOVERED),
                adults(adult, affordable).as(Truth.AFFORDABLE),
                adults(adult, connected).as(Truth.CONNECTED),
                adults(adult, covered.and(not(affordable)).and(not(connected)))
                    .as(Truth.PRICED_OUT),
                adults(adult, connected.and(not(affordable))).as(Truth.BURDENED),
                adults(adult, affordable.and(not(connected))).as(Truth.HELD_BACK),
                adults(adult, connected.and(affordable)).as(Truth.INCLUDED),
                adults(adult, not(affordable)).as(Truth.LACKING));
    return in(sums, Truth.PLACES);
  }

  /** Null for a group without adults: a band lies on one side of 15. */
  private static Column adults(Column adult, Column holds) {
    return sum(when(adult, when(holds, 1L).otherwise(0L)));
  }

  /** {@link Truth#PLACES} to {@link Truth#AREAS}. */
  static Dataset<Row> areas(Dataset<Row> places) {
    List<Column> sums = new ArrayList<>();
    for (String measure : Truth.AREAS.columns().subList(4, Truth.AREAS.columns().size())) {
      sums.add(sum(measure).as(measure));
    }
    Dataset<Row> all =
        everyLevel(places)
            .groupBy(Tables.AREA, Tables.SEX, Tables.AGE_BAND, Tables.DISABILITY)
            .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
    return in(all, Truth.AREAS);
  }

  /** Homes to {@link Truth#NETWORKS}. */
  static Dataset<Row> networks(SparkSession spark, Dataset<Row> homes) {
    StructType schema =
        new StructType()
            .add(Tables.OPERATOR, DataTypes.StringType)
            .add(Tables.TECHNOLOGY, DataTypes.StringType)
            .add("mask", DataTypes.IntegerType);
    Dataset<Row> masks = functions.broadcast(spark.createDataFrame(masks(), schema));
    Dataset<Row> served =
        everyLevel(homes)
            .crossJoin(masks)
            .where(col("network").bitwiseAND(col("mask")).notEqual(0))
            .groupBy(Tables.AREA, Tables.OPERATOR, Tables.TECHNOLOGY)
            .agg(sum(Truth.PERSONS).as(Truth.PERSONS));
    return in(served, Truth.NETWORKS);
  }

  private static List<Row> masks() {
    List<Row> masks = new ArrayList<>();
    for (Technology oldest : Technology.values()) {
      int any = 0;
      for (Operator operator : Operator.values()) {
        int mask = 0;
        for (Technology technology : Technology.values()) {
          if (technology.index() >= oldest.index()) {
            mask |= Network.bit(operator, technology);
          }
        }
        any |= mask;
        masks.add(RowFactory.create(operator.code(), oldest.label(), mask));
      }
      masks.add(RowFactory.create("any", oldest.label(), any));
    }
    return masks;
  }

  /** {@link Truth#PLACES} to the census: persons counted without error. */
  static Dataset<Row> census(Dataset<Row> places) {
    Dataset<Row> counts =
        places
            .groupBy(Tables.AREA, Tables.SEX, Tables.AGE_BAND, Tables.DISABILITY)
            .agg(sum(Truth.PERSONS).cast(DataTypes.DoubleType).as(Truth.PERSONS));
    return in(counts, Tables.CENSUS);
  }

  /** The rows of districts, and again under their provinces and the country. */
  private static Dataset<Row> everyLevel(Dataset<Row> rows) {
    Column province = regexp_replace(col(Tables.AREA), "-[0-9]+$", "");
    return rows.union(rows.withColumn(Tables.AREA, province))
        .union(rows.withColumn(Tables.AREA, lit(Land.COUNTRY)));
  }

  private static Dataset<Row> in(Dataset<Row> rows, Table table) {
    return rows.select(table.columns().stream().map(functions::col).toArray(Column[]::new));
  }
}
