package org.inclusionmaps.publish;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.contract.Note;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.LonLat;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.publish.writing.ReleaseContext;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.WKBWriter;

/**
 * Tables as a run leaves them, of a country that is made up: hexagons around a point, a quarter of
 * the country (N-W) without anybody knowing who is connected, and one (S-E) without known coverage.
 * Figures are a fixed function of the place, with odd fractions of persons.
 */
public final class MadeUpRun {
  static final int RESOLUTION = 8;
  private static final double LON = -64.5;
  private static final double LAT = -21.5;
  private static final List<String> AGES = List.of("15-24", "25-64", "65+");

  /** Names of settlements. */
  static final List<String> NAMES =
      List.of(
          "=HYPERLINK(\"http://example.invalid\")",
          "<script>alert(1)</script>",
          "O'\"Higgins\"",
          "\u202Eright to left\u202C",
          "\uD83C\uDFD4 Ñu");

  private MadeUpRun() {}

  public static ReleaseContext context(Path output, String id, String... more) {
    List<String> stated =
        new ArrayList<>(
            List.of(
                "country.id=MU",
                "country.name='Made & Up'",
                "release.reference_date='2026-01-01'",
                "output.path=" + output));
    stated.addAll(List.of(more));
    Settings settings = SettingsLoader.load(List.of(), Map.of(), stated);
    return new ReleaseContext(
        settings,
        SettingsLoader.describe(settings),
        id,
        "0.1",
        new ReleaseContext.Sources(
            Map.of("census", Map.of("census.csv", "00ff")),
            List.of(Tables.SUBSCRIPTIONS),
            new LinkedHashMap<>(Map.of("inclusion", 42L))),
        new ReleaseContext.Caveats(
            Map.of(Note.COVERAGE_BY_DEFAULTS, 7L, Note.PERSONS_SCALED_AWAY, 1_500_000L),
            Map.of(),
            List.of("Assumed: all prices together, a standard error of 3 %"),
            List.of()));
  }

  /** All tables that a release reads. */
  public static Map<Table, Dataset<Row>> tables(SparkSession spark, int steps) {
    return tables(spark, steps, LON);
  }

