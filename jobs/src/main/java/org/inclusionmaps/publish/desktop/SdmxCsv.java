package org.inclusionmaps.publish.desktop;

import static org.apache.spark.sql.functions.col;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.publish.figures.Columns;
import org.inclusionmaps.publish.writing.ReleaseContext;
import org.inclusionmaps.publish.writing.ReleaseFiles;
import org.jspecify.annotations.Nullable;

/**
 * Indicators as statistical offices exchange them: SDMX-CSV 2.0, the format of SDMX 3.0, in which a
 * file may hold several dataflows. The nation's official series of SDG 9.c.1 are in the dataflow of
 * country data of the structure IAEG-SDGs:SDG. The same series below the nation, and indicators of
 * this project, are no official ones: they have dataflows of their own, with the same dimensions.
 * SDG 5.b.1 (IT_MOB_OWN) is not there: owning a telephone is not using mobile internet.
 *
 * <p>Source: SDMX-CSV 2.0 field guide. Dimensions, their order and attributes are those of the data
 * structure IAEG-SDGs:SDG(1.14) of August 2023, which has no CONF_STATUS; codes are of its lists
 * CL_SEX(1.1), CL_AGE(1.12), CL_DISABILITY(1.0), CL_URBANISATION(1.10), CL_UNIT_MEASURE(1.8),
 * CL_NATURE(1.0) and of SDMX CL_OBS_STATUS(2.1). Its CL_AREA(1.14) has numbers of M49 without zeros
 * before them. Not compared with a list: REPORTING_TYPE and version 1.22 of the dataflow.
 */
public final class SdmxCsv {
  public static final String NAME = "indicators.sdmx.csv";

  /** The dataflow of the nation's official series. */
  static final String OFFICIAL = "IAEG-SDGs:DF_SDG_GLC(1.22)";

  /** That of the same series for areas. */
  static final String SUBNATIONAL = "INCLUSION_MAPS:DF_SDG_SUBNATIONAL(1.0)";

  /** That of this project's own indicators. */
  static final String OWN = "INCLUSION_MAPS:DF_INCLUSION(1.0)";

  /** The columns and what they are. */
  static final Map<String, String> COLUMNS = columns();

  private static final String TOTAL = "_T";
  private static final String SDG = "sdg_9_c_1_";
  private static final List<String> TECHNOLOGIES = List.of("2g", "3g", "4g", "5g");

  private final String area;
  private final String money;

  private SdmxCsv(String area, String money) {
    this.area = area;
    this.money = money;
  }

  private static Map<String, String> columns() {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("STRUCTURE", "kind of the structure: dataflow");
    columns.put("STRUCTURE_ID", "the dataflow, with agency and version");
    columns.put("ACTION", "I: rows are information");
    columns.put("FREQ", "A: yearly");
    columns.put("REPORTING_TYPE", "N: national");
    columns.put("SERIES", "the series; in own dataflows the indicator's name in capitals");
    columns.put(
        "REF_AREA", "the country's number by M49; of areas below it, with _ and the area's id");
    columns.put("SEX", "F, M, or _T for all");
    columns.put("AGE", "Y15T24 and the like; Y_GE15 is 15 and over, _T all ages");
    Stream.of(
            "URBANISATION",
            "INCOME_WEALTH_QUANTILE",
            "EDUCATION_LEV",
            "OCCUPATION",
            "CUST_BREAKDOWN",
            "COMPOSITE_BREAKDOWN")
        .forEach(name -> columns.put(name, "_T: not broken down"));
    columns.put("DISABILITY_STATUS", "PD with a disability, PWD without, _T all");
    Stream.of("ACTIVITY", "PRODUCT").forEach(name -> columns.put(name, "_T: not broken down"));
    columns.put("TIME_PERIOD", "year of the reference date");
    columns.put("OBS_VALUE", "the figure, in UNIT_MEASURE");
    columns.put(
        "UNIT_MEASURE", "PT per cent, NUMBER persons, RO ratio, CUR_LCU local currency, USD");
    columns.put("UNIT_MULT", "0: units as they are");
    columns.put("OBS_STATUS", "E estimated, U of low reliability, O no value, Q suppressed");
    columns.put("NATURE", "M: from a model");
    columns.put("LOWER_BOUND", "5 % quantile");
    columns.put("UPPER_BOUND", "95 % quantile");
    columns.put("COMMENT_OBS", "why there is no value");
    return columns;
  }

