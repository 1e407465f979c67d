package org.inclusionmaps.publish.figures;

import java.util.Iterator;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** A place with its persons of 15 and older, and the area that most of them live in. */
public final class Home {
  private final long place;
  private long persons;
  private long most = -1;
  private String area = "";

  private Home(Row row) {
    this.place = row.getLong(0);
  }

  /**
   * One of each place.
   *
   * @param rows of {@link PlaceTotals}, in order of places and areas
   */
  public static Stream<Home> of(Iterator<Row> rows) {
    return Runs.of(rows, row -> row.getLong(0), Home::new, Home::add);
  }

  private void add(Row row) {
    long here = Totals.everybody(row, PlaceTotals.TOTALS);
    persons += here;
    if (here > most) {
      most = here;
      area = row.getString(1);
    }
  }

  public long place() {
    return place;
  }

  /** Millionths of a person. */
  public long persons() {
    return persons;
  }

  /** Of areas with as many the first by id. */
  String area() {
    return area;
  }
}
