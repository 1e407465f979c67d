package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.config.PopulationSettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.estimation.AgeBand;
import org.inclusionmaps.estimation.Apportionment;
import org.jspecify.annotations.Nullable;

/**
 * Areas, census and settled points to the persons of each place, area and group. Each area's people
 * are split over its places by weight and sum to the census exactly. A place, area and group
 * without anybody has no row.
 */
final class PopulationStage {
  private static final String TOTAL = "total_micro";
  private static final String SPLIT = "age_split";

  private static final StructType GROUPS =
      new StructType()
          .add(Tables.AREA, DataTypes.StringType, false)
          .add(Tables.SEX, DataTypes.StringType, false)
          .add(Tables.AGE_BAND, DataTypes.StringType, false)
          .add(Tables.DISABILITY, DataTypes.StringType, false)
          .add(SPLIT, DataTypes.BooleanType, false)
          .add(TOTAL, DataTypes.LongType, false);

  private PopulationStage() {}

  static Dataset<Row> population(
      Dataset<Row> areas,
      Dataset<Row> census,
      Dataset<Row> settledPoints,
      PopulationSettings settings) {
    Double adultSharePct = settings.adultSharePct();
    Dataset<Row> groups =
        OwnPeople.of(areas, census)
            .flatMap(
                (FlatMapFunction<Row, Row>) row -> at15(row, adultSharePct), Encoders.row(GROUPS));
    Dataset<Row> weights =
        settledPoints
            .groupBy(Tables.AREA, Tables.PLACE)
            .agg(sum("weight_micro").as("weight_micro"));
    return Splits.split(
            groups.join(weights, Tables.AREA),
            List.of(Tables.AREA, Tables.SEX, Tables.AGE_BAND, Tables.DISABILITY, SPLIT),
            Tables.PLACE,
            TOTAL,
            "weight_micro")
        .where(col(Tables.PERSONS_MICRO).gt(0));
  }

  /** A group to itself, or to its parts under 15 and from 15 on. */
  private static Iterator<Row> at15(Row row, @Nullable Double adultSharePct) {
    AgeBand band = AgeBand.parse(row.getString(2)).orElseThrow();
    long persons = row.getLong(4);
    List<Row> parts = new ArrayList<>(2);
    if (!band.crosses15()) {
      parts.add(part(row, band, persons, false));
      return parts.iterator();
    }
    long[] split =
        band.to() == AgeBand.OPEN ? byShare(row, band, adultSharePct) : band.splitByYear(persons);
    parts.add(part(row, band.under15(), split[0], true));
    parts.add(part(row, band.from15(), split[1], true));
    return parts.iterator();
  }

  private static Row part(Row row, AgeBand band, long persons, boolean split) {
    return RowFactory.create(
        row.getString(0), row.getString(1), band.label(), row.getString(3), split, persons);
  }

  private static long[] byShare(Row row, AgeBand band, @Nullable Double adultSharePct) {
    if (!band.equals(AgeBand.ALL_AGES)) {
      throw new InclusionException(
          ErrorCode.CONTRACT_BROKEN,
          "census: age_band %s of area %s starts under 15 and has no end, so that nothing tells who"
                  .formatted(band.label(), row.getString(0))
              + " is 15 or older; give bands that end");
    }
    if (adultSharePct == null) {
      throw new InclusionException(
          ErrorCode.SETTINGS_WRONG,
          "population.adult_share_pct is missing, but the census has people of area %s without ages"
                  .formatted(row.getString(0))
              + "; state the persons 15 and older in a hundred");
    }
    return Apportionment.largestRemainder(
        row.getLong(4), new double[] {100 - adultSharePct, adultSharePct});
  }
}
