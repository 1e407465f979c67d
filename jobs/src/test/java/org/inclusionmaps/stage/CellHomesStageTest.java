package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Source of truth: cells and places that are shared by hand. */
@ExtendWith(SparkExtension.class)
class CellHomesStageTest {
  private static final String AREAS =
      """
      area, parent, level, name
      C,    ,       0,     C
      W,    C,      1,     W
      E,    C,      1,     E
      E1,   E,      2,     E1
      """;

  /** 100 persons 15 and older at each place; those of place 3 in a part of E. */
  private static final String POPULATION =
      """
      place, area, sex, age_band, disability, persons_micro, age_split
      1,     W,    all, 0-14,     all,        900000000,     false
      1,     W,    all, 15+,      all,        100000000,     false
      2,     W,    all, 15-24,    all,        40000000,      false
      2,     W,    all, 25+,      all,        60000000,      false
      3,     E1,   all, 15+,      all,        100000000,     false
      """;

  /** Of who is at place 2, half is counted at a and half at b. Nobody lives at place 9. */
  private static final String FOOTPRINTS =
      """
      place, cell, operator, signal_dbm, signal_dominance, connection_probability
      1,     a,    o1,       -80,        .9,               1
      2,     a,    o1,       -80,        .9,               .5
      2,     b,    o1,       -80,        .9,               .5
      3,     b,    o1,       -80,        .9,               1
      9,     z,    o1,       -80,        .9,               1
      """;

  private static final String HEADER =
      "leaf_kind, leaf, parent, operator, sex, ages, count, variance, query, measurement_id, unit\n";

  /** As many persons as the prior has at each place: 100 + 50 at a, 50 + 100 at b. */
  private static final String COUNTS =
      """
      area, C, ,  o1, all,    all, 300, 3, level 0, q, person
      area, W, C, o1, female, all, 60,  3, level 1, q, person
      area, W, C, o1, male,   all, 90,  3, level 1, q, person
      area, E, C, o1, female, all, 90,  3, level 1, q, person
      area, E, C, o1, male,   all, 60,  3, level 1, q, person
      cell, a, W, o1, all,    all, 150, 3, cell, q, person
      cell, b, E, o1, all,    all, 150, 3, cell, q, person
      """;

  private static Map<String, Row> homes(SparkSession spark, String counts) {
    return homes(spark, counts, FOOTPRINTS);
  }

  /** By operator, area and sex. */
  private static Map<String, Row> homes(SparkSession spark, String counts, String footprints) {
    Map<String, Row> homes = new TreeMap<>();
    Given.checked(
            CellHomesStage.homes(
                rows(spark, Tables.MEASUREMENT, HEADER + counts),
                rows(spark, Tables.FOOTPRINTS, footprints),
                rows(spark, Tables.POPULATION, POPULATION),
                rows(spark, Tables.AREAS, AREAS)),
            Tables.CELL_HOMES,
            Tables.AREA)
        .forEach(
            row -> homes.put("%s %s %s".formatted(row.get(0), row.get(1), row.getString(3)), row));
    return homes;
  }

  private static double persons(Map<String, Row> homes, String key) {
    return homes.get(key).<Double>getAs("persons");
  }

  @Test
  void sharesCellsToTheAreasWherePeopleLive(SparkSession spark) {
    var homes = homes(spark, COUNTS);
    assertThat(persons(homes, "o1 W all")).isCloseTo(200, within(1e-9));
    assertThat(persons(homes, "o1 E all")).isCloseTo(100, within(1e-9));
    assertThat(persons(homes, "o1 C all")).isCloseTo(300, within(1e-9));
    assertThat(homes.get("o1 W all").<String>getAs("parent")).isEqualTo("C");
    assertThat(homes).doesNotContainKey("o1 E1 all");
    assertThat(homes.get("o1 C all").<Long>getAs("cells_by_mast")).isZero();
  }

