package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.RadioSettings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.TableCheck;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Distances;
import org.inclusionmaps.grid.LonLat;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.grid.TerrainGrid;
import org.inclusionmaps.radio.BestServers;
import org.inclusionmaps.radio.Environment;
import org.inclusionmaps.radio.LinkBudget;
import org.inclusionmaps.radio.RadioCell;
import org.inclusionmaps.radio.Receivers;
import org.inclusionmaps.radio.Terrain;
import org.inclusionmaps.testing.Frames;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.WKBWriter;

@ExtendWith(SparkExtension.class)
class SignalStageTest {
  private final StringBuilder points = new StringBuilder("place, point, lon, lat, persons_micro\n");
  private final StringBuilder places =
      new StringBuilder("place, lon, lat, persons_micro, degree, environment\n");

  private static RadioSettings radio() {
    return SettingsLoader.load(
            List.of(),
            Map.of(),
            List.of("country.id=C", "country.name=C", "release.reference_date='2026-01-01'"))
        .radio();
  }

  /** A person in a place of their own, in open land; the centre of the point where they live. */
  private LonLat settle(double lon, double lat) {
    long point = Places.at(lon, lat, 10);
    long place = Places.parent(point, 8);
    LonLat at = Places.centre(point);
    points.append("%d, %d, %s, %s, 1000000\n".formatted(place, point, at.lon(), at.lat()));
    places.append("%d, %s, %s, 1000000, rural, open\n".formatted(place, at.lon(), at.lat()));
    return at;
  }

  private Dataset<Row> coverage(SparkSession spark, String cells) {
    Dataset<Row> coverage = coverage(spark, rows(spark, Tables.RADIO_CELLS, cells), 1);
    TableCheck.check(coverage, Tables.SIGNAL);
    return coverage;
  }

  private Dataset<Row> coverage(SparkSession spark, Dataset<Row> cells, int partitions) {
    Inputs in = inputs(spark, cells, partitions);
    Dataset<Row> units = units(in);
    TableCheck.check(units, Tables.SIGNAL_UNITS);
    return coverage(
        in, units, empty(spark, Tables.EARLIER_SIGNAL_UNITS), empty(spark, Tables.EARLIER_SIGNAL));
  }

  private record Inputs(
      Dataset<Row> cells,
      Dataset<Row> people,
      Dataset<Row> places,
      Dataset<Row> areas,
      Dataset<Row> terrain) {}

  private Inputs inputs(SparkSession spark, Dataset<Row> cells, int partitions) {
    return new Inputs(
        cells,
        rows(spark, Tables.POINT_PEOPLE, points.toString()).repartition(partitions),
        rows(spark, Tables.PLACES, places.toString()),
        empty(spark, Tables.AREAS),
        empty(spark, Tables.TERRAIN));
  }

  private static Dataset<Row> units(Inputs in) {
    return SignalUnitsStage.units(in.cells, in.people, in.places, in.areas, in.terrain, radio(), 8);
  }

  private static Dataset<Row> coverage(
      Inputs in, Dataset<Row> units, Dataset<Row> earlierUnits, Dataset<Row> earlierSignal) {
    return SignalStage.signal(
        units,
        in.cells,
        in.people,
        in.places,
        in.areas,
        in.terrain,
        earlierUnits,
        earlierSignal,
        radio(),
        8);
  }

  private static Dataset<Row> empty(SparkSession spark, Table table) {
    return spark.createDataFrame(List.of(), table.schema());
  }

  private static String cell(String id, String technology, double lon, double lat) {
    return "%s, 736-01, %s, %s, %s\n".formatted(id, technology, lon, lat);
  }

  private static final String HEADER = "cell, operator, technology, lon, lat\n";

