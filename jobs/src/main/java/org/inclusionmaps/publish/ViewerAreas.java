package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.format.Json;
import org.inclusionmaps.publish.figures.AreaTotals;
import org.inclusionmaps.publish.figures.Areas;
import org.inclusionmaps.publish.figures.Group;
import org.inclusionmaps.publish.figures.Part;
import org.inclusionmaps.publish.figures.Runs;
import org.inclusionmaps.publish.figures.Totals;
import org.inclusionmaps.publish.tiles.TileAttributes;
import org.inclusionmaps.publish.writing.ReleaseFiles;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;

/**
 * Areas beside the map: a list to search, and the figures and intervals of {@link #PER_FILE} areas
 * a file, so that the map reads what it shows and no file of figures grows with the country.
 */
final class ViewerAreas {
  static final String INDEX = "viewer/areas.json";
  static final String FIGURES = "viewer/figures/";

  /** Areas of one file of figures. */
  static final int PER_FILE = 50;

  private static final String ENDING = "_persons";
  private static final List<String> QUALITIES =
      List.of("good", "caution", "unreliable", "suppressed");
  private static final double DIGITS = 1e3;
  private static final double DEGREES = 1e5;

  private static final StructType ROWS =
      new StructType()
          .add("file", DataTypes.IntegerType, false)
          .add("place", DataTypes.IntegerType, false)
          .add("measure", DataTypes.StringType, false)
          .add("group", DataTypes.IntegerType, false)
          .add("area", DataTypes.StringType, false)
          .add("figures", DataTypes.StringType, true)
          .add("low", DataTypes.DoubleType, true)
          .add("high", DataTypes.DoubleType, true)
          .add("quality", DataTypes.IntegerType, true);

  private static final StructType FILES =
      new StructType()
          .add("file", DataTypes.IntegerType, false)
          .add("text", DataTypes.StringType, false);

  private ViewerAreas() {}

