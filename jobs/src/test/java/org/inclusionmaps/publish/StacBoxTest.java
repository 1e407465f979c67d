package org.inclusionmaps.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.inclusionmaps.format.pmtiles.Bounds;
import org.inclusionmaps.publish.figures.Areas;
import org.inclusionmaps.publish.figures.Figures;
import org.inclusionmaps.publish.figures.Part;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Envelope;

class StacBoxTest {
  private static final List<Areas.Area> AREAS =
      List.of(
          area(1, new Envelope(0, 2, 10, 12)),
          area(1, new Envelope(2, 4, 10, 11)),
          area(2, new Envelope(0, 1, 10, 11)),
          area(10, new Envelope(5, 6, 15, 16)),
          area(3, new Envelope(1, 1, 10, 10)),
          area(4, new Envelope()));

  private static Areas.Area area(int level, Envelope box) {
    Figures nobody = new Figures(0, Collections.nCopies(Part.values().length, 0L));
    return new Areas.Area(level, "a", "A", "", true, box, nobody);
  }

  private static List<Object> corners(String file) {
    StacSet set = new StacSet("", null, true, null, List.of(file));
    return StacBox.of(set, AREAS, new Bounds(-1, 9, 7, 17)).corners();
  }

  @Test
  void filesOfAreasHaveTheBoxOfTheirLevel() {
    assertThat(corners("areas/level=1/part-0.parquet")).containsExactly(0.0, 10.0, 4.0, 12.0);
    assertThat(corners("areas/level=2/part-0.parquet")).containsExactly(0.0, 10.0, 1.0, 11.0);
    assertThat(corners("areas/level=10/part-0.parquet")).containsExactly(5.0, 15.0, 6.0, 16.0);
    assertThat(corners("areas.gpkg")).containsExactly(0.0, 10.0, 6.0, 16.0);
  }

  @Test
  void whatShowsMoreThanAreasOrHasNoExtentHasTheBoxOfTheRelease() {
    for (String file :
        List.of(
            "inclusion/resolution=8/part-0.parquet",
            "rasters/persons.tif",
            "areas/level=3/part-0.parquet",
            "areas/level=4/part-0.parquet")) {
      assertThat(corners(file)).as(file).containsExactly(-1.0, 9.0, 7.0, 17.0);
    }
  }
}
