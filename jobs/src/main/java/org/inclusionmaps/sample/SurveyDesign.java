package org.inclusionmaps.sample;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;

/**
 * A household survey: strata of province and settlement type, enumeration areas drawn in proportion
 * to their persons by a systematic walk, and twenty adults in each. The countryside is drawn more
 * densely than its share.
 */
final class SurveyDesign {
  private static final int ADULTS_EACH = 20;
  private static final double AREAS_AT_SCALE_ONE = 125;
  private static final double PERSONS_AN_AREA_AT_LEAST = 1_600;
  private static final double RURAL_FACTOR = 1.4;

  private static final String EA = "enumeration_area";
  private static final String STRATUM = "stratum";

  private static final StructType ASKED =
      new StructType()
          .add(EA, DataTypes.StringType)
          .add(Tables.AREA, DataTypes.StringType)
          .add(Tables.SETTLEMENT_TYPE, DataTypes.StringType)
          .add("person", DataTypes.LongType)
          .add("order", DataTypes.LongType)
          .add("adult", DataTypes.BooleanType)
          .add(Tables.SEX, DataTypes.StringType)
          .add(Tables.AGE_BAND, DataTypes.StringType)
          .add("connected", DataTypes.DoubleType);

  private SurveyDesign() {}

  /** Homes to the table of the survey. */
  static Dataset<Row> survey(
      SparkSession spark, Dataset<Row> homes, SampleSettings settings, Land land, People people) {
    Draws draws = new Draws(settings.seed());
    Column urban = col("kind").isin("capital", "city", "town");
    Column type = when(urban, "urban").otherwise("rural");
    Column province = regexp_replace(col(Tables.AREA), "-[0-9]+$", "");
    Dataset<Row> placed = homes.withColumn(STRATUM, concat_ws("-", province, type));
    Dataset<Row> drawn = drawn(spark, placed, strata(settings, land));
    Dataset<Row> chosen = homes.join(broadcast(drawn.select(EA)), EA);
    Dataset<Row> asked =
        Persons.of(chosen, people, (home, place, person, all) -> asked(home, person, draws), ASKED);
    WindowSpec inArea = Window.partitionBy(EA);
    return asked
        .where(col("adult"))
        .withColumn("nth", row_number().over(inArea.orderBy("order", "person")))
        .withColumn("adults", count(lit(1)).over(inArea))
        .join(broadcast(drawn), EA)
        .where(col("nth").leq(lit(ADULTS_EACH).multiply(col("hits"))))
        .select(
            concat_ws("-", col(EA), lpad(col("nth").cast("string"), 2, "0")).as("respondent"),
            col(Tables.AREA),
            col(Tables.SETTLEMENT_TYPE),
            col(STRATUM),
            col(EA).as("psu"),
            weight().as("weight"),
            col(Tables.SEX),
            col(Tables.AGE_BAND),
            col("connected"));
  }

  /** Persons that an adult who was asked stands for. */
  private static Column weight() {
    Column taken = least(lit(ADULTS_EACH).multiply(col("hits")), col("adults"));
    Column areas = col("hits").multiply(col("interval")).divide(col("size"));
    return round(areas.multiply(col("adults")).divide(taken), 3);
  }

  private static Row asked(Home home, Person person, Draws draws) {
    return RowFactory.create(
        home.enumerationArea(),
        home.area(),
        home.kind().settlementType(),
        person.id(),
        draws.bits(What.RESPONDENT, person.id(), 0),
        person.adult(),
        person.sex().label(),
        person.ageBand(),
        person.connected() ? 1.0 : 0.0);
  }

  /** The enumeration areas that the walk steps on, and how often. */
  private static Dataset<Row> drawn(SparkSession spark, Dataset<Row> homes, List<Row> strata) {
    StructType schema =
        new StructType()
            .add(STRATUM, DataTypes.StringType)
            .add("interval", DataTypes.DoubleType)
            .add("start", DataTypes.DoubleType);
    WindowSpec walk =
        Window.partitionBy(STRATUM)
            .orderBy(EA)
            .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Column after = steps(col("upTo"));
    Column before = steps(col("upTo").minus(col("size")));
    return homes
        .groupBy(STRATUM, EA)
        .agg(sum("persons").as("size"))
        .withColumn("upTo", sum("size").over(walk))
        .join(broadcast(spark.createDataFrame(strata, schema)), STRATUM)
        .withColumn("hits", after.minus(before))
        .where(col("hits").gt(0))
        .select(STRATUM, EA, "size", "interval", "hits");
  }

  private static Column steps(Column persons) {
    return floor(persons.minus(col("start")).divide(col("interval")));
  }

  /** The strata: name, persons from one step to the next, first step. */
  private static List<Row> strata(SampleSettings settings, Land land) {
    Map<String, Long> persons = new TreeMap<>();
    for (District district : land.districts()) {
      String province = Land.provinceId(district.province());
      persons.merge(province + "-urban", district.seatPersons(), Long::sum);
      persons.merge(province + "-rural", district.ruralPersons(), Long::sum);
    }
    double wanted =
        StrictMath.min(
            AREAS_AT_SCALE_ONE * settings.crowding(),
            settings.persons() / PERSONS_AN_AREA_AT_LEAST);
    Draws draws = new Draws(settings.seed());
    List<Row> rows = new ArrayList<>();
    double total = 0;
    for (Map.Entry<String, Long> stratum : persons.entrySet()) {
      total += stratum.getValue() * factor(stratum.getKey());
    }
    for (Map.Entry<String, Long> stratum : persons.entrySet()) {
      if (stratum.getValue() > 0) {
        double share = stratum.getValue() * factor(stratum.getKey()) / total;
        double number = StrictMath.max(2, StrictMath.rint(wanted * share));
        double interval = stratum.getValue() / number;
        double start = interval * draws.uniform(What.PSU, rows.size());
        rows.add(RowFactory.create(stratum.getKey(), interval, start));
      }
    }
    return rows;
  }

  private static double factor(String stratum) {
    return stratum.endsWith("rural") ? RURAL_FACTOR : 1;
  }
}
