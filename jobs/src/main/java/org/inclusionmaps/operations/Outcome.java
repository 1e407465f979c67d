package org.inclusionmaps.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook is told of an attempt. The message of a failure is left out: it can hold a value
 * of a feed, and this goes to others. The code, what to do, and where the report lies are told.
 */
final class Outcome {
  private Outcome() {}

  /**
   * What is told.
   *
   * @param page of the attempt; null if it left none
   */
  static ObjectNode of(JsonNode report, @Nullable Path page) {
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.put("country", report.path("country").asText());
    told.put("run", report.path("run").asText());
    JsonNode attempt = report.path("attempt");
    for (String field :
        new String[] {
          "attempt",
          "outcome",
          "exit_status",
          "code",
          "remedy",
          "release",
          "started",
          "ended",
          "seconds"
        }) {
      told.set(field, attempt.path(field).isMissingNode() ? null : attempt.path(field));
    }
    told.put("report", page == null ? null : page.toString());
    return told;
  }
}
