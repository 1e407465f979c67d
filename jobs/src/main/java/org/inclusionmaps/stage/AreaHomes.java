package org.inclusionmaps.stage;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The tree of areas on the driver and in tasks: which counted area's people live in an area. It
 * holds areas only, tens of thousands of them, never people or places.
 */
final class AreaHomes implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /** Levels are 0 to 9, so a longer way up is a ring. */
  private static final int DEEPEST = 10;

  private final HashMap<String, String> parents = new HashMap<>();
  private final HashSet<String> counted = new HashSet<>();

  /** Millionths of a person that each area has outside its counted sub-areas; none has 0. */
  private final TreeMap<String, Long> own = new TreeMap<>();

  private AreaHomes() {}

  static AreaHomes of(Dataset<Row> areas, Dataset<Row> census) {
    AreaHomes homes = new AreaHomes();
    for (Row area : OwnPeople.byArea(areas, census).collectAsList()) {
      String id = area.getString(0);
      if (!area.isNullAt(1)) {
        homes.parents.put(id, area.getString(1));
      }
      if (area.getBoolean(2)) {
        homes.counted.add(id);
      }
      if (area.getLong(3) > 0) {
        homes.own.put(id, area.getLong(3));
      }
    }
    return homes;
  }

  SortedMap<String, Long> own() {
    return own;
  }

  /** The areas that hold an area, the nearest first. */
  List<String> above(String area) {
    List<String> above = new ArrayList<>();
    for (String at = parents.get(area);
        at != null && above.size() <= DEEPEST;
        at = parents.get(at)) {
      above.add(at);
    }
    return above;
  }

  /** The nearest counted area, itself or one that holds it, if that has own people. */
  Optional<String> home(String area) {
    return Stream.concat(Stream.of(area), above(area).stream())
        .filter(counted::contains)
        .findFirst()
        .filter(own::containsKey);
  }

  /**
   * The area with own people that a settlement belongs to.
   *
   * @param named the area that it names
   * @param found the deepest area whose outline holds it
   */
  Optional<String> of(@Nullable String named, @Nullable String found) {
    if (named == null) {
      return found == null ? Optional.empty() : home(found);
    }
    return home(found != null && above(found).contains(named) ? found : named);
  }

  /** Whether a point of an area's land, in the deepest area found, is a counted sub-area's. */
  boolean ofSubArea(String area, @Nullable String found) {
    if (found == null || !above(found).contains(area)) {
      return false;
    }
    return Stream.concat(Stream.of(found), above(found).stream())
        .takeWhile(at -> !at.equals(area))
        .anyMatch(counted::contains);
  }
}
