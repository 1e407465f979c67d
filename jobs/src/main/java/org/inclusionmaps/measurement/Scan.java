package org.inclusionmaps.measurement;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** A task's rows to chunks: records of units by bucket, or sums by range of cells, or both. */
final class Scan implements Iterator<Tuple2<Integer, byte[]>> {
  private final SubscriptionRows rows;
  private final Chunks chunks;
  private final boolean ranks;
  private final boolean tells;
  private final @Nullable Scatter units;
  private @Nullable CellSums sums;
  private final ArrayDeque<Tuple2<Integer, byte[]>> ready = new ArrayDeque<>();
  private boolean done;

  /**
   * Over rows.
   *
   * @param ranks whether units' records hold the rank of their SIM
   * @param tells whether to tell of units and of rows that do not count, or of sums alone
   */
  Scan(
      SubscriptionRows rows,
      Chunks chunks,
      boolean units,
      boolean ranks,
      boolean tells,
      @Nullable CellSums sums) {
    this.rows = rows;
    this.chunks = chunks;
    this.ranks = ranks;
    this.tells = tells;
    this.sums = sums;
    this.units =
        units
            ? new Scatter(chunks.buckets(), chunks.bucketRoom(ranks ? 24 : 16), new byte[0], ready)
            : null;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !done) {
      int read = rows.next();
      if (read == 0) {
        finish();
      } else {
        add(read);
      }
    }
    return !ready.isEmpty();
  }

  private void add(int read) {
    if (sums != null) {
      sums.add(rows.cell, rows.amount.thousandths, read);
    }
    if (units != null && ranks) {
      putRanked(units, read);
    } else if (units != null) {
      putPlain(units, read);
    }
  }

  private void putRanked(Scatter into, int read) {
    int[] cell = rows.cell;
    IdColumn person = rows.person;
    for (int i = 0; i < read; i++) {
      if (cell[i] >= 0) {
        long unit = person.unit[i];
        long more = ((long) person.unitMore[i] << 32) | cell[i];
        into.put(chunks.bucket(unit), unit, more, rows.sim.rank[i]);
      }
    }
  }

  private void putPlain(Scatter into, int read) {
    int[] cell = rows.cell;
    IdColumn person = rows.person;
    for (int i = 0; i < read; i++) {
      if (cell[i] >= 0) {
        long unit = person.unit[i];
        into.put(chunks.bucket(unit), unit, ((long) person.unitMore[i] << 32) | cell[i]);
      }
    }
  }

  private void finish() {
    done = true;
    if (units != null) {
      units.flush();
    }
    if (sums != null) {
      ArrayDeque<Tuple2<Integer, byte[]>> chunks = new ArrayDeque<>();
      sums.chunks(chunks);
      chunks.forEach(chunk -> ready.add(new Tuple2<>(~chunk._1(), chunk._2())));
      sums = null;
    }
    if (tells) {
      ready.add(new Tuple2<>(~0, CellBlock.excludedChunk(rows.excluded())));
    }
  }

  @Override
  public Tuple2<Integer, byte[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }
}
