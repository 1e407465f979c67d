package org.inclusionmaps.ingest;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.config.FeedFormat;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.contract.Field;
import org.inclusionmaps.contract.Table;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@link FeedColumns} to a row of {@link MappedRows}, good or bad. Made on the driver,
 * used by tasks.
 */
final class RowMapping implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * Tables whose rows are persons, or tell where some hide: no value of theirs is shown in messages
   * or quarantine.
   */
  static final Set<String> PERSONAL = Set.of("subscriptions", "survey", "sensitive_places");

  static final String NOT_SHOWN = "not shown: rows are persons or protect some";

  /** Why both ordinates of a place are refused, although each alone is right. */
  private static final Problem NOWHERE = new Problem("lon and lat are both 0", "lon", null, "0, 0");

  /** A column whose text must be one of some texts. */
  private record Listed(String name, int column, List<String> values) implements Serializable {
    boolean holds(Row row) {
      String text = Texts.clean(row.getString(column));
      return text != null && values.contains(text);
    }
  }

  /** How a column of the table is got, and what is asked of it. */
  private record FieldWay(int place, boolean geometry, Way way, FieldRule rule)
      implements Serializable {}

  private final int feed;
  private final boolean personal;
  private final boolean keyless;
  private final List<FieldWay> ways = new ArrayList<>();
  private final List<Listed> select = new ArrayList<>();
  private final List<Listed> where = new ArrayList<>();

  /** The columns that tell which row a geometry is of, by name, and their places. */
  private final LinkedHashMap<String, Integer> names = new LinkedHashMap<>();

  /** The column for which a row cannot be read at all; null where it is the line. */
  private final @Nullable String unread;

  private final int lon;
  private final int lat;
  private final int count;

  /**
   * How the rows of a feed, the {@code number}th of its table, are mapped.
   *
   * @param count the place of the text whose absence means that there is no row; -1 where none is
   */
  RowMapping(
      Table table,
      FeedSettings settings,
      FeedColumns columns,
      FieldMapping fields,
      int number,
      int count) {
    this.feed = number;
    this.count = count;
    this.keyless = table.key().isEmpty();
    this.personal = PERSONAL.contains(table.name());
    for (Field field : table.fields()) {
      int place = MappedRows.COLUMNS + ways.size();
      boolean geometry = field.type().equals(DataTypes.BinaryType);
      if (names(table, field)) {
        names.put(field.name(), place);
      }
      ways.add(new FieldWay(place, geometry, fields.way(field), FieldRule.of(field)));
    }
    ways.sort(Comparator.comparing(to -> !to.geometry()));
    new TreeMap<>(settings.where())
        .forEach((name, values) -> where.add(listed(table, columns, name, values)));
    new TreeMap<>(settings.select())
        .forEach((name, values) -> select.add(listed(table, columns, name, values)));
    this.unread = settings.format() == FeedFormat.GEOJSON ? GeoJson.GEOMETRY : null;
    this.lon = MappedRows.place(table, "lon");
    this.lat = MappedRows.place(table, "lat");
  }

  /** Whether a column is of the key or, in a table without one, a text that is always there. */
  private static boolean names(Table table, Field field) {
    return table.key().isEmpty()
        ? field.type().equals(DataTypes.StringType) && !field.optional()
        : table.key().contains(field.name());
  }

  private static Listed listed(Table table, FeedColumns columns, String name, List<String> values) {
    Source source = columns.source();
    String column =
        source
            .find(name)
            .orElseThrow(
                () ->
                    Refusals.setting(
                        table,
                        ": select or where names the column %s, but the feed's are %s"
                            .formatted(name, String.join(", ", source.columns()))));
    return new Listed(name, columns.text(column), values);
  }

  /** Whether a row is meant, and what the row of the file then is. */
  String kind(Row row) {
    if (row.isNullAt(FeedColumns.FAULT)) {
      if (!select.stream().allMatch(rule -> rule.holds(row))) {
        return MappedRows.ASIDE;
      }
      if (count >= 0 && Texts.clean(row.getString(count)) == null) {
        return MappedRows.BLANK;
      }
    }
    return MappedRows.OK;
  }

  /** A row of the table, refused for the first thing that is wrong with it. */
  Row mapped(Row row) {
    @Nullable Object[] made = new @Nullable Object[MappedRows.COLUMNS + ways.size()];
    Problem problem = notAccepted(row);
    boolean mended = false;
    for (FieldWay to : ways) {
      Told told = to.way().of(row);
      made[to.place()] = told.value();
      mended |= told.mended();
      if (problem == null) {
        problem = to.rule().problem(told);
      }
    }
    if (problem == null && lon >= 0 && lat >= 0 && isZero(made[lon]) && isZero(made[lat])) {
      problem = NOWHERE;
    }
    made[MappedRows.FEED] = feed;
    made[MappedRows.FILE] = row.get(FeedColumns.FILE);
    made[MappedRows.ROW] = row.get(FeedColumns.ROW);
    made[MappedRows.ROWS] = 1L;
    made[MappedRows.MENDED] = mended;
    made[MappedRows.KIND] = problem == null ? kindOf(row) : MappedRows.REJECTED;
    if (problem != null) {
      made[MappedRows.REASON] = problem.reason();
      made[MappedRows.COLUMN] = problem.column();
      made[MappedRows.FIELD] = problem.field();
      made[MappedRows.VALUE] = personal ? NOT_SHOWN : shown(problem, made);
    }
    return RowFactory.create(made);
  }

  /** Rows of a file that came twice are told twice; where there is a key, {@link Keys} finds it. */
  private String kindOf(Row row) {
    return keyless && row.getBoolean(FeedColumns.REPEAT) ? MappedRows.DUPLICATE : MappedRows.OK;
  }

  private static boolean isZero(@Nullable Object value) {
    return value instanceof Double number && number == 0;
  }

  /** The value at fault; of a geometry, which nobody can read, the row that it is of. */
  private String shown(Problem problem, @Nullable Object[] made) {
    if (!GeoJson.GEOMETRY.equals(problem.column())) {
      return problem.value() == null ? "absent" : Texts.shown(problem.value());
    }
    List<String> told = new ArrayList<>();
    for (Map.Entry<String, Integer> name : names.entrySet()) {
      Object value = made[name.getValue()];
      if (value != null) {
        told.add(name.getKey() + " " + Texts.shown(value));
      }
    }
    if (made[MappedRows.ROW] != null) {
      told.add("row " + made[MappedRows.ROW]);
    }
    return told.isEmpty() ? "the geometry" : String.join(", ", told);
  }

  /** What is wrong with a row before its values are looked at. */
  private @Nullable Problem notAccepted(Row row) {
    if (!row.isNullAt(FeedColumns.FAULT)) {
      return new Problem(row.getString(FeedColumns.FAULT), unread, null, "the line");
    }
    for (Listed rule : where) {
      if (!rule.holds(row)) {
        return new Problem(
            "%s is not one of %s".formatted(rule.name(), String.join(", ", rule.values())),
            rule.name(),
            null,
            Texts.clean(row.getString(rule.column())));
      }
    }
    return null;
  }
}
