package org.inclusionmaps.measurement;

import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A column of identifiers, texts or 64-bit numbers, as keyed hashes of what is asked for.
 *
 * <p>The name of a unit has 64 bits and 32 more, of which the lowest tells persons from SIMs. Of a
 * text it is a keyed hash: 95 bits in which two of a thousand million share a name with probability
 * 10^-11. Of a number it is the number itself, mixed so that no bit is lost: never the same name.
 */
final class IdColumn extends ColumnPages {
  /** What is wanted of each row: nothing, its rank, its name as a unit, or both. */
  static final byte NOTHING = 0;

  static final byte RANK = 1;
  static final byte UNIT = 2;

  final byte[] wanted;
  final boolean[] known;

  /** The rank of a SIM among a person's, unsigned. */
  final long[] rank;

  final long[] unit;
  final int[] unitMore;
  private final SipHash hash;
  private final int kind;
  private final int[] entries;
  private Binary[] texts = new Binary[0];
  private long[] numbers = new long[0];

  /**
   * Identifiers of units of a kind.
   *
   * @param kind 0 or 1: units of two kinds never have the same name
   */
  IdColumn(String name, int batch, SipHash hash, int kind) {
    super(name, batch);
    this.wanted = new byte[batch];
    this.known = new boolean[batch];
    this.rank = new long[batch];
    this.unit = new long[batch];
    this.unitMore = new int[batch];
    this.entries = new int[batch];
    this.hash = hash;
    this.kind = kind;
  }

  @Override
  void dictionary(Dictionary values, int size) {
    boolean number = type() == PrimitiveTypeName.INT64;
    numbers = new long[number ? size : 0];
    texts = new Binary[number ? 0 : size];
    for (int i = 0; i < size; i++) {
      if (number) {
        numbers[i] = values.decodeToLong(i);
      } else {
        texts[i] = values.decodeToBinary(i);
      }
    }
  }

  @Override
  void nulls(int count) {
    for (int i = 0; i < count; i++) {
      known[i] = false;
    }
  }

  @Override
  void values(int row, int count) {
    ValuesReader other = library;
    if (indexed) {
      indexes.read(entries, 0, count);
      for (int i = 0; i < count; i++) {
        entry(row + i, entries[i]);
      }
    } else if (other != null) {
      for (int i = 0; i < count; i++) {
        fromLibrary(row + i, other);
      }
    } else if (type() == PrimitiveTypeName.INT64) {
      for (int i = 0; i < count; i++) {
        number(row + i, (long) LONG.get(bytes, at + 8 * i));
      }
      at += 8 * count;
    } else {
      checkText();
      for (int i = row; i < row + count; i++) {
        int length = (int) INT.get(bytes, at);
        text(i, bytes, at + 4, length);
        at += 4 + length;
      }
    }
  }

  @Override
  void values(int row, int count, int values, int[] level) {
    int i = 0;
    while (i < count) {
      int from = i;
      while (i < count && level[i] != 0) {
        i++;
      }
      if (i > from) {
        values(row + from, i - from);
      }
      while (i < count && level[i] == 0) {
        known[row + i++] = false;
      }
    }
  }

  private void checkText() {
    if (type() != PrimitiveTypeName.BINARY) {
      throw refused("it holds " + type() + ", neither texts nor 64-bit numbers");
    }
  }

  private void fromLibrary(int row, ValuesReader other) {
    if (type() == PrimitiveTypeName.INT64) {
      number(row, other.readLong());
    } else {
      checkText();
      text(row, other.readBytes());
    }
  }

  private void entry(int row, int entry) {
    if (type() == PrimitiveTypeName.INT64) {
      number(row, numbers[entry]);
    } else {
      text(row, texts[entry]);
    }
  }

  private void text(int row, Binary text) {
    byte[] all = text.getBytesUnsafe();
    text(row, all, 0, all.length);
  }

  private void text(int row, byte[] in, int from, int length) {
    known[row] = true;
    int want = wanted[row];
    if ((want & RANK) != 0) {
      rank[row] = hash.of(in, from, length);
    }
    if ((want & UNIT) != 0) {
      unit[row] = hash.wide(in, from, length);
      unitMore[row] = ((int) hash.second() & ~1) | kind;
    }
  }

  private void number(int row, long number) {
    known[row] = true;
    int want = wanted[row];
    if ((want & RANK) != 0) {
      rank[row] = hash.of(number);
    }
    if ((want & UNIT) != 0) {
      unit[row] = mixed(number);
      unitMore[row] = kind;
    }
  }

  /** MurmurHash3's finaliser, which gives each number another one. */
  private static long mixed(long number) {
    long z = (number ^ (number >>> 33)) * 0xFF51AFD7ED558CCDL;
    z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return z ^ (z >>> 33);
  }
}
