package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.grid.EqualAreaGrid;
import org.inclusionmaps.grid.Places;

/** The hexagons' arithmetic on columns. */
final class PlaceColumns {
  private PlaceColumns() {}

  /** The place of a resolution that holds a place. */
  static Column parent(Column place, int resolution) {
    return udf((UDF2<Long, Integer, Long>) Places::parent, DataTypes.LongType)
        .withName("place_parent")
        .apply(place, lit(resolution));
  }

  /** The place of a resolution at a longitude and latitude. */
  static Column at(Column lon, Column lat, int resolution) {
    return udf((UDF3<Double, Double, Integer, Long>) Places::at, DataTypes.LongType)
        .withName("place_at")
        .apply(lon, lat, lit(resolution));
  }

  /** The longitude of a place's centre, degrees. */
  static Column lon(Column place) {
    return udf((UDF1<Long, Double>) p -> Places.centre(p).lon(), DataTypes.DoubleType)
        .withName("place_lon")
        .apply(place);
  }

  /** The latitude of a place's centre, degrees. */
  static Column lat(Column place) {
    return udf((UDF1<Long, Double>) p -> Places.centre(p).lat(), DataTypes.DoubleType)
        .withName("place_lat")
        .apply(place);
  }

  /** The square of 1 km² that holds a point. */
  static Column square(Column lon, Column lat) {
    return udf((UDF2<Double, Double, Long>) EqualAreaGrid::squareAt, DataTypes.LongType)
        .withName("square_at")
        .apply(lon, lat);
  }
}
