package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Note;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;

/** What the stages of a run left out or assumed, counted from its tables in one pass. */
public final class Notes {
  private static final StructType SCHEMA =
      new StructType()
          .add("note", DataTypes.StringType, false)
          .add("amount", DataTypes.LongType, false);

  /** An official figure is met if coverage is no farther from it, points. */
  private static final double MET_PCT = 0.05;

  private static final Column OUT_OF_REACH =
      abs(col("official_pct").minus(col("after_pct"))).gt(MET_PCT);

  private Notes() {}

  /**
   * Counts all notes but those of files, which no table tells.
   *
   * @param tables all tables of a finished run
   * @return each note's number: rows, or millionths of a person; 0 where it did not happen
   */
  public static Map<Note, Long> of(Map<Table, Dataset<Row>> tables) {
    Map<Note, Long> notes = new EnumMap<>(Note.class);
    List.of(Note.values()).forEach(note -> notes.put(note, 0L));
    Dataset<Row> areas = InclusionStages.table(tables, Tables.AREAS);
    Dataset<Row> census = InclusionStages.table(tables, Tables.CENSUS);
    Dataset<Row> population = InclusionStages.table(tables, Tables.POPULATION);
    Dataset<Row> coverage = InclusionStages.table(tables, Tables.COVERAGE);
    Dataset<Row> cells = InclusionStages.table(tables, Tables.RADIO_CELLS);
    Dataset<Row> amounts =
        settlements(InclusionStages.table(tables, Tables.SETTLEMENTS), areas, census)
            .union(
                amount(
                    Note.PERSONS_SCALED_AWAY,
                    OwnPeople.scaledAway(areas, census),
                    col(Tables.PERSONS_MICRO)))
            .union(
                amount(
                    Note.PERSONS_IN_BANDS_SPLIT_AT_15,
                    population,
                    when(col("age_split"), col(Tables.PERSONS_MICRO))))
            .union(
                amount(
                    cells.isEmpty()
                        ? Note.AREAS_NOT_KNOWN_WITHOUT_CELLS
                        : Note.AREAS_NOT_KNOWN_TO_THE_CELL_LIST,
                    InclusionStages.table(tables, Tables.KNOWN_COVERAGE),
                    when(col("known"), 0L).otherwise(1L)))
            .union(
                amount(
                    Note.COVERAGE_BY_DEFAULTS,
                    coverage,
                    when(col("defaults_used").gt(0).and(col("source").equalTo("modelled")), 1L)))
            .union(
                amount(
                    Note.TARIFFS_NOT_USED,
                    InclusionStages.table(tables, Tables.UNUSED_TARIFFS),
                    lit(1L)))
            .union(
                amount(
                    Note.INCOME_SPREADS_SHRUNK,
                    InclusionStages.table(tables, Tables.INCOME_DISTRIBUTIONS),
                    when(col("spread_shrunk"), 1L)))
            .union(
                amount(
                    Note.OPERATORS_WITHOUT_SUBSCRIBERS,
                    unheard(InclusionStages.table(tables, Tables.MEASUREMENT)),
                    lit(1L)))
            .union(
                amount(
                    Note.RESPONDENTS_LEFT_OUT,
                    InclusionStages.table(tables, Tables.SURVEY),
                    when(GroupRates.tells(), 0L).otherwise(1L)))
            .union(
                amount(
                    Note.PERSONS_CONNECTED_WITHOUT_COVERAGE,
                    InclusionStages.table(tables, Tables.CONNECTED),
                    col("removed_micro")));
    if (tables.containsKey(Tables.COVERAGE_OFFSETS)) {
      amounts =
          amounts.union(
              amount(
                  Note.OFFICIAL_FIGURES_OUT_OF_REACH,
                  InclusionStages.table(tables, Tables.COVERAGE_OFFSETS),
                  when(OUT_OF_REACH, 1L)));
    }
    if (tables.containsKey(Tables.COVERAGE_AGREEMENT)) {
      Dataset<Row> beyond = CoverageAgreementStage.beyond(coverage, population);
      amounts =
          amounts
              .union(amount(Note.PERSONS_STATED_NOT_MODELLED, beyond, col("stated_only_micro")))
              .union(amount(Note.PERSONS_MODELLED_NOT_STATED, beyond, col("modelled_only_micro")));
    }
    if (tables.containsKey(Tables.CELL_HOMES)) {
      Dataset<Row> whole =
          InclusionStages.table(tables, Tables.CELL_HOMES)
              .where(col(Tables.SEX).equalTo(Tables.ALL).and(col("parent").isNull()));
      amounts =
          amounts
              .union(amount(Note.CELLS_WITHOUT_PEOPLE_IN_REACH, whole, col("cells_by_mast")))
              .union(amount(Note.PERSONS_COUNTED_AT_THE_MAST, whole, byMast()));
    }
    Dataset<Row> terrain = InclusionStages.table(tables, Tables.TERRAIN);
    if (!terrain.isEmpty()) {
      amounts =
          amounts.union(
              amount(Note.CELLS_OUTSIDE_TERRAIN, TerrainTiles.outside(cells, terrain), lit(1L)));
    }
    amounts
        .groupBy("note")
        .agg(sum("amount"))
        .where(col("sum(amount)").isNotNull())
        .collectAsList()
        .forEach(row -> notes.put(Note.valueOf(row.getString(0)), row.getLong(1)));
    return notes;
  }

