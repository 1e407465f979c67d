package org.inclusionmaps.sample;

import java.util.Iterator;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Persons as rows, from the homes in which they live. */
final class Persons {
  /** Makes the row of a person; {@code place} is their home's. */
  interface ToRow extends java.io.Serializable {
    Row row(Home home, long place, Person person, People people);
  }

  private Persons() {}

  /** The rows of {@link Truth#EACH_PERSON}. */
  static Dataset<Row> truth(Dataset<Row> homes, People people) {
    return of(homes, people, Persons::truthRow, Truth.EACH_PERSON.schema());
  }

  /** A row for each person. */
  static Dataset<Row> of(Dataset<Row> homes, People people, ToRow toRow, StructType schema) {
    MapPartitionsFunction<Row, Row> each = some -> each(some, people, toRow);
    return homes.mapPartitions(each, Encoders.row(schema));
  }

  private static Iterator<Row> each(Iterator<Row> homes, People people, ToRow toRow) {
    return new Chain<>(
        homes,
        row -> {
          Home home = HomeRows.fromRow(row);
          long place = row.<Long>getAs("place");
          return LongStream.range(0, home.persons())
              .mapToObj(nth -> toRow.row(home, place, people.of(home, nth), people))
              .iterator();
        });
  }

  private static Row truthRow(Home home, long place, Person person, People people) {
    return RowFactory.create(
        person.id(),
        home.id(),
        place,
        home.area(),
        person.sex().label(),
        person.age(),
        person.ageBand(),
        person.disability(),
        person.adult() ? person.income() : null,
        person.covered() ? people.price(home.network()) : null,
        person.covered(),
        person.affordable(),
        person.connected());
  }
}
