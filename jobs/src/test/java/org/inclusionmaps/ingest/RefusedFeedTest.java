package org.inclusionmaps.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inclusionmaps.contract.Tables.AREAS;
import static org.inclusionmaps.contract.Tables.CENSUS;
import static org.inclusionmaps.contract.Tables.COVERAGE_AREAS;
import static org.inclusionmaps.contract.Tables.RADIO_CELLS;
import static org.inclusionmaps.contract.Tables.SETTLEMENTS;
import static org.inclusionmaps.ingest.Feeds.feed;
import static org.inclusionmaps.ingest.Feeds.file;
import static org.inclusionmaps.ingest.Feeds.texts;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a user is told of a wrong feed: what, where, why, and what to do. */
@ExtendWith(SparkExtension.class)
class RefusedFeedTest {
  @TempDir Path folder;

  private static void refuses(
      SparkSession spark, Table table, Path path, ErrorCode code, String message) {
    assertThatThrownBy(() -> Ingest.read(spark, table, List.of(feed(path))))
        .isInstanceOfSatisfying(InclusionException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessage("[" + code + "] " + message);
  }

  @Test
  void aFileThatIsNotThere(SparkSession spark) {
    Path path = folder.resolve("no.csv");
    refuses(
        spark,
        SETTLEMENTS,
        path,
        ErrorCode.INPUT_MISSING,
        "settlements: %s does not exist; put the file there or correct inputs.settlements.path"
            .formatted(path));
  }

  @Test
  void aLatitudeOf91(SparkSession spark) {
    refuses(
        spark,
        SETTLEMENTS,
        file(folder, "s.csv", "lon,lat,weight\n10,91,1\n10,10,1\n"),
        ErrorCode.CONTRACT_BROKEN,
        "settlements: 1 of 2 rows break lat (latitude, degrees WGS84, -90 to 90): first is 91 in"
            + " s.csv; correct the feed or raise inputs.settlements.max_rejected_pct");
  }

  @Test
  void aNegativeCountOfPersons(SparkSession spark) {
    refuses(
        spark,
        CENSUS,
        file(folder, "c.csv", "area,persons\na,-1\nb,3\n"),
        ErrorCode.CONTRACT_BROKEN,
        "census: 1 of 2 rows break persons (persons counted, 0 to 10000000000): first is -1 in"
            + " c.csv; correct the feed or raise inputs.census.max_rejected_pct");
  }

  @Test
  void twoCellsOfOneId(SparkSession spark) {
    refuses(
        spark,
        RADIO_CELLS,
        file(
            folder,
            "r.csv",
            "cell,operator,technology,lon,lat\na,1-01,4G,1,1\na,1-01,4G,2,1\nb,1-01,4G,1,1\n"),
        ErrorCode.CONTRACT_BROKEN,
        "radio_cells: 2 of 3 rows: the same cell as a row that differs: first is a in r.csv;"
            + " correct the feed or raise inputs.radio_cells.max_rejected_pct");
  }

  @Test
  void bothGeometriesWithoutLandAndOneThatIsALine(SparkSession spark) {
    refuses(
        spark,
        AREAS,
        file(
            folder,
            "a.csv",
            """
            area,parent,level,name,geometry
            C,,0,Country,"POLYGON ((0 0, 1 0, 1 1, 0 0))"
            W,C,1,West,"POLYGON ((0 0, 1 0, 0 0))"
            S,C,1,South,"POLYGON ((0 0, 1 0, 0 0))"
            E,C,1,East,"LINESTRING (0 0, 1 1)"
            """),
        ErrorCode.CONTRACT_BROKEN,
        "areas: 2 of 4 rows: geometry has no area: first is area S in a.csv; 1 of 4 rows: geometry"
            + " is a LineString, no polygon or point: first is area E in a.csv; correct the feed or"
            + " raise inputs.areas.max_rejected_pct");
  }

  @Test
  void aCoverageAreaThatIsAPoint(SparkSession spark) {
    refuses(
        spark,
        COVERAGE_AREAS,
        file(
            folder,
            "c.csv",
            "operator,technology,service,wkt\n1-01,4G,good,POINT (1 1)\n"
                + "1-02,4G,good,\"POLYGON ((0 0, 1 0, 1 1, 0 0))\"\n"),
        ErrorCode.CONTRACT_BROKEN,
        "coverage_areas: 1 of 2 rows: geometry is a point, no polygon: first is operator 1-01,"
            + " technology 4G, service good in c.csv; correct the feed or raise"
            + " inputs.coverage_areas.max_rejected_pct");
  }

  @Test
  void aFeatureWhoseGeometryCannotBeRead(SparkSession spark) {
    refuses(
        spark,
        COVERAGE_AREAS,
        file(
            folder,
            "c.geojson",
            """
            {"type": "FeatureCollection", "features": [
             {"type": "Feature", "properties": {"operator": "1-01", "technology": "4G"}, "geometry":
              {"type": "Polygon", "coordinates": [[[0,0],[2,0],[2,2],[0,0]]]}},
             {"type": "Feature", "properties": {"operator": "1-02", "technology": "4G"}, "geometry":
              {"type": "Polygon", "coordinates": [[["x",0],[2,0],[2,2],[0,0]]]}}]}
            """),
        ErrorCode.CONTRACT_BROKEN,
        "coverage_areas: 1 of 2 rows: the geometry cannot be read: a position is not two numbers:"
            + " first is operator 1-02, technology 4G, service outdoor, row 2 in c.geojson; correct"
            + " the feed or raise inputs.coverage_areas.max_rejected_pct");
  }

  @Test
  void aFileThatIsNoParquet(SparkSession spark) {
    Path path = file(folder, "s.parquet", "this is text, whatever its name says");
    assertThatThrownBy(() -> Ingest.read(spark, SETTLEMENTS, List.of(feed(path))))
        .isInstanceOfSatisfying(
            InclusionException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONTRACT_BROKEN))
        .hasMessageStartingWith("[CONTRACT_BROKEN] settlements: file:" + path)
        .hasMessageContaining(" cannot be read as Parquet: ")
        .hasMessageContaining("is not a Parquet file")
        .hasMessageEndingWith("; write the file again or correct inputs.settlements.format");
  }

