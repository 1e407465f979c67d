package org.inclusionmaps.publish;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What analysts and desktop maps get: a GeoPackage, a dictionary of columns, styles. */
final class Desktop {
  private Desktop() {}

  /**
   * Writes the files, after those of maps; gives the rows of those that have rows.
   *
   * @param resolution of the places
   */
  static Map<String, Long> write(
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
    columns.put(
        "inclusion/resolution=R/*.parquet", columns(spark, HexagonFile.folder(resolution), files));
    columns.put("areas/level=L/*.parquet", columns(spark, AreaFile.folder(0), files));
    columns.put(
        AreaPackage.NAME,
        AreaPackage.write(spark, context, areas, dictionary, indicators, files));
    rows.put(AreaPackage.NAME, (long) areas.list().size());
    rows.put(Dictionary.NAME, dictionary.write(columns, files));
    Styles.write(written(files), files);
    return rows;
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
