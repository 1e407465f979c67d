package org.inclusionmaps.measurement;

import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import scala.Tuple2;

/** Records of one size, gathered by bucket and handed on in chunks as a bucket's room is full. */
final class Scatter {
  private static final VarHandle LONG = ColumnPages.LONG;
  private static final VarHandle INT = ColumnPages.INT;

  private final byte[] room;
  private final int[] end;
  private final int each;
  private final int head;
  private final Queue<Tuple2<Integer, byte[]>> full;

  /**
   * Room for each bucket.
   *
   * @param each bytes of room of a bucket, head and a whole number of records
   * @param head what each chunk begins with, or nothing
   * @param full takes full chunks
   */
  Scatter(int buckets, int each, byte[] head, ArrayDeque<Tuple2<Integer, byte[]>> full) {
    this.room = new byte[Math.multiplyExact(buckets, each)];
    this.end = new int[buckets];
    this.each = each;
    this.head = head.length;
    this.full = full;
    for (int bucket = 0; bucket < buckets; bucket++) {
      System.arraycopy(head, 0, room, bucket * each, head.length);
      end[bucket] = bucket * each + head.length;
    }
  }

  void put(int bucket, int number) {
    int at = end[bucket];
    INT.set(room, at, number);
    advance(bucket, at + Integer.BYTES);
  }

  void put(int bucket, long first, long second) {
    int at = end[bucket];
    LONG.set(room, at, first);
    LONG.set(room, at + 8, second);
    advance(bucket, at + 16);
  }

  void put(int bucket, long first, long second, long third) {
    int at = end[bucket];
    LONG.set(room, at, first);
    LONG.set(room, at + 8, second);
    LONG.set(room, at + 16, third);
    advance(bucket, at + 24);
  }

  private void advance(int bucket, int to) {
    end[bucket] = to;
    if (to == (bucket + 1) * each) {
      hand(bucket);
    }
  }

  private void hand(int bucket) {
    full.add(new Tuple2<>(bucket, Arrays.copyOfRange(room, bucket * each, end[bucket])));
    end[bucket] = bucket * each + head;
  }

  /** Hands on what is left. */
  void flush() {
    for (int bucket = 0; bucket < end.length; bucket++) {
      if (end[bucket] > bucket * each + head) {
        hand(bucket);
      }
    }
  }
}
