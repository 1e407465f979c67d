package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.DegreeOfUrbanisation;
import org.inclusionmaps.grid.DegreeOfUrbanisation.Degree;
import org.inclusionmaps.grid.DegreeOfUrbanisation.Square;
import org.inclusionmaps.radio.Environment;

/**
 * Settled points and population to the places with anybody: how many, and how urban. A place has
 * the degree of urbanisation of the square of 1 km² in which most of its persons live; of equal
 * ones, the more urban. The radio environment follows from it.
 */
final class PlacesStage {
  /** Degrees, the most urban first. */
  private static final List<Degree> RANKS = List.of(Degree.values());

  private static final double LAND_KM2 = 1;
  private static final String SQUARE = "square";
  private static final String RANK = "rank";

  private static final StructType RANKED =
      new StructType()
          .add(SQUARE, DataTypes.LongType, false)
          .add(RANK, DataTypes.IntegerType, false);

  private PlacesStage() {}

  static Dataset<Row> places(Dataset<Row> settledPoints, Dataset<Row> population) {
    Dataset<Row> parts =
        PointPeople.of(settledPoints, population)
            .withColumn(SQUARE, PlaceColumns.square(col(Tables.LON), col(Tables.LAT)))
            .groupBy(Tables.PLACE, SQUARE)
            .agg(sum(Tables.PERSONS_MICRO).as(Tables.PERSONS_MICRO));
    Dataset<Row> ranks =
        parts
            .groupBy(SQUARE)
            .agg(sum(Tables.PERSONS_MICRO).as(Tables.PERSONS_MICRO))
            .repartition(1)
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>) PlacesStage::ranks, Encoders.row(RANKED));
    return parts
        .join(ranks, SQUARE)
        .groupBy(Tables.PLACE)
        .agg(
            sum(Tables.PERSONS_MICRO).as(Tables.PERSONS_MICRO),
            max(struct(col(Tables.PERSONS_MICRO), col(RANK).multiply(-1).as("urban"))).as("most"))
        .select(
            col(Tables.PLACE),
            PlaceColumns.lon(col(Tables.PLACE)).as(Tables.LON),
            PlaceColumns.lat(col(Tables.PLACE)).as(Tables.LAT),
            col(Tables.PERSONS_MICRO),
            label(PlacesStage::degree).as("degree"),
            label(PlacesStage::environment).as("environment"));
  }

  private static Column label(Function<Degree, String> label) {
    Column text = lit(label.apply(Degree.RURAL));
    for (Degree degree : new Degree[] {Degree.URBAN_CLUSTER, Degree.URBAN_CENTRE}) {
      text =
          when(col("most.urban").equalTo(-RANKS.indexOf(degree)), label.apply(degree))
              .otherwise(text);
    }
    return text;
  }

  private static String degree(Degree degree) {
    return degree.label();
  }

  private static String environment(Degree degree) {
    Environment environment =
        switch (degree) {
          case URBAN_CENTRE -> Environment.URBAN;
          case URBAN_CLUSTER -> Environment.SUBURBAN;
          case RURAL -> Environment.OPEN;
        };
    return environment.label();
  }

  /** Squares to the rank of their degree, 0 the most urban; one task sees all squares. */
  private static Iterator<Row> ranks(Iterator<Row> rows) {
    Map<Long, Square> squares = new HashMap<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      squares.put(row.getLong(0), new Square(row.getLong(1) / (double) Tables.MICRO, LAND_KM2));
    }
    return DegreeOfUrbanisation.classify(squares).entrySet().stream()
        .map(entry -> RowFactory.create(entry.getKey(), RANKS.indexOf(entry.getValue())))
        .iterator();
  }
}
