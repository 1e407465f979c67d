package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Places;

/**
 * The places cut into runs along their order, by a coarse place that holds them. The cut depends on
 * the places alone, never on partitions.
 *
 * @param resolution of the coarse places
 * @param sums coarse place, in order, to how many places it holds and then the sum of each measure
 */
record Chunks(int resolution, TreeMap<Long, long[]> sums) {
  /** The column of a row's coarse place. */
  static final String CHUNK = "chunk";

  private static final int COARSEST = 3;
  private static final long FILE_ROWS = 1_000_000;

  static Chunks of(Dataset<Row> totals, List<String> measures, int resolution) {
    int coarse = Math.max(0, Math.min(COARSEST, resolution - 4));
    List<Column> sums = new ArrayList<>();
    sums.add(count(lit(1)));
    measures.forEach(name -> sums.add(coalesce(sum(col("`" + name + "`")), lit(0L))));
    TreeMap<Long, long[]> chunks = new TreeMap<>();
    for (Row row :
        totals
            .groupBy(parent(coarse).as(CHUNK))
            .agg(sums.get(0), Totals.tail(sums))
            .collectAsList()) {
      long[] values = new long[sums.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = row.getLong(i + 1);
      }
      chunks.put(row.getLong(0), values);
    }
    return new Chunks(coarse, chunks);
  }

  /** The place of a coarser resolution that holds the place of the row. */
  static Column parent(int resolution) {
    return udf((UDF1<Long, Long>) place -> Places.parent(place, resolution), DataTypes.LongType)
        .withName("place_of_resolution_" + resolution)
        .apply(col(Tables.PLACE));
  }

  /** The number of the file that a place of the row goes into: about a million places each. */
  Column file() {
    HashMap<Long, Integer> files = new HashMap<>();
    long before = 0;
    for (Map.Entry<Long, long[]> chunk : sums.entrySet()) {
      files.put(chunk.getKey(), (int) (before / FILE_ROWS));
      before += chunk.getValue()[0];
    }
    int coarse = resolution;
    return udf(
            (UDF1<Long, Integer>) place -> files.get(Places.parent(place, coarse)),
            DataTypes.IntegerType)
        .withName("file_number")
        .apply(col(Tables.PLACE));
  }
}
