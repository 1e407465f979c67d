package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Note;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.TerrainGrid;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The counts of what is left out or assumed, against tables that are counted by hand. */
@ExtendWith(SparkExtension.class)
class NotesTest {
  /** The tile of a node of 100 a degree, at which alone no height is known. */
  private static Row tile(double lat, double lon) {
    TerrainGrid grid = new TerrainGrid(100);
    int row = (int) Math.rint(grid.row(lat));
    int column = (int) Math.rint(grid.column(lon));
    byte[] heights = new byte[2 * TerrainGrid.TILE_NODES];
    heights[2 * TerrainGrid.position(row, column)] = (byte) (TerrainGrid.UNKNOWN >> 8);
    return RowFactory.create(TerrainGrid.tile(row), TerrainGrid.tile(column), 100, heights, 1);
  }

  @Test
  void countsWhatTheStagesLeftOutOrAssumed(SparkSession spark) {
    Map<Table, Dataset<Row>> tables =
        new HashMap<>(
            Map.of(
                Tables.AREAS,
                rows(
                    spark,
                    Tables.AREAS,
                    """
                    area, parent, level, name, geometry
                    C,    ,       0,     C,    POLYGON ((0 0; 2 0; 2 1; 0 1; 0 0))
                    W,    C,      1,     W,    POLYGON ((0 0; 1 0; 1 1; 0 1; 0 0))
                    E,    C,      1,     E,    POLYGON ((1 0; 2 0; 2 1; 1 1; 1 0))
                    """),
                Tables.CENSUS,
                rows(
                    spark,
                    Tables.CENSUS,
                    """
                    area, sex, age_band, disability, persons
                    C,    all, all,      all,        100
                    W,    all, all,      all,        90
                    E,    all, all,      all,        12.5
                    """),
                Tables.SETTLEMENTS,
                rows(
                    spark,
                    Tables.SETTLEMENTS,
                    """
                    lon, lat, weight, area
                    0.5, 0.5, 3,      W
                    1.5, 0.5, 2,
                    1.5, 0.6, 0,
                    5.0, 5.0, 7,
                    6.0, 5.0, 7,
                    6.0, 5.0, 7,      E
                    """),
                Tables.POPULATION,
                rows(
                    spark,
                    Tables.POPULATION,
                    """
                    place, area, sex, age_band, disability, persons_micro, age_split
                    1,     W,    all, 0-14,     all,        20,            true
                    1,     W,    all, 15+,      all,        30,            true
                    2,     E,    all, 15+,      all,        40,            false
                    """),
                Tables.KNOWN_COVERAGE,
                rows(
                    spark,
                    Tables.KNOWN_COVERAGE,
                    """
                    area, cells, known
                    C,    9,     true
                    W,    9,     true
                    E,    0,     false
                    """),
                Tables.COVERAGE,
                rows(
                    spark,
                    Tables.COVERAGE,
                    """
                    place, operator, technology, source, defaults_used, stated_share, modelled_share
                    1,     A,        4G,         modelled, 0,             .2,           .7
                    1,     B,        4G,         modelled, 2,             ,
                    2,     B,        4G,         modelled, 1,             .75,          .5
                    """),
                Tables.CONNECTED,
                rows(
                    spark,
                    Tables.CONNECTED,
                    """
                    place, area, sex, age_band, disability, persons_micro, removed_micro, source
                    1,     W,    all, 15+,      all,        20,            5,             survey
                    2,     E,    all, 15+,      all,        ,              0,             none
                    """)));
    tables.putAll(
        Map.of(
            Tables.COVERAGE_OFFSETS,
            rows(
                spark,
                Tables.COVERAGE_OFFSETS,
                """
                    technology, official_pct, before_pct, offset_db, after_pct
                    5G,         ,             10,           0,         10
                    4G,         86,           60,           12.3,      86.0001
                    3G,         90.5,         99,           -12,       93.04
                    2G,         99,           70,           12,        95
                    """),
            Tables.UNUSED_TARIFFS,
            rows(
                spark,
                Tables.UNUSED_TARIFFS,
                "operator, plan, technology, reason\na, p, 4G, promotion"),
            Tables.INCOME_DISTRIBUTIONS,
            rows(
                spark,
                Tables.INCOME_DISTRIBUTIONS,
                "area, sex, spread_shrunk\nW, all, true\nE, all, false"),
            Tables.MEASUREMENT,
            rows(
                spark,
                Tables.MEASUREMENT,
                """
                    leaf_kind, leaf, parent, operator, sex,    count, variance
                    area,      C,    ,       A,        female, 20,    40
                    area,      C,    ,       A,        male,   10,    40
                    area,      C,    ,       B,        female, 13,    40
                    area,      C,    ,       B,        male,   13,    40
                    area,      E,    C,      B,        all,    999,   40
                    """),
            Tables.SURVEY,
            rows(
                spark,
                Tables.SURVEY,
                """
                    respondent, area, sex, age_band, weight, connected
                    1,          W,    all, 15+,      2,      1
                    2,          W,    all, all,      2,      1
                    3,          W,    all, 15+,      0,      1
                    4,          W,    all, 0-14,     2,      1
                    """),
            Tables.COVERAGE_AGREEMENT,
            rows(spark, Tables.COVERAGE_AGREEMENT, "area, operator, technology\n"),
            Tables.CELL_HOMES,
            rows(
                spark,
                Tables.CELL_HOMES,
                """
                operator, area, parent, sex,    persons, variance, by_mast, cells_by_mast
                A,        C,    ,       all,    90,      4,        2.5,     2
                A,        W,    C,      all,    90,      4,        2.5,     2
                A,        C,    ,       female, 40,      4,        0,       0
                B,        C,    ,       all,    70,      4,        -9,      1
                """),
            Tables.RADIO_CELLS,
            rows(
                spark,
                Tables.RADIO_CELLS,
                """
                    cell, operator, technology, lon, lat
                    1,    A,        4G,         0.5, 0.5
                    2,    A,        4G,         0.5, 0.75
                    3,    A,        4G,         179, 0.5
                    """),
            Tables.TERRAIN,
            // 100 nodes a degree: the node at (0.75, 0.5) is not known, and 179 has no tile.
            spark.createDataFrame(List.of(tile(0.75, 0.5)), Tables.TERRAIN.schema())));
    Map<Note, Long> notes = Notes.of(tables);
    assertThat(notes)
        .containsExactly(
            Map.entry(Note.SETTLEMENTS_OUTSIDE_ALL_AREAS, 2L),
            Map.entry(Note.SETTLEMENTS_WITHOUT_PEOPLE, 1L),
            Map.entry(Note.PERSONS_SCALED_AWAY, 2_500_000L),
            Map.entry(Note.PERSONS_IN_BANDS_SPLIT_AT_15, 50L),
            Map.entry(Note.AREAS_NOT_KNOWN_TO_THE_CELL_LIST, 1L),
            Map.entry(Note.AREAS_NOT_KNOWN_WITHOUT_CELLS, 0L),
            Map.entry(Note.OPERATORS_PARTIAL, 0L),
            Map.entry(Note.COVERAGE_BY_DEFAULTS, 2L),
            Map.entry(Note.OFFICIAL_FIGURES_OUT_OF_REACH, 2L),
            Map.entry(Note.PERSONS_STATED_NOT_MODELLED, 10L),
            Map.entry(Note.PERSONS_MODELLED_NOT_STATED, 25L),
            Map.entry(Note.CELLS_OUTSIDE_TERRAIN, 2L),
            Map.entry(Note.TERRAIN_HOLES, 0L),
            Map.entry(Note.TARIFFS_NOT_USED, 1L),
            Map.entry(Note.INCOME_SPREADS_SHRUNK, 1L),
            Map.entry(Note.OPERATORS_WITHOUT_SUBSCRIBERS, 1L),
            Map.entry(Note.CELLS_WITHOUT_PEOPLE_IN_REACH, 3L),
            Map.entry(Note.PERSONS_COUNTED_AT_THE_MAST, 2_500_000L),
            Map.entry(Note.RESPONDENTS_LEFT_OUT, 2L),
            Map.entry(Note.PERSONS_CONNECTED_WITHOUT_COVERAGE, 5L));
    assertThat(Notes.named(tables))
        .isEqualTo(
            Map.of(
                Note.OFFICIAL_FIGURES_OUT_OF_REACH,
                "2G: official 99 %, reached 95.0 % at 12 dB;"
                    + " 3G: official 90.5 %, reached 93.0 % at -12 dB"));
    tables.put(Tables.RADIO_CELLS, rows(spark, Tables.RADIO_CELLS, "cell\n"));
    assertThat(Notes.of(tables))
        .containsEntry(Note.AREAS_NOT_KNOWN_TO_THE_CELL_LIST, 0L)
        .containsEntry(Note.AREAS_NOT_KNOWN_WITHOUT_CELLS, 1L);
  }
}
