package org.inclusionmaps.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.when;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.security.Keys;
import org.inclusionmaps.security.PhoneNumbers;
import org.inclusionmaps.security.Pseudonyms;
import org.jspecify.annotations.Nullable;

/**
 * Rows with identifiers to rows with pseudonyms. What travels to executors is where the key is,
 * never the key, and no identifier is part of a plan.
 *
 * @param provider address of the credential provider
 * @param alias name of the key there
 * @param columns that hold identifiers
 * @param countryCode of national telephone numbers; empty where there are none
 */
record PseudonymRows(String provider, String alias, List<Identifier> columns, String countryCode)
    implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /** Columns, one for each of identifiers, that tell what became of it. */
  static final String FATE = "_fate_";

  /** What became of an identifier: a pseudonym, absent in the feed, or no telephone number. */
  private static final int MADE = 0;

  private static final int ABSENT = 1;
  private static final int NO_NUMBER = 2;

  /**
   * A column of identifiers.
   *
   * @param domain identifiers of one domain have one pseudonym, in whatever column
   * @param phone whether it holds telephone numbers
   */
  record Identifier(String column, String domain, boolean phone) implements Serializable {
    @Serial private static final long serialVersionUID = 1;
  }

  PseudonymRows {
    columns = new ArrayList<>(columns); // Kryo does not know the JDK's unchangeable lists
  }

  /** The rows with pseudonyms in place of identifiers, and what became of each. */
  Dataset<Row> of(Dataset<Row> rows) {
    StructType schema = schema(rows.schema());
    int[] places = columns.stream().mapToInt(id -> rows.schema().fieldIndex(id.column())).toArray();
    MapPartitionsFunction<Row, Row> map = part -> mapped(part, places);
    return rows.mapPartitions(map, Encoders.row(schema));
  }

  private StructType schema(StructType raw) {
    StructType schema = new StructType();
    for (StructField field : raw.fields()) {
      boolean identifier = columns.stream().anyMatch(id -> id.column().equals(field.name()));
      if (identifier) {
        check(field);
      }
      DataType type = identifier ? DataTypes.StringType : field.dataType();
      schema = schema.add(field.name(), type, true);
    }
    for (Identifier id : columns) {
      schema = schema.add(FATE + id.column(), DataTypes.IntegerType);
    }
    return schema;
  }

  private static void check(StructField field) {
    if (!List.of(DataTypes.StringType, DataTypes.LongType, DataTypes.IntegerType)
        .contains(field.dataType())) {
      throw new InclusionException(
          ErrorCode.CONTRACT_BROKEN,
          "the column %s is of type %s, but identifiers are texts or whole numbers; deliver the feed again"
              .formatted(field.name(), field.dataType().simpleString()));
    }
  }

  private Iterator<Row> mapped(Iterator<Row> rows, int[] places) {
    byte[] key = Keys.read(new Configuration(), provider, alias);
    List<Pseudonyms> makers = columns.stream().map(id -> new Pseudonyms(key, id.domain())).toList();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        Row row = rows.next();
        @Nullable Object[] made = new @Nullable Object[row.size() + places.length];
        for (int i = 0; i < row.size(); i++) {
          made[i] = row.get(i);
        }
        for (int i = 0; i < places.length; i++) {
          made[row.size() + i] = replace(made, places[i], columns.get(i), makers.get(i));
        }
        return RowFactory.create(made);
      }
    };
  }

  /** Puts the pseudonym, or nothing, in the place of an identifier; what became of it. */
  private int replace(@Nullable Object[] row, int place, Identifier id, Pseudonyms maker) {
    Object raw = row[place];
    String text = raw == null ? "" : raw.toString().strip();
    row[place] = null;
    if (text.isEmpty()) {
      return ABSENT;
    }
    Optional<String> one =
        id.phone() ? PhoneNumbers.international(text, countryCode) : Optional.of(text);
    one.ifPresent(identifier -> row[place] = maker.of(identifier));
    return one.isPresent() ? MADE : NO_NUMBER;
  }

  /** What became of the identifiers, in words; refuses if too many are no telephone numbers. */
  List<String> told(Dataset<Row> made, double maxRejectedPct) {
    List<Column> sums = new ArrayList<>();
    for (Identifier id : columns) {
      Column fate = col(FATE + id.column());
      for (int what : List.of(MADE, ABSENT, NO_NUMBER)) {
        sums.add(count(when(fate.equalTo(what), 1)));
      }
    }
    Row counts = made.agg(count("*"), sums.toArray(Column[]::new)).head();
    List<String> told = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i).column();
      long noNumber = counts.getLong(3 + 3 * i);
      if (noNumber * 100.0 > maxRejectedPct * counts.getLong(0)) {
        throw new InclusionException(
            ErrorCode.CONTRACT_BROKEN,
            String.format(
                Locale.ROOT,
                "%,d of %,d identifiers of the column %s are no telephone numbers; correct the feed or --country-code, or raise --max-rejected-pct",
                noNumber,
                counts.getLong(0),
                column));
      }
      told.add(
          String.format(
              Locale.ROOT,
              "%s: %,d rows, %,d pseudonyms, %,d absent, %,d no telephone number",
              column,
              counts.getLong(0),
              counts.getLong(1 + 3 * i),
              counts.getLong(2 + 3 * i),
              noNumber));
    }
    return told;
  }
}
