package org.inclusionmaps.ingest;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.ShortType;
import org.inclusionmaps.config.ColumnSettings;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.LookupSettings;
import org.inclusionmaps.config.UnpivotSettings;
import org.inclusionmaps.contract.Field;
import org.inclusionmaps.contract.Table;
import org.jspecify.annotations.Nullable;

/**
 * How each column of a table is got from a feed: by the settings, else by its own or a usual other
 * name.
 */
final class FieldMapping {
  private static final ColumnSettings PLAIN = ColumnSettings.constant("");

  private final Table table;
  private final FeedSettings feed;
  private final FeedColumns columns;
  private final Source source;
  private final Lookups lookups;
  private final @Nullable UnpivotSettings count;

  /**
   * The mapping of a feed.
   *
   * @param columns where the columns that the mapping needs are asked for
   * @param count the column of a wide sheet that the rows are of; null where it is none
   */
  FieldMapping(
      Table table,
      FeedSettings feed,
      FeedColumns columns,
      Lookups lookups,
      @Nullable UnpivotSettings count) {
    this.table = table;
    this.feed = feed;
    this.columns = columns;
    this.source = columns.source();
    this.lookups = lookups;
    this.count = count;
    checkSettings();
  }

  private void checkSettings() {
    boolean geometry = table.find(GeoJson.GEOMETRY).isPresent();
    for (String column : new TreeMap<>(feed.columns()).keySet()) {
      boolean point = geometry && (column.equals("lon") || column.equals("lat"));
      if (table.find(column).isEmpty() && !point) {
        throw Refusals.setting(
            table,
            ".columns.%s is not a column of the table; its columns are %s"
                .formatted(column, String.join(", ", table.columns())));
      }
    }
  }

  /** How a column is got. */
  Way way(Field field) {
    return field.type().equals(DataTypes.BinaryType)
        ? geometry(field)
        : found(field).orElseGet(() -> fallback(field));
  }

  private Optional<Way> found(Field field) {
    ColumnSettings settings = feed.columns().get(field.name());
    Optional<Way> counted =
        count == null
            ? Optional.empty()
            : counted(field, count, settings == null ? PLAIN : settings);
    if (counted.isPresent()) {
      return counted;
    }
    if (settings != null) {
      return Optional.of(way(field, settings));
    }
    return byName(field.name()).map(column -> way(field, ColumnSettings.from(column)));
  }

  /** How a wide sheet, not a column of the feed, gives a column; absent where it does not. */
  private Optional<Way> counted(Field field, UnpivotSettings of, ColumnSettings settings) {
    TextSteps steps = TextSteps.of(field, settings);
    if (Unpivot.holds(table, field.name())) {
      int column = columns.text(Unpivot.column(table, source, of));
      return Optional.of(Way.text(column, written(steps)));
    }
    return Optional.ofNullable(of.set().get(field.name()))
        .map(value -> Way.constant(steps.told(value)));
  }

  private TextSteps written(TextSteps steps) {
    return feed.decimalComma() && source.textual() ? steps.withDecimalComma() : steps;
  }

  private Optional<String> byName(String column) {
    Optional<String> own = source.find(column);
    for (String other : Vocabulary.names(column)) {
      own = own.or(() -> source.find(other));
    }
    return own;
  }

  private Way fallback(Field field) {
    int ordinate = List.of("lon", "lat").indexOf(field.name());
    Optional<String> geometry = source.find(GeoJson.GEOMETRY);
    if (ordinate >= 0
        && geometry.isPresent()
        && source.type(geometry.get()).equals(DataTypes.BinaryType)) {
      return Way.ordinate(columns.typed(geometry.get()), ordinate);
    }
    String dimension = Vocabulary.dimension(field.name());
    if (dimension != null) {
      return Way.constant(TextSteps.of(field, PLAIN).told(dimension));
    }
    if (field.optional()) {
      return Way.constant(Told.NOTHING);
    }
    List<String> names = source.columns();
    throw Refusals.broken(
        table,
        "%s has no column %s (%s); its columns are %s; say in inputs.%s.columns.%s where it is%s"
            .formatted(
                feed.path(),
                field.name(),
                field.description(),
                String.join(", ", names),
                table.name(),
                field.name(),
                names.size() == 1 ? ", and check the delimiter" : ""));
  }