  @Test
  void silentFeedIsServedByTheDefaultsOfItsTechnologyWithEvenChanceAtThePublishedRadius(
      SparkSession spark) {
    LonLat home = settle(-64.7, -21.5);
    double away = home.lat() + 10.631 / Distances.DEGREE_KM; // LTE800 over open land, methods 5
    Row row = coverage(spark, HEADER + cell("a", "4G", home.lon(), away)).collectAsList().get(0);
    assertThat(row.<Double>getAs("probability_outdoor")).isCloseTo(0.5, within(1e-3));
    assertThat(row.<Double>getAs("signal_dbm")).isCloseTo(-105, within(2e-2));
    assertThat(row.<Long>getAs("cells_in_reach")).isEqualTo(1);
    assertThat(row.<Long>getAs("defaults_used")).isEqualTo(4);
  }

  @Test
  void eachOperatorAndTechnologyIsARowAndWhatIsOutOfReachIsNone(SparkSession spark) {
    settle(-64.7, -21.5);
    List<String> networks =
        coverage(
                spark,
                HEADER
                    + cell("a", "2G", -64.7, -21.7) // 22 km: in reach of 35 km
                    + cell("b", "4G", -64.7, -21.7) // out of reach of 20 km
                    + cell("c", "3G", -64.7, -21.51)
                    + cell("d", "3G", -64.7, -21.52)
                    + "e, 736-02, 3G, -64.7, -21.51\n")
            .selectExpr("concat_ws(' ', operator, technology, cells_in_reach) as t")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .sorted()
            .toList();
    assertThat(networks).containsExactly("736-01 2G 1", "736-01 3G 2", "736-02 3G 1");
  }

  @Test
  void attributesOfTheFeedGoBeforeDefaults(SparkSession spark) {
    LonLat home = settle(0, 0);
    String header =
        "cell, operator, technology, lon, lat, height_m, azimuth_deg, beamwidth_deg, tilt_deg,"
            + " frequency_mhz, eirp_dbm\n";
    double south = home.lat() - 5 / Distances.DEGREE_KM;
    String at = home.lon() + ", " + south;
    Row plain =
        coverage(spark, header + "a, o, 4G, " + at + ", 30, , , , 1800, 30.208")
            .collectAsList()
            .get(0);
    Row back =
        coverage(spark, header + "a, o, 4G, " + at + ", 30, 180, , , 1800, 40.208")
            .collectAsList()
            .get(0);
    assertThat(plain.<Long>getAs("defaults_used")).isEqualTo(1);
    assertThat(back.<Long>getAs("defaults_used")).isEqualTo(0);
    // 10 dB more power, 25 dB less for the back of the antenna (3GPP TR 36.814).
    assertThat(back.<Double>getAs("signal_dbm") - plain.<Double>getAs("signal_dbm"))
        .isCloseTo(-15, within(1e-9));
  }

  @Test
  void cellServesAcrossTheAntimeridian(SparkSession spark) {
    settle(-179.95, 0);
    assertThat(coverage(spark, HEADER + cell("a", "4G", 179.95, 0)).count()).isEqualTo(1);
  }

  @Test
  void partitionsAndOrderOfTheRowsChangeNothing(SparkSession spark) {
    for (int i = 0; i < 20; i++) {
      settle(-64.7 + 0.03 * i, -21.5 + 0.02 * (i % 3));
    }
    StringBuilder cells = new StringBuilder(HEADER);
    for (int i = 0; i < 12; i++) {
      cells.append(cell("c" + i, i % 2 == 0 ? "4G" : "2G", -64.7 + 0.05 * i, -21.45));
    }
    Dataset<Row> once = coverage(spark, cells.toString());
    Dataset<Row> again =
        coverage(spark, rows(spark, Tables.RADIO_CELLS, cells.toString()).repartition(5), 3);
    assertThat(once.count()).isPositive();
    Frames.assertSameRows(once, again);
  }

