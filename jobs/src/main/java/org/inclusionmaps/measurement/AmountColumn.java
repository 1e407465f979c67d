package org.inclusionmaps.measurement;

import java.util.Arrays;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A column of amounts, as whole thousandths so that sums are exact; null is nothing. */
final class AmountColumn extends ColumnPages {
  private static final double THOUSAND = 1000;

  final long[] thousandths;
  private final int[] entries;
  private long[] table = new long[0];

  AmountColumn(String name, int batch) {
    super(name, batch);
    this.thousandths = new long[batch];
    this.entries = new int[batch];
  }

  private static long thousandths(double amount) {
    return (long) Math.rint(amount * THOUSAND);
  }

  @Override
  void dictionary(Dictionary values, int size) {
    checkType();
    table = new long[size];
    for (int i = 0; i < size; i++) {
      table[i] = thousandths(values.decodeToDouble(i));
    }
  }

  private void checkType() {
    if (type() != PrimitiveTypeName.DOUBLE) {
      throw refused("it holds " + type() + ", not doubles");
    }
  }

  @Override
  void nulls(int count) {
    Arrays.fill(thousandths, 0, count, 0);
  }

  @Override
  void values(int row, int count, int values, int[] level) {
    values(row, values);
    int from = row + values;
    for (int i = count - 1; i >= 0; i--) {
      thousandths[row + i] = level[i] != 0 ? thousandths[--from] : 0;
    }
  }

  @Override
  void values(int row, int count) {
    ValuesReader other = library;
    if (indexed) {
      indexes.read(entries, 0, count);
      for (int i = 0; i < count; i++) {
        thousandths[row + i] = table[entries[i]];
      }
    } else if (other != null) {
      checkType();
      for (int i = 0; i < count; i++) {
        thousandths[row + i] = thousandths(other.readDouble());
      }
    } else {
      checkType();
      for (int i = 0; i < count; i++) {
        thousandths[row + i] =
            thousandths(Double.longBitsToDouble((long) LONG.get(bytes, at + 8 * i)));
      }
      at += 8 * count;
    }
  }
}
