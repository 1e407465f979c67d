package org.inclusionmaps.publish.figures;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;

/**
 * The published areas that have rows.
 *
 * @param rows of {@link AreaTotals}
 * @param list what the driver needs to know of each, by level and id
 */
public record Areas(Dataset<Row> rows, List<Area> list) {
  private static final StructType SCHEMA =
      new StructType()
          .add("area", DataTypes.StringType, false)
          .add("level", DataTypes.IntegerType, false)
          .add("name", DataTypes.StringType, false)
          .add("parent", DataTypes.StringType, true)
          .add("polygon", DataTypes.BooleanType, false)
          .add("west", DataTypes.DoubleType, true)
          .add("south", DataTypes.DoubleType, true)
          .add("east", DataTypes.DoubleType, true)
          .add("north", DataTypes.DoubleType, true)
          .add("everybody", DataTypes.BinaryType, false);

  /**
   * One area.
   *
   * @param parent name of the area that holds it; empty where none does
   * @param drawn whether it has a polygon, which the map draws
   * @param box of its geometry, degrees; empty where it has none
   * @param figures of everybody
   */
  public record Area(
      int level,
      String id,
      String name,
      String parent,
      boolean drawn,
      Envelope box,
      Figures figures) {}

  /** An area that is drawn as an outline with its name. */
  public record Border(String area, String name, Geometry geometry) {}

  /**
   * Collects what is known of areas.
   *
   * @param names area to its name, for all areas
   */
  public static Areas of(Dataset<Row> totals, Map<String, String> names) {
    List<Area> list = new ArrayList<>();
    totals
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                rows -> Runs.stream(rows).map(Areas::summary).iterator(),
            Encoders.row(SCHEMA))
        .collectAsList()
        .forEach(row -> list.add(area(row, names)));
    list.sort(Comparator.comparingInt(Area::level).thenComparing(Area::id));
    return new Areas(totals, List.copyOf(list));
  }

  private static Row summary(Row row) {
    Envelope box = new Envelope();
    boolean polygon = false;
    if (!row.isNullAt(4)) {
      Geometry geometry = geometry(row.getAs(4));
      box = geometry.getEnvelopeInternal();
      polygon = geometry.getDimension() == 2;
    }
    Totals totals = Totals.of(row, AreaTotals.TOTALS);
    Figures everybody = totals.figures(0);
    long[] figures = new long[Totals.STRIDE];
    figures[0] = everybody.persons();
    System.arraycopy(totals.parts(0), 0, figures, 1, figures.length - 1);
    return RowFactory.create(
        row.getString(0),
        row.getInt(1),
        row.getString(2),
        row.getString(3),
        polygon,
        box.getMinX(),
        box.getMinY(),
        box.getMaxX(),
        box.getMaxY(),
        Totals.bytes(figures));
  }

  private static Area area(Row row, Map<String, String> names) {
    long[] figures = Totals.longs(row.getAs(9));
    List<Long> parts = new ArrayList<>();
    for (int i = 1; i < figures.length; i++) {
      parts.add(figures[i]);
    }
    boolean empty = row.getDouble(5) > row.getDouble(7);
    return new Area(
        row.getInt(1),
        row.getString(0),
        row.getString(2),
        names.getOrDefault(String.valueOf(row.getString(3)), ""),
        row.getBoolean(4),
        empty
            ? new Envelope()
            : new Envelope(row.getDouble(5), row.getDouble(7), row.getDouble(6), row.getDouble(8)),
        new Figures(figures[0], parts));
  }

  /** The areas below the country. */
  public List<Area> below() {
    return list.stream().filter(area -> area.level() > 0).toList();
  }

  /** Level to how many areas of it are drawn. */
  public Map<Integer, Long> drawn() {
    Map<Integer, Long> counts = new TreeMap<>();
    list.stream().filter(Area::drawn).forEach(area -> counts.merge(area.level(), 1L, Long::sum));
    return counts;
  }

  /** Area to its number in the order of ids, from 0. */
  public HashMap<String, Long> numbers() {
    HashMap<String, Long> numbers = new HashMap<>();
    list.stream().map(Area::id).sorted().forEach(id -> numbers.put(id, (long) numbers.size()));
    return numbers;
  }

  /** The box of all geometries, degrees. */
  public Envelope box() {
    Envelope box = new Envelope();
    list.forEach(area -> box.expandToInclude(area.box()));
    return box;
  }

  /** The drawn areas of a level, the most populous first. */
  public List<Border> borders(int level) {
    Map<String, Geometry> geometries = new HashMap<>();
    rows.where(col("level").equalTo(level).and(col("geometry").isNotNull()))
        .select(Tables.AREA, "geometry")
        .collectAsList()
        .forEach(row -> geometries.put(row.getString(0), geometry(row.getAs(1))));
    List<Border> borders = new ArrayList<>();
    list.stream()
        .filter(area -> area.level() == level && area.drawn())
        .sorted(
            Comparator.<Area>comparingLong(area -> -area.figures().persons())
                .thenComparing(Area::id))
        .forEach(
            area -> {
              Geometry geometry = Objects.requireNonNull(geometries.get(area.id()));
              borders.add(new Border(area.id(), area.name(), geometry));
            });
    return borders;
  }

  /** The geometry of a row. */
  public static Geometry geometry(byte[] wkb) {
    try {
      return new WKBReader().read(wkb);
    } catch (ParseException e) {
      throw new IllegalArgumentException("a geometry is not WKB", e);
    }
  }
}
