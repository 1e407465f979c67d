package org.inclusionmaps.publish.figures;

import java.io.Serial;
import java.io.Serializable;
import java.util.HashSet;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Places;
import org.jspecify.annotations.Nullable;

/**
 * Hexagons that are shown as one and never in finer parts, each since something within it is
 * sensitive. All that is within such a hexagon is held back, so that no subtraction of other
 * hexagons gives a part of it. It travels to executors.
 */
public final class SensitivePlaces implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  private final HashSet<Long> hexagons = new HashSet<>();

  /** Their resolutions, the coarsest first: of hexagons within each other the coarsest counts. */
  private final TreeSet<Integer> resolutions = new TreeSet<>();

  private SensitivePlaces() {}

  /**
   * The hexagons of a list.
   *
   * @param list rows of {@link Tables#SENSITIVE_PLACES}, checked; null or empty without any
   */
  public static SensitivePlaces of(@Nullable Dataset<Row> list) {
    SensitivePlaces places = new SensitivePlaces();
    if (list != null) {
      for (Row row : list.select(Tables.PLACE, "finest_resolution").collectAsList()) {
        places.hexagons.add(Places.parent(row.getLong(0), row.getInt(1)));
        places.resolutions.add(row.getInt(1));
      }
    }
    return places;
  }

  /** How many hexagons are shown as one, whether anybody lives there or not. */
  int size() {
    return hexagons.size();
  }

  boolean isEmpty() {
    return hexagons.isEmpty();
  }

  /** A resolution, or that of the coarsest hexagon if it is coarser. */
  public int coarsest(int resolution) {
    return isEmpty() ? resolution : Math.min(resolution, resolutions.first());
  }

  /** The finest hexagon that may show a place: itself, if nothing around it is sensitive. */
  public long shown(long place) {
    for (int resolution : resolutions) {
      long hexagon = Places.parent(place, resolution);
      if (hexagons.contains(hexagon)) {
        return hexagon;
      }
    }
    return place;
  }
}
