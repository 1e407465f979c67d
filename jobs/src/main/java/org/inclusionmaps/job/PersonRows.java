package org.inclusionmaps.job;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.ingest.Ingest;
import org.inclusionmaps.ingest.IngestContext;
import org.inclusionmaps.ingest.Ingested;

/**
 * Subscriptions under their contract, less those that must not or need not be counted: who asked to
 * be erased; who used no data in 30 days, where that is told; who has no key of a person, where
 * persons are counted by it.
 */
final class PersonRows {
  private static final String WHY = "_why";
  private static final String HOME_CELL = "home_cell";

  /** The home of who is at a cell that the list does not have: no frame has it either. */
  private static final long NOT_IN_LIST = -1;

  private static final StructType RADIO_CELLS =
      new StructType()
          .add("_operator", DataTypes.StringType, false)
          .add("_cell", DataTypes.StringType, false)
          .add("_number", DataTypes.LongType, false);

  private PersonRows() {}

  /**
   * The sha256 of what persons are read from, by its path within the feed: the feed's files, those
   * of lookups, and the erasure list.
   */
  static SortedMap<String, String> files(Settings settings, SparkSession spark) {
    Map<String, List<FeedSettings>> feeds = new TreeMap<>();
    feeds.put(Tables.SUBSCRIPTIONS.name(), Feeds.of(settings, Tables.SUBSCRIPTIONS));
    String list = settings.personData().erasureList();
    if (list != null) {
      checkThere(list, spark.sparkContext().hadoopConfiguration());
      feeds.put("erasure_list", List.of(FeedSettings.at(list)));
    }
    SortedMap<String, String> files = new TreeMap<>();
    InputHashes.byTable(feeds, spark)
        .forEach((table, hashes) -> hashes.forEach((f, hash) -> files.put(table + "/" + f, hash)));
    return files;
  }

  private static void checkThere(String list, Configuration hadoop) {
    if (!PersonZone.isThere(new Path(list), hadoop)) {
      throw new InclusionException(
          ErrorCode.INPUT_MISSING,
          "%s (person_data.erasure_list) does not exist; persons are not read without it. Put it there, or null where nobody asked to be erased"
              .formatted(list));
    }
  }

  /**
   * Writes the rows that go on into a folder, encrypted, and those refused into the quarantine.
   *
   * @param radioCells operator, cell and number of the radio cells that homes are told by: the
   *     number is written as the home's place; none where homes are told by places
   * @return rows left out, by reason: exact, so for encrypted files alone
   */
  static SortedMap<String, Long> write(
      SparkSession spark,
      Settings settings,
      List<Row> radioCells,
      PersonZone zone,
      Path to,
      Path quarantine) {
    try (Ingested ingested =
        Ingest.read(
            spark,
            Tables.SUBSCRIPTIONS,
            Feeds.of(settings, Tables.SUBSCRIPTIONS),
            IngestContext.of(settings, Map.of()))) {
      Dataset<Row> homes =
          radioCells.isEmpty() ? ingested.rows() : atCells(spark, ingested.rows(), radioCells);
      Dataset<Row> judged = judged(spark, homes, settings);
      zone.write(
          judged
              .where(col(WHY).isNull())
              .select(
                  Tables.SUBSCRIPTIONS.columns().stream()
                      .filter(column -> !column.equals(HOME_CELL))
                      .map(functions::col)
                      .toArray(Column[]::new)),
          to);
      if (ingested.quarantineCount() > 0) {
        zone.write(ingested.quarantined(), quarantine);
      }
      SortedMap<String, Long> leftOut = new TreeMap<>();
      leftOut.put("duplicate", ingested.duplicate());
      ingested.rejected().forEach((reason, rows) -> leftOut.put("refused: " + reason, rows));
      for (Row row : judged.where(col(WHY).isNotNull()).groupBy(WHY).count().collectAsList()) {
        leftOut.put(row.getString(0), row.getLong(1));
      }
      return leftOut;
    }
  }

  /** Numbers of home cells in place of home places. A cell is found by its operator and name. */
  private static Dataset<Row> atCells(SparkSession spark, Dataset<Row> rows, List<Row> radioCells) {
    Dataset<Row> list = broadcast(spark.createDataFrame(radioCells, RADIO_CELLS));
    return rows.join(
            list,
            col(Tables.OPERATOR)
                .equalTo(col("_operator"))
                .and(col(HOME_CELL).equalTo(col("_cell"))),
            "left")
        .withColumn(
            "home_place",
            when(col(HOME_CELL).isNotNull(), coalesce(col("_number"), lit(NOT_IN_LIST))));
  }

  private static Dataset<Row> judged(SparkSession spark, Dataset<Row> rows, Settings settings) {
    Dataset<Row> known = rows;
    Column erased = lit(false);
    String list = settings.personData().erasureList();
    if (list != null) {
      for (String column : List.of("sim", "person")) {
        String found = "_erased_" + column;
        known = known.join(pseudonyms(spark, list, found), col(column).equalTo(col(found)), "left");
        erased = erased.or(col(found).isNotNull());
      }
    }
    Column why = when(erased, lit("erased")).when(col("data_mb_30").leq(0), lit("no_data_used"));
    if (settings.privacy().simsPerPerson() == null) {
      return known.withColumn(WHY, why.when(col("person").isNull(), lit("no_person")));
    }
    // SIMs are counted, so the key of a person must not join them.
    return known.withColumn(WHY, why).withColumn("person", lit(null).cast("string"));
  }

  /** The pseudonyms of a list: a line each; empty lines and those that begin with # are none. */
  private static Dataset<Row> pseudonyms(SparkSession spark, String list, String name) {
    return spark
        .read()
        .text(list)
        .select(trim(col("value")).as(name))
        .where(functions.length(col(name)).gt(0).and(functions.not(col(name).startsWith("#"))))
        .distinct();
  }
}