  /**
   * Writes the list and the files of figures.
   *
   * @param indicators the table of that name; its intervals are in persons
   */
  static void write(Areas areas, Dataset<Row> indicators, List<Group> groups, ReleaseFiles files) {
    files.write(INDEX, index(areas));
    HashMap<String, Integer> places = new HashMap<>();
    areas.list().forEach(area -> places.put(area.id(), places.size()));
    Iterator<Row> texts =
        figures(areas, places, groups)
            .union(intervals(indicators, places, groups))
            .repartition(col("file"))
            .sortWithinPartitions("file", "place", "measure", "group")
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>)
                    rows ->
                        Runs.of(rows, row -> row.getInt(0), File::new, File::add)
                            .map(File::row)
                            .iterator(),
                Encoders.row(FILES))
            .orderBy("file")
            .toLocalIterator();
    while (texts.hasNext()) {
      Row text = texts.next();
      files.write("%s%03d.json".formatted(FIGURES, text.getInt(0)), text.getString(1));
    }
  }

  private static String index(Areas areas) {
    List<Object> list = new ArrayList<>();
    for (Areas.Area area : areas.list()) {
      list.add(Arrays.asList(area.id(), area.name(), area.level(), area.parent(), box(area.box())));
    }
    Map<String, Object> index = new LinkedHashMap<>();
    index.put("chunk", PER_FILE);
    index.put("areas", list);
    return Json.text(index);
  }

  private static @Nullable List<Double> box(Envelope box) {
    return box.isNull()
        ? null
        : List.of(
            Math.floor(box.getMinX() * DEGREES) / DEGREES,
            Math.floor(box.getMinY() * DEGREES) / DEGREES,
            Math.ceil(box.getMaxX() * DEGREES) / DEGREES,
            Math.ceil(box.getMaxY() * DEGREES) / DEGREES);
  }

  private static Dataset<Row> figures(
      Areas areas, Map<String, Integer> places, List<Group> groups) {
    TileAttributes attributes = new TileAttributes(groups.size());
    return areas
        .rows()
        .map(
            (MapFunction<Row, Row>)
                row -> {
                  int place = Objects.requireNonNull(places.get(row.getString(0)));
                  String text = Json.text(figures(row, attributes));
                  return RowFactory.create(
                      place / PER_FILE, place, "", 0, row.getString(0), text, null, null, null);
                },
            Encoders.row(ROWS));
  }

  private static Dataset<Row> intervals(
      Dataset<Row> indicators, Map<String, Integer> places, List<Group> groups) {
    HashMap<String, Integer> numbers = new HashMap<>();
    for (Group group : groups) {
      numbers.put(
          key(of(group, Tables.SEX), of(group, Tables.AGE_BAND), of(group, Tables.DISABILITY)),
          numbers.size());
    }
    return indicators
        .where(col("indicator").isin(measures().toArray()))
        .select(
            Tables.AREA,
            "indicator",
            Tables.SEX,
            Tables.AGE_BAND,
            Tables.DISABILITY,
            "low",
            "high",
            "quality")
        .filter(
            (FilterFunction<Row>)
                row ->
                    places.containsKey(row.getString(0))
                        && numbers.containsKey(
                            key(row.getString(2), row.getString(3), row.getString(4))))
        .map(
            (MapFunction<Row, Row>)
                row -> {
                  int place = Objects.requireNonNull(places.get(row.getString(0)));
                  String name = row.getString(1);
                  return RowFactory.create(
                      place / PER_FILE,
                      place,
                      name.substring(0, name.length() - ENDING.length()),
                      numbers.get(key(row.getString(2), row.getString(3), row.getString(4))),
                      row.getString(0),
                      null,
                      row.get(5),
                      row.get(6),
                      QUALITIES.indexOf(row.getString(7)));
                },
            Encoders.row(ROWS));
  }

  /** Indicators that count persons and have intervals: the parts, their sum, and the connected. */
  private static List<String> measures() {
    List<String> measures = new ArrayList<>(List.of(Totals.LACKING + ENDING, "connected" + ENDING));
    for (Part part : Part.values()) {
      measures.add(part.key() + ENDING);
    }
    return measures;
  }

  private static String of(Group group, String dimension) {
    return group.dimension().equals(dimension) ? group.value() : Tables.ALL;
  }

  private static String key(String sex, String ageBand, String disability) {
    return sex + "\n" + ageBand + "\n" + disability;
  }

  /** The figures of a row of {@link AreaTotals}, as the tiles have them. */
  private static Map<String, Object> figures(Row row, TileAttributes attributes) {
    List<String> names = attributes.names();
    long[] values = attributes.values(Totals.of(row, AreaTotals.TOTALS));
    Map<String, Object> figures = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != TileAttributes.ABSENT) {
        figures.put(names.get(i), values[i]);
      }
    }
    return figures;
  }

  /** A file as it grows: area to its figures, its intervals by measure and group, its quality. */
  private static final class File {
    private final int number;
    private final Map<String, Area> areas = new LinkedHashMap<>();

    File(Row first) {
      this.number = first.getInt(0);
    }

    void add(Row row) {
      areas.computeIfAbsent(row.getAs("area"), id -> new Area()).add(row);
    }

    Row row() {
      String text =
          areas.entrySet().stream()
              .map(area -> Json.text(area.getKey()) + ":" + area.getValue().text())
              .collect(Collectors.joining(",\n", "{", "}\n"));
      return RowFactory.create(number, text);
    }
  }

  /** One area of a file. */
  private static final class Area {
    private final Map<String, Map<String, Object>> intervals = new TreeMap<>();
    private final Map<String, Integer> quality = new TreeMap<>();
    private String figures = "{}";

    void add(Row row) {
      String text = row.getAs("figures");
      if (text != null) {
        figures = text;
        return;
      }
      String group = String.valueOf(row.<Integer>getAs("group"));
      quality.merge(group, row.getAs("quality"), Math::max);
      Double low = row.getAs("low");
      Double high = row.getAs("high");
      if (low != null && high != null) {
        intervals
            .computeIfAbsent(row.getAs("measure"), measure -> new TreeMap<>())
            .put(group, List.of(rounded(low), rounded(high)));
      }
    }

    String text() {
      return "{\"figures\":%s,\"intervals\":%s,\"quality\":%s}"
          .formatted(figures, Json.text(intervals), Json.text(quality));
    }

    private static double rounded(double persons) {
      return Math.round(persons * DIGITS) / DIGITS;
    }
  }
}