  private Way way(Field field, ColumnSettings settings) {
    Way way = primary(field, settings);
    ColumnSettings otherwise = settings.otherwise();
    return otherwise == null ? way : way.or(way(field, otherwise));
  }

  private Way primary(Field field, ColumnSettings settings) {
    checkScale(field, settings);
    TextSteps steps = TextSteps.of(field, settings);
    if (settings.value() != null) {
      return Way.constant(steps.told(settings.value()));
    }
    LookupSettings lookup = settings.lookup();
    if (lookup != null) {
      List<Integer> keys =
          new TreeMap<>(lookup.on())
              .keySet().stream().map(key -> columns.text(column(field, key))).toList();
      String file = lookup.path().substring(lookup.path().lastIndexOf('/') + 1);
      return Way.lookedUp(keys, lookups.of(lookup), steps, "is not found in " + file);
    }
    String from = column(field, settings.from());
    DataType type = source.type(from);
    if (source.textual() && type.equals(DataTypes.StringType)) {
      return Way.text(columns.text(from), written(steps));
    }
    if (!fits(type, field.type())) {
      throw wrongType(field, from, type);
    }
    boolean asText =
        field.type().equals(DataTypes.StringType)
            || !settings.map().isEmpty()
            || !settings.absent().isEmpty();
    return asText
        ? Way.text(columns.text(from), steps)
        : Way.typed(columns.typed(from), field.type(), settings.scale());
  }

  /** Whether a typed column may stand for a contract's type without loss. */
  private static boolean fits(DataType found, DataType wanted) {
    boolean small =
        found instanceof ByteType
            || found instanceof ShortType
            || found.equals(DataTypes.IntegerType);
    boolean whole = small || found.equals(DataTypes.LongType);
    if (found.equals(wanted)) {
      return true;
    }
    if (wanted.equals(DataTypes.DoubleType)) {
      return whole || found.equals(DataTypes.FloatType) || found instanceof DecimalType;
    }
    if (wanted.equals(DataTypes.IntegerType)) {
      return small;
    }
    return whole && (wanted.equals(DataTypes.LongType) || wanted.equals(DataTypes.StringType));
  }

  private String column(Field field, @Nullable String name) {
    return source
        .find(String.valueOf(name))
        .orElseThrow(
            () ->
                Refusals.broken(
                    table,
                    "%s has no column %s, which inputs.%s.columns.%s names; its columns are %s"
                        .formatted(
                            feed.path(),
                            name,
                            table.name(),
                            field.name(),
                            String.join(", ", source.columns()))));
  }

  private void checkScale(Field field, ColumnSettings settings) {
    if (settings.scale() != 1 && !field.type().equals(DataTypes.DoubleType)) {
      throw Refusals.setting(
          table, ".columns.%s.scale is for numbers, which it is not".formatted(field.name()));
    }
  }

  private RuntimeException wrongType(Field field, String column, DataType type) {
    return Refusals.broken(
        table,
        "column %s of %s is %s but must be %s (%s); convert the feed"
            .formatted(
                column,
                feed.path(),
                type.simpleString(),
                field.type().simpleString(),
                field.description()));
  }

  /**
   * How a geometry is got: from a column of WKB or WKT, else as a point from longitude and
   * latitude, else not at all.
   */
  private Way geometry(Field field) {
    ColumnSettings settings = feed.columns().get(field.name());
    Optional<String> column =
        settings == null ? byName(field.name()) : Optional.of(column(field, settings.from()));
    if (column.isPresent()) {
      DataType type = source.type(column.get());
      if (type.equals(DataTypes.BinaryType)) {
        return Way.wkb(columns.typed(column.get()));
      }
      if (type.equals(DataTypes.StringType)) {
        return Way.wkt(columns.text(column.get()));
      }
      throw wrongType(field, column.get(), type);
    }
    Optional<Way> lon = found(Field.number("lon", "longitude"));
    Optional<Way> lat = found(Field.number("lat", "latitude"));
    return lon.isPresent() && lat.isPresent()
        ? Way.point(lon.get(), lat.get())
        : Way.constant(Told.NOTHING);
  }
}