  /**
   * A tile of terrain with 47 heights a degree: {@code half} half-metres, and a wall at a column.
   */
  private static Row tile(int tileRow, int tileColumn, int wall, int half) {
    byte[] heights = new byte[2 * TerrainGrid.TILE_NODES];
    for (int i = 0; i < TerrainGrid.TILE_NODES; i++) {
      int height = i % TerrainGrid.TILE == wall ? half : 0;
      heights[2 * i] = (byte) (height >> 8);
      heights[2 * i + 1] = (byte) height;
    }
    return RowFactory.create(tileRow, tileColumn, 47, heights, 0);
  }

  @Test
  void wallBetweenMastAndHomeTakesTheSignalAndFlatLandDoesNot(SparkSession spark) {
    // Tiles of 128 nodes at 47 a degree: the home at 0.03 and the mast at 0.09 degrees east are in
    // the tile of columns 8448 to 8575, nodes at 180 + c / 47 degrees; node 8463 is at 0.0638.
    LonLat home = settle(0.03, 0.5);
    Dataset<Row> cells =
        rows(spark, Tables.RADIO_CELLS, HEADER + cell("a", "4G", 0.09, home.lat()));
    Inputs in = inputs(spark, cells, 1);
    double[] signals = new double[3];
    int[] halfMetres = {0, 0, 100};
    for (int i = 0; i < 3; i++) {
      Dataset<Row> terrain =
          i == 0
              ? in.terrain
              : spark.createDataFrame(
                  List.of(tile(32, 66, 8463 - 66 * 128, halfMetres[i]), tile(32, 65, -1, 0)),
                  Tables.TERRAIN.schema());
      Inputs with = new Inputs(in.cells, in.people, in.places, in.areas, terrain);
      signals[i] =
          coverage(
                  with,
                  units(with),
                  empty(spark, Tables.EARLIER_SIGNAL_UNITS),
                  empty(spark, Tables.EARLIER_SIGNAL))
              .collectAsList()
              .get(0)
              .<Double>getAs("signal_dbm");
    }
    assertThat(signals[1]).isCloseTo(signals[0], within(1e-6));
    // A ridge of 50 m half way on 6.7 km at 800 MHz, 34 m over the line of sight: ν = 34 √(2/λ)
    // √(d/(d₁ d₂)) = 1.9, J(ν) = 18.5 dB, with the correction 28 dB. Over a smooth Earth ν is -0.37
    // near the handset, which costs 6.7 dB and is contained in the empirical loss: 21.5 dB are
    // left.
    assertThat(signals[0] - signals[2]).isCloseTo(21.5, within(2.5));
  }

  @Test
  void unitThatRestsOnTheSameHasTheEarlierRowsAndOneThatDoesNotIsComputed(SparkSession spark) {
    LonLat here = settle(10, 50);
    LonLat there = settle(14, 50);
    String before =
        HEADER
            + cell("a", "4G", here.lon() + 0.02, here.lat())
            + cell("b", "4G", there.lon() + 0.02, there.lat());
    String after =
        HEADER
            + cell("a", "4G", here.lon() + 0.02, here.lat())
            + cell("b", "4G", there.lon() + 0.03, there.lat());
    Inputs old = inputs(spark, rows(spark, Tables.RADIO_CELLS, before), 1);
    Inputs now = inputs(spark, rows(spark, Tables.RADIO_CELLS, after), 2);
    Dataset<Row> oldUnits = units(old);
    // What is taken over can be told from what is computed: the earlier signals are 1 dBm.
    Dataset<Row> marked =
        coverage(
                old,
                oldUnits,
                empty(spark, Tables.EARLIER_SIGNAL_UNITS),
                empty(spark, Tables.EARLIER_SIGNAL))
            .withColumn("signal_dbm", lit(1.0));
    List<Row> rows =
        coverage(now, units(now), oldUnits, marked).orderBy(Tables.PLACE).collectAsList();
    Map<Long, Double> signals =
        rows.stream()
            .collect(
                Collectors.toMap(
                    row -> row.<Long>getAs(Tables.PLACE), row -> row.<Double>getAs("signal_dbm")));
    assertThat(signals).hasSize(2);
    assertThat(signals.get(Places.at(here.lon(), here.lat(), 8))).isEqualTo(1.0);
    assertThat(signals.get(Places.at(there.lon(), there.lat(), 8))).isLessThan(-50);
  }

