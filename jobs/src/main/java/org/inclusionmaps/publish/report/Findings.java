package org.inclusionmaps.publish.report;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Note;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.publish.figures.Areas;
import org.inclusionmaps.publish.figures.Columns;
import org.inclusionmaps.publish.figures.Figures;
import org.inclusionmaps.publish.figures.Group;
import org.inclusionmaps.publish.figures.Part;
import org.inclusionmaps.publish.figures.PlaceTotals;
import org.inclusionmaps.publish.figures.Totals;
import org.inclusionmaps.publish.report.Estimates.Estimate;
import org.inclusionmaps.publish.writing.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * What the report, the datasheet and the last lines of a run tell: small tables on the driver.
 *
 * @param country group to its figures
 * @param degrees degree of urbanisation to group to its figures
 * @param areas published areas below the country, by level and id
 * @param indicators the country's indicators, by name and group
 * @param range least and most persons that can be priced out, millionths
 * @param estimates shares of areas with their intervals
 * @param earlier the releases before, and what is compared with
 * @param assumptions what was assumed for want of data, one sentence each
 */
public record Findings(
    Map<Group, Figures> country,
    Map<String, Map<Group, Figures>> degrees,
    List<Areas.Area> areas,
    List<Indicator> indicators,
    List<Long> range,
    Estimates estimates,
    EarlierReleases earlier,
    List<String> assumptions) {

  private static final StructType BY_DEGREE =
      Totals.schema(new StructType().add("degree", DataTypes.StringType, false));

  /** One indicator of the country for one group. */
  public record Indicator(
      String name,
      String sex,
      String ageBand,
      String disability,
      @Nullable Double value,
      @Nullable Double low,
      @Nullable Double high,
      String unit,
      String method,
      String quality,
      @Nullable String reason) {
    public boolean ofEverybody() {
      return sex.equals(Tables.ALL) && ageBand.equals(Tables.ALL) && disability.equals(Tables.ALL);
    }

    boolean isOf(Group group) {
      return sex.equals(group.valueOf(Tables.SEX))
          && ageBand.equals(group.valueOf(Tables.AGE_BAND))
          && disability.equals(group.valueOf(Tables.DISABILITY));
    }
  }

  /** The interval of an indicator of everybody, as {@code 43.8 % to 55.5 %}; empty without one. */
  static String interval(List<Indicator> indicators, String name) {
    for (Indicator of : indicators) {
      if (of.name().equals(name) && of.ofEverybody() && of.low() != null && of.high() != null) {
        return "%s to %s".formatted(Numbers.pct(of.low()), Numbers.pct(of.high()));
      }
    }
    return "";
  }

  /** The figures of everybody; of nobody where there are none. */
  Figures all() {
    return all(country);
  }

  static Figures all(Map<Group, Figures> groups) {
    Figures all = groups.get(Group.ALL);
    return all == null ? new Figures(0, Collections.nCopies(Part.values().length, 0L)) : all;
  }

  /** The share of a group that lacks access, with its interval; null where nothing is known. */
  @Nullable Estimate share(Group group) {
    Figures figures = country.get(group);
    if (figures == null || figures.known() <= 0) {
      return null;
    }
    double value = 100.0 * figures.lacking() / figures.known();
    for (Indicator of : indicators) {
      if (of.name().equals(Estimates.LACKING) && of.isOf(group)) {
        return new Estimate(value, of.low(), of.high());
      }
    }
    return new Estimate(value, null, null);
  }

  /**
   * The interval of a part as a share of everybody; null without one, and where the indicator is a
   * share of others than everybody.
   */
  @Nullable Estimate interval(Part part) {
    Figures all = all();
    boolean ofAll = all.part(Part.UNKNOWN) == 0 && (part == Part.UNCOVERED || all.split());
    return ofAll ? estimate(part.key() + "_pct") : null;
  }

  /** An indicator of everybody, in its own unit; null where it is not known. */
  @Nullable Estimate estimate(String indicator) {
    for (Indicator of : indicators) {
      Double value = of.value();
      if (value != null && of.ofEverybody() && of.name().equals(indicator)) {
        return new Estimate(value, of.low(), of.high());
      }
    }
    return null;
  }

  /** A degree of urbanisation in words. */
  static String degreeLabel(String degree) {
    return switch (degree) {
      case "urban_centre" -> "Cities";
      case "urban_cluster" -> "Towns and suburbs";
      default -> "Rural";
    };
  }

  /**
   * Urban and rural figures, in the order of the degree of urbanisation.
   *
   * @param groups in the order of the totals
   */
  public static Map<String, Map<Group, Figures>> degrees(
      Dataset<Row> totals, @Nullable Dataset<Row> places, List<Group> groups) {
    Map<String, Map<Group, Figures>> degrees = new LinkedHashMap<>();
    if (places == null) {
      return degrees;
    }
    Map<String, Totals> found = new HashMap<>();
    totals
        .join(places.select(Tables.PLACE, "degree"), Columns.of(Tables.PLACE))
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) Findings::byDegree, Encoders.row(BY_DEGREE))
        .collectAsList()
        .forEach(row -> add(found, row.getString(0), Totals.of(row, 1)));
    for (String degree : List.of("urban_centre", "urban_cluster", "rural")) {
      Totals here = found.get(degree);
      if (here != null) {
        Map<Group, Figures> figures = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
          figures.put(groups.get(i), here.figures(i));
        }
        degrees.put(degree, figures);
      }
    }
    return degrees;
  }

  private static Iterator<Row> byDegree(Iterator<Row> rows) {
    Map<String, Totals> sums = new TreeMap<>();
    rows.forEachRemaining(
        row -> add(sums, row.getAs("degree"), Totals.of(row, PlaceTotals.TOTALS)));
    List<Row> out = new ArrayList<>();
    sums.forEach((degree, sum) -> out.add(RowFactory.create(sum.after(degree))));
    return out.iterator();
  }

  private static void add(Map<String, Totals> sums, String degree, Totals totals) {
    sums.computeIfAbsent(degree, key -> Totals.none(totals.groups())).add(totals);
  }

  public static List<Indicator> indicators(Dataset<Row> indicators, String country) {
    return indicators.where(col(Tables.AREA).equalTo(country)).collectAsList().stream()
        .map(
            row ->
                new Indicator(
                    row.getAs("indicator"),
                    row.getAs(Tables.SEX),
                    row.getAs(Tables.AGE_BAND),
                    row.getAs(Tables.DISABILITY),
                    row.getAs("value"),
                    row.getAs("low"),
                    row.getAs("high"),
                    row.getAs("unit"),
                    row.getAs("method"),
                    row.getAs("quality"),
                    row.getAs("reason")))
        .sorted(
            Comparator.comparing(Indicator::name)
                .thenComparing(Indicator::sex)
                .thenComparing(Indicator::ageBand)
                .thenComparing(Indicator::disability))
        .toList();
  }

  /** Sentences on what was left out or assumed; where it is told, with what they count. */
  public static List<String> assumptions(Map<Note, Long> notes, Map<Note, String> named) {
    List<String> told = new ArrayList<>();
    new TreeMap<>(notes)
        .forEach(
            (note, amount) -> {
              String number =
                  note.countsPersons() ? Numbers.persons(amount) : Numbers.count(amount);
              if (amount > 0) {
                String names = named.containsKey(note) ? " (" + named.get(note) + ")" : "";
                told.add(note.sentence().formatted(number) + names + ".");
              }
            });
    return told;
  }
}
