package org.inclusionmaps.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inclusionmaps.contract.Tables.CENSUS;
import static org.inclusionmaps.contract.Tables.COVERAGE_AREAS;
import static org.inclusionmaps.contract.Tables.INCOMES;
import static org.inclusionmaps.contract.Tables.RADIO_CELLS;
import static org.inclusionmaps.contract.Tables.SETTLEMENTS;
import static org.inclusionmaps.contract.Tables.SURVEY;
import static org.inclusionmaps.ingest.Feeds.feed;
import static org.inclusionmaps.ingest.Feeds.file;
import static org.inclusionmaps.ingest.Feeds.texts;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class QuarantineTest {
  private static final String CELLS = "cell,operator,technology,lon,lat,frequency_mhz\n";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "NaN,10;lon is not finite",
        "10,Infinity;lat is not finite",
        "10,91;lat is not -90 to 90",
        "-180.01,10;lon is not -180 to 180",
        "0,0;lon and lat are both 0",
        "ten,10;lon is not a number",
        "1e400,10;lon is not finite",
        "0x1p3,10;lon is not a number",
        ",10;lon is absent",
      })
  void aPlaceThatCannotBeIsQuarantinedWithItsReason(
      String lonLat, String reason, SparkSession spark) {
    var path = file(folder, "s.csv", "lon,lat,weight\n" + lonLat + ",1\n10,10,1\n");

    var read = Ingest.read(spark, SETTLEMENTS, List.of(feed(path, "max_rejected_pct: 50")));

    assertThat(read.rejected()).isEqualTo(Map.of(reason, 1L));
    assertThat(texts(read.quarantined(), "reason")).containsExactly(reason);
    assertThat(texts(read.rows(), "lon")).containsExactly("10.0");
  }

  @ParameterizedTest
  @CsvSource({
    "age_band, 15 to 24, 'age_band is not written as 15-24, 80+ or all'",
    "sex, x, 'sex is not one of female, male, all'",
    "persons, -1, persons is not 0 to 10000000000",
    "disability, '', disability is absent",
  })
  void aCountThatCannotBeIsQuarantinedWithItsReason(
      String column, String value, String reason, SparkSession spark) {
    var good = Map.of("age_band", "15-24", "sex", "female", "persons", "1", "disability", "none");
    var header = List.of("age_band", "sex", "persons", "disability");
    var line = new StringBuilder("a");
    header.forEach(name -> line.append(',').append(name.equals(column) ? value : good.get(name)));
    var path =
        file(
            folder,
            "c.csv",
            "area," + String.join(",", header) + "\n" + line + "\nb,15-24,female,1,none\n");

    var read = Ingest.read(spark, CENSUS, List.of(feed(path, "max_rejected_pct: 50")));

    assertThat(read.rejected()).isEqualTo(Map.of(reason, 1L));
  }

  @Test
  void aYearWithAFractionIsNoYear(SparkSession spark) {
    var path =
        file(
            folder,
            "i.csv",
            "area,mean_month,currency,year\na,1,USD,2024.5\nb,1,USD,2024.0\nc,1,usd,2024\n");

    var read = Ingest.read(spark, INCOMES, List.of(feed(path, "max_rejected_pct: 70")));

    assertThat(texts(read.rows(), "area", "year")).containsExactly("b|2024");
    assertThat(texts(read.quarantined(), "reason", "value"))
        .containsExactly(
            "currency is not three capital letters|usd", "year is not a whole number|2024.5");
  }

  @Test
  void aRowToldTwiceIsOneRow(SparkSession spark) {
    var one =
        file(folder, "1.csv", CELLS + "a,736-01,4G,1,2,\na,736-01,4G,1,2,\nb,736-01,4G,1,2,\n");
    var two = file(folder, "2.csv", CELLS + "b,736-01,LTE,1.0,2,\nc,736-01,4G,1,2,900\n");

    var read = Ingest.read(spark, RADIO_CELLS, List.of(feed(one), feed(two)));

    assertThat(texts(read.rows(), "cell")).containsExactly("a", "b", "c");
    assertThat(read.feeds()).extracting(FeedCount::duplicate).containsExactly(1L, 1L);
    assertThat(read.feeds()).extracting(FeedCount::ok).containsExactly(2L, 1L);
  }

  @Test
  void rowsOfOneKeyThatDifferAreAllRefused(SparkSession spark) {
    var path =
        file(
            folder,
            "1.csv",
            CELLS + "a,736-01,4G,1,2,\na,736-01,4G,1,2,\na,736-01,4G,1,3,\nb,736-01,4G,1,2,\n");

    var read = Ingest.read(spark, RADIO_CELLS, List.of(feed(path, "max_rejected_pct: 75")));

    assertThat(texts(read.rows(), "cell")).containsExactly("b");
    assertThat(read.rejected()).isEqualTo(Map.of("the same cell as a row that differs", 3L));
    assertThat(texts(read.quarantined(), "value")).containsExactly("a", "a", "a");
  }

  @Test
  void coverageAreasArePolygonsAndOutdoorUnlessTold(SparkSession spark) {
    var path =
        file(
            folder,
            "c.csv",
            """
            operator;radio;wkt
            736-01;LTE;POLYGON ((0 0, 1 0, 1 1, 0 0))
            736-01;LTE;POINT (1 1)
            736-01;LTE;
            736-01;LTE;POLYGON ((0 0, 1 0, 0 0))
            736-01;LTE;POLYGON ((170 0, -170 0, -170 10, 170 10, 170 0))
            736-01;LTE;POLYGON ((500000 0, 500100 0, 500100 100, 500000 0))
            """);

    var read =
        Ingest.read(
            spark, COVERAGE_AREAS, List.of(feed(path, "max_rejected_pct: 90\ndelimiter: ;")));

    assertThat(texts(read.rows(), "operator", "technology", "service"))
        .containsExactly("736-01|4G|outdoor");
    assertThat(texts(read.quarantined(), "value").stream().distinct())
        .containsExactly("operator 736-01, technology 4G, service outdoor");
    assertThat(texts(read.quarantined(), "reason"))
        .containsExactlyInAnyOrder(
            "geometry is a point, no polygon",
            "geometry is absent",
            "geometry has no area",
            "geometry has coordinates outside longitude and latitude; convert them to degrees WGS84",
            "geometry is wider than 180 degrees; cut it at the antimeridian");
  }

  @Test
  void settlementsMayRepeat(SparkSession spark) {
    var path = file(folder, "s.csv", "lon,lat,weight\n1,2,3\n1,2,3\n");

    assertThat(Ingest.read(spark, SETTLEMENTS, List.of(feed(path))).rows().count()).isEqualTo(2);
  }

  @Test
  void noValueOfAPersonIsShown(SparkSession spark) {
    var path =
        file(
            folder,
            "s.csv",
            """
            respondent,area,stratum,psu,weight,sex,age_band,connected
            secret1,a,s,p,1,female,all,7
            secret2,a,s,p,1,female,all,1
            secret3,a,s,p,1,female,all,1
            secret3,a,s,p,1,female,all,0
            """);

    var read = Ingest.read(spark, SURVEY, List.of(feed(path, "max_rejected_pct: 75")));

    assertThat(texts(read.quarantined(), "reason", "value"))
        .containsExactly(
            "connected is not 0 to 1|not shown: rows are persons or protect some",
            "the same respondent as a row that differs|not shown: rows are persons or protect some",
            "the same respondent as a row that differs|not shown: rows are persons or protect some");
  }

  @Test
  void noPersonIsNamedByAFeatureThatCannotBeRead(SparkSession spark) {
    var path =
        file(
            folder,
            "s.geojson",
            """
            {"type": "FeatureCollection", "features": [{"type": "Feature", "properties":
              {"respondent": "secret1", "area": "a", "stratum": "s", "psu": "p", "weight": 1,
               "sex": "female", "age_band": "all", "connected": 1},
              "geometry": {"type": "Point", "coordinates": ["x", 1]}}]}
            """);

    var read = Ingest.read(spark, SURVEY, List.of(feed(path, "max_rejected_pct: 100")));

    assertThat(texts(read.quarantined(), "reason", "value"))
        .containsExactly(
            "the geometry cannot be read: a position is not two numbers"
                + "|not shown: rows are persons or protect some");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void rowsReadAreRowsOkQuarantinedOrDuplicate(long seed, SparkSession spark) {
    var random = new Random(seed);
    var values =
        List.of(
            List.of("a", "b", "c", "d", ""),
            List.of("736-01", "736-02", ""),
            List.of("4G", "LTE", "gsm", "7G"),
            List.of("1", "-1.5", "NaN", "200", "0"),
            List.of("1", "91", "0", "x"),
            List.of("", "900", "0"));
    long lines = 0;
    var feeds = new java.util.ArrayList<org.inclusionmaps.config.FeedSettings>();
    for (int f = 0; f < 2; f++) {
      var text = new StringBuilder(CELLS);
      for (int i = 0; i < 120; i++) {
        var cells = new java.util.ArrayList<String>();
        values.forEach(choices -> cells.add(choices.get(random.nextInt(choices.size()))));
        text.append(String.join(",", random.nextInt(20) == 0 ? cells.subList(0, 3) : cells));
        text.append('\n');
        lines++;
      }
      feeds.add(feed(file(folder, f + ".csv", text.toString()), "max_rejected_pct: 100"));
    }

    var read = Ingest.read(spark, RADIO_CELLS, feeds);

    assertThat(read.read()).isEqualTo(lines);
    assertThat(read.ok() + read.quarantineCount() + read.duplicate()).isEqualTo(lines);
    assertThat(read.rows().count()).isEqualTo(read.ok());
    assertThat(read.quarantined().count()).isEqualTo(read.quarantineCount());
  }
}
