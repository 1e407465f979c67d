package org.inclusionmaps.measurement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import scala.Tuple2;

/**
 * A task's buckets of units to cells of persons, in chunks by range: each unit in the cell of its
 * primary SIM, or in each of its cells once. No order of records changes which.
 */
final class Units implements Iterator<Tuple2<Integer, byte[]>> {
  private static final int MASK = (1 << Chunks.RANGE_BITS) - 1;

  private final Iterator<List<byte[]>> buckets;
  private final boolean primary;
  private final Scatter cells;
  private final ArrayDeque<Tuple2<Integer, byte[]>> ready = new ArrayDeque<>();
  private long further;
  private boolean done;

  /** Numbers, from 1 on, of entries by their unit's hash. */
  private int[] table = new int[0];

  private long[] entries = new long[0];
  private int entryCount;

  Units(Iterator<Tuple2<Integer, byte[]>> chunks, Chunks plan, boolean primary) {
    this.primary = primary;
    this.cells = new Scatter(plan.ranges(), plan.rangeRoom(), new byte[] {Chunks.CELLS}, ready);
    List<List<byte[]>> byBucket = new ArrayList<>();
    int first = -1;
    List<Tuple2<Integer, byte[]>> held = new ArrayList<>();
    while (chunks.hasNext()) {
      Tuple2<Integer, byte[]> chunk = chunks.next();
      if (chunk._1() < 0) {
        ready.add(new Tuple2<>(~chunk._1(), chunk._2()));
      } else {
        held.add(chunk);
        first = first < 0 ? chunk._1() : Math.min(first, chunk._1());
      }
    }
    for (Tuple2<Integer, byte[]> chunk : held) {
      int at = chunk._1() - first;
      while (byBucket.size() <= at) {
        byBucket.add(new ArrayList<>());
      }
      byBucket.get(at).add(chunk._2());
    }
    this.buckets = byBucket.iterator();
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !done) {
      if (buckets.hasNext()) {
        bucket(buckets.next());
      } else {
        finish();
      }
    }
    return !ready.isEmpty();
  }

  private void finish() {
    done = true;
    cells.flush();
    if (primary) {
      long[] excluded = new long[Excluded.values().length];
      excluded[Excluded.FURTHER_SIM.number()] = further;
      ready.add(new Tuple2<>(0, CellBlock.excludedChunk(excluded)));
    }
  }

  @Override
  public Tuple2<Integer, byte[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void bucket(List<byte[]> chunks) {
    int each = primary ? 24 : 16;
    int records = chunks.stream().mapToInt(chunk -> chunk.length).sum() / each;
    int size = Math.max(2, Integer.highestOneBit(Math.max(1, records)) << 2);
    if (table.length < size) {
      table = new int[size];
      entries = new long[size / 2 * 3];
    } else {
      Arrays.fill(table, 0, size, 0);
    }
    entryCount = 0;
    for (byte[] chunk : chunks) {
      if (primary) {
        primaries(chunk, size - 1);
      } else {
        distinct(chunk, size - 1);
      }
    }
    chunks.clear();
    int step = primary ? 3 : 2;
    for (int entry = 0; entry < entryCount; entry++) {
      int cell = (int) entries[step * entry + 1];
      cells.put(cell >>> Chunks.RANGE_BITS, cell & MASK);
    }
  }

  /** Keeps of each unit the record of least rank; of equal ranks that of the least cell. */
  private void primaries(byte[] chunk, int mask) {
    for (int at = 0; at < chunk.length; at += 24) {
      long unit = (long) ColumnPages.LONG.get(chunk, at);
      long more = (long) ColumnPages.LONG.get(chunk, at + 8);
      long rank = (long) ColumnPages.LONG.get(chunk, at + 16) ^ Long.MIN_VALUE;
      int slot = (int) unit & mask;
      while (true) {
        int entry = table[slot];
        if (entry == 0) {
          table[slot] = ++entryCount;
          int to = 3 * (entryCount - 1);
          entries[to] = unit;
          entries[to + 1] = more;
          entries[to + 2] = rank;
          break;
        }
        int old = 3 * (entry - 1);
        if (entries[old] == unit && (entries[old + 1] ^ more) >>> 32 == 0) {
          further++;
          if (rank < entries[old + 2]
              || (rank == entries[old + 2] && (int) more < (int) entries[old + 1])) {
            entries[old + 1] = more;
            entries[old + 2] = rank;
          }
          break;
        }
        slot = (slot + 1) & mask;
      }
    }
  }

  /** Keeps each pair of a unit and a cell once. */
  private void distinct(byte[] chunk, int mask) {
    for (int at = 0; at < chunk.length; at += 16) {
      long unit = (long) ColumnPages.LONG.get(chunk, at);
      long more = (long) ColumnPages.LONG.get(chunk, at + 8);
      int slot = (int) ((unit + more * 0x9E3779B97F4A7C15L) >>> 32) & mask;
      while (true) {
        int entry = table[slot];
        if (entry == 0) {
          table[slot] = ++entryCount;
          entries[2 * entryCount - 2] = unit;
          entries[2 * entryCount - 1] = more;
          break;
        }
        if (entries[2 * entry - 2] == unit && entries[2 * entry - 1] == more) {
          break;
        }
        slot = (slot + 1) & mask;
      }
    }
  }
}