  @Test
  void aColumnOfTheWrongType(SparkSession spark) {
    Path path = folder.resolve("typed.parquet");
    spark
        .sql("select 1.5D as lon, true as lat, 1.0D as weight")
        .coalesce(1)
        .write()
        .parquet(path.toString());
    refuses(
        spark,
        SETTLEMENTS,
        path,
        ErrorCode.CONTRACT_BROKEN,
        "settlements: column lat of %s is boolean but must be double (latitude, degrees WGS84);"
                .formatted(path)
            + " convert the feed");
  }

  @Test
  void parquetIsReadAsItIs(SparkSession spark) {
    Path path = folder.resolve("s.parquet");
    spark
        .sql("select 1.5D as longitude, 2.5F as lat, 3 as weight")
        .coalesce(1)
        .write()
        .parquet(path.toString());
    try (Ingested read = Ingest.read(spark, SETTLEMENTS, List.of(feed(path)))) {
      assertThat(texts(read.rows(), "lon", "lat", "weight")).containsExactly("1.5|2.5|3.0");
    }
  }

  @Test
  void geoJsonIsReadAndARingThatCrossesItselfIsMended(SparkSession spark) {
    Path path =
        file(
            folder,
            "areas.geojson",
            """
            {"type": "FeatureCollection", "features": [
             {"type": "Feature", "properties": {"area": "a", "level": 0, "name": "Ä"}, "geometry":
              {"type": "Polygon", "coordinates": [[[0,0],[2,2],[2,0],[0,2],[0,0]]]}},
             {"type": "Feature", "properties": {"area": "b", "level": 1, "name": "B", "parent": "a"},
              "geometry": null}]}
            """);
    try (Ingested read = Ingest.read(spark, AREAS, List.of(feed(path)))) {
      assertThat(texts(read.rows(), "area", "parent", "level", "name"))
          .containsExactly("a|-|0|Ä", "b|a|1|B");
      assertThat(read.feeds().get(0).mended()).isEqualTo(1);
    }
  }

  @Test
  void geoJsonInAnotherProjection(SparkSession spark) {
    refuses(
        spark,
        AREAS,
        file(
            folder,
            "a.geojson",
            "{\"type\": \"FeatureCollection\", \"crs\": {\"properties\": {\"name\":"
                + " \"EPSG:3857\"}}, \"features\": []}"),
        ErrorCode.CONTRACT_BROKEN,
        "areas: a.geojson has coordinates in EPSG:3857, but they must be longitude and latitude in"
            + " degrees WGS84; convert it (ogr2ogr -t_srs OGC:CRS84)");
  }
}
