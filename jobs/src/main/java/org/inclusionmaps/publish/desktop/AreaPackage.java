package org.inclusionmaps.publish.desktop;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.struct;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.publish.figures.Areas;
import org.inclusionmaps.publish.figures.Columns;
import org.inclusionmaps.publish.writing.ReleaseContext;
import org.inclusionmaps.publish.writing.ReleaseFiles;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * The areas for desktop maps: a GeoPackage with one layer a level. It is written from the
 * GeoParquet files of the release, so that both have the same columns and figures, and from the
 * intervals of everybody in the table indicators. SQLite writes to a file of the driver's disk,
 * which is then copied.
 */
public final class AreaPackage {
  public static final String NAME = "areas.gpkg";

  private static final String ENDS = "ends";

  private final SparkSession spark;
  private final ReleaseContext context;
  private final Dictionary dictionary;
  private final Dataset<Row> intervals;
  private final List<String> withIntervals;
  private final ReleaseFiles files;

  private AreaPackage(
      SparkSession spark,
      ReleaseContext context,
      Dictionary dictionary,
      Dataset<Row> indicators,
      ReleaseFiles files) {
    this.spark = spark;
    this.context = context;
    this.dictionary = dictionary;
    this.files = files;
    Dataset<Row> everybody =
        indicators.where(
            col("low")
                .isNotNull()
                .and(col("high").isNotNull())
                .and(col(Tables.SEX).equalTo(Tables.ALL))
                .and(col(Tables.AGE_BAND).equalTo(Tables.ALL))
                .and(col(Tables.DISABILITY).equalTo(Tables.ALL)));
    this.intervals =
        everybody
            .groupBy(Tables.AREA)
            .agg(collect_list(struct(col("indicator"), col("low"), col("high"))).as(ENDS));
    List<String> names = new ArrayList<>();
    everybody
        .select("indicator")
        .distinct()
        .collectAsList()
        .forEach(r -> names.add(r.getString(0)));
    names.sort(null);
    this.withIntervals = names;
  }

  /**
   * Writes the file; gives the columns of its layers, all levels together.
   *
   * @param areas of the release, whose GeoParquet files are there
   */
  static List<Dictionary.Column> write(
      SparkSession spark,
      ReleaseContext context,
      Areas areas,
      Dictionary dictionary,
      Dataset<Row> indicators,
      ReleaseFiles files) {
    AreaPackage made = new AreaPackage(spark, context, dictionary, indicators, files);
    try {
      Path local = Files.createTempFile("areas", ".gpkg");
      try {
        List<Dictionary.Column> columns = made.write(areas, local);
        try (OutputStream out = files.create(NAME)) {
          Files.copy(local, out);
        }
        return columns;
      } finally {
        Files.deleteIfExists(local);
      }
    } catch (IOException e) {
      throw files.unwritable(NAME, e);
    } catch (SQLException e) {
      throw files.unwritable(NAME, new IOException(e.getMessage(), e));
    }
  }

  private List<Dictionary.Column> write(Areas areas, Path local) throws SQLException {
    List<Dictionary.Column> told = new ArrayList<>();
    TreeSet<Integer> levels = new TreeSet<>();
    areas.list().forEach(area -> levels.add(area.level()));
    try (GeoPackage out = GeoPackage.create(local, context.settings().release().referenceDate())) {
      for (int level : levels) {
        Dataset<Row> rows = spark.read().parquet(files.path(AreaFile.folder(level)).toString());
        List<GeoPackage.Column> columns = columns(rows.schema());
        GeoPackage.Layer layer =
            new GeoPackage.Layer(
                "level_" + level,
                context.settings().country().name() + ", areas of level " + level,
                context.title() + "; release " + context.runId(),
                polygons(areas, level) ? "MULTIPOLYGON" : "GEOMETRY",
                columns);
        out.layer(layer, taker -> rows(rows, columns, taker));
        out.style(layer, "lacking_pct", Styles.polygons(Styles.THIN_BORDER), true);
        if (told.isEmpty()) {
          told.add(new Dictionary.Column(GeoPackage.ID, "INTEGER"));
          told.add(new Dictionary.Column(GeoPackage.GEOMETRY, layer.geometryType()));
          columns.forEach(c -> told.add(new Dictionary.Column(c.name(), c.type())));
        }
      }
    }
    return told;
  }

  private static boolean polygons(Areas areas, int level) {
    return areas.list().stream()
        .filter(area -> area.level() == level)
        .allMatch(area -> area.drawn() || area.box().isNull());
  }

  /** Those of the GeoParquet file but outline and box, then the ends of intervals. */
  private List<GeoPackage.Column> columns(StructType schema) {
    List<GeoPackage.Column> columns = new ArrayList<>();
    for (StructField field : schema.fields()) {
      if (!field.name().equals(GeoRowSupport.GEOMETRY)
          && !field.name().equals(GeoRowSupport.BBOX)) {
        columns.add(column(field.name(), type(field.dataType())));
      }
    }
    for (String indicator : withIntervals) {
      columns.add(column(indicator + Dictionary.LOW, "DOUBLE"));
      columns.add(column(indicator + Dictionary.HIGH, "DOUBLE"));
    }
    return columns;
  }

  private GeoPackage.Column column(String name, String type) {
    Dictionary.Entry entry = dictionary.of(name);
    return new GeoPackage.Column(name, type, entry.unit(), entry.meaning());
  }

  private static String type(DataType type) {
    if (type.equals(DataTypes.StringType)) {
      return "TEXT";
    }
    return type.equals(DataTypes.IntegerType) || type.equals(DataTypes.LongType)
        ? "INTEGER"
        : "DOUBLE";
  }

  private void rows(Dataset<Row> areas, List<GeoPackage.Column> columns, GeoPackage.Rows taker)
      throws SQLException {
    Iterator<Row> rows =
        areas
            .join(intervals, Columns.of(Tables.AREA), "left")
            .orderBy(Tables.AREA)
            .toLocalIterator();
    int own = columns.size() - 2 * withIntervals.size();
    while (rows.hasNext()) {
      Row row = rows.next();
      List<@Nullable Object> values = new ArrayList<>();
      for (GeoPackage.Column column : columns.subList(0, own)) {
        values.add(value(row.getAs(column.name())));
      }
      Map<String, Row> ends = new HashMap<>();
      List<Row> told =
          row.isNullAt(row.fieldIndex(ENDS)) ? List.of() : row.getList(row.fieldIndex(ENDS));
      told.forEach(end -> ends.put(end.getString(0), end));
      for (String indicator : withIntervals) {
        Row end = ends.get(indicator);
        values.add(end == null ? null : end.get(1));
        values.add(end == null ? null : end.get(2));
      }
      taker.add(values, outline(row.getAs(GeoRowSupport.GEOMETRY)));
    }
  }

  private static @Nullable Object value(@Nullable Object value) {
    return value instanceof BigDecimal number ? (Double) number.doubleValue() : value;
  }

  private static @Nullable GeoPackageOutline outline(byte @Nullable [] wkb) {
    if (wkb == null) {
      return null;
    }
    Geometry geometry = Objects.requireNonNull(Areas.geometry(wkb));
    return geometry.isEmpty() ? null : GeoPackageOutline.of(geometry);
  }
}
