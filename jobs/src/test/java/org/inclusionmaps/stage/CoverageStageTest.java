package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.RadioSettings;
import org.inclusionmaps.contract.TableCheck;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.radio.OffsetCurve;
import org.inclusionmaps.radio.Signal;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBWriter;
import org.locationtech.jts.io.WKTReader;

/** Official figures and operators' own areas against sums by hand. */
@ExtendWith(SparkExtension.class)
class CoverageStageTest {
  private static final String POPULATION =
      """
      place, area, sex, age_band, disability, persons_micro, age_split
      1,     W,    all, 0-14,     all,        200000000,     false
      1,     W,    all, 15+,      all,        300000000,     false
      2,     W,    all, 15+,      all,        300000000,     false
      3,     E,    all, 15+,      all,        200000000,     false
      4,     N,    all, 15+,      all,        900000000,     false
      """;

  private static final String KNOWN =
      "area, cells, stated_places, known\nW, 5, 0, true\nE, 1, 0, true\nN, 0, 0, false";

  private static final String AREAS =
      """
      area, parent, level, name
      C,    ,       0,     C
      W,    C,      1,     W
      E,    C,      1,     E
      N,    C,      1,     N
      """;

  private static final String STATED =
      "place, operator, technology, share_outdoor, share_good, share_indoor\n";

  private static RadioSettings radio(String... settings) {
    return Given.settings(settings).radio();
  }

  /** What a signal over the threshold gives at each offset, at a spread of 8 dB. */
  private static Row signal(long place, String operator, String technology, double overDb) {
    Signal signal = Signal.lognormal(overDb, 8);
    float[] curve = new float[OffsetCurve.SIZE];
    for (int i = 0; i < curve.length; i++) {
      curve[i] = (float) signal.probabilityAtLeast(-OffsetCurve.offsetDb(i));
    }
    return RowFactory.create(
        place,
        operator,
        technology,
        true,
        overDb - 105,
        signal.probabilityAtLeast(0),
        signal.probabilityAtLeast(10),
        signal.probabilityAtLeast(20),
        curve,
        1L,
        4L);
  }

  private static Dataset<Row> signals(SparkSession spark, Row... rows) {
    Dataset<Row> signals = spark.createDataFrame(List.of(rows), Tables.SIGNAL.schema());
    TableCheck.check(signals, Tables.SIGNAL);
    return signals;
  }

  private static Dataset<Row> threeNetworks(SparkSession spark) {
    return signals(
        spark,
        signal(1, "a", "4G", 2),
        signal(2, "a", "4G", -9),
        signal(3, "a", "4G", -15),
        signal(4, "a", "4G", 30), // of unknown coverage: left out
        signal(3, "b", "4G", 20),
        signal(1, "a", "5G", -8),
        signal(1, "a", "2G", 12),
        signal(2, "a", "2G", 4));
  }

