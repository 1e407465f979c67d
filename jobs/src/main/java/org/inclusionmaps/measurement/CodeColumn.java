package org.inclusionmaps.measurement;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.ToIntFunction;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A column of which only a code of each value is wanted: found once for an entry of a dictionary.
 */
final class CodeColumn extends ColumnPages {
  final int[] codes;
  private final @Nullable NumberCode ofNumber;
  private final @Nullable ToIntFunction<String> ofText;
  private final int ofNull;
  private int[] table = new int[0];
  private final int[] truths;

  private CodeColumn(
      String name,
      int batch,
      @Nullable NumberCode ofNumber,
      @Nullable ToIntFunction<String> ofText,
      int ofNull) {
    super(name, batch);
    this.codes = new int[batch];
    this.ofNumber = ofNumber;
    this.ofText = ofText;
    this.ofNull = ofNull;
    this.truths = ofNumber == null ? new int[0] : new int[] {ofNumber.of(0), ofNumber.of(1)};
  }

  /** Codes of whole numbers, or of truth values as 0 and 1. */
  static CodeColumn numbers(String name, int batch, NumberCode code, int ofNull) {
    return new CodeColumn(name, batch, code, null, ofNull);
  }

  /** Codes of texts. */
  static CodeColumn texts(String name, int batch, ToIntFunction<String> code, int ofNull) {
    return new CodeColumn(name, batch, null, code, ofNull);
  }

  private NumberCode number() {
    if (ofNumber == null) {
      throw refused("it holds " + type() + ", not texts");
    }
    return ofNumber;
  }

  private ToIntFunction<String> text() {
    if (ofText == null) {
      throw refused("it holds " + type() + ", not whole numbers");
    }
    return ofText;
  }

  @Override
  void dictionary(Dictionary values, int size) {
    table = new int[size];
    for (int i = 0; i < size; i++) {
      table[i] =
          switch (type()) {
            case INT32 -> number().of(values.decodeToInt(i));
            case INT64 -> number().of(values.decodeToLong(i));
            case BINARY -> text().applyAsInt(values.decodeToBinary(i).toStringUsingUTF8());
            default -> throw refused("it holds " + type());
          };
    }
  }

  @Override
  void nulls(int count) {
    Arrays.fill(codes, 0, count, ofNull);
  }

  @Override
  void values(int row, int count, int values, int[] level) {
    values(row, values);
    int from = row + values;
    for (int i = count - 1; i >= 0; i--) {
      codes[row + i] = level[i] != 0 ? codes[--from] : ofNull;
    }
  }

  @Override
  void values(int row, int count) {
    ValuesReader other = library;
    if (indexed) {
      indexes.read(codes, row, count);
      byTable(row, count);
    } else if (other != null) {
      for (int i = row; i < row + count; i++) {
        codes[i] =
            switch (type()) {
              case INT32 -> number().of(other.readInteger());
              case INT64 -> number().of(other.readLong());
              case BINARY -> text().applyAsInt(other.readBytes().toStringUsingUTF8());
              default -> throw refused("it holds " + type());
            };
      }
    } else {
      switch (type()) {
        case INT32 -> ints(row, count, number());
        case INT64 -> longs(row, count, number());
        case BINARY -> plainTexts(row, count, text());
        default -> throw refused("it holds " + type());
      }
    }
  }

  private void byTable(int row, int count) {
    int[] of = type() == PrimitiveTypeName.BOOLEAN ? truths : table;
    for (int i = row; i < row + count; i++) {
      codes[i] = of[codes[i]];
    }
  }

  private void ints(int row, int count, NumberCode code) {
    for (int i = 0; i < count; i++) {
      codes[row + i] = code.of((int) INT.get(bytes, at + 4 * i));
    }
    at += 4 * count;
  }

  private void longs(int row, int count, NumberCode code) {
    code.of(bytes, at, codes, row, count);
    at += 8 * count;
  }

  private void plainTexts(int row, int count, ToIntFunction<String> code) {
    for (int i = row; i < row + count; i++) {
      int length = (int) INT.get(bytes, at);
      codes[i] = code.applyAsInt(new String(bytes, at + 4, length, StandardCharsets.UTF_8));
      at += 4 + length;
    }
  }
}
