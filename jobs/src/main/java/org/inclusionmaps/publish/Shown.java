package org.inclusionmaps.publish;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Which figures of a place or area are there to be shown. A part of persons whose coverage is
 * unknown is no figure; the four parts that need to know who is connected are none where nobody
 * does.
 */
final class Shown implements Serializable {
  private static final int STRIDE = 1 + Part.values().length;
  private static final List<Part> SHARES =
      List.of(Part.UNCOVERED, Part.PRICED_OUT, Part.BURDENED, Part.HELD_BACK, Part.INCLUDED);

  private Shown() {}

  /**
   * Whether each part is shown, in the order of {@link Part}.
   *
   * @param parts millionths of a person, 0 or more
   */
  static boolean[] parts(long[] parts) {
    long unsplit = sum(parts, Part.UNSPLIT);
    boolean known = known(parts) > 0;
    boolean split = sum(parts, Part.SPLIT) > 0 || (known && unsplit == 0);
    boolean[] shown = new boolean[parts.length];
    for (Part part : Part.values()) {
      shown[part.index()] =
          part == Part.UNKNOWN
              || (part == Part.UNCOVERED && known)
              || (Part.UNSPLIT.contains(part) && unsplit > 0)
              || (Part.SPLIT.contains(part) && split);
    }
    return shown;
  }

  /** The parts of a group in a row of totals, from the column of its persons. */
  static long[] read(Row row, int persons) {
    long[] parts = new long[STRIDE - 1];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = row.isNullAt(persons + 1 + i) ? 0 : row.getLong(persons + 1 + i);
    }
    return parts;
  }

  /**
   * Persons, parts and shares of each group under the names of GeoParquet's columns, after columns
   * that are kept as they are. Shares are per cent of persons whose coverage is known.
   */
  static Dataset<Row> figures(Dataset<Row> totals, List<Column> keep, List<Group> groups) {
    List<Column> columns = new ArrayList<>(keep);
    Totals.measures(groups).forEach(name -> columns.add(functions.col("`" + name + "`")));
    Dataset<Row> selected = totals.select(columns.toArray(new Column[0]));
    StructType schema = new StructType();
    int kept = keep.size();
    for (int i = 0; i < kept; i++) {
      schema = schema.add(selected.schema().fields()[i]);
    }
    for (Group group : groups) {
      for (String name : names(group)) {
        schema =
            schema.add(
                name, name.contains("_pct") ? DataTypes.DoubleType : DataTypes.LongType, true);
      }
    }
    int count = groups.size();
    return selected.map(
        (MapFunction<Row, Row>) row -> figures(row, kept, count), Encoders.row(schema));
  }

  /** The names of the figures of a group, in order. */
  static List<String> names(Group group) {
    List<String> names = new ArrayList<>(List.of(Totals.PERSONS + group.suffix()));
    for (Part part : Part.values()) {
      names.add(part.key() + group.suffix());
    }
    names.add(Totals.LACKING + group.suffix());
    names.add("lacking_pct" + group.suffix());
    SHARES.forEach(part -> names.add(part.key() + "_pct" + group.suffix()));
    return names;
  }

  private static Row figures(Row row, int kept, int groups) {
    int width = STRIDE + 2 + SHARES.size();
    @Nullable Object[] out = new Object[kept + groups * width];
    for (int i = 0; i < kept; i++) {
      out[i] = row.get(i);
    }
    for (int group = 0; group < groups; group++) {
      int persons = kept + group * STRIDE;
      if (!row.isNullAt(persons)) {
        group(out, kept + group * width, row.getLong(persons), read(row, persons));
      }
    }
    return RowFactory.create(out);
  }

  private static void group(@Nullable Object[] out, int first, long persons, long[] parts) {
    int at = first;
    out[at++] = persons;
    boolean[] shown = parts(parts);
    for (int i = 0; i < parts.length; i++) {
      out[at++] = shown[i] ? (Long) parts[i] : null;
    }
    long known = known(parts);
    long lacking = sum(parts, Part.LACKING);
    out[at++] = known > 0 ? (Long) lacking : null;
    out[at++] = pct(lacking, known);
    boolean whole = sum(parts, Part.UNSPLIT) == 0;
    for (Part part : SHARES) {
      boolean there = whole || !Part.SPLIT.contains(part);
      out[at++] = there ? pct(parts[part.index()], known) : null;
    }
  }

  private static @Nullable Double pct(long part, long known) {
    return known > 0 ? (Double) (Math.round(1e6 * part / known) / 1e4) : null;
  }

  private static long known(long[] parts) {
    long all = 0;
    for (long part : parts) {
      all += part;
    }
    return all - parts[Part.UNKNOWN.index()];
  }

  private static long sum(long[] parts, List<Part> some) {
    long sum = 0;
    for (Part part : some) {
      sum += parts[part.index()];
    }
    return sum;
  }
}