  /** A third of b's persons lives in W: so does a third of the women at E's masts. */
  @Test
  void womenOfMastsLiveWhereTheirPersonsDo(SparkSession spark) {
    var homes = homes(spark, COUNTS);
    assertThat(persons(homes, "o1 W female")).isCloseTo(60 + 30, within(1e-9));
    assertThat(persons(homes, "o1 E female")).isCloseTo(60, within(1e-9));
    assertThat(persons(homes, "o1 W male")).isCloseTo(90 + 20, within(1e-9));
    assertThat(persons(homes, "o1 E male")).isCloseTo(40, within(1e-9));
    assertThat(homes.get("o1 W female").<Double>getAs("variance"))
        .isLessThan(homes.get("o1 W all").<Double>getAs("variance"));
    assertThat(homes).doesNotContainKeys("o1 C female");
  }

  /** At place 1 nine of ten are counted at a, at place 3 one of five; 100 and 300 live there. */
  @Test
  void findsWhereMoreOfThePeopleAreConnected(SparkSession spark) {
    var homes =
        homes(
            spark,
            """
            area, C, ,  o1, all, all, 400, 3, level 0, q, person
            area, W, C, o1, all, all, 150, 3, level 1, q, person
            area, E, C, o1, all, all, 250, 3, level 1, q, person
            cell, a, W, o1, all, all, 150, 3, cell, q, person
            cell, b, E, o1, all, all, 250, 3, cell, q, person
            """,
            """
            place, cell, operator, signal_dbm, signal_dominance, connection_probability
            1,     a,    o1,       -80,        .9,               .9
            1,     b,    o1,       -80,        .9,               .1
            3,     a,    o1,       -80,        .9,               .2
            3,     b,    o1,       -80,        .9,               .8
            """);
    assertThat(persons(homes, "o1 W all")).isCloseTo(100, within(0.1));
    assertThat(persons(homes, "o1 E all")).isCloseTo(300, within(0.1));
  }

  @Test
  void aCellWithNobodyInReachCountsWhereItsMastStands(SparkSession spark) {
    for (int count : new int[] {40, -7}) {
      int all = 300 + count;
      var homes =
          homes(
              spark,
              """
              area, C, ,  o1, all, all, %d, 3, level 0, q, person
              area, W, C, o1, all, all, 150, 3, level 1, q, person
              area, E, C, o1, all, all, %d, 3, level 1, q, person
              cell, a, W, o1, all, all, 150, 3, cell, q, person
              cell, b, E, o1, all, all, 150, 3, cell, q, person
              cell, z, E, o1, all, all, %d, 3, cell, q, person
              """
                  .formatted(all, 150 + count, count));
      assertThat(persons(homes, "o1 E all")).isCloseTo(100 + count, within(1e-9));
      assertThat(persons(homes, "o1 W all")).isCloseTo(200, within(1e-9));
      for (String area : new String[] {"o1 E all", "o1 C all"}) {
        assertThat(homes.get(area).<Double>getAs("by_mast")).isCloseTo(count, within(1e-9));
        assertThat(homes.get(area).<Long>getAs("cells_by_mast")).isEqualTo(1);
      }
    }
  }

  /** Whatever noise does, nobody gets lost; an area without cells of the operator has nobody. */
  @Test
  void areasSumToTheFittedCounts(SparkSession spark) {
    String counts =
        """
        area, C, ,  o1, all, all, 290, 30, level 0, q, person
        area, W, C, o1, all, all, 170, 30, level 1, q, person
        area, E, C, o1, all, all, 11,  30, level 1, q, person
        cell, a, W, o1, all, all, 141, 30, cell, q, person
        cell, b, W, o1, all, all, -12, 30, cell, q, person
        """;
    var homes = homes(spark, counts + counts.replace("o1", "o2"));
    assertThat(persons(homes, "o1 W all") + persons(homes, "o1 E all"))
        .isCloseTo(persons(homes, "o1 C all"), within(1e-9));
    // Without E: C and W measure the same persons as a + b, with variances 30, 30 and 60.
    double sum = (290 / 30.0 + 170 / 30.0 + 129 / 60.0) / (2 / 30.0 + 1 / 60.0);
    assertThat(persons(homes, "o1 C all")).isCloseTo(sum, within(1e-9));
    // The other operator has no footprint: all at the masts.
    assertThat(persons(homes, "o2 W all")).isCloseTo(sum, within(1e-9));
    assertThat(homes).doesNotContainKeys("o2 E all", "o1 E1 all");
  }