  @Test
  void ofOneUnitOnlyTheNetworkThatChangedIsComputed(SparkSession spark) {
    LonLat home = settle(10, 50);
    String same = cell("a", "4G", home.lon() + 0.02, home.lat());
    Inputs old =
        inputs(
            spark,
            rows(
                spark,
                Tables.RADIO_CELLS,
                HEADER + same + cell("b", "2G", 10.03, 50) + cell("c", "3G", 10.03, 50)),
            1);
    Inputs now =
        inputs(
            spark, rows(spark, Tables.RADIO_CELLS, HEADER + same + cell("b", "2G", 10.04, 50)), 1);
    Dataset<Row> marked =
        coverage(
                old,
                units(old),
                empty(spark, Tables.EARLIER_SIGNAL_UNITS),
                empty(spark, Tables.EARLIER_SIGNAL))
            .withColumn("signal_dbm", lit(1.0));
    Map<String, Double> signals =
        coverage(now, units(now), units(old), marked).collectAsList().stream()
            .collect(
                Collectors.toMap(
                    row -> row.<String>getAs(Tables.TECHNOLOGY),
                    row -> row.<Double>getAs("signal_dbm")));
    assertThat(signals).containsOnlyKeys("4G", "2G").containsEntry("4G", 1.0);
    assertThat(signals.get("2G")).isLessThan(-50);
  }

  @Test
  void cellsOfOneSiteStandInTheirMiddleUnlessTheyLieTooFarFromIt(SparkSession spark) {
    LonLat home = settle(0.02, 0.05);
    String header = "cell, operator, technology, lon, lat, site, location_error_m\n";
    double apart =
        signal(
            spark,
            header
                + "a, o, 4G, -0.01, 0, s, 0\n"
                + "b, o, 4G, 0.01, 0, s, 0\n"
                + "c, o, 4G, -0.01, 0, t, 0\n"
                + "d, o, 4G, -0.21, 0, t, 0\n"); // c and d are 22 km apart: not one mast
    double middle = signal(spark, header + "a, o, 4G, 0, 0, , 0\n");
    double own = signal(spark, header + "b, o, 4G, 0.01, 0, , 0\n");
    assertThat(home.lon()).isBetween(0.015, 0.025);
    assertThat(apart).isCloseTo(middle, within(1e-4));
    assertThat(own).isGreaterThan(middle + 0.1);
  }

  private double signal(SparkSession spark, String cells) {
    return coverage(spark, cells).collectAsList().get(0).<Double>getAs("signal_dbm");
  }

  @Test
  void errorOfAMastsPlaceWidensTheSpreadByWhatTheLossChangesOverIt(SparkSession spark) {
    LonLat home = settle(0, 0);
    String header = "cell, operator, technology, lon, lat, location_error_m\n";
    double north = home.lat() + 5 / Distances.DEGREE_KM;
    Row sure =
        coverage(spark, header + "a, o, 4G, %s, %s, 0\n".formatted(home.lon(), north))
            .collectAsList()
            .get(0);
    Row vague =
        coverage(spark, header + "a, o, 4G, %s, %s, 2000\n".formatted(home.lon(), north))
            .collectAsList()
            .get(0);
    // 11.5 dB over the threshold at 5 of 10.631 km; σ 8 dB, or √(8² + (15.3 · 2/5)²) = 10.07 dB.
    double over = vague.<Double>getAs("signal_dbm") + 105;
    assertThat(over).isCloseTo(35.22 * Math.log10(10.631 / 5), within(0.1));
    assertThat(vague.<Double>getAs("signal_dbm"))
        .isCloseTo(sure.<Double>getAs("signal_dbm"), within(1e-6));
    assertThat(sure.<Double>getAs("probability_outdoor")).isCloseTo(0.9251, within(2e-3));
    assertThat(vague.<Double>getAs("probability_outdoor")).isCloseTo(0.8736, within(2e-3));
  }

