package org.inclusionmaps.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.Map;

/**
 * The figures of an attempt as OpenMetrics text, for a collector that reads files: a driver that
 * runs at night is gone before anybody asks it. Source: OpenMetrics 1.0.
 */
final class TextMetrics {
  static final String NAME = "metrics.prom";

  private static final String PREFIX = "inclusion_";
  private static final String SUCCESS = PREFIX + "last_success_timestamp_seconds";

  /** Enough for milliseconds of 30 years, and far above what a sum of thousands is off by. */
  private static final MathContext DIGITS = new MathContext(12);

  private final StringBuilder text = new StringBuilder();
  private final String country;

  private TextMetrics(String country) {
    this.country = country;
  }

  /**
   * The text.
   *
   * @param before the text of the attempt before, or nothing: it tells the last success
   */
  static String of(JsonNode report, String country, Instant ended, String before) {
    TextMetrics metrics = new TextMetrics(country);
    RunGauges.NAMES.forEach(
        (name, help) -> {
          metrics.family(name, help);
          metrics.sample(name, RunGauges.value(name));
        });
    metrics.family("end_timestamp_seconds", "When the last attempt ended.");
    metrics.sample("end_timestamp_seconds", (double) ended.getEpochSecond());
    double success =
        report.path("attempt").path("exit_status").asInt(-1) == 0
            ? (double) ended.getEpochSecond()
            : earlier(before, country);
    metrics.family(
        SUCCESS.substring(PREFIX.length()), "When an attempt last ended well; NaN: never.");
    metrics.sample(SUCCESS.substring(PREFIX.length()), success);
    metrics.stages(report);
    metrics.feeds(report);
    return metrics.text + "# EOF\n";
  }

  /** The last success of the same country: an output folder may have been another's. */
  private static double earlier(String before, String country) {
    String own = SUCCESS + of(country);
    return before
        .lines()
        .filter(line -> line.startsWith(own))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .filter(value -> value.matches("[0-9.eE+]+"))
        .mapToDouble(Double::parseDouble)
        .findFirst()
        .orElse(Double.NaN);
  }

  private void stages(JsonNode report) {
    family("stage_duration_seconds", "Time of a stage by the clock; 0: it was there already.");
    for (JsonNode stage : report.path("stages")) {
      sample(
          "stage_duration_seconds",
          stage.path("seconds").asDouble(),
          Map.of("stage", stage.path("stage").asText()));
    }
  }

  private void feeds(JsonNode report) {
    family("feed_rows", "Rows of the feeds of a table, by what became of them.");
    report
        .path("inputs")
        .properties()
        .forEach(
            table -> {
              long ok = 0;
              long refused = 0;
              long duplicate = 0;
              for (JsonNode feed : table.getValue()) {
                ok += feed.path("ok").asLong();
                refused += FeedFigures.refused(feed);
                duplicate += feed.path("duplicate").asLong();
              }
              feed(table.getKey(), "ok", ok);
              feed(table.getKey(), "quarantined", refused);
              feed(table.getKey(), "duplicate", duplicate);
            });
  }

  private void feed(String table, String outcome, long rows) {
    sample("feed_rows", (double) rows, Map.of("table", table, "outcome", outcome));
  }

  private void family(String name, String help) {
    text.append("# TYPE ").append(PREFIX).append(name).append(" gauge\n");
    text.append("# HELP ").append(PREFIX).append(name).append(' ').append(help).append('\n');
  }

  private void sample(String name, double value) {
    sample(name, value, Map.of());
  }

  private void sample(String name, double value, Map<String, String> labels) {
    text.append(PREFIX).append(name).append(of(country));
    labels.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            label ->
                text.append(',')
                    .append(label.getKey())
                    .append("=\"")
                    .append(escaped(label.getValue()))
                    .append('"'));
    text.append("} ").append(number(value)).append('\n');
  }

  /** Whole numbers as they are; others without the tail that a sum of binary fractions has. */
  private static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value).replace("Infinity", "Inf");
    }
    BigDecimal exact = BigDecimal.valueOf(value);
    return (value == Math.rint(value) ? exact : exact.round(DIGITS))
        .stripTrailingZeros()
        .toPlainString();
  }

  private static String of(String country) {
    return "{country=\"" + escaped(country) + '"';
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
