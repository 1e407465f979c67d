package org.inclusionmaps.publish.desktop;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.publish.figures.Areas;
import org.inclusionmaps.publish.figures.Group;
import org.inclusionmaps.publish.writing.ReleaseContext;
import org.inclusionmaps.publish.writing.ReleaseFiles;

/**
 * What analysts and desktop maps get: a GeoPackage, a dictionary of columns, styles.
 *
 * @param rows file to its rows, for those that have rows
 * @param columns files to the columns that they have
 * @param dictionary what the columns are
 */
public record Desktop(
    Map<String, Long> rows, Map<String, List<Dictionary.Column>> columns, Dictionary dictionary) {
  /** The GeoParquet files of hexagons, of any resolution. */
  public static final String HEXAGONS = "inclusion/resolution=R/*.parquet";

  /** The GeoParquet files of areas, of any level. */
  public static final String AREAS = "areas/level=L/*.parquet";

  /** The style of the tiles for MapLibre. */
  public static final String MAP_STYLE = Styles.FOLDER + MapStyle.NAME;

  /** The column of GeoParquet files that has the box of a row's outline. */
  public static final String BOX = GeoRowSupport.BBOX;

  /**
   * The column that has the outlines.
   *
   * @param table a key of {@link #columns}
   */
  public static String geometry(String table) {
    return table.equals(AreaPackage.NAME) ? GeoPackage.GEOMETRY : GeoRowSupport.GEOMETRY;
  }

  /**
   * Writes the files, after those of maps.
   *
   * @param resolution of the places
   */
  public static Desktop write(
      SparkSession spark,
      ReleaseContext context,
      Areas areas,
      List<Group> groups,
      Dataset<Row> indicators,
      int resolution,
      ReleaseFiles files) {
    Map<String, Long> rows = new LinkedHashMap<>();
    Dictionary dictionary = Dictionary.of(groups, indicators);
    Map<String, List<Dictionary.Column>> columns = new LinkedHashMap<>();
    columns.put(HEXAGONS, columns(spark, HexagonFile.folder(resolution), files));
    columns.put(AREAS, columns(spark, AreaFile.folder(0), files));
    columns.put(
        AreaPackage.NAME, AreaPackage.write(spark, context, areas, dictionary, indicators, files));
    rows.put(AreaPackage.NAME, (long) areas.list().size());
    rows.put(Dictionary.NAME, dictionary.write(columns, files));
    Styles.write(written(files), files);
    return new Desktop(rows, columns, dictionary);
  }

  private static List<Dictionary.Column> columns(
      SparkSession spark, String folder, ReleaseFiles files) {
    try {
      if (!files.system().exists(files.path(folder))) {
        return List.of();
      }
    } catch (IOException e) {
      throw files.unwritable(folder, e);
    }
    return Dictionary.columns(spark.read().parquet(files.path(folder).toString()).schema());
  }

  private static List<String> written(ReleaseFiles files) {
    try {
      return List.copyOf(files.list().keySet());
    } catch (IOException e) {
      throw files.unwritable("", e);
    }
  }
}
