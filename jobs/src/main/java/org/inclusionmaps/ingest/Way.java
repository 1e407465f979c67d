package org.inclusionmaps.ingest;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;

/**
 * One way by which a column gets its value from a row of {@link FeedColumns}. Ways are made on the
 * driver and taken by tasks.
 */
@FunctionalInterface
interface Way extends Serializable {
  Told of(Row row);

  /** This way, or another one where this one finds nothing. */
  default Way or(Way other) {
    return row -> {
      Told told = of(row);
      return told.found() == null ? other.of(row) : told;
    };
  }

  /** The same for all rows. */
  static Way constant(Told told) {
    return row -> told;
  }

  /** From a column of texts. */
  static Way text(int column, TextSteps steps) {
    return row -> steps.told(row.getString(column));
  }

  /** From a column that has the contract's type, or one that goes into it without loss. */
  static Way typed(int column, DataType type, double scale) {
    return row -> {
      Object raw = row.get(column);
      return raw == null
          ? Told.NOTHING
          : Told.of(raw, TextSteps.scaled(Texts.converted(raw, type), scale));
    };
  }

  /** From what a lookup has for the texts of some columns; at fault where it has nothing. */
  static Way lookedUp(
      List<Integer> columns,
      Broadcast<Map<List<String>, String>> lookup,
      TextSteps steps,
      String fault) {
    return row -> {
      List<@Nullable String> key = new ArrayList<>();
      List<String> shown = new ArrayList<>();
      for (int column : columns) {
        String raw = row.getString(column);
        key.add(Texts.clean(raw));
        if (raw != null) {
          shown.add(raw);
        }
      }
      Told told = steps.told(lookup.value().get(key));
      return told.found() == null ? Told.wrong(null, String.join(", ", shown), fault) : told;
    };
  }

  /** From a column of geometries in WKB. */
  static Way wkb(int column) {
    return row -> {
      byte[] wkb = row.getAs(column);
      return wkb == null ? Told.NOTHING : Geometries.fromWkb(wkb);
    };
  }

  /** From a column of geometries in WKT or hexadecimal WKB. */
  static Way wkt(int column) {
    return row -> {
      String text = Texts.clean(row.getString(column));
      return text == null ? Told.NOTHING : Geometries.fromText(text);
    };
  }

  /** A point from the ways of its longitude and its latitude. */
  static Way point(Way lon, Way lat) {
    return row -> {
      String x = ordinate(lon.of(row));
      String y = ordinate(lat.of(row));
      return x == null || y == null
          ? Told.NOTHING
          : Geometries.fromText("POINT (" + x + " " + y + ")");
    };
  }

  private static @Nullable String ordinate(Told told) {
    Object shown = told.value() == null ? told.found() : told.value();
    return shown == null ? null : Texts.shown(shown);
  }

  /** The longitude (0) or latitude (1) of a column of geometries that are points. */
  static Way ordinate(int column, int ordinate) {
    return row -> {
      byte[] wkb = row.getAs(column);
      if (wkb == null) {
        return Told.NOTHING;
      }
      double value = Geometries.ordinate(wkb, ordinate);
      return Told.of(value, TextSteps.scaled(value, 1));
    };
  }
}
