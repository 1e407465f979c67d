package org.inclusionmaps.publish;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.config.ReleaseSettings;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.format.pmtiles.Bounds;
import org.inclusionmaps.publish.figures.AreaNames;
import org.inclusionmaps.publish.figures.Areas;
import org.inclusionmaps.publish.figures.Figures;
import org.inclusionmaps.publish.figures.Group;
import org.inclusionmaps.publish.figures.PlaceTotals;
import org.inclusionmaps.publish.figures.ShownPlaces;
import org.inclusionmaps.publish.figures.Totals;
import org.inclusionmaps.publish.report.EarlierReleases;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;

/**
 * What a release is made of.
 *
 * @param tables of the finished run
 * @param overview of its table inclusion
 * @param totals of {@link PlaceTotals}, of all places
 * @param names of all areas
 * @param shown the places as they are shown
 * @param earlier the releases before
 */
record ReleaseContent(
    Map<Table, Dataset<Row>> tables,
    Overview overview,
    Dataset<Row> totals,
    AreaNames names,
    ShownPlaces shown,
    EarlierReleases earlier) {

  /** A table that every run has. */
  Dataset<Row> table(Table table) {
    return Objects.requireNonNull(tables.get(table), table.name());
  }

  /** A table that a run may lack. */
  @Nullable Dataset<Row> tableOrNull(Table table) {
    return tables.get(table);
  }

  /** The groups of people, in the order of the totals. */
  List<Group> groups() {
    return overview.groups();
  }

  /** The figures of the country, by group. */
  Map<Group, Figures> country() {
    Totals all = shown.chunks().country();
    Map<Group, Figures> country = new LinkedHashMap<>();
    for (int i = 0; i < groups().size(); i++) {
      country.put(groups().get(i), all.figures(i));
    }
    return country;
  }

  /** The figures of everybody in the country. */
  Figures everybody() {
    return Objects.requireNonNull(country().get(Group.ALL));
  }

  /** The box of all hexagons and areas. */
  Bounds bounds(Areas areas) {
    Envelope box = shown.chunks().box();
    box.expandToInclude(areas.box());
    return new Bounds(box.getMinX(), box.getMinY(), box.getMaxX(), box.getMaxY());
  }

  /** The levels of areas that are published: those that are chosen, and the country. */
  static List<Integer> levels(ReleaseSettings settings) {
    List<Integer> levels = new ArrayList<>(settings.areaLevels());
    if (!levels.contains(0)) {
      levels.add(0);
    }
    levels.sort(null);
    return levels;
  }
}
