package org.inclusionmaps.publish.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.inclusionmaps.contract.Note;
import org.junit.jupiter.api.Test;

class FindingsTest {
  @Test
  void anAssumptionNamesWhatItCountsWhereThatIsTold() {
    assertThat(
            Findings.assumptions(
                Map.of(
                    Note.OFFICIAL_FIGURES_OUT_OF_REACH,
                    1L,
                    Note.TERRAIN_HOLES,
                    0L,
                    Note.PERSONS_SCALED_AWAY,
                    2_500_000_000L),
                Map.of(
                    Note.OFFICIAL_FIGURES_OUT_OF_REACH,
                    "4G: official 86 %, reached 71.7 % at 12 dB")))
        .containsExactly(
            "Sub-areas counted 2,500 persons more than the areas that hold them; they were scaled"
                + " down.",
            "1 official figures of coverage are farther from the model than signals 12 dB lower or"
                + " higher explain; coverage stops at that limit (4G: official 86 %, reached 71.7 %"
                + " at 12 dB).");
  }
}
