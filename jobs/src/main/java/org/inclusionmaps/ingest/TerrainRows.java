package org.inclusionmaps.ingest;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.TerrainGrid;
import org.jspecify.annotations.Nullable;

/**
 * Groups of tiles as rows of the table, made when they are asked for: a row of tiles at a time. A
 * tile without a known height has a row only where a file has holes there, and a group whose files
 * cannot be read ends with a row that tells the fault.
 */
final class TerrainRows implements Iterator<Row> {
  static final String KNOWN = "_known";
  static final String HOLES = "_holes";
  static final String FAULT = "_fault";
  static final StructType SCHEMA = schema();

  private final TerrainPlan plan;
  private final List<TerrainFile> files;
  private final List<TerrainPlan.Group> groups;
  private final Iterator<Integer> numbers;
  private final Configuration hadoop;
  private final Deque<Row> made = new ArrayDeque<>();
  private @Nullable TerrainSweep sweep;

  TerrainRows(
      TerrainPlan plan,
      List<TerrainFile> files,
      List<TerrainPlan.Group> groups,
      Iterator<Integer> numbers,
      Configuration hadoop) {
    this.plan = plan;
    this.files = files;
    this.groups = groups;
    this.numbers = numbers;
    this.hadoop = hadoop;
  }

  private static StructType schema() {
    StructType schema = new StructType();
    for (var field : Tables.TERRAIN.fields()) {
      schema = schema.add(field.name(), field.type());
    }
    return schema
        .add(KNOWN, DataTypes.LongType)
        .add(HOLES, DataTypes.LongType)
        .add(FAULT, DataTypes.StringType);
  }

  @Override
  public boolean hasNext() {
    while (made.isEmpty() && (sweep != null || numbers.hasNext())) {
      try {
        advance();
      } catch (IOException e) {
        made.add(RowFactory.create(null, null, null, null, null, 0L, 0L, e.getMessage()));
        close();
      }
    }
    return !made.isEmpty();
  }

  private void advance() throws IOException {
    TerrainSweep going = sweep;
    if (going == null) {
      going = new TerrainSweep(plan, groups.get(numbers.next()), files, hadoop);
      sweep = going;
    }
    if (!going.hasNext()) {
      close();
      return;
    }
    for (TerrainTile tile : going.next()) {
      if (tile.known() > 0 || tile.holes() > 0) {
        made.add(
            RowFactory.create(
                tile.row(),
                tile.column(),
                plan.grid().samplesPerDegree(),
                tile.bytes(),
                TerrainGrid.TILE_NODES - tile.known(),
                (long) tile.known(),
                (long) tile.holes(),
                null));
      }
    }
  }

  private void close() {
    if (sweep != null) {
      sweep.close();
      sweep = null;
    }
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return made.remove();
  }
}