  @Test
  void landWhereNobodyLivesHasASignalAtItsCentre(SparkSession spark) {
    settle(10, 50);
    Inputs in =
        inputs(spark, rows(spark, Tables.RADIO_CELLS, HEADER + cell("a", "4G", 10.02, 50)), 1);
    Dataset<Row> areas =
        rows(spark, Tables.AREAS, "area, level, name\nC, 0, C\n")
            .drop("geometry")
            .withColumn(
                "geometry",
                lit(
                    new WKBWriter()
                        .write(
                            new GeometryFactory()
                                .toGeometry(new Envelope(9.99, 10.05, 49.98, 50.02)))));
    Inputs with = new Inputs(in.cells, in.people, in.places, areas, in.terrain);
    List<Row> rows =
        coverage(
                with,
                units(with),
                empty(spark, Tables.EARLIER_SIGNAL_UNITS),
                empty(spark, Tables.EARLIER_SIGNAL))
            .collectAsList();
    long settled = rows.stream().filter(row -> row.<Boolean>getAs("settled")).count();
    assertThat(settled).isEqualTo(1);
    // 4.3 km by 4.4 km, 19 km², of hexagons of about 0.7 km².
    assertThat(rows.size()).isBetween(20, 36);
  }

  private static final Map<String, Integer> NETWORKS =
      Map.of("736-01 2G", 0, "736-02 4G", 1, "736-02 5G", 2);

  /** Cells as the feed has them and as the kernel takes them. */
  private record Country(
      List<Place> places, StringBuilder feed, List<RadioCell> cells, NodeGround ground) {
    /** The kernel over the whole ground or a smooth Earth, place by place. */
    List<List<Optional<BestServers.Service>>> served(boolean rough) {
      Optional<Terrain> terrain =
          rough
              ? Optional.of(new Terrain(ground.whole(), 100, 35, 1.5, new Terrain.Losses()))
              : Optional.empty();
      return new BestServers(LINK, THRESHOLDS_DBM, cells, new BestServers.Memory(), terrain)
          .at(places.stream().map(Place::receivers).toList());
    }
  }

  private record Place(long place, Receivers receivers) {}

  // The settings' defaults: conf/inclusion.yaml.
  private static final LinkBudget LINK = LinkBudget.of(3, 1.5, 8);
  private static final double[][] THRESHOLDS_DBM = {
    {-95, -85, -75}, {-105, -95, -85}, {-110, -100, -90}
  };

  private static final double[] REACH_KM = {35, 20, 10};

  /**
   * Places and masts to 0.8 degrees around the corner of four tiles of rough ground: hills of 100
   * m, and 60 m that are drawn at each node, so that a node out of place is seen.
   */
  private Country country(double lon, double lat, int perDegree, Random random) {
    TerrainGrid grid = new TerrainGrid(perDegree);
    int tile = TerrainGrid.TILE;
    double cornerLon = grid.longitude(TerrainGrid.tile((int) grid.column(lon)) * tile);
    double cornerLat = grid.latitude(TerrainGrid.tile((int) grid.row(lat)) * tile);
    NodeGround ground =
        NodeGround.around(
            lon,
            lat,
            perDegree,
            4,
            (row, column) ->
                (int) (600 + 200 * Math.sin(row / 9.0) * Math.cos(column / 11.0))
                    + new Random(31L * row + 7_919L * 31 * column).nextInt(120));
    List<Place> settled = new ArrayList<>();
    Set<Long> known = new HashSet<>();
    while (settled.size() < 60) {
      LonLat near = near(cornerLon, cornerLat, random);
      long place = Places.at(near.lon(), near.lat(), 8);
      if (known.add(place)) {
        settled.add(settle(place, 1 + random.nextInt(3), random));
      }
    }
    StringBuilder feed =
        new StringBuilder(
            "cell, operator, technology, lon, lat, height_m, azimuth_deg, beamwidth_deg, tilt_deg,"
                + " frequency_mhz, eirp_dbm, location_error_m\n");
    List<RadioCell> cells = new ArrayList<>();
    for (int mast = 0; mast < 90; mast++) {
      LonLat at = near(cornerLon, cornerLat, random);
      double height = 20 + random.nextInt(60);
      for (int sector = 0; sector < 3; sector++) {
        add(at, height, sector, random, feed, cells);
      }
    }
    return new Country(settled, feed, cells, ground);
  }

