package org.inclusionmaps.publish;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Tables;

/**
 * All areas of the country, published or not.
 *
 * @param names area to its name
 * @param parents area to the area that holds it, for all that are held by one
 */
record AreaNames(Map<String, String> names, Map<String, String> parents) {

  static AreaNames of(Dataset<Row> areas) {
    Map<String, String> names = new HashMap<>();
    Map<String, String> parents = new HashMap<>();
    for (Row row : areas.select(Tables.AREA, "name", "parent").collectAsList()) {
      names.put(row.getString(0), row.getString(1));
      if (!row.isNullAt(2)) {
        parents.put(row.getString(0), row.getString(2));
      }
    }
    return new AreaNames(names, parents);
  }
}
