package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.inclusionmaps.contract.Tables;
import org.junit.jupiter.api.Test;

class RunReportTest {
  @Test
  void aFeedThatNoRunReadsIsNotMissing() throws IOException {
    RunReport report = new RunReport("run", "code", "build", Map.of());
    report.missing(Tables.SURVEY);
    report.missing(Tables.SUBSCRIPTIONS);
    JsonNode told = new ObjectMapper().readTree(report.json()).path("missing");
    assertThat(told).extracting(JsonNode::asText).containsExactly("survey");
  }
}
