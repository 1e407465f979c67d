package org.inclusionmaps.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.publish.figures.Figures;
import org.inclusionmaps.publish.rasters.RasterAccount;
import org.inclusionmaps.publish.rasters.RasterMeasure;
import org.junit.jupiter.api.Test;

class ReleaseCheckTest {
  @Test
  void aRasterThatHasLostPersonsIsRefused() {
    Figures country =
        new Figures(10_000_000, List.of(4_000_000L, 0L, 0L, 0L, 0L, 6_000_000L, 0L, 0L));
    ReleaseCheck check = new ReleaseCheck();
    check.rasters(
        List.of(
            account(RasterMeasure.PERSONS, 0, 10), account(RasterMeasure.LACKING_PERSONS, 0, 4)),
        country);
    assertThat(check.passed()).hasSize(1);
    assertThatThrownBy(
            () -> check.rasters(List.of(account(RasterMeasure.PERSONS, 0, 9.99999)), country))
        .isInstanceOf(InclusionException.class)
        .hasMessageContaining(
            "level 0 of rasters/persons.tif counts 9.99999 persons, the table 10.0");
    assertThatThrownBy(
            () -> check.rasters(List.of(account(RasterMeasure.LACKING_PERSONS, 1, 4.001)), country))
        .hasMessageContaining("level 1 of rasters/lacking_persons.tif");
    assertThatThrownBy(
            () -> check.rasters(List.of(account(RasterMeasure.LACKING_PCT, 0, 100.1)), country))
        .hasMessageContaining("has numbers from 0.0 to 100.1");
  }

  private static RasterAccount account(RasterMeasure measure, int level, double sum) {
    return new RasterAccount(measure, level, 1, sum, 0, sum);
  }
}
