package org.inclusionmaps.publish.desktop;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Field;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.publish.figures.Group;
import org.inclusionmaps.publish.figures.Part;
import org.inclusionmaps.publish.figures.Shown;
import org.inclusionmaps.publish.figures.Totals;
import org.inclusionmaps.publish.writing.ReleaseFiles;

/**
 * What every column of a release is. Columns are named by the same lists that the files are written
 * from: groups, parts, means, and the indicators that occur. A column that is written and not known
 * here is a mistake of the code, and {@link #of} refuses it.
 */
public final class Dictionary {
  /** The file that tells it to readers. */
  public static final String NAME = "columns.csv";

  /** What the column of the lower end of an interval adds to the indicator's name. */
  static final String LOW = "_low";

  /** The same of the upper end. */
  static final String HIGH = "_high";

  private static final String PERSONS = "persons";
  private static final String PERCENT = "percent";
  private static final String NONE = "";
  private static final String NEVER = "never absent";
  private static final String NO_FIGURE = "not known, or no row of this group: never zero";
  private static final List<String> HEADER =
      List.of("file", "column", "type", "unit", "meaning", "absent_means");

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * One column.
   *
   * @param unit empty where there is none
   * @param meaning one phrase
   * @param absent what an absent value says
   */
  public record Entry(String unit, String meaning, String absent) {}

  /**
   * A column as a file has it.
   *
   * @param type in words, as decimal(18,6)
   */
  public record Column(String name, String type) {}

  private Dictionary() {}

  /**
   * The columns that a release of some groups and indicators can have.
   *
   * @param indicators the table
   */
  public static Dictionary of(List<Group> groups, Dataset<Row> indicators) {
    Dictionary dictionary = new Dictionary();
    dictionary.keys();
    groups.forEach(dictionary::figures);
    indicators
        .groupBy("indicator")
        .agg(min(col("unit")), min(col("method")))
        .orderBy("indicator")
        .collectAsList()
        .forEach(
            row ->
                dictionary.indicator(row.getString(0), row.getString(1), row.getString(2), groups));
    return dictionary;
  }

  private void keys() {
    put("h3", NONE, "the hexagon's H3 index, 15 hexadecimal digits", NEVER);
    put(Tables.AREA, NONE, "the area's id, as the feed has it", NEVER);
    put("name", NONE, "the area's name, as the feed has it", NEVER);
    put("parent", NONE, "id of the area that holds it", "the country, which nothing holds");
    put("level", NONE, "depth in the tree of areas; the country is 0", NEVER);
    put(
        Totals.SOURCE,
        NONE,
        "what the connected persons rest on: subscriptions, survey, none, mixed",
        NO_FIGURE);
    put(Totals.COVERAGE, "share", "mean over persons of the probability of service", NO_FIGURE);
    put(
        Totals.PRICE,
        PERCENT,
        "mean over persons of the basket's price as per cent of mean income",
        NO_FIGURE);
    for (String technology : Tables.TECHNOLOGIES) {
      put(
          Tables.coverageBy(technology),
          "share",
          "mean over persons of the probability that any operator serves by %s or newer"
              .formatted(technology),
          NO_FIGURE);
    }
    put(Totals.BEST, NONE, "newest technology with an even chance of service", NO_FIGURE);
    put("barrier", NONE, "the largest part that keeps people out", "nobody is kept out");
    put(GeoRowSupport.GEOMETRY, "degrees", "outline, longitude and latitude, WGS 84", "no outline");
    put(GeoPackage.GEOMETRY, "degrees", "outline, longitude and latitude, WGS 84", "no outline");
    put(GeoRowSupport.BBOX, "degrees", "the box around the outline", "no outline");
    put(GeoPackage.ID, NONE, "number of the row", NEVER);
  }

  private void figures(Group group) {
    String of = ": " + group.label() + ", 15 and older";
    String end = group.suffix();
    put(Totals.PERSONS + end, PERSONS, "persons" + of, NO_FIGURE);
    for (Part part : Part.values()) {
      put(part.key() + end, PERSONS, part.label() + of, NO_FIGURE);
      String share = part.key() + "_pct" + end;
      if (Shown.names(group).contains(share)) {
        put(share, PERCENT, part.label() + ", of persons of known coverage" + of, NO_FIGURE);
      }
    }
    String lacking = "lack affordable access: uncovered, priced out, burdened, or too dear";
    put(Totals.LACKING + end, PERSONS, lacking + of, NO_FIGURE);
    put(
        Totals.LACKING + "_pct" + end,
        PERCENT,
        lacking + ", of persons of known coverage" + of,
        NO_FIGURE);
  }

