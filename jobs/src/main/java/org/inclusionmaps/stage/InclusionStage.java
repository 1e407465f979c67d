package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.deprivation.Access;
import org.inclusionmaps.deprivation.FiveParts;

/**
 * Population, affordability and connected persons to the five parts of each place, area and group
 * of persons 15 and older. Younger persons have no row.
 *
 * <p>Uncovered, unaffordable, affordable and unknown sum to the persons. Where coverage is unknown,
 * all persons are unknown and the parts that rest on connected persons are absent; those are absent
 * too where connected persons are not known.
 */
final class InclusionStage {
  private static final StructType PARTS =
      new StructType()
          .add("uncovered", DataTypes.LongType, false)
          .add("unaffordable", DataTypes.LongType, false)
          .add("affordable", DataTypes.LongType, false)
          .add("priced_out", DataTypes.LongType, false)
          .add("burdened", DataTypes.LongType, false)
          .add("held_back", DataTypes.LongType, false)
          .add("included", DataTypes.LongType, false)
          .add("priced_out_min", DataTypes.LongType, false)
          .add("priced_out_max", DataTypes.LongType, false);

  private InclusionStage() {}

  static Dataset<Row> inclusion(
      Dataset<Row> population, Dataset<Row> affordability, Dataset<Row> connected) {
    Column persons = col(Tables.PERSONS_MICRO);
    return population
        .where(AgeBands.adult())
        .select(PlaceGroups.and(persons))
        .join(
            affordability.select(
                PlaceGroups.and(
                    col("coverage_probability"),
                    col("best_technology"),
                    col("share_unaffordable"),
                    col("price_income_pct"))),
            PlaceGroups.on(),
            "left")
        .join(
            connected.select(
                PlaceGroups.and(
                    col(Tables.PERSONS_MICRO).as("connected"),
                    col("source").as("connected_source"))),
            PlaceGroups.on(),
            "left")
        .withColumn("parts", parts())
        .select(columns(persons))
        .withColumn("barrier", barrier());
  }

  private static Column[] columns(Column persons) {
    Column known = col("coverage_probability").isNotNull();
    Column told = known.and(col("connected").isNotNull());
    return PlaceGroups.and(
        persons,
        when(known, 0L).otherwise(persons).as("unknown_micro"),
        micro("uncovered", known, lit(0L)),
        micro("unaffordable", known, lit(0L)),
        micro("affordable", known, lit(0L)),
        micro("priced_out", told, lit(null)),
        micro("burdened", told, lit(null)),
        micro("held_back", told, lit(null)),
        micro("included", told, lit(null)),
        when(known, col("parts.uncovered").plus(col("parts.unaffordable")))
            .otherwise(0L)
            .as("lacking_micro"),
        micro("priced_out_min", told, lit(null)),
        micro("priced_out_max", told, lit(null)),
        col("coverage_probability"),
        col("best_technology"),
        col("price_income_pct"),
        col("connected_source"));
  }

  private static Column micro(String part, Column known, Column otherwise) {
    return when(known, col("parts." + part)).otherwise(otherwise).as(part + "_micro");
  }

  private static Column parts() {
    return udf((UDF4<Long, Double, Double, Long, Row>) InclusionStage::parts, PARTS)
        .withName("five_parts")
        .apply(
            col(Tables.PERSONS_MICRO),
            coalesce(col("coverage_probability"), lit(0.0)),
            coalesce(col("share_unaffordable"), lit(0.0)),
            when(col("coverage_probability").isNotNull(), coalesce(col("connected"), lit(0L)))
                .otherwise(0L));
  }

  private static Row parts(long persons, double coverage, double unaffordable, long connected) {
    Access access = Access.of(persons, coverage, unaffordable);
    FiveParts parts = FiveParts.of(access, connected);
    return RowFactory.create(
        access.uncovered(),
        access.unaffordable(),
        access.affordable(),
        parts.pricedOut(),
        parts.burdened(),
        parts.heldBack(),
        parts.included(),
        parts.pricedOutMin(),
        parts.pricedOutMax());
  }

  /** The largest of the parts that keep people out; of equal ones the first named here. */
  private static Column barrier() {
    Column told = col("priced_out_micro").isNotNull();
    Column unaffordable = when(told, 0L).otherwise(col("unaffordable_micro"));
    Column pricedOut = coalesce(col("priced_out_micro"), lit(0L));
    Column burdened = coalesce(col("burdened_micro"), lit(0L));
    Column heldBack = coalesce(col("held_back_micro"), lit(0L));
    Column largest = greatest(col("uncovered_micro"), unaffordable, pricedOut, burdened, heldBack);
    return when(col("unknown_micro").gt(0), "unknown")
        .when(largest.equalTo(0L), lit(null))
        .when(col("uncovered_micro").equalTo(largest), "uncovered")
        .when(unaffordable.equalTo(largest), "unaffordable")
        .when(pricedOut.equalTo(largest), "priced_out")
        .when(burdened.equalTo(largest), "burdened")
        .otherwise("held_back");
  }
}
