package org.inclusionmaps.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.config.ExpectSettings;
import org.inclusionmaps.config.ExpectSettings.Drift;
import org.inclusionmaps.config.ExpectSettings.Partial;
import org.inclusionmaps.contract.Field;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.jspecify.annotations.Nullable;

/** A feed's rows beside those of the current release, in all and operator by operator. */
final class Expectations {
  /** An operator with so many times its last rows is taken for one that came twice. */
  private static final double DOUBLED = 1.8;

  /** Columns of which 0 is a value like any other. */
  private static final Set<String> PLACES = Set.of("lon", "lat");

  /**
   * What was found of a feed.
   *
   * @param operators operator to its rows; one that is missing has 0, so that the next run knows it
   * @param partial operators that are missing, doubled or all zero, and labelled
   * @param told what a reader of the report should know
   */
  record Judged(Map<String, Long> operators, List<String> partial, List<String> told) {
    static final Judged NOTHING = new Judged(Map.of(), List.of(), List.of());
  }

  /** An operator's rows, and those of them that hold only zeros. */
  private record Rows(long all, long zero) {
    static final Rows NONE = new Rows(0, 0);
  }

  private final Table table;
  private final FeedTally tally;
  private final ExpectSettings expect;
  private final IngestContext.@Nullable EarlierFeed last;
  private final Map<String, Rows> operators;
  private final List<String> told = new ArrayList<>();

  private Expectations(
      Table table,
      FeedTally tally,
      IngestContext.@Nullable EarlierFeed last,
      Map<String, Rows> operators) {
    this.table = table;
    this.tally = tally;
    this.expect = tally.feed().expect();
    this.last = last;
    this.operators = operators;
  }

  /**
   * Judges the feeds of a table by what their settings expect.
   *
   * @param held the table's rows, with the columns of {@link MappedRows}
   */
  static List<Judged> judged(
      Table table, List<FeedTally> feeds, Dataset<Row> held, IngestContext context) {
    boolean asked = feeds.stream().anyMatch(feed -> feed.feed().expect().countsOperators());
    boolean counted =
        asked
            && table.find(Tables.OPERATOR).isPresent()
            && !RowMapping.PERSONAL.contains(table.name());
    Map<Integer, Map<String, Rows>> operators = counted ? operators(table, held) : Map.of();
    List<IngestContext.EarlierFeed> last = context.last().getOrDefault(table.name(), List.of());
    List<Judged> judged = new ArrayList<>();
    for (int i = 0; i < feeds.size(); i++) {
      ExpectSettings expect = feeds.get(i).feed().expect();
      if (expect.partial() != null && !counted) {
        throw Refusals.setting(
            table, ".expect.partial is for tables with a column operator, which this is not");
      }
      boolean alike = last.size() == feeds.size();
      judged.add(
          expect.countsOperators()
              ? new Expectations(
                      table,
                      feeds.get(i),
                      alike ? last.get(i) : null,
                      operators.getOrDefault(i, Map.of()))
                  .judge()
              : Judged.NOTHING);
    }
    return judged;
  }

  private static Map<Integer, Map<String, Rows>> operators(Table table, Dataset<Row> held) {
    Column zero = lit(true);
    boolean amounts = false;
    for (Field field : table.fields()) {
      if (field.type().equals(DataTypes.DoubleType)
          && !field.optional()
          && !PLACES.contains(field.name())) {
        zero = zero.and(col(field.name()).equalTo(0));
        amounts = true;
      }
    }
    Map<Integer, Map<String, Rows>> found = new HashMap<>();
    for (Row row :
        held.where(col("_kind").equalTo(MappedRows.OK))
            .groupBy("_feed", Tables.OPERATOR)
            .agg(count(lit(1)), sum(when(amounts ? zero : lit(false), 1L).otherwise(0L)))
            .collectAsList()) {
      if (!row.isNullAt(1)) {
        found
            .computeIfAbsent(row.getInt(0), feed -> new TreeMap<>())
            .put(row.getString(1), new Rows(row.getLong(2), row.getLong(3)));
      }
    }
    return found;
  }

  private Judged judge() {
    drift();
    List<String> partial = partial();
    Map<String, Long> rows = new TreeMap<>();
    operators.forEach((operator, found) -> rows.put(operator, found.all()));
    for (String operator : expected()) {
      rows.putIfAbsent(operator, 0L);
    }
    return new Judged(rows, partial, told);
  }

  private Set<String> expected() {
    Set<String> expected = new TreeSet<>(expect.operators());
    if (last != null) {
      expected.addAll(last.operators().keySet());
    }
    return expected;
  }

  private void drift() {
    Double most = expect.maxChangePct();
    if (most == null) {
      return;
    }
    if (last == null) {
      told.add(
          tally.feed().path() + " is not compared: there is no release yet, or it had other feeds");
      return;
    }
    List<String> changes = new ArrayList<>();
    changed("rows", last.ok(), tally.ok(), most, changes);
    last.operators()
        .forEach(
            (operator, before) ->
                changed(
                    "rows of " + operator,
                    before,
                    operators.getOrDefault(operator, Rows.NONE).all(),
                    most,
                    changes));
    if (changes.isEmpty()) {
      return;
    }
    String what = tally.feed().path() + " has " + String.join(", ", changes);
    if (expect.drift() == Drift.REFUSE) {
      throw Refusals.broken(
          table,
          "%s; at most %s %% is allowed. Deliver the feed again, or raise inputs.%s.expect.max_change_pct if it is right"
              .formatted(what, most, table.name()));
    }
    told.add(what);
  }

  private static void changed(
      String what, long before, long now, double most, List<String> changes) {
    double change = before == 0 ? 0 : Math.abs(now - before) * 100.0 / before;
    if (change > most) {
      changes.add(
          String.format(
              Locale.ROOT,
              "%,d %s where the current release had %,d (%.1f %% %s)",
              now,
              what,
              before,
              change,
              now < before ? "fewer" : "more"));
    }
  }

  private List<String> partial() {
    Partial policy = expect.partial();
    if (policy == null) {
      return List.of();
    }
    Map<String, String> found = new TreeMap<>();
    for (String operator : expected()) {
      if (!operators.containsKey(operator)) {
        found.put(operator, "has no rows");
      }
    }
    operators.forEach(
        (operator, rows) -> {
          long before = last == null ? 0 : last.operators().getOrDefault(operator, 0L);
          if (rows.zero() == rows.all()) {
            found.put(operator, "has zeros alone");
          } else if (before > 0 && rows.all() >= DOUBLED * before) {
            found.put(
                operator,
                "has %s rows where the current release had %s, as if it came twice"
                    .formatted(Refusals.thousands(rows.all()), Refusals.thousands(before)));
          }
        });
    List<String> words = new ArrayList<>();
    found.forEach((operator, why) -> words.add(operator + " " + why));
    if (!found.isEmpty() && policy == Partial.REFUSE) {
      throw Refusals.broken(
          table,
          "%s is partial: operator %s; deliver it again, or go on without by inputs.%s.expect.partial: label"
              .formatted(tally.feed().path(), String.join("; operator ", words), table.name()));
    }
    words.forEach(word -> told.add(tally.feed().path() + " is partial: operator " + word));
    return List.copyOf(found.keySet());
  }
}