  private void indicator(String name, String unit, String method, List<Group> groups) {
    for (Group group : groups) {
      if (group.equals(Group.ALL) || group.dimension().equals(Tables.SEX)) {
        entries.putIfAbsent(
            name + group.suffix(),
            new Entry(unit, "indicator " + name + ", " + group.label() + ": " + method, NO_FIGURE));
      }
    }
    String none = "no interval is told";
    put(name + LOW, unit, "lower end of the 90 % interval of " + name + ", Everybody", none);
    put(name + HIGH, unit, "upper end of the 90 % interval of " + name + ", Everybody", none);
  }

  private void put(String name, String unit, String meaning, String absent) {
    entries.put(name, new Entry(unit, meaning, absent));
  }

  /** What a column of the maps' files is. */
  public Entry of(String column) {
    Entry entry = entries.get(column);
    if (entry == null) {
      throw new IllegalStateException(
          "the column " + column + " is written and has no entry in Dictionary");
    }
    return entry;
  }

  /** The columns of a Parquet file. */
  static List<Column> columns(StructType schema) {
    List<Column> columns = new ArrayList<>();
    for (var field : schema.fields()) {
      columns.add(new Column(field.name(), type(field.dataType())));
    }
    return columns;
  }

  private static String type(DataType type) {
    if (type.equals(DataTypes.StringType)) {
      return "text";
    }
    if (type.equals(DataTypes.BinaryType)) {
      return "geometry, WKB";
    }
    if (type instanceof StructType) {
      return "xmin, ymin, xmax, ymax";
    }
    return type instanceof DecimalType ? type.simpleString() : type.typeName();
  }

  /**
   * Writes the dictionary as text, one row a column of a file. Rows of the files of text come from
   * the table that they hold.
   *
   * @param maps file to its columns, for files whose columns this dictionary knows
   */
  long write(Map<String, List<Column>> maps, ReleaseFiles files) {
    List<List<String>> rows = new ArrayList<>();
    maps.forEach((file, columns) -> columns.forEach(column -> rows.add(row(file, column))));
    IndicatorCsv.HEADER.forEach(name -> rows.add(text(name)));
    SdmxCsv.COLUMNS.forEach(
        (name, meaning) ->
            rows.add(List.of(SdmxCsv.NAME, name, "text", NONE, meaning, "not known, or none")));
    HEADER.forEach(name -> rows.add(List.of(NAME, name, "text", NONE, own(name), NEVER)));
    StringBuilder out = new StringBuilder(String.join(",", HEADER)).append("\r\n");
    rows.forEach(
        row -> out.append(String.join(",", row.stream().map(Csv::field).toList())).append("\r\n"));
    files.write(NAME, out.toString());
    return rows.size();
  }

  private List<String> row(String file, Column column) {
    Entry entry = of(column.name());
    return List.of(
        file, column.name(), column.type(), entry.unit(), entry.meaning(), entry.absent());
  }

  private List<String> text(String name) {
    Function<Field, List<String>> row =
        field ->
            List.of(
                IndicatorCsv.NAME,
                name,
                field.type().equals(DataTypes.StringType) ? "text" : field.type().typeName(),
                field.type().equals(DataTypes.DoubleType) ? "as the column unit says" : NONE,
                field.description(),
                field.optional() ? "not known, or none" : NEVER);
    return Tables.INDICATORS.fields().stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .map(row)
        .orElseGet(
            () ->
                row(
                    IndicatorCsv.NAME,
                    new Column(name, name.equals("level") ? "integer" : "text")));
  }

  private static String own(String column) {
    return switch (column) {
      case "file" -> "the file; R and L stand for any resolution and level";
      case "column" -> "the column's name in it";
      case "type" -> "what kind of value it holds";
      case "unit" -> "the value's unit; empty where there is none";
      case "meaning" -> "what the value is";
      default -> "what it says that a value is not there";
    };
  }
}
