package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.openlineage.client.OpenLineage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Reads events with OpenLineage's own classes, and finds fields that these do not know. */
final class LineageReader {
  /** Refuses fields that the classes do not have. */
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private LineageReader() {}

  static void readsStrictly(Path file) throws IOException {
    Set<String> types = new HashSet<>();
    for (String line : Files.readAllLines(file)) {
      OpenLineage.RunEvent event = JSON.readValue(line, OpenLineage.RunEvent.class);
      assertThat(event.getJob().getName()).startsWith("run.");
      assertThat(event.getInputs()).isNotEmpty();
      noUnknown(event, new IdentityHashMap<>(), types);
      assertThat(timed(JSON.writeValueAsString(event))).isEqualTo(timed(line));
    }
    assertThat(types)
        .contains(
            "SchemaDatasetFacet",
            "DataQualityMetricsInputDatasetFacet",
            "DataQualityAssertionsDatasetFacet",
            "OutputStatisticsOutputDatasetFacet",
            "ProcessingEngineRunFacet",
            "JobTypeJobFacet");
  }

  /** The event with its time in one way of writing. */
  private static JsonNode timed(String json) throws IOException {
    ObjectNode event = (ObjectNode) JSON.readTree(json);
    return event.put(
        "eventTime", ZonedDateTime.parse(event.path("eventTime").asText()).toInstant().toString());
  }

  /** Facets that the classes do not know are kept aside by them; there must be none. */
  private static void noUnknown(Object at, Map<Object, Boolean> seen, Set<String> types) {
    if (at == null || seen.put(at, true) != null) {
      return;
    }
    if (at instanceof Collection<?> many) {
      many.forEach(one -> noUnknown(one, seen, types));
      return;
    }
    if (!at.getClass().getName().startsWith("io.openlineage.client.OpenLineage$")
        || at instanceof Enum<?>) {
      return;
    }
    types.add(at.getClass().getSimpleName());
    for (var getter : at.getClass().getMethods()) {
      if (getter.getName().startsWith("get") && getter.getParameterCount() == 0) {
        Object value;
        try {
          value = getter.invoke(at);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(getter.toString(), e);
        }
        if (getter.getName().equals("getAdditionalProperties")) {
          assertThat((Map<?, ?>) value).as(at.getClass().getSimpleName()).isEmpty();
        } else {
          noUnknown(value, seen, types);
        }
      }
    }
  }
}
