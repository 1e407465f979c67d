package org.inclusionmaps.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/** Feeds from outside to the rows of a contract table. */
public final class Ingest {
  private Ingest() {}

  /** Tables whose rows are persons: no value of theirs is shown in messages or quarantine. */
  private static final Set<String> PERSONAL = Set.of("subscriptions", "survey");

  /**
   * Reads all feeds of a table, once: the rows are held on memory and disk until the result is
   * closed, since texts cost more to parse than to keep.
   *
   * @param feeds one or more; the rows of all of them are the table
   * @return the rows that meet the contract, and the account of the others
   * @throws InclusionException {@link ErrorCode#INPUT_MISSING} without a file, {@link
   *     ErrorCode#CONTRACT_BROKEN} if a feed cannot be read or more of its rows are bad than its
   *     settings allow, {@link ErrorCode#SETTINGS_WRONG} if the settings do not fit the table
   */
  public static Ingested read(SparkSession spark, Table table, List<FeedSettings> feeds) {
    Held held = new Held();
    try {
      return read(spark, table, feeds, held);
    } catch (RuntimeException e) {
      held.close();
      throw e;
    }
  }

  private static Ingested read(
      SparkSession spark, Table table, List<FeedSettings> feeds, Held held) {
    Dataset<Row> all = null;
    List<FeedTally> tallies = new ArrayList<>();
    Column value = shown(table, col(FeedMapping.PROBLEM).getField("value"));
    for (int i = 0; i < feeds.size(); i++) {
      Source source = source(spark, table, feeds.get(i));
      Observation files = new Observation("rows of feed " + i);
      Dataset<Row> mapped =
          held.hold(FeedMapping.map(spark, table, feeds.get(i), source.observed(files), i));
      FeedTally tally = FeedTally.of(table, feeds.get(i), source.format(), mapped, files, value);
      tally.check(table);
      tallies.add(tally);
      all = all == null ? mapped : all.unionByName(mapped);
    }
    if (all == null) {
      throw Refusals.setting(table, " names no feed; add one with its path");
    }
    Dataset<Row> good = all.where(col(FeedMapping.KIND).equalTo(FeedMapping.OK));
    Dataset<Row> bad =
        quarantine(
            table,
            all.where(col(FeedMapping.KIND).equalTo(FeedMapping.REJECTED)),
            col(FeedMapping.PROBLEM).getField("reason"),
            col(FeedMapping.PROBLEM).getField("column"),
            value);
    if (table.key().isEmpty()) {
      List<FeedCount> counts =
          tallies.stream().map(tally -> tally.account(tally.ok(), tally.mended())).toList();
      Column[] columns = table.columns().stream().map(functions::col).toArray(Column[]::new);
      return new Ingested(good.select(columns), bad, counts, held::close);
    }
    return byKey(table, good, bad, tallies, held);
  }

  private static Ingested byKey(
      Table table, Dataset<Row> good, Dataset<Row> bad, List<FeedTally> tallies, Held held) {
    Keys keys = new Keys(table, good);
    Column shown = shown(table, keys.shown());
    String paths =
        tallies.stream().map(tally -> tally.feed().path()).collect(Collectors.joining(", "));
    Map<Integer, Keys.Outcome> outcomes =
        Keys.outcomes(Passes.collect(table, paths, "a feed", keys.counts(shown)), tallies);
    List<FeedCount> counts = new ArrayList<>();
    for (int i = 0; i < tallies.size(); i++) {
      FeedTally tally = tallies.get(i);
      Keys.Outcome outcome = outcomes.getOrDefault(i, new Keys.Outcome(0, 0, 0, ""));
      if (outcome.atOdds() > 0) {
        tally =
            tally.refusing(
                new FeedTally.Problem(keys.reason(), null, outcome.atOdds(), outcome.first()));
        tally.check(table);
      }
      counts.add(tally.account(outcome.kept(), outcome.mended()));
    }
    Dataset<Row> atOdds =
        quarantine(
            table, keys.atOdds(), lit(keys.reason()), lit(String.join(", ", table.key())), shown);
    return new Ingested(keys.kept(), bad.unionByName(atOdds), counts, held::close);
  }

  private static Source source(SparkSession spark, Table table, FeedSettings feed) {
    return switch (feed.format()) {
      case CSV, OPENCELLID -> DelimitedText.read(spark, table, feed);
      case GEOJSON -> GeoJson.read(spark, table, feed.path());
      case GEOPARQUET, PARQUET -> ParquetFeed.read(spark, table, feed.path());
    };
  }

  private static Dataset<Row> quarantine(
      Table table, Dataset<Row> rows, Column reason, Column column, Column value) {
    return rows.select(
        lit(table.name()).as("table"),
        col(Source.FILE).as("file"),
        col(Source.ROW).as("row"),
        reason.as("reason"),
        column.as("column"),
        value.cast(DataTypes.StringType).as("value"));
  }

  private static Column shown(Table table, Column value) {
    return PERSONAL.contains(table.name()) ? lit("not shown: rows are persons") : value;
  }
}
