package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Note;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The counts of what is left out or assumed, against tables that are counted by hand. */
@ExtendWith(SparkExtension.class)
class NotesTest {

  @Test
  void countsWhatTheStagesLeftOutOrAssumed(SparkSession spark) {
    Map<Note, Long> notes =
        Notes.of(
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
                    place, operator, technology, defaults_used
                    1,     A,        4G,         0
                    1,     B,        4G,         2
                    2,     B,        4G,         1
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
    assertThat(notes)
        .containsExactly(
            Map.entry(Note.SETTLEMENTS_OUTSIDE_ALL_AREAS, 2L),
            Map.entry(Note.SETTLEMENTS_WITHOUT_PEOPLE, 1L),
            Map.entry(Note.PERSONS_SCALED_AWAY, 2_500_000L),
            Map.entry(Note.PERSONS_IN_BANDS_SPLIT_AT_15, 50L),
            Map.entry(Note.AREAS_NOT_KNOWN_TO_THE_CELL_LIST, 1L),
            Map.entry(Note.COVERAGE_BY_DEFAULTS, 2L),
            Map.entry(Note.TERRAIN_HOLES, 0L),
            Map.entry(Note.PERSONS_CONNECTED_WITHOUT_COVERAGE, 5L));
  }
}