  private static Map<String, Row> offsets(
      SparkSession spark, Dataset<Row> signals, String stated, RadioSettings radio) {
    Dataset<Row> offsets =
        CoverageOffsetsStage.offsets(
            StatedNetworks.beside(signals, rows(spark, Tables.STATED_COVERAGE, STATED + stated)),
            rows(spark, Tables.POPULATION, POPULATION).repartition(3),
            rows(spark, Tables.KNOWN_COVERAGE, KNOWN),
            networks(spark, stated.isEmpty() ? List.of() : List.of("a 4G outdoor"), radio),
            radio);
    TableCheck.check(offsets, Tables.COVERAGE_OFFSETS);
    return offsets.collectAsList().stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> row));
  }

  /** Networks that state levels, each "operator technology level". */
  private static StatedNetworks networks(
      SparkSession spark, List<String> stated, RadioSettings radio) {
    List<Row> areas =
        stated.stream()
            .map(words -> words.split(" "))
            .map(words -> RowFactory.create(words[0], words[1], words[2], new byte[0]))
            .toList();
    return StatedNetworks.of(
        spark.createDataFrame(areas, Tables.COVERAGE_AREAS.schema()), threeNetworks(spark), radio);
  }

  /** Share of the 1,000 persons of known coverage that operator a's 4G or newer serves. */
  private static double fourG(double offset4G, double offset5G) {
    double first =
        Math.max(
            Signal.lognormal(2 + offset4G, 8).probabilityAtLeast(0),
            Signal.lognormal(-8 + offset5G, 8).probabilityAtLeast(0));
    return .5 * first
        + .3 * Signal.lognormal(-9 + offset4G, 8).probabilityAtLeast(0)
        + .2 * Signal.lognormal(-15 + offset4G, 8).probabilityAtLeast(0);
  }

  @Test
  void offsetBringsTheBestOperatorToTheOfficialFigure(SparkSession spark) {
    Map<String, Row> offsets =
        offsets(spark, threeNetworks(spark), "", radio("radio.official_coverage_pct={4G: 70}"));
    Row row = offsets.get("4G");
    assertThat(row.<Double>getAs("before_pct")).isCloseTo(100 * fourG(0, 0), within(1e-4));
    assertThat(row.<Double>getAs("after_pct")).isCloseTo(70, within(0.01));
    double offset = row.<Double>getAs("offset_db");
    // The curve's straight pieces are off by 0.002 at most.
    assertThat(100 * fourG(offset, 0)).isCloseTo(70, within(0.2));
    assertThat(offset).isPositive();
    // Without a figure a technology keeps its signals, but 4G counts for 2G too.
    assertThat(offsets.get("5G").<Double>getAs("offset_db")).isZero();
    assertThat(offsets.get("2G").<Double>getAs("offset_db")).isZero();
    assertThat(offsets.get("2G").<Double>getAs("after_pct"))
        .isGreaterThan(offsets.get("2G").<Double>getAs("before_pct"));
    assertThat(offsets.get("2G").<Object>getAs("official_pct")).isNull();
  }

  @Test
  void newerTechnologiesAreSolvedFirstAndFiguresOutOfReachEndAtTheLimit(SparkSession spark) {
    Map<String, Row> offsets =
        offsets(
            spark,
            threeNetworks(spark),
            "",
            radio("radio.official_coverage_pct={5G: 30, 4G: 35, 3G: 35, 2G: 99}"));
    assertThat(offsets.get("5G").<Double>getAs("after_pct")).isCloseTo(30, within(0.01));
    assertThat(offsets.get("4G").<Double>getAs("after_pct")).isCloseTo(35, within(0.01));
    // There is no 3G: nothing to raise.
    assertThat(offsets.get("3G").<Double>getAs("offset_db")).isZero();
    assertThat(offsets.get("2G").<Double>getAs("offset_db")).isEqualTo(12);
    // Nobody sends 2G to place 3, and the 4G there is held down.
    assertThat(offsets.get("2G").<Double>getAs("after_pct")).isBetween(79.0, 81.0);
  }

  @Test
  void statedCoverageIsNotRaised(SparkSession spark) {
    Map<String, Row> offsets =
        offsets(
            spark,
            threeNetworks(spark),
            "1, a, 4G, .4, ,\n",
            radio("radio.official_coverage_pct={4G: 70}"));
    // Operator a states 40 % of 500 persons; b, who states nothing, serves place 3 alone.
    assertThat(offsets.get("4G").<Double>getAs("before_pct")).isCloseTo(20, within(1e-4));
    assertThat(offsets.get("4G").<Double>getAs("after_pct")).isCloseTo(20, within(1e-4));
  }

  private static Map<String, Row> byNetwork(Dataset<Row> coverage) {
    TableCheck.check(coverage, Tables.COVERAGE);
    Map<String, Row> rows = new TreeMap<>();
    for (Row row : coverage.collectAsList()) {
      rows.put(
          row.getAs("place") + " " + row.getAs("operator") + " " + row.getAs("technology"), row);
    }
    return rows;
  }

  @Test
  void offsetsRaiseSignalAndEachLevelOfTheirTechnologyAlone(SparkSession spark) {
    Map<String, Row> rows =
        byNetwork(columns(CoverageStage.modelled(threeNetworks(spark), Map.of("4G", 6.1))));
    Row raised = rows.get("2 a 4G");
    assertThat(raised.<Double>getAs("signal_dbm")).isCloseTo(-105 - 9 + 6.1, within(1e-9));
    for (ServiceLevel level : ServiceLevel.values()) {
      assertThat(raised.<Double>getAs("probability_" + level.label()))
          .isCloseTo(Signal.lognormal(-9 + 6.1, 8).probabilityAtLeast(level.db()), within(2e-3));
    }
    assertThat(rows.get("2 a 2G").<Double>getAs("probability_outdoor"))
        .isEqualTo(Signal.lognormal(4, 8).probabilityAtLeast(0));
    assertThat(raised.<String>getAs("source")).isEqualTo("modelled");
  }

  private static Dataset<Row> columns(Dataset<Row> rows) {
    return rows.selectExpr(Tables.COVERAGE.columns().toArray(String[]::new));
  }

  private static Map<String, Row> withStated(
      SparkSession spark, List<String> states, String stated, String... settings) {
    return byNetwork(
        CoverageStage.withStated(
            threeNetworks(spark),
            Map.of(),
            rows(spark, Tables.STATED_COVERAGE, STATED + stated),
            networks(spark, states, radio(settings))));
  }

  @Test
  void statedAreasCountInsteadOfTheModelForTheNetworksThatStateThem(SparkSession spark) {
    Map<String, Row> rows =
        withStated(spark, List.of("a 4G outdoor"), "2, a, 4G, .25, ,\n7, a, 4G, 1, ,\n");
    Row stated = rows.get("2 a 4G");
    assertThat(stated.<String>getAs("source")).isEqualTo("stated");
    assertThat(stated.<Double>getAs("probability_outdoor")).isEqualTo(.25);
    // Levels that are not stated are the model's, within what is stated.
    assertThat(stated.<Double>getAs("probability_good"))
        .isEqualTo(Signal.lognormal(-9, 8).probabilityAtLeast(10));
    assertThat(stated.<Double>getAs("stated_share")).isEqualTo(.25);
    assertThat(stated.<Double>getAs("modelled_share"))
        .isEqualTo(Signal.lognormal(-9, 8).probabilityAtLeast(0));
    // Where the operator states nothing there is no service, whatever the model says.
    Row none = rows.get("1 a 4G");
    assertThat(none.<Double>getAs("probability_outdoor")).isZero();
    assertThat(none.<Double>getAs("probability_indoor")).isZero();
    assertThat(none.<Double>getAs("modelled_share")).isGreaterThan(.5);
    // A place that no cell reaches, too.
    Row unreached = rows.get("7 a 4G");
    assertThat(unreached.<Double>getAs("probability_outdoor")).isEqualTo(1);
    assertThat(unreached.<Object>getAs("signal_dbm")).isNull();
    assertThat(unreached.<Double>getAs("probability_good")).isZero();
    assertThat(rows.get("3 b 4G").<String>getAs("source")).isEqualTo("modelled");
    assertThat(rows.get("3 b 4G").<Object>getAs("stated_share")).isNull();
  }

  @Test
  void indoorAreasAloneAreTheLeastOfWhatIsServedOutdoors(SparkSession spark) {
    Map<String, Row> rows = withStated(spark, List.of("a 4G indoor"), "2, a, 4G, .5, .5, .5\n");
    Row place = rows.get("2 a 4G");
    assertThat(place.<Double>getAs("probability_indoor")).isEqualTo(.5);
    assertThat(place.<Double>getAs("probability_outdoor")).isEqualTo(.5);
    assertThat(rows.get("1 a 4G").<Double>getAs("probability_outdoor"))
        .isEqualTo(Signal.lognormal(2, 8).probabilityAtLeast(0));
    assertThat(rows.get("1 a 4G").<Double>getAs("probability_indoor")).isZero();
    assertThat(place.<Double>getAs("modelled_share"))
        .isEqualTo(Signal.lognormal(-9, 8).probabilityAtLeast(20));
  }

  @Test
  void besideTheModelTheyAreOnlyComparedAndTheDifferenceIsSummed(SparkSession spark) {
    Dataset<Row> coverage =
        CoverageStage.withStated(
            threeNetworks(spark),
            Map.of(),
            rows(spark, Tables.STATED_COVERAGE, STATED + "2, a, 4G, .25, ,\n7, a, 4G, 1, ,\n"),
            networks(spark, List.of("a 4G outdoor"), radio("radio.coverage_areas=beside")));
    Map<String, Row> rows = byNetwork(coverage);
    assertThat(rows.get("2 a 4G").<String>getAs("source")).isEqualTo("modelled");
    assertThat(rows.get("1 a 4G").<Double>getAs("probability_outdoor"))
        .isEqualTo(Signal.lognormal(2, 8).probabilityAtLeast(0));
    Dataset<Row> agreement =
        CoverageAgreementStage.agreement(
            coverage,
            rows(spark, Tables.POPULATION, POPULATION),
            rows(spark, Tables.AREAS, AREAS),
            List.of(0, 1));
    TableCheck.check(agreement, Tables.COVERAGE_AGREEMENT);
    Map<String, Row> areas =
        agreement.collectAsList().stream()
            .collect(Collectors.toMap(row -> row.<String>getAs("area"), row -> row));
    Row west = areas.get("W");
    double first = Signal.lognormal(2, 8).probabilityAtLeast(0);
    double second = Signal.lognormal(-9, 8).probabilityAtLeast(0);
    assertThat(west.<Long>getAs("persons_micro")).isEqualTo(800_000_000);
    assertThat(west.<Long>getAs("stated_micro")).isEqualTo(75_000_000);
    assertThat(west.<Long>getAs("modelled_micro"))
        .isEqualTo(Math.round(5e8 * first) + Math.round(3e8 * second));
    assertThat(west.<Long>getAs("stated_only_micro")).isEqualTo(Math.round(3e8 * (.25 - second)));
    assertThat(west.<Long>getAs("modelled_only_micro")).isEqualTo(Math.round(5e8 * first));
    assertThat(areas.get("C").<Long>getAs("persons_micro")).isEqualTo(1_900_000_000);
  }

  @Test
  void shareOfPeopleInsidePolygonsIsByPointsOfEachPlace(SparkSession spark) throws ParseException {
    String points =
        """
        place,              area, point,              lon, lat, weight_micro
        613516370513395711, W,    622523569768137727, 0,   0,   3
        613516370513395711, W,    622523569768136703, 0,   0,   1
        """;
    Dataset<Row> people =
        PointPeopleStage.people(
            rows(spark, Tables.SETTLED_POINTS, points),
            rows(
                spark,
                Tables.POPULATION,
                "place, area, sex, age_band, disability, persons_micro, age_split\n"
                    + "613516370513395711, W, all, all, all, 4000000, false\n"));
    Row[] at = (Row[]) people.orderBy("persons_micro").collect();
    double lon = at[1].getDouble(2);
    double lat = at[1].getDouble(3);
    String around =
        "POLYGON ((%1$s %3$s, %2$s %3$s, %2$s %4$s, %1$s %4$s, %1$s %3$s))"
            .formatted(lon - 1e-4, lon + 1e-4, lat - 1e-4, lat + 1e-4);
    byte[] wkb = new WKBWriter().write(new WKTReader().read(around));
    byte[] country = new WKBWriter().write(new WKTReader().read(around).buffer(30));
    Dataset<Row> stated =
        StatedCoverageStage.stated(
            spark.createDataFrame(
                List.of(
                    RowFactory.create("a", "4G", "indoor", wkb),
                    RowFactory.create("a", "4G", "indoor", wkb),
                    RowFactory.create("a", "4G", "outdoor", country),
                    RowFactory.create("b", "2G", "outdoor", wkb)),
                Tables.COVERAGE_AREAS.schema()),
            people,
            5);
    TableCheck.check(stated, Tables.STATED_COVERAGE);
    Map<String, Row> rows =
        stated.collectAsList().stream()
            .collect(Collectors.toMap(row -> row.<String>getAs("operator"), row -> row));
    Row a = rows.get("a");
    assertThat(a.<Double>getAs("share_outdoor")).isEqualTo(1);
    assertThat(a.<Double>getAs("share_good")).isEqualTo(.75);
    assertThat(a.<Double>getAs("share_indoor")).isEqualTo(.75);
    assertThat(rows.get("b").<Double>getAs("share_outdoor")).isEqualTo(.75);
    assertThat(rows.get("b").<Object>getAs("share_good")).isNull();
  }

  @Test
  void networkAllOfWhoseAreasLieElsewhereIsRefused(SparkSession spark) throws ParseException {
    Dataset<Row> people =
        rows(
            spark,
            Tables.POINT_PEOPLE,
            "place, point, lon, lat, persons_micro\n1, 2, -64.5, -17.5, 5\n1, 3, -64, -17, 5\n");
    byte[] swapped =
        new WKBWriter()
            .write(new WKTReader().read("POLYGON ((-18 -65, -16 -65, -16 -63, -18 -65))"));
    byte[] right =
        new WKBWriter()
            .write(new WKTReader().read("POLYGON ((-65 -18, -63 -18, -63 -16, -65 -18))"));
    Dataset<Row> areas =
        spark.createDataFrame(
            List.of(
                RowFactory.create("a", "4G", "outdoor", swapped),
                RowFactory.create("a", "4G", "outdoor", right),
                RowFactory.create("b", "2G", "outdoor", swapped)),
            Tables.COVERAGE_AREAS.schema());
    assertThatThrownBy(() -> StatedCoverageStage.stated(areas, people, 5))
        .hasMessage(
            "[CONTRACT_BROKEN] coverage_areas: networks with all their areas outside the country: 1:"
                + " first is b 2G (from longitude -18.000, latitude -65.000; people live from"
                + " -64.500, -17.500 to -64.000, -17.000); are longitude and latitude swapped?"
                + " Correct the feed, or leave the network out of it");
    assertThatCode(() -> StatedCoverageStage.stated(areas.where("operator = 'a'"), people, 5))
        .doesNotThrowAnyException();
  }

  @Test
  void networkWithoutAnyCellIsNotComparedWithTheModel(SparkSession spark) {
    Row row = withStated(spark, List.of("c 4G outdoor"), "2, c, 4G, .25, ,\n").get("2 c 4G");
    assertThat(row.<String>getAs("source")).isEqualTo("stated");
    assertThat(row.<Double>getAs("probability_outdoor")).isEqualTo(.25);
    assertThat(row.<Object>getAs("stated_share")).isNull();
    assertThat(row.<Object>getAs("modelled_share")).isNull();
  }
}
