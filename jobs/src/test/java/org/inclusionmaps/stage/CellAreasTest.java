package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two squares with people in the middle of each; masts in them, at sea, and in a gap. */
@ExtendWith(SparkExtension.class)
class CellAreasTest {
  @Test
  void aMastThatStandsInNoAreaGoesToTheNearestPeople(SparkSession spark) {
    long west = Places.at(0.5, 0.5, 8);
    long east = Places.at(2.5, 0.5, 8);
    var areas =
        rows(
            spark,
            Tables.AREAS,
            """
            area, parent, level, name, geometry
            C,    ,       0,     C,    POLYGON ((0 0; 3 0; 3 1; 0 1; 0 0))
            W,    C,      1,     W,    POLYGON ((0 0; 1 0; 1 1; 0 1; 0 0))
            E,    C,      1,     E,    POLYGON ((2 0; 3 0; 3 1; 2 1; 2 0))
            """);
    var cells =
        rows(
            spark,
            Tables.RADIO_CELLS,
            """
            cell, operator, technology, lon, lat
            w,    A,        4G,         0.9, 0.5
            e,    B,        4G,         2.1, 0.5
            sea,  A,        4G,         0.5, -0.2
            gap,  A,        4G,         1.6, 0.5
            """);
    // The east's place is shared with the west, which has fewer of its people.
    var population =
        rows(
            spark,
            Tables.POPULATION,
            """
            place, area, sex, age_band, disability, persons_micro, age_split
            %d, W, all, all, all, 5000000, false
            %d, W, all, all, all, 4000000, false
            %d, E, female, all, all, 3000000, false
            %d, E, male, all, all, 3000000, false
            """
                .formatted(west, east, east, east));
    var found =
        CellAreas.of(
            Map.of(Tables.AREAS, areas, Tables.RADIO_CELLS, cells, Tables.POPULATION, population),
            1);
    assertThat(found)
        .extracting(row -> "%s %s %s %s".formatted(row.get(0), row.get(1), row.get(2), row.get(3)))
        .containsExactly("B e E true", "A gap E false", "A sea W false", "A w W true");
    assertThat(
            CellAreas.of(
                Map.of(
                    Tables.AREAS, areas, Tables.RADIO_CELLS, cells, Tables.POPULATION, population),
                0))
        .extracting(row -> "%s %s %s".formatted(row.get(1), row.get(2), row.get(3)))
        .containsExactly("e E true", "gap C true", "sea W false", "w W true");
  }
}
