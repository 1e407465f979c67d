package org.inclusionmaps.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextMetricsTest {
  private static final String LAST = "inclusion_last_success_timestamp_seconds{country=\"XA\"} ";

  private static String text(int exit, long at, String before) throws IOException {
    JsonNode report =
        new ObjectMapper().readTree("{\"attempt\": {\"exit_status\": %d}}".formatted(exit));
    return TextMetrics.of(report, "XA", Instant.ofEpochSecond(at), before);
  }

  @Test
  void aFailureKeepsTheTimeOfTheLastSuccess() throws IOException {
    String good = text(0, 1_800_000_000L, "");
    assertThat(good).contains(LAST + "1800000000\n");
    String bad = text(4, 1_800_086_400L, good);
    assertThat(bad).contains(LAST + "1800000000\n");
    assertThat(text(4, 1_800_172_800L, bad)).contains(LAST + "1800000000\n");
  }

  @Test
  void withoutASuccessItsTimeIsNotKnown() throws IOException {
    assertThat(text(6, 1_800_000_000L, "")).contains(LAST + "NaN\n");
  }

  @Test
  void aSuccessOfAnotherCountryInTheSameFolderIsNotItsOwn() throws IOException {
    String other = text(0, 1_800_000_000L, "").replace("XA", "XAB");
    assertThat(text(4, 1_800_086_400L, other)).contains(LAST + "NaN\n");
  }

  @ParameterizedTest
  @CsvSource({
    "0.30000000000000004, 0.3",
    "0.000015, 0.000015",
    "1234.5, 1234.5",
    "20260131, 20260131",
    "9007199254740992, 9007199254740992",
    "3e15, 3000000000000000",
    "-0.0, 0",
    "0, 0"
  })
  void numbersArePlain(double seconds, String written) throws IOException {
    JsonNode report =
        new ObjectMapper()
            .readTree("{\"stages\": [{\"stage\": \"a\", \"seconds\": %s}]}".formatted(seconds));
    assertThat(TextMetrics.of(report, "XA", Instant.EPOCH, ""))
        .contains("inclusion_stage_duration_seconds{country=\"XA\",stage=\"a\"} " + written + "\n");
  }

  @Test
  void labelsAreEscaped() throws IOException {
    JsonNode report =
        new ObjectMapper()
            .readTree("{\"stages\": [{\"stage\": \"a \\\"b\\\\ \\n c\", \"seconds\": 1.5}]}");
    assertThat(TextMetrics.of(report, "XA", Instant.EPOCH, ""))
        .contains(
            "inclusion_stage_duration_seconds{country=\"XA\",stage=\"a \\\"b\\\\ \\n c\"} 1.5\n");
  }
}