  @Test
  void theSameWhateverThePartitions(SparkSession spark) {
    String two = COUNTS + COUNTS.replace("o1", "o2");
    String footprints =
        FOOTPRINTS
            + FOOTPRINTS
                .lines()
                .skip(1)
                .reduce("", (a, b) -> a + b + "\n")
                .replace("o1", "o2")
                .replace(" a,", " c,")
                .replace(" b,", " d,");
    String both =
        two.replace("cell, a, W, o2", "cell, c, W, o2").replace("cell, b, E, o2", "cell, d, E, o2");
    var once = homes(spark, both, footprints);
    String before = spark.conf().get("spark.sql.shuffle.partitions");
    spark.conf().set("spark.sql.shuffle.partitions", "1");
    try {
      assertThat(homes(spark, both, footprints)).isEqualTo(once).hasSize(10 + 4);
    } finally {
      spark.conf().set("spark.sql.shuffle.partitions", before);
    }
  }

  @Test
  void aMeasurementAtPlacesHasNoRow(SparkSession spark) {
    assertThat(homes(spark, "area, C, , o1, all, all, 290, 30, level 0, q, person\n")).isEmpty();
  }

  @Test
  void refusesAreasThatTheRunDoesNotHave(SparkSession spark) {
    assertThatThrownBy(() -> homes(spark, COUNTS.replace("area, W", "area, X")))
        .hasMessageContaining("counts in 1 areas that areas does not have, first X");
  }

  @Test
  void subscribersAreTheSumsOfOperators(SparkSession spark) {
    String homes =
        """
        operator, area, parent, sex,    persons, variance, by_mast, cells_by_mast
        o1,       C,    ,       all,    300,     9,        0,       0
        o1,       W,    C,      all,    200,     4,        0,       0
        o1,       W,    C,      female, 90,      4,        0,       0
        o2,       W,    C,      all,    60,      5,        0,       0
        """;
    var rows =
        Given.checked(
            SubscribersStage.subscribers(
                rows(spark, Tables.MEASUREMENT, HEADER + COUNTS),
                rows(spark, Tables.CELL_HOMES, homes),
                rows(spark, Tables.MARKET, "operator, share"),
                rows(spark, Tables.REGIONAL_MARKET, "operator, area, share"),
                rows(spark, Tables.AREAS, "area"),
                Given.settings().connected()),
            Tables.SUBSCRIBERS,
            "leaf",
            "sex");
    assertThat(rows)
        .extracting(row -> row.get(1) + " " + row.get(2) + " " + row.get(3) + " " + row.get(4))
        .containsExactly("C null all 300.0", "W C all 260.0", "W C female 90.0");
    assertThat(rows.get(0).<Double>getAs("variance")).as("footprints lose nobody").isEqualTo(9);
    assertThat(rows.get(1).<Double>getAs("variance"))
        .as("footprints err by 6 % of each operator's")
        .isCloseTo(4 + 5 + 12 * 12 + 3.6 * 3.6, within(1e-9));
  }

  /** A share of 1e-200 has a square of 0, which is no variance. */
  @Test
  void aShareOfNearlyNothingIsNoFault(SparkSession spark) {
    HomeAreas areas =
        HomeAreas.of(
            java.util.Set.of("E", "W"),
            rows(spark, Tables.AREAS, "area, parent, level\nC, , 0\nE, C, 1\nW, C, 1"));
    CountedTree tree = new CountedTree();
    tree.add(Tables.AREA, "E", null, "female", new CountedTree.Counts(40, 4, 1));
    tree.fit();
    var homes =
        new SexesOfMasts(tree, areas)
            .of(
                List.of(
                    new SexesOfMasts.Flow("E", "E", 1), new SexesOfMasts.Flow("E", "W", 1e-200)));
    assertThat(homes.get("W").bySex(1, 1).get("female").value()).isLessThan(1e-190);
    assertThat(homes.get("E").bySex(50, 9).get("female").value()).isEqualTo(40);
  }
}
