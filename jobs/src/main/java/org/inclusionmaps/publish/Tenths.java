package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.jspecify.annotations.Nullable;

/**
 * Millionths of a person to tenths, so that nothing is lost: along the order of places the tenths
 * of each part are the steps of the running sum, so that each is less than a tenth off, and all
 * together they are the country's tenths by largest remainders. Persons are the sum of their parts.
 * Coarser hexagons are sums of tenths.
 */
final class Tenths implements Serializable {
  static final long TENTH = Tables.MICRO / 10;

  private static final int PARTS = Part.values().length;

  @Serial private static final long serialVersionUID = 1;

  private final HashMap<Long, long[]> before;
  private final long[] phase;

  private Tenths(Map<Long, long[]> before, long[] phase) {
    this.before = new HashMap<>(before);
    this.phase = phase;
  }

  /** Place and the measures of each group in tenths, null where not shown, one row a place. */
  static Dataset<Row> of(Dataset<Row> totals, List<Group> groups, Chunks chunks) {
    int parts = groups.size() * PARTS;
    long[] running = new long[parts];
    HashMap<Long, long[]> before = new HashMap<>();
    for (Map.Entry<Long, long[]> chunk : chunks.sums().entrySet()) {
      before.put(chunk.getKey(), running.clone());
      for (int i = 0; i < parts; i++) {
        running[i] += chunk.getValue()[1 + measure(i)];
      }
    }
    Tenths tenths = new Tenths(before, phases(running));
    List<Column> columns = new ArrayList<>(List.of(col(Tables.PLACE)));
    Totals.measures(groups).forEach(name -> columns.add(col("`" + name + "`")));
    StructType schema = new StructType().add(Tables.PLACE, DataTypes.LongType, false);
    for (String name : Totals.measures(groups)) {
      schema = schema.add(name, DataTypes.LongType, true);
    }
    return totals
        .select(columns.toArray(new Column[0]))
        .withColumn(Chunks.CHUNK, Chunks.parent(chunks.resolution()))
        .repartition(col(Chunks.CHUNK))
        .sortWithinPartitions(Chunks.CHUNK, Tables.PLACE)
        .mapPartitions((MapPartitionsFunction<Row, Row>) tenths::ofPartition, Encoders.row(schema));
  }

  /** The tenths of a coarser resolution: sums, null where no place shows the figure. */
  static Dataset<Row> coarser(Dataset<Row> tenths, List<Group> groups, int resolution) {
    List<Column> sums = new ArrayList<>();
    Totals.measures(groups).forEach(name -> sums.add(sum(col("`" + name + "`")).as(name)));
    return tenths
        .groupBy(Chunks.parent(resolution).as(Tables.PLACE))
        .agg(sums.get(0), Totals.tail(sums));
  }

  /**
   * The tenths of the parts of one group by largest remainders; of equal ones the first part gains.
   *
   * @param micro millionths of a person, 0 or more
   * @return tenths, whose sum is the sum of the millionths rounded
   */
  static long[] rounded(long[] micro) {
    long[] tenths = new long[micro.length];
    long sum = 0;
    long given = 0;
    for (int i = 0; i < micro.length; i++) {
      sum += micro[i];
      tenths[i] = micro[i] / TENTH;
      given += tenths[i];
    }
    boolean[] raised = new boolean[micro.length];
    for (long left = (sum + TENTH / 2) / TENTH - given; left > 0; left--) {
      int best = -1;
      for (int i = 0; i < micro.length; i++) {
        if (!raised[i] && (best < 0 || micro[i] % TENTH > micro[best] % TENTH)) {
          best = i;
        }
      }
      raised[best] = true;
      tenths[best]++;
    }
    return tenths;
  }

  /** Where in the list of measures a part stands: before each group's parts are its persons. */
  private static int measure(int part) {
    return part / PARTS * (PARTS + 1) + 1 + part % PARTS;
  }

  /** What is added to the running sums, so that the last step ends at the country's tenths. */
  private static long[] phases(long[] totals) {
    long[] phases = new long[totals.length];
    for (int group = 0; group < totals.length; group += PARTS) {
      long[] parts = java.util.Arrays.copyOfRange(totals, group, group + PARTS);
      long[] tenths = rounded(parts);
      for (int i = 0; i < PARTS; i++) {
        phases[group + i] = tenths[i] > parts[i] / TENTH ? TENTH - 1 : 0;
      }
    }
    return phases;
  }

  private Iterator<Row> ofPartition(Iterator<Row> rows) {
    return new Iterator<>() {
      private long chunk = -1;
      private long[] running = new long[0];

      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        Row row = rows.next();
        long own = row.getLong(row.length() - 1);
        if (own != chunk) {
          chunk = own;
          running = before.getOrDefault(own, new long[phase.length]).clone();
        }
        return RowFactory.create(stepped(row, running));
      }
    };
  }

  private @Nullable Object[] stepped(Row row, long[] running) {
    @Nullable Object[] out = new Object[row.length() - 1];
    out[0] = row.getLong(0);
    for (int group = 0; group < phase.length; group += PARTS) {
      int persons = measure(group); // the place is before the first group's
      if (row.isNullAt(persons)) {
        continue;
      }
      long[] parts = Shown.read(row, persons);
      boolean[] shown = Shown.parts(parts);
      long sum = 0;
      for (int i = 0; i < PARTS; i++) {
        int k = group + i;
        long from = (running[k] + phase[k]) / TENTH;
        running[k] += parts[i];
        long step = (running[k] + phase[k]) / TENTH - from;
        out[persons + 1 + i] = shown[i] ? (Long) step : null;
        sum += step;
      }
      out[persons] = sum;
    }
    return out;
  }
}