  /**
   * Writes the file; gives its rows.
   *
   * @param areas the table, for levels
   */
  public static long write(
      ReleaseContext context, Dataset<Row> indicators, Dataset<Row> areas, ReleaseFiles files) {
    String stated = context.settings().release().sdmxArea();
    String currency = context.settings().affordability().currency();
    SdmxCsv sdmx =
        new SdmxCsv(
            stated == null ? code(context.settings().country().id()) : area(stated),
            "USD".equals(currency) ? "USD" : "CUR_LCU");
    Iterator<Row> rows =
        indicators
            .join(areas.select(Tables.AREA, "level"), Columns.of(Tables.AREA), "left")
            .select(
                Stream.of(
                        "level",
                        Tables.AREA,
                        "indicator",
                        Tables.SEX,
                        Tables.AGE_BAND,
                        Tables.DISABILITY,
                        "year",
                        "value",
                        "low",
                        "high",
                        "unit",
                        "quality",
                        "reason")
                    .map(name -> col(name))
                    .toArray(Column[]::new))
            .orderBy(
                "level", Tables.AREA, "indicator", Tables.SEX, Tables.AGE_BAND, Tables.DISABILITY)
            .toLocalIterator();
    long count = 0;
    try (Writer out =
        new BufferedWriter(new OutputStreamWriter(files.create(NAME), StandardCharsets.UTF_8))) {
      out.write(String.join(",", COLUMNS.keySet()) + "\r\n");
      while (rows.hasNext()) {
        out.write(String.join(",", sdmx.line(rows.next())) + "\r\n");
        count++;
      }
    } catch (IOException e) {
      throw files.unwritable(NAME, e);
    }
    return count;
  }

  private List<String> line(Row row) {
    String indicator = row.getAs("indicator");
    boolean nation = row.getAs("level") instanceof Integer level && level == 0;
    String series = series(indicator);
    boolean official = series != null;
    String quality = row.getAs("quality");
    Object value = row.getAs("value");
    return List.of(
        "dataflow",
        official ? nation ? OFFICIAL : SUBNATIONAL : OWN,
        "I",
        "A",
        "N",
        official ? series : code(indicator.toUpperCase(Locale.ROOT)),
        nation ? area : area + "_" + code(row.getAs(Tables.AREA)),
        sex(row.getAs(Tables.SEX)),
        ofAllAges(indicator, row.getAs("unit")) ? TOTAL : age(row.getAs(Tables.AGE_BAND)),
        TOTAL,
        TOTAL,
        TOTAL,
        TOTAL,
        TOTAL,
        TOTAL,
        disability(row.getAs(Tables.DISABILITY)),
        TOTAL,
        TOTAL,
        Csv.field(row.getAs("year")),
        Csv.field(value),
        unit(row.getAs("unit")),
        "0",
        status(value, quality),
        "M",
        Csv.field(row.getAs("low")),
        Csv.field(row.getAs("high")),
        Csv.field(row.getAs("reason")));
  }

  /** The official series that an indicator is: coverage by the best operator; else null. */
  static @Nullable String series(String indicator) {
    String technology = indicator.startsWith(SDG) ? indicator.substring(SDG.length()) : "";
    return TECHNOLOGIES.contains(technology)
        ? "IT_MOB_" + technology.toUpperCase(Locale.ROOT) + "NTWK"
        : null;
  }

  /** Only SDG 9.c.1 counts all ages; a price is nobody's. */
  private static boolean ofAllAges(String indicator, String unit) {
    return indicator.startsWith(SDG)
        || indicator.startsWith("basket_")
        || indicator.startsWith("itu_")
        || unit.equals("money");
  }

  private static String sex(String sex) {
    return switch (sex) {
      case "female" -> "F";
      case "male" -> "M";
      default -> TOTAL;
    };
  }

  /** A band of ages, as 15-24, 65+ or all, which are 15 and over. */
  static String age(String band) {
    if (band.equals(Tables.ALL)) {
      return "Y_GE15";
    }
    return band.endsWith("+")
        ? "Y_GE" + band.substring(0, band.length() - 1)
        : "Y" + band.replace("-", "T");
  }

  /** A number by M49, as 68: CL_AREA has no zeros before it. */
  static String area(String stated) {
    return stated.replaceFirst("^0+(?=[0-9]+$)", "");
  }

  private static String disability(String disability) {
    return switch (disability) {
      case "any" -> "PD";
      case "none" -> "PWD";
      default -> TOTAL;
    };
  }

  private String unit(String unit) {
    return switch (unit) {
      case "percent" -> "PT";
      case "persons" -> "NUMBER";
      case "ratio" -> "RO";
      case "money" -> money;
      default -> unit.toUpperCase(Locale.ROOT);
    };
  }

  private static String status(@Nullable Object value, String quality) {
    if (quality.equals("suppressed")) {
      return "Q";
    }
    if (value == null) {
      return "O";
    }
    return quality.equals("unreliable") ? "U" : "E";
  }

  /** A text as a code may be: other signs become $ and their number, so that no two are alike. */
  static String code(String text) {
    StringBuilder code = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '-');
              code.append(plain ? Character.toString(c) : "$" + Integer.toHexString(c) + "$");
            });
    return code.toString();
  }
}
