package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.DegreeOfUrbanisation;
import org.inclusionmaps.grid.DegreeOfUrbanisation.Degree;
import org.inclusionmaps.grid.DegreeOfUrbanisation.Square;
import org.inclusionmaps.grid.LonLat;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.radio.Environment;

/**
 * People at points to the places with anybody: how many, and how urban. A place has the degree of
 * urbanisation of the square of 1 km² in which most of its persons live; of equal ones, the more
 * urban. The radio environment follows from it.
 */
final class PlacesStage {
  /** Degrees, the most urban first. */
  private static final List<Degree> RANKS = List.of(Degree.values());

  private static final double LAND_KM2 = 1;
  private static final String SQUARE = "square";

  /** The people of a place in one square. */
  private record Part(long place, long square, long micro) {}

  private PlacesStage() {}

  static Dataset<Row> places(Dataset<Row> pointPeople) {
    return pointPeople
        .withColumn(SQUARE, PlaceColumns.square(col(Tables.LON), col(Tables.LAT)))
        .groupBy(Tables.PLACE, SQUARE)
        .agg(sum(Tables.PERSONS_MICRO).as(Tables.PERSONS_MICRO))
        .repartition(1)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) PlacesStage::classified,
            Encoders.row(Tables.PLACES.schema()));
  }

  /** Places with the degree of the square that has most of their people; one task sees all. */
  private static Iterator<Row> classified(Iterator<Row> rows) {
    List<Part> parts = new ArrayList<>();
    rows.forEachRemaining(
        row -> parts.add(new Part(row.getLong(0), row.getLong(1), row.getLong(2))));
    Map<Long, Degree> degrees = degrees(parts);
    SortedMap<Long, Long> persons = new TreeMap<>();
    Map<Long, Part> most = new HashMap<>();
    Comparator<Part> byPeople =
        Comparator.comparingLong(Part::micro)
            .thenComparing(part -> -RANKS.indexOf(degrees.get(part.square())));
    for (Part part : parts) {
      persons.merge(part.place(), part.micro(), Long::sum);
      most.merge(part.place(), part, BinaryOperator.maxBy(byPeople));
    }
    return persons.entrySet().stream()
        .map(
            place -> {
              Part main = Objects.requireNonNull(most.get(place.getKey()));
              Degree degree = Objects.requireNonNull(degrees.get(main.square()));
              return row(place.getKey(), place.getValue(), degree);
            })
        .iterator();
  }

  private static Map<Long, Degree> degrees(List<Part> parts) {
    Map<Long, Long> sums = new HashMap<>();
    parts.forEach(part -> sums.merge(part.square(), part.micro(), Long::sum));
    Map<Long, Square> squares = new HashMap<>();
    sums.forEach(
        (square, micro) ->
            squares.put(square, new Square(micro / (double) Tables.MICRO, LAND_KM2)));
    return DegreeOfUrbanisation.classify(squares);
  }

  private static Row row(long place, long micro, Degree degree) {
    LonLat centre = Places.centre(place);
    return RowFactory.create(
        place, centre.lon(), centre.lat(), micro, degree.label(), environment(degree));
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
}