  /**
   * Names what some notes count.
   *
   * @param tables all tables of a finished run
   * @return of the official figures out of reach, what is reached and with which offset; no other
   */
  public static Map<Note, String> named(Map<Table, Dataset<Row>> tables) {
    if (!tables.containsKey(Tables.COVERAGE_OFFSETS)) {
      return Map.of();
    }
    String figures =
        InclusionStages.table(tables, Tables.COVERAGE_OFFSETS)
            .where(OUT_OF_REACH)
            .collectAsList()
            .stream()
            .map(Notes::figure)
            .sorted()
            .collect(Collectors.joining("; "));
    return figures.isEmpty() ? Map.of() : Map.of(Note.OFFICIAL_FIGURES_OUT_OF_REACH, figures);
  }

  /** Operators whose persons at the top of the tree are within three standard errors of none. */
  private static Dataset<Row> unheard(Dataset<Row> measurement) {
    return measurement
        .where(col("parent").isNull())
        .groupBy(Tables.OPERATOR)
        .agg(sum("count").as("persons"), sum("variance").as("of_noise"))
        .where(col("persons").leq(sqrt(col("of_noise")).multiply(3)));
  }

  /** Persons may be below 0 by noise, but a note tells how many there are. */
  private static Column byMast() {
    return greatest(lit(0L), col("by_mast").multiply(Tables.MICRO).cast(DataTypes.LongType));
  }

  private static String figure(Row row) {
    return "%s: official %s %%, reached %s %% at %s dB"
        .formatted(
            row.getAs(Tables.TECHNOLOGY),
            plain(row.<Double>getAs("official_pct")),
            BigDecimal.valueOf(row.<Double>getAs("after_pct")).setScale(1, RoundingMode.HALF_EVEN),
            plain(row.<Double>getAs("offset_db")));
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static Dataset<Row> amount(Note note, Dataset<Row> rows, Column amount) {
    return rows.select(lit(note.name()).as("note"), amount.as("amount"));
  }

  /** A row for each settlement that became no point. */
  private static Dataset<Row> settlements(
      Dataset<Row> settlements, Dataset<Row> areas, Dataset<Row> census) {
    if (settlements.isEmpty()) {
      return settlements.sparkSession().createDataFrame(List.of(), SCHEMA);
    }
    AreaHomes homes = AreaHomes.of(areas, census);
    return AreaLocator.locate(settlements, areas)
        .select(col(Tables.AREA), col(AreaLocator.FOUND), col("weight"))
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) rows -> leftOut(rows, homes), Encoders.row(SCHEMA));
  }

  private static Iterator<Row> leftOut(Iterator<Row> rows, AreaHomes homes) {
    long[] left = new long[2];
    rows.forEachRemaining(
        row -> {
          if (row.isNullAt(0) && row.isNullAt(1)) {
            left[0]++;
          } else if (row.getDouble(2) <= 0
              || homes.of(row.getString(0), row.getString(1)).isEmpty()) {
            left[1]++;
          }
        });
    return List.of(
            RowFactory.create(Note.SETTLEMENTS_OUTSIDE_ALL_AREAS.name(), left[0]),
            RowFactory.create(Note.SETTLEMENTS_WITHOUT_PEOPLE.name(), left[1]))
        .iterator();
  }
}
