package org.inclusionmaps.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ComparabilityTest {
  @Test
  void dataThatCameOrWentIsToldInPlainWords() throws Exception {
    var then = new ObjectMapper().readTree("{\"code\": \"0.1\", \"missing\": [\"market\"]}");
    assertThat(Comparability.differences(then, MadeUpRun.context(Path.of("out"), "now")))
        .contains(
            "Data that was not there before: operators' shares of all subscribers (market).",
            "Data that was there before and is not now: operators' records of subscriptions"
                + " (subscriptions).");
  }
}
