package org.inclusionmaps.sample;

import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.grid.Places;

/** Homes as rows of {@link Truth#HOMES}. */
final class HomeRows {
  /** H3 resolution of the places of the truth and of subscriptions. */
  static final int RESOLUTION = 8;

  private HomeRows() {}

  static Row toRow(Home home) {
    return RowFactory.create(
        home.id(),
        home.area(),
        home.kind().name().toLowerCase(Locale.ROOT),
        home.lon(),
        home.lat(),
        Places.at(home.lon(), home.lat(), RESOLUTION),
        home.personsPerKm2(),
        home.persons(),
        home.firstPerson(),
        home.enumerationArea(),
        home.network());
  }

  static Home fromRow(Row row) {
    return new Home(
        row.<Long>getAs("home"),
        row.getAs("area"),
        Kind.valueOf(row.<String>getAs("kind").toUpperCase(Locale.ROOT)),
        row.<Double>getAs("lon"),
        row.<Double>getAs("lat"),
        row.<Double>getAs("persons_per_km2"),
        row.<Long>getAs("persons"),
        row.<Long>getAs("first_person"),
        row.getAs("enumeration_area"),
        row.<Integer>getAs("network"));
  }
}
