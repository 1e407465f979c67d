package org.inclusionmaps.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inclusionmaps.contract.Tables.AREAS;
import static org.inclusionmaps.contract.Tables.CENSUS;
import static org.inclusionmaps.contract.Tables.RADIO_CELLS;
import static org.inclusionmaps.contract.Tables.SETTLEMENTS;
import static org.inclusionmaps.contract.Tables.TARIFFS;
import static org.inclusionmaps.ingest.Feeds.feed;
import static org.inclusionmaps.ingest.Feeds.file;
import static org.inclusionmaps.ingest.Feeds.texts;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.TableCheck;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class DelimitedTextTest {
  @TempDir Path folder;

  @Test
  void aByteOrderMarkQuotesAndBlanksAreNoPartOfNamesOrValues(SparkSession spark) {
    var path =
        file(
            folder,
            "areas.csv",
            """
            \uFEFFarea , parent,level,name
            "01", BO ,1,"La ""Paz"", norte"
            """);

    var read = Ingest.read(spark, AREAS, List.of(feed(path)));

    assertThat(texts(read.rows(), "area", "parent", "level", "name"))
        .containsExactly("01|BO|1|La \"Paz\", norte");
    TableCheck.check(read.rows(), AREAS);
  }

  @Test
  void semicolonsDecimalCommasAndThousandsAreReadWhereTheSettingsSaySo(SparkSession spark) {
    var path =
        file(
            folder,
            "poblacion.csv.gz",
            """
            codigo;personas
            1;1.234,5
            02;17
            """);

    var read =
        Ingest.read(
            spark,
            CENSUS,
            List.of(
                feed(
                    path,
                    """
                    delimiter: ';'
                    decimal_comma: true
                    columns: {area: {from: codigo, pad: 2}}
                    """)));

    assertThat(texts(read.rows(), "area", "sex", "age_band", "disability", "persons"))
        .containsExactly("01|all|all|all|1234.5", "02|all|all|all|17.0");
  }

  @Test
  void aPointInADecimalCommaFileIsNoNumberUnlessItPartsThousands(SparkSession spark) {
    var path = file(folder, "p.csv", "area;persons\na;12.5\nb;12.500\n");

    var read =
        Ingest.read(
            spark,
            CENSUS,
            List.of(feed(path, "delimiter: ';'\ndecimal_comma: true\nmax_rejected_pct: 50")));

    assertThat(texts(read.rows(), "area", "persons")).containsExactly("b|12500.0");
    assertThat(texts(read.quarantined(), "table", "file", "row", "reason", "column", "value"))
        .containsExactly("census|p.csv|-|persons is not a number|persons|12.5");
  }

  @Test
  void allFilesOfADirectoryAreRead(SparkSession spark) {
    file(folder, "feed/a.csv", "lon,lat,weight\n1,2,3\n");
    file(folder, "feed/b.csv.gz", "lon,lat,weight\n4,5,6\n");
    file(folder, "feed/_SUCCESS", "");

    var read =
        Ingest.read(spark, SETTLEMENTS, List.of(feed(folder.resolve("feed"), "format: csv")));

    assertThat(texts(read.rows(), "lon", "lat", "weight", "area"))
        .containsExactly("1.0|2.0|3.0|-", "4.0|5.0|6.0|-");
  }

  @Test
  void aLineOfAnotherWidthIsQuarantined(SparkSession spark) {
    var path = file(folder, "s.csv", "lon,lat,weight\n1,2,3\n1,2\n1,2,3,4\n");

    var read = Ingest.read(spark, SETTLEMENTS, List.of(feed(path, "max_rejected_pct: 70")));

    assertThat(read.rejected()).isEqualTo(Map.of("the line does not have 3 columns", 2L));
    assertThat(read.ok()).isEqualTo(1);
  }

  @Test
  void openCellIdIsReadWithItsHeaderAndWithout(SparkSession spark) {
    var rows =
        """
        GSM,736,2,40120,19156,0,-68.01,-16.87,1000,1,1,1459755206,1459755206,0
        UMTS,736,1,11,22,0,-68.02,-16.88,1000,1,1,1459755206,1459755206,0
        LTE,310,410,11,22,0,-68.03,-16.89,1000,1,1,1459755206,1459755206,
        NR,736,03,11,22,0,-68.04,-16.90,1000,1,1,1459755206,1459755206,0
        """;
    var header =
        "radio,mcc,net,area,cell,unit,lon,lat,range,samples,changeable,created,updated,averageSignal\n";
    var with = file(folder, "opencellid-with.csv.gz", header + rows);
    var without = file(folder, "opencellid-without.csv", rows);
    var unnamed = file(folder, "cells.csv", header + rows);

    for (var path : List.of(with, without, unnamed)) {
      var read = Ingest.read(spark, RADIO_CELLS, List.of(feed(path)));

      assertThat(texts(read.rows(), "cell", "operator", "technology", "lon", "height_m"))
          .containsExactly(
              "GSM-736-2-40120-19156|736-02|2G|-68.01|-",
              "LTE-310-410-11-22|310-410|4G|-68.03|-",
              "NR-736-03-11-22|736-03|5G|-68.04|-",
              "UMTS-736-1-11-22|736-01|3G|-68.02|-");
      // The station of an LTE or NR cell is its number / 256; the last digit of others is a sector.
      assertThat(texts(read.rows(), "site", "location_error_m"))
          .containsExactly(
              "GSM-40120-1915|1000.0", "LTE-0|1000.0", "NR-0|1000.0", "UMTS-11-2|1000.0");
      TableCheck.check(read.rows(), RADIO_CELLS);
    }
  }

  @Test
  void valuesAreMappedScaledPaddedAndFilledInThatOrder(SparkSession spark) {
    var path =
        file(
            folder,
            "towns.csv",
            """
            x,y,place,population,code
            1,1,city,5000,7
            2,2,village,,8
            3,3,town,0,NA
            """);

    var read =
        Ingest.read(
            spark,
            SETTLEMENTS,
            List.of(
                feed(
                    path,
                    """
                    columns:
                      area: {from: code, absent: [NA], pad: 3}
                      weight:
                        from: population
                        absent: ['0']
                        scale: 0.001
                        otherwise: {from: place, map: {village: '0.3', town: '3'}}
                    """)));

    assertThat(texts(read.rows(), "lon", "lat", "weight", "area"))
        .containsExactly("1.0|1.0|5.0|007", "2.0|2.0|0.3|008", "3.0|3.0|3.0|-");
  }

  @Test
  void whatAMapDoesNotListIsQuarantined(SparkSession spark) {
    var path = file(folder, "t.csv", "lon,lat,w\n1,2,big\n1,2,huge\n");

    var read =
        Ingest.read(
            spark,
            SETTLEMENTS,
            List.of(
                feed(path, "columns: {weight: {from: w, map: {big: '9'}}}\nmax_rejected_pct: 50")));

    assertThat(texts(read.rows(), "weight")).containsExactly("9.0");
    assertThat(texts(read.quarantined(), "reason", "value"))
        .containsExactly("weight is not in the settings' map|huge");
  }

  @Test
  void aWideSheetBecomesARowACountAndItsEmptyCountsNone(SparkSession spark) {
    var path =
        file(
            folder,
            "sheet.csv",
            """
            code,total,m_young,f_young
            a,10,4,6
            b,3,,
            """);

    var read =
        Ingest.read(
            spark,
            CENSUS,
            List.of(
                feed(
                    path,
                    """
                    unpivot:
                      - {column: total, set: {sex: all, age_band: all}}
                      - {column: m_young, set: {sex: male, age_band: 0-19}}
                      - {column: f_young, set: {sex: female, age_band: 0-19}}
                    """)));

    assertThat(texts(read.rows(), "area", "sex", "age_band", "disability", "persons"))
        .containsExactly(
            "a|all|all|all|10.0",
            "a|female|0-19|all|6.0",
            "a|male|0-19|all|4.0",
            "b|all|all|all|3.0");
    assertThat(read.read()).isEqualTo(4);
    assertThat(read.feeds()).singleElement().extracting(FeedCount::blank).isEqualTo(2L);
  }

  @Test
  void aLookupFindsTheCodeOfAName(SparkSession spark) {
    var codes =
        file(folder, "codes.csv", "dep,mun,code\nLa Paz,San Pedro,11\nOruro,San Pedro,22\n");
    var path =
        file(
            folder,
            "villages.csv",
            "id,dep,mun,label\nv1,Oruro,San Pedro,A\nv2,La Paz,San Pedro,B\nv3,Beni,San Pedro,C\n");

    var read =
        Ingest.read(
            spark,
            AREAS,
            List.of(
                feed(
                    path,
                    """
                    max_rejected_pct: 40
                    columns:
                      area: id
                      level: {value: '3'}
                      name: label
                      parent:
                        pad: 3
                        lookup: {path: '%s', on: {dep: dep, mun: mun}, take: code}
                    """
                        .formatted(codes))));

    assertThat(texts(read.rows(), "area", "parent", "name", "level"))
        .containsExactly("v1|022|A|3", "v2|011|B|3");
    assertThat(texts(read.quarantined(), "reason", "value"))
        .containsExactly("parent is not found in codes.csv|Beni, San Pedro");
  }

  @Test
  void rowsThatAreNotMeantAreLeftAsideAndWrongOnesAreRefused(SparkSession spark) {
    var path = file(folder, "national.csv", "key,value,net\nprice,7.24,1\ngini,42,1\nprice,9,5\n");

    var read =
        Ingest.read(
            spark,
            TARIFFS,
            List.of(
                feed(
                    path,
                    """
                    max_rejected_pct: 50
                    select: {key: [price]}
                    where: {net: ['1', '2']}
                    columns:
                      operator: {value: '*'}
                      plan: key
                      technology: {value: LTE}
                      price: value
                      currency: {value: USD}
                      validity_days: {value: '30'}
                      data_mb: {value: '5000'}
                      kind: {value: base}
                    """)));

    assertThat(texts(read.rows(), "operator", "plan", "technology", "price", "minutes"))
        .containsExactly("*|price|4G|7.24|-");
    assertThat(read.read()).isEqualTo(2);
    assertThat(read.feeds()).singleElement().extracting(FeedCount::leftAside).isEqualTo(1L);
    assertThat(texts(read.quarantined(), "reason", "column", "value"))
        .containsExactly("net is not one of 1, 2|net|5");
  }
}