  private static LonLat near(double lon, double lat, Random random) {
    return new LonLat(
        Math.IEEEremainder(lon + 1.6 * random.nextDouble() - 0.8, 360),
        lat + 1.6 * random.nextDouble() - 0.8);
  }

  private Place settle(long place, int homes, Random random) {
    String environment = List.of("urban", "suburban", "open").get(random.nextInt(3));
    long[] children = Places.children(place, 10);
    double[] lon = new double[homes];
    double[] lat = new double[homes];
    long[] persons = new long[homes];
    Arrays.sort(children);
    for (int i = 0; i < homes; i++) {
      long point = children[11 * i + random.nextInt(11)];
      LonLat at = Places.centre(point);
      lon[i] = at.lon();
      lat[i] = at.lat();
      persons[i] = 1L + random.nextInt(5_000_000);
      points.append("%d, %d, %s, %s, %d\n".formatted(place, point, lon[i], lat[i], persons[i]));
    }
    LonLat centre = Places.centre(place);
    places.append(
        "%d, %s, %s, 1000000, rural, %s\n"
            .formatted(place, centre.lon(), centre.lat(), environment));
    return new Place(place, new Receivers(Environment.of(environment), lon, lat, persons));
  }

  /** A cell of one of the networks: all round, or a sector with or without a tilt. */
  private static void add(
      LonLat at,
      double height,
      int sector,
      Random random,
      StringBuilder feed,
      List<RadioCell> cells) {
    int network = random.nextInt(3);
    double mhz = List.of(900.0, random.nextBoolean() ? 800.0 : 1800.0, 3500.0).get(network);
    double eirp = List.of(58.0, 33.0, 38.0).get(network) + random.nextDouble();
    boolean round = random.nextInt(3) == 0;
    double azimuth = round ? 0 : 120 * sector + random.nextInt(100);
    double tilt = random.nextBoolean() ? 3 : Double.NaN;
    double errorKm = random.nextInt(4) == 0 ? 1 : 0;
    double reach =
        LINK.reachKm(
            eirp, mhz, height, errorKm, THRESHOLDS_DBM[network][0], 0.01, REACH_KM[network]);
    cells.add(
        new RadioCell(
            network,
            at.lon(),
            at.lat(),
            height,
            mhz,
            eirp,
            azimuth,
            round ? 360 : 70,
            tilt,
            errorKm,
            reach,
            round ? 1 : 0));
    feed.append(
        "%d, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s\n"
            .formatted(
                cells.size(),
                List.of("736-01, 2G", "736-02, 4G", "736-02, 5G").get(network),
                at.lon(),
                at.lat(),
                height,
                round ? "" : azimuth,
                round ? "" : "70",
                Double.isNaN(tilt) ? "" : tilt,
                mhz,
                eirp,
                1000 * errorKm));
  }