  /** The same around another longitude. */
  public static Map<Table, Dataset<Row>> tables(SparkSession spark, int steps, double lon) {
    long[] places = Places.disk(Places.at(lon, LAT, RESOLUTION), steps);
    List<Row> inclusion = new ArrayList<>();
    List<Row> settled = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      String area = area(Places.centre(places[i]));
      String degree = i < 20 ? "urban_centre" : i < 60 ? "urban_cluster" : "rural";
      String environment = i < 20 ? "urban" : i < 60 ? "suburban" : "open";
      settled.add(
          RowFactory.create(places[i], LON, LAT, 1_000_000L * (1 + i % 90), degree, environment));
      for (String sex : List.of("female", "male")) {
        for (String age : AGES) {
          inclusion.add(row(places[i], i, area, sex, age));
        }
      }
    }
    Map<Table, Dataset<Row>> tables = new LinkedHashMap<>();
    tables.put(Tables.INCLUSION, spark.createDataFrame(inclusion, Tables.INCLUSION.schema()));
    tables.put(Tables.PLACES, spark.createDataFrame(settled, Tables.PLACES.schema()));
    tables.put(Tables.AREAS, spark.createDataFrame(areas(places), Tables.AREAS.schema()));
    tables.put(Tables.INDICATORS, indicators(spark));
    tables.put(Tables.SETTLEMENTS, settlements(spark, places));
    return tables;
  }

  /** The tables with one more row of inclusion: persons at a place, half of them uncovered. */
  public static Map<Table, Dataset<Row>> with(
      SparkSession spark, Map<Table, Dataset<Row>> tables, long place, String area, long persons) {
    Map<Table, Dataset<Row>> more = new LinkedHashMap<>(tables);
    more.computeIfPresent(
        Tables.INCLUSION,
        (table, rows) ->
            rows.union(
                spark.createDataFrame(
                    List.of(lone(place, area, persons)), Tables.INCLUSION.schema())));
    return more;
  }

  /** One row of everybody, millionths of a person, half of them uncovered. */
  public static Row lone(long place, String area, long persons) {
    long uncovered = persons / 2;
    return withoutIntervals(
        place,
        area,
        "female",
        "25-64",
        Tables.ALL,
        persons,
        0L,
        uncovered,
        0L,
        persons - uncovered,
        null,
        null,
        null,
        null,
        uncovered,
        null,
        null,
        0.5,
        "4G",
        2.5,
        "uncovered",
        "none");
  }

  /** One row: a stretch of the persons is uncovered, a stretch of the others unaffordable. */
  private static Row row(long place, int i, String area, String sex, String age) {
    long persons = 333_333L * (1 + (7L * i + age.length() + AGES.indexOf(age) * 11L) % 97);
    boolean unknown = area.equals("MU-SE");
    boolean unsplit = area.equals("MU-NW");
    long uncovered = unknown ? 0 : i % 5 == 0 ? persons : persons / (3 + i % 7);
    if (i % 11 == 0 && !unknown) {
      uncovered = 0;
    }
    long covered = unknown ? 0 : persons - uncovered;
    long unaffordable = i % 11 == 0 ? 0 : covered / (sex.equals("female") ? 3 : 4);
    long affordable = covered - unaffordable;
    long burdened = unaffordable / 5;
    long included = affordable * 2 / 3;
    boolean split = !unknown && !unsplit;
    double probability = persons == 0 ? 0 : (double) covered / persons;
    String barrier = unknown ? "unknown" : uncovered > unaffordable ? "uncovered" : "unaffordable";
    return withoutIntervals(
        place,
        area,
        sex,
        age,
        Tables.ALL,
        persons,
        unknown ? persons : 0L,
        uncovered,
        unaffordable,
        affordable,
        split ? (Long) (unaffordable - burdened) : null,
        split ? (Long) burdened : null,
        split ? (Long) (affordable - included) : null,
        split ? (Long) included : null,
        uncovered + unaffordable,
        split ? (Long) 0L : null,
        split ? (Long) unaffordable : null,
        unknown ? null : (Double) probability,
        unknown ? null : i % 2 == 0 ? "4G" : "3G",
        unknown ? null : (Double) (1.5 + i % 4),
        barrier,
        split ? "survey" : "none");
  }

  private static Row withoutIntervals(@Nullable Object... values) {
    return RowFactory.create(Arrays.copyOf(values, Tables.INCLUSION.fields().size()));
  }

  private static String area(LonLat centre) {
    return "MU-" + (centre.lat() > LAT ? "N" : "S") + (centre.lon() > LON ? "E" : "W");
  }

  private static List<Row> areas(long[] places) {
    Envelope all = new Envelope();
    for (long place : places) {
      double[] ring = Places.ring(place);
      for (int i = 0; i < ring.length; i += 2) {
        all.expandToInclude(new Coordinate(ring[i], ring[i + 1]));
      }
    }
    List<Row> rows = new ArrayList<>();
    rows.add(area("MU", null, 0, "Made & Up", all));
    for (String side : List.of("N", "S")) {
      Envelope half =
          side.equals("N")
              ? new Envelope(all.getMinX(), all.getMaxX(), LAT, all.getMaxY())
              : new Envelope(all.getMinX(), all.getMaxX(), all.getMinY(), LAT);
      rows.add(area("MU-" + side, "MU", 1, side.equals("N") ? "Norte" : "Ñandú, \"Sur\"", half));
      rows.add(
          area(
              "MU-" + side + "W",
              "MU-" + side,
              2,
              side + " West",
              new Envelope(half.getMinX(), LON, half.getMinY(), half.getMaxY())));
      rows.add(
          area(
              "MU-" + side + "E",
              "MU-" + side,
              2,
              side + " East",
              new Envelope(LON, half.getMaxX(), half.getMinY(), half.getMaxY())));
    }
    return rows;
  }

  private static Row area(String id, String parent, int level, String name, Envelope box) {
    byte[] wkb = new WKBWriter().write(new GeometryFactory().toGeometry(box));
    return RowFactory.create(id, parent, level, name, null, wkb);
  }

  /**
   * Settlements with names that do harm where they are taken for something else than text, one with
   * two points, one where nobody lives, and one without a name.
   */
  private static Dataset<Row> settlements(SparkSession spark, long[] places) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < NAMES.size() && 2 * i < places.length; i++) {
      LonLat at = Places.centre(places[2 * i]);
      rows.add(RowFactory.create(at.lon(), at.lat(), 10.0 + i, null, NAMES.get(i)));
    }
    LonLat second = Places.centre(places[1]);
    rows.add(RowFactory.create(second.lon(), second.lat(), 5.0, null, NAMES.get(0)));
    rows.add(RowFactory.create(LON + 5, LAT, 5.0, null, "Nobody's"));
    rows.add(RowFactory.create(LON, LAT, 5.0, null, null));
    return spark.createDataFrame(rows, Tables.SETTLEMENTS.schema());
  }

  private static Dataset<Row> indicators(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    rows.add(indicator("MU-N", "female", "lacking_pct", 41.25, "percent", null));
    rows.add(indicator("MU", "all", "sdg_9_c_1_4g", 61.5, "percent", null));
    rows.add(indicator("MU", "all", "sdg_9_c_1_4g_union", 64.0, "percent", null));
    rows.add(indicator("MU", "all", "itu_price_income_pct", 2.4, "percent", null));
    rows.add(
        indicator("MU", "all", "gender_gap_connected_pct", null, "percent", "no survey by sex"));
    rows.add(indicator("MU-S", "all", "a_name_nobody_knows", 1e-7, "ratio", null));
    return spark.createDataFrame(rows, Tables.INDICATORS.schema());
  }

  private static Row indicator(
      String area, String sex, String name, Double value, String unit, String reason) {
    return RowFactory.create(
        area,
        sex,
        "all",
        "all",
        name,
        2026,
        value,
        null,
        null,
        null,
        null,
        unit,
        "as a test has it",
        "good",
        reason);
  }
}
