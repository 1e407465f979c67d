package org.inclusionmaps.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.config.ColumnSettings;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.LookupSettings;
import org.inclusionmaps.contract.Field;
import org.inclusionmaps.contract.Table;
import org.jspecify.annotations.Nullable;

/**
 * How each column of a table is got from a feed: by the settings, else by its own or a usual other
 * name. Lookups join columns to the source on the way.
 */
final class FieldMapping {
  private static final ColumnSettings PLAIN = ColumnSettings.constant("");

  private final SparkSession spark;
  private final Table table;
  private final FeedSettings feed;
  private Source source;
  private int lookups;

  FieldMapping(SparkSession spark, Table table, FeedSettings feed, Source source) {
    this.spark = spark;
    this.table = table;
    this.feed = feed;
    this.source = source;
    checkSettings();
  }

  /** The feed's rows with what the lookups found beside them. */
  Source source() {
    return source;
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

  /** How a column that is no geometry is got. */
  Branch branch(Field field) {
    return found(field).orElseGet(() -> fallback(field));
  }

  private Optional<Branch> found(Field field) {
    ColumnSettings settings = feed.columns().get(field.name());
    if (Unpivot.gives(feed, field.name())) {
      Column sheet = Unpivot.column(field.name());
      ColumnSettings steps = settings == null ? PLAIN : settings;
      return Optional.of(
          field.name().equals("persons") && feed.decimalComma() && source.textual()
              ? Branch.ofTextWithComma(field, sheet, steps)
              : Branch.ofText(field, sheet, steps));
    }
    if (settings != null) {
      return Optional.of(branch(field, settings));
    }
    return byName(field.name()).map(column -> branch(field, ColumnSettings.from(column)));
  }

  private Optional<String> byName(String column) {
    Optional<String> own = source.find(column);
    for (String other : Vocabulary.names(column)) {
      own = own.or(() -> source.find(other));
    }
    return own;
  }

  private Branch fallback(Field field) {
    boolean point = source.find(GeoJson.GEOMETRY).isPresent();
    if (point && (field.name().equals("lon") || field.name().equals("lat"))) {
      Column wkb = col(GeoJson.GEOMETRY);
      Column value =
          when(
              wkb.isNotNull(),
              (field.name().equals("lon") ? Geometries.POINT_LON : Geometries.POINT_LAT)
                  .apply(wkb));
      return Branch.ofTyped(field, value, PLAIN);
    }
    String dimension = Vocabulary.dimension(field.name());
    if (dimension != null) {
      return Branch.ofText(field, lit(dimension), PLAIN);
    }
    if (field.optional()) {
      return Branch.nothing(field);
    }
    List<String> columns = source.columns();
    throw Refusals.broken(
        table,
        "%s has no column %s (%s); its columns are %s; say in inputs.%s.columns.%s where it is%s"
            .formatted(
                feed.path(),
                field.name(),
                field.description(),
                String.join(", ", columns),
                table.name(),
                field.name(),
                columns.size() == 1 ? ", and check the delimiter" : ""));
  }

  private Branch branch(Field field, ColumnSettings settings) {
    Branch branch = primary(field, settings);
    ColumnSettings otherwise = settings.otherwise();
    return otherwise == null ? branch : branch.or(branch(field, otherwise));
  }

  private Branch primary(Field field, ColumnSettings settings) {
    checkScale(field, settings);
    String value = settings.value();
    if (value != null) {
      return Branch.ofText(field, lit(value), settings);
    }
    LookupSettings lookup = settings.lookup();
    if (lookup != null) {
      return lookedUp(field, settings, lookup);
    }
    String from = column(field, settings.from());
    Column raw = col(Lookups.quoted(from));
    DataType type = source.type(from);
    if (source.textual() && type.equals(DataTypes.StringType)) {
      return feed.decimalComma()
          ? Branch.ofTextWithComma(field, raw, settings)
          : Branch.ofText(field, raw, settings);
    }
    if (!Branch.fits(type, field.type())) {
      throw wrongType(field, from, type);
    }
    boolean asText =
        field.type().equals(DataTypes.StringType)
            || !settings.map().isEmpty()
            || !settings.absent().isEmpty();
    return asText ? Branch.ofText(field, raw, settings) : Branch.ofTyped(field, raw, settings);
  }

  private Branch lookedUp(Field field, ColumnSettings settings, LookupSettings lookup) {
    int number = lookups++;
    Column[] keys =
        new TreeMap<>(lookup.on())
            .keySet().stream()
                .map(key -> col(Lookups.quoted(column(field, key))))
                .toArray(Column[]::new);
    source =
        new Source(
            Lookups.join(spark, table, source, lookup, number), source.textual(), source.format());
    Branch found = Branch.ofText(field, col(Lookups.column(number)), settings);
    String file = lookup.path().substring(lookup.path().lastIndexOf('/') + 1);
    return found.orFault("is not found in " + file, concat_ws(", ", keys));
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
   * latitude, else not at all. The column holds what {@link Geometries} made of it.
   */
  Column geometry(Field field) {
    ColumnSettings settings = feed.columns().get(field.name());
    Optional<String> column =
        settings == null ? byName(field.name()) : Optional.of(column(field, settings.from()));
    if (column.isPresent()) {
      DataType type = source.type(column.get());
      Column raw = col(Lookups.quoted(column.get()));
      if (type.equals(DataTypes.BinaryType)) {
        return when(raw.isNotNull(), Geometries.CLEAN_WKB.apply(raw));
      }
      if (type.equals(DataTypes.StringType)) {
        Column text = Texts.clean(raw);
        return when(text.isNotNull(), Geometries.CLEAN_TEXT.apply(text));
      }
      throw wrongType(field, column.get(), type);
    }
    Optional<Branch> lon = found(Field.number("lon", "longitude"));
    Optional<Branch> lat = found(Field.number("lat", "latitude"));
    if (lon.isPresent() && lat.isPresent()) {
      Column point =
          concat(lit("POINT ("), ordinate(lon.get()), lit(" "), ordinate(lat.get()), lit(")"));
      return when(point.isNotNull(), Geometries.CLEAN_TEXT.apply(point));
    }
    return when(lit(false), Geometries.CLEAN_WKB.apply(lit(new byte[0])));
  }

  private static Column ordinate(Branch branch) {
    return coalesce(branch.value().cast(DataTypes.StringType), branch.text());
  }
}