  /**
   * Expected: the kernel of the package radio, over one window of ground that knows no tiles. Of
   * 600 nodes a degree the last tile before the antimeridian is half a tile.
   */
  @ParameterizedTest
  @CsvSource({"10, 47, 400", "180, -17, 600", "-180, 60, 400"})
  void signalOverTilesAndUnitsIsThatOfTheKernelOverTheWholeGround(
      double lon, double lat, int perDegree, SparkSession spark) {
    Random random = new Random(perDegree + (long) lat);
    Country country = country(lon, lat, perDegree, random);
    Inputs in = inputs(spark, rows(spark, Tables.RADIO_CELLS, country.feed().toString()), 3);
    Dataset<Row> terrain =
        spark.createDataFrame(country.ground().tiles(), Tables.TERRAIN.schema()).repartition(4);
    Inputs with = new Inputs(in.cells, in.people, in.places, in.areas, terrain);
    Map<String, Row> rows =
        coverage(
                with,
                units(with),
                empty(spark, Tables.EARLIER_SIGNAL_UNITS),
                empty(spark, Tables.EARLIER_SIGNAL))
            .collectAsList()
            .stream()
            .collect(
                Collectors.toMap(
                    row -> row.getLong(0) + " " + row.getString(1) + " " + row.getString(2),
                    row -> row));

    List<List<Optional<BestServers.Service>>> rough = country.served(true);
    List<List<Optional<BestServers.Service>>> smooth = country.served(false);
    int expected = 0;
    int lowered = 0;
    for (int p = 0; p < rough.size(); p++) {
      for (Map.Entry<String, Integer> network : NETWORKS.entrySet()) {
        Optional<BestServers.Service> service = rough.get(p).get(network.getValue());
        String key = country.places().get(p).place() + " " + network.getKey();
        Row row = rows.get(key);
        if (service.isEmpty() || service.get().probability()[0] < 0.001) {
          assertThat(row).as(key).isNull();
          continue;
        }
        expected++;
        double dbm = service.get().signalDbm();
        lowered +=
            smooth.get(p).get(network.getValue()).orElseThrow().signalDbm() > dbm + 3 ? 1 : 0;
        assertThat(row).as(key).isNotNull();
        assertThat(row.<Double>getAs("signal_dbm")).as(key).isEqualTo(dbm);
        assertThat(
                new double[] {
                  row.<Double>getAs("probability_outdoor"),
                  row.<Double>getAs("probability_good"),
                  row.<Double>getAs("probability_indoor")
                })
            .as(key)
            .isEqualTo(service.get().probability());
        assertThat(row.<Long>getAs("cells_in_reach")).isEqualTo(service.get().cells());
        assertThat(row.<Long>getAs("defaults_used")).isEqualTo(service.get().defaults());
      }
    }
    assertThat(rows).hasSize(expected);
    assertThat(expected).isGreaterThan(60);
    assertThat(lowered).as("of %d over rough ground", expected).isGreaterThan(expected / 3);
    severalTilesAreInPlay(country, perDegree, terrain);
  }

  /** Places on all sides of the corner of tiles, in many units, each with some of the tiles. */
  private static void severalTilesAreInPlay(Country country, int perDegree, Dataset<Row> terrain) {
    int resolution = SignalUnitsStage.resolution(radio(), 8);
    TerrainGrid grid = new TerrainGrid(perDegree);
    Set<List<Integer>> tiles = new HashSet<>();
    Set<Long> units = new HashSet<>();
    for (Place place : country.places()) {
      LonLat at = Places.centre(place.place());
      units.add(Places.parent(place.place(), resolution));
      tiles.add(
          List.of(
              TerrainGrid.tile((int) grid.row(at.lat())),
              TerrainGrid.tile((int) grid.column(at.lon()))));
    }
    assertThat(units).hasSizeGreaterThan(20);
    assertThat(tiles).hasSizeGreaterThan(8);
    int all = country.ground().tiles().size();
    Map<Long, Long> atUnits =
        TerrainTiles.atUnits(terrain, 35, resolution).collectAsList().stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.<Long>getAs(Candidates.UNIT), Collectors.counting()));
    for (long unit : units) {
      assertThat(atUnits.get(unit)).isBetween(4L, all / 2L);
    }
  }
}
