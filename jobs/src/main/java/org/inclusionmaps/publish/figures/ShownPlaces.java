package org.inclusionmaps.publish.figures;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.publish.writing.Numbers;
import org.inclusionmaps.store.Sha256;

/**
 * The places as maps and files of hexagons may show them: isolated ones at a neighbour, sensitive
 * ones coarsely alone. Areas are summed from the places as they are.
 *
 * @param rows of {@link PlaceTotals}, isolated places at the place that they are shown with
 * @param chunks of these rows
 * @param moves where isolated places are shown
 * @param coarse hexagons with people that are shown in no finer parts, each to its persons,
 *     millionths
 * @param split how many of those lie in more than one published area
 * @param nobody how many hexagons more are on the list, where nobody lives
 */
public record ShownPlaces(
    Dataset<Row> rows,
    Chunks chunks,
    IsolatedPlaces.Moves moves,
    SortedMap<Long, Long> coarse,
    long split,
    long nobody,
    int least) {

  private static final StructType HELD_BACK =
      new StructType()
          .add("hexagon", DataTypes.LongType, false)
          .add("persons", DataTypes.LongType, false)
          .add("areas", DataTypes.LongType, false);

  /**
   * What is shown of the places.
   *
   * @param totals of {@link PlaceTotals}, cut by the coarse places
   * @param coarse resolution of the coarse places
   * @param least persons of a settlement that stands alone and is shown where it is
   */
  public static ShownPlaces of(
      Dataset<Row> totals,
      int groups,
      int coarse,
      SensitivePlaces sensitive,
      AreaNames areas,
      List<Integer> levels,
      int least) {
    IsolatedPlaces.Moves moves =
        IsolatedPlaces.of(totals, areas.parents(), areas.of(levels), least);
    Dataset<Row> rows = moves.to().isEmpty() ? totals : moved(totals, moves.to(), coarse);
    SortedMap<Long, Long> held = new TreeMap<>();
    long split = 0;
    if (!sensitive.isEmpty()) {
      HashMap<String, String> published = areas.published(levels);
      for (Row row :
          rows.mapPartitions(
                  (MapPartitionsFunction<Row, Row>) part -> heldBack(part, sensitive, published),
                  Encoders.row(HELD_BACK))
              .collectAsList()) {
        held.put(row.getLong(0), row.getLong(1));
        split += row.getLong(2) > 1 ? 1 : 0;
      }
    }
    return new ShownPlaces(
        rows,
        Chunks.of(rows, groups, coarse, sensitive),
        moves,
        held,
        split,
        sensitive.size() - held.size(),
        least);
  }

  private static Dataset<Row> moved(Dataset<Row> totals, Map<Long, Long> to, int coarse) {
    return totals
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                rows ->
                    Runs.stream(rows)
                        .map(
                            row ->
                                RowFactory.create(
                                    to.getOrDefault(row.getLong(0), row.getLong(0)),
                                    row.get(1),
                                    row.get(2),
                                    row.get(3),
                                    row.get(4)))
                        .iterator(),
            Encoders.row(PlaceTotals.SCHEMA))
        .repartition(Chunks.parent(coarse))
        .sortWithinPartitions(Tables.PLACE, Tables.AREA)
        .persist(StorageLevel.DISK_ONLY());
  }

  /** All rows of a hexagon are in one partition: it is no coarser than those that cut the rows. */
  private static Iterator<Row> heldBack(
      Iterator<Row> rows, SensitivePlaces sensitive, Map<String, String> published) {
    Map<Long, TreeMap<String, Long>> held = new TreeMap<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      long hexagon = sensitive.shown(row.getLong(0));
      if (hexagon != row.getLong(0)) {
        held.computeIfAbsent(hexagon, key -> new TreeMap<>())
            .merge(
                published.getOrDefault(row.getString(1), ""),
                Totals.everybody(row, PlaceTotals.TOTALS),
                Math::addExact);
      }
    }
    List<Row> out = new ArrayList<>();
    held.forEach(
        (hexagon, areas) ->
            out.add(
                RowFactory.create(
                    hexagon,
                    areas.values().stream().mapToLong(Long::longValue).sum(),
                    (long) areas.size())));
    return out.iterator();
  }

  /** The persons that have no row in the files of places, millionths. */
  public long heldBack() {
    return coarse.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many hexagons are shown in place of finer ones at a resolution. */
  public long coarserThan(int resolution) {
    return coarse.keySet().stream().filter(h -> Places.resolution(h) < resolution).count();
  }

  /**
   * The name of the release. A hash of the list of sensitive places could be guessed, so the name
   * has one of what anyone sees in the release: which hexagons have no finer parts, and which
   * release it is compared with.
   *
   * @param compared what it is compared with, in words; empty where with nothing
   */
  public String name(String run, String compared) {
    if (coarse.isEmpty() && compared.isEmpty()) {
      return run;
    }
    StringBuilder seen = new StringBuilder(compared);
    coarse.keySet().forEach(hexagon -> seen.append(Places.address(hexagon)).append(' '));
    return run + "-" + Sha256.of(seen.toString()).substring(0, 8);
  }

  /** What readers are told, one sentence each. */
  public List<String> sentences() {
    List<String> told = new ArrayList<>();
    if (!moves.to().isEmpty()) {
      told.add(
          "Hexagons of settlements that stand alone and have fewer than %2$d persons 15 and over: %1$s. Their %3$s persons are shown at the nearest hexagon with %2$d or more, in the same area where it has one: a hexagon without figures does not mean that nobody lives there."
              .formatted(
                  Numbers.count(moves.to().size()), least, Numbers.persons(moves.persons())));
    }
    if (moves.left() > 0) {
      told.add(
          "Such hexagons that are shown where they are: %s, with %s persons, as no hexagon of the country has %d persons."
              .formatted(Numbers.count(moves.left()), Numbers.persons(moves.leftPersons()), least));
    }
    if (!coarse.isEmpty()) {
      told.add(
          "Hexagons that are shown as one and not in finer parts, to protect people there: %s, with about %s persons. Files of finer hexagons have no row within them; that does not mean that nobody lives there."
              .formatted(
                  Numbers.count(coarse.size()),
                  Numbers.count(Math.round(heldBack() / (100.0 * Tables.MICRO)) * 100)));
    }
    return told;
  }

  /** What the one who runs the job should know besides. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (split > 0) {
      warnings.add(
          "%d of %d hexagons that are shown in no finer parts lie in more than one published area: figures of areas less those of hexagons can tell their parts in each area; give a coarser finest_resolution if such a part points at somebody"
              .formatted(split, coarse.size()));
    }
    if (nobody > 0) {
      warnings.add(
          "in %d of the hexagons that sensitive_places names, or in those around that are shown in their place, nobody lives: check the list if that is not meant"
              .formatted(nobody));
    }
    return warnings;
  }

  /** The same as counts for the run's report. */
  public Map<String, Object> counts() {
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("isolated_places", moves.to().size());
    counts.put("isolated_persons", Numbers.persons(moves.persons()));
    counts.put("isolated_places_left", moves.left());
    counts.put("isolated_persons_left", Numbers.persons(moves.leftPersons()));
    counts.put("hexagons_shown_coarser", coarse.size());
    counts.put("persons_shown_coarser", Numbers.persons(heldBack()));
    counts.put("hexagons_shown_coarser_in_more_areas", split);
    counts.put("sensitive_hexagons_without_people", nobody);
    return counts;
  }
}
