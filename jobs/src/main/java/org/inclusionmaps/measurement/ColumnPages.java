package org.inclusionmaps.measurement;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A flat column of a row group, many rows a call. Parquet's own library reads, decrypts and
 * decompresses the pages; plain values, dictionaries and levels are decoded here, several times
 * faster than value by value. Other encodings are decoded by the library.
 */
abstract class ColumnPages {
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final String name;
  private final HybridInts levels = new HybridInts();
  private final int[] present;
  private @Nullable PageReader pages;
  private @Nullable ColumnDescriptor descriptor;
  private @Nullable DictionaryPage dictionaryPage;
  private int left;

  /** Indexes into the dictionary of the page. */
  final HybridInts indexes = new HybridInts();

  /** The page's bytes, from {@link #at} on the values, then some padding. */
  byte[] bytes = new byte[0];

  int at;

  /** Whether the page's values are indexes. */
  boolean indexed;

  /** The library's reader, if the page's encoding is not decoded here. */
  @Nullable ValuesReader library;

  ColumnPages(String name, int batch) {
    this.name = name;
    this.present = new int[batch];
  }

  String name() {
    return name;
  }

  /** Starts at a row group; without pages the column is not in the file, and each value is null. */
  final void start(@Nullable PageReader reader, @Nullable ColumnDescriptor column) {
    pages = reader;
    descriptor = column;
    left = 0;
    dictionaryPage = null;
    if (reader == null || column == null) {
      return;
    }
    if (column.getMaxRepetitionLevel() > 0 || column.getMaxDefinitionLevel() > 1) {
      throw refused("it is nested");
    }
    dictionaryPage = reader.readDictionaryPage();
    if (dictionaryPage != null) {
      try {
        Encoding encoding = dictionaryPage.getEncoding();
        int size = dictionaryPage.getDictionarySize();
        dictionary(encoding.initDictionary(column, dictionaryPage), size);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The next rows, the first one at 0. */
  final void read(int count) {
    if (pages == null) {
      nulls(count);
      return;
    }
    int row = 0;
    while (row < count) {
      if (left == 0) {
        page();
      }
      int some = Math.min(left, count - row);
      int values = some;
      if (column().getMaxDefinitionLevel() > 0) {
        levels.read(present, 0, some);
        values = 0;
        for (int i = 0; i < some; i++) {
          values += present[i];
        }
      }
      if (values == some) {
        values(row, some);
      } else {
        values(row, some, values, present);
      }
      left -= some;
      row += some;
    }
  }

  /** Takes over the dictionary of the row group. */
  abstract void dictionary(Dictionary values, int size);

  /** The next rows from a row on, of which none is null. */
  abstract void values(int row, int count);

  /** The next rows from a row on, of which so many have values: those whose level is 1. */
  abstract void values(int row, int count, int values, int[] level);

  /** Rows without values from 0 on. */
  abstract void nulls(int count);

  final PrimitiveTypeName type() {
    return column().getPrimitiveType().getPrimitiveTypeName();
  }

  final int typeLength() {
    return column().getPrimitiveType().getTypeLength();
  }

  final IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(
        "column " + name + " of subscriptions cannot be read: " + why);
  }

  private ColumnDescriptor column() {
    if (descriptor == null) {
      throw new IllegalStateException(name);
    }
    return descriptor;
  }

  private void page() {
    DataPage page = pages == null ? null : pages.readPage();
    if (page == null) {
      throw refused("it has fewer values than rows");
    }
    left = page.getValueCount();
    try {
      if (page instanceof DataPageV2 v2) {
        if (column().getMaxDefinitionLevel() > 0) {
          levels.start(padded(v2.getDefinitionLevels(), new byte[0]), 0, 1);
        }
        bytes = padded(v2.getData(), bytes);
        at = 0;
        encoded(v2.getDataEncoding(), (int) v2.getData().size());
      } else {
        DataPageV1 v1 = (DataPageV1) page;
        BytesInput input = v1.getBytes();
        int size = (int) input.size();
        bytes = padded(input, bytes);
        at = 0;
        if (column().getMaxDefinitionLevel() > 0) {
          if (v1.getDlEncoding() != Encoding.RLE) {
            throw refused("its levels are encoded by " + v1.getDlEncoding());
          }
          levels.start(bytes, 4, 1);
          at = 4 + (int) INT.get(bytes, 0);
        }
        encoded(v1.getValueEncoding(), size);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] padded(BytesInput input, byte[] into) throws IOException {
    int size = (int) input.size();
    byte[] room =
        into.length < size + HybridInts.PADDING
            ? new byte[size + size / 4 + HybridInts.PADDING]
            : into;
    try (InputStream in = input.toInputStream()) {
      if (in.readNBytes(room, 0, size) < size) {
        throw new EOFException("a page of a Parquet file ends early");
      }
    }
    return room;
  }

  @SuppressWarnings("deprecation") // PLAIN_DICTIONARY is what version 1 of the format writes.
  private void encoded(Encoding encoding, int size) throws IOException {
    indexed = true;
    library = null;
    if (encoding == Encoding.PLAIN_DICTIONARY || encoding == Encoding.RLE_DICTIONARY) {
      if (dictionaryPage == null) {
        throw refused("a page lacks its dictionary");
      }
      // A page of nulls alone may end before the width of its indexes.
      indexes.start(bytes, at + 1, at < size ? bytes[at] : 0);
    } else if (type() == PrimitiveTypeName.BOOLEAN && encoding == Encoding.PLAIN) {
      indexes.startPacked(bytes, at, 1);
    } else if (type() == PrimitiveTypeName.BOOLEAN && encoding == Encoding.RLE) {
      indexes.start(bytes, at + 4, 1);
    } else {
      indexed = false;
      if (encoding != Encoding.PLAIN) {
        library = encoding.getValuesReader(column(), ValuesType.VALUES);
        library.initFromPage(
            left, ByteBufferInputStream.wrap(ByteBuffer.wrap(bytes, at, size - at).slice()));
      }
    }
  }
}
