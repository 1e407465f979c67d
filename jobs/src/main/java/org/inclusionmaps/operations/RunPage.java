package org.inclusionmaps.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.inclusionmaps.store.Sha256;

/**
 * The run's report as a page: what an operator reads in the morning. It is made from the report's
 * JSON alone, shows parts of it that it does not know as they are, and loads nothing.
 */
final class RunPage {
  static final String NAME = "run-report.html";

  private static final Set<String> KNOWN =
      Set.of(
          "run",
          "code",
          "build",
          "schema_version",
          "settings",
          "inputs",
          "missing",
          "rows",
          "attempt",
          "stages",
          "country",
          "left_out_or_assumed");

  private static final String STYLE =
      """
      :root{color-scheme:light dark}
      body{font:16px/1.5 system-ui,sans-serif;max-width:76rem;margin:1.5rem auto;padding:0 1rem}
      h1{font-size:1.5rem;line-height:1.3;margin:.2rem 0}h2{font-size:1.15rem;margin:2rem 0 .5rem}
      p{margin:.4rem 0}code{font-size:.9em;overflow-wrap:anywhere}
      .outcome{border-left:.5rem solid;padding:.4rem 1rem}
      .good{border-color:#1a7f37}.bad{border-color:#c1272d}
      .wide{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
      th,td{padding:.2rem .5rem;border-bottom:1px solid #8886;text-align:right;vertical-align:top}
      th{font-weight:600}th:first-child,th.text,td.text{text-align:left}
      td{white-space:nowrap}td.text{white-space:normal}
      tbody th{font-weight:400}
      td.bar{min-width:4rem;text-align:left}td.bar i{display:block;height:.7rem;margin-top:.4rem;background:#2f6fb3}
      .warn{font-weight:600}.warn::before{content:"\\26A0\\FE0E\\00A0"}
      dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1.2rem;margin:.4rem 0}dd{margin:0;overflow-wrap:anywhere}
      pre{overflow-x:auto;font-size:.85rem}
      """;

  private RunPage() {}

  /** The page of a report. */
  static String html(JsonNode report) {
    JsonNode attempt = report.path("attempt");
    boolean good = attempt.path("exit_status").asInt(-1) == 0;
    StringBuilder page = new StringBuilder();
    String title =
        "Run of " + report.path("country").asText() + ": " + attempt.path("outcome").asText();
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n")
        .append(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
        .append("<title>")
        .append(escaped(title))
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n");
    page.append("<div class=\"outcome ")
        .append(good ? "good" : "bad")
        .append("\">\n<h1>")
        .append(escaped(title))
        .append("</h1>\n");
    paragraph(page, attempt.path("message"));
    paragraph(page, attempt.path("remedy"));
    page.append("</div>\n");
    list(page, facts(report));
    page.append(RunPageTables.feeds(report));
    missing(page, report.path("missing"));
    page.append(RunPageTables.stages(report.path("stages")));
    page.append(RunPageTables.pairs("Left out or assumed", report.path("left_out_or_assumed")));
    report.properties().stream()
        .filter(part -> !KNOWN.contains(part.getKey()))
        .forEach(part -> page.append(RunPageTables.pairs(words(part.getKey()), part.getValue())));
    page.append("<h2>Settings</h2>\n<details><summary>All settings of this run</summary>\n<pre>")
        .append(escaped(report.path("settings").toPrettyString()))
        .append("</pre></details>\n</body>\n</html>\n");
    return page.toString();
  }

  private static List<Map.Entry<String, String>> facts(JsonNode report) {
    JsonNode attempt = report.path("attempt");
    List<Map.Entry<String, String>> facts = new ArrayList<>();
    fact(facts, "Release", attempt.path("release"));
    fact(facts, "Exit status", attempt.path("exit_status"));
    fact(facts, "Started", attempt.path("started"));
    fact(facts, "Ended", attempt.path("ended"));
    if (attempt.has("seconds")) {
      facts.add(Map.entry("Took", duration(attempt.path("seconds").asDouble())));
    }
    fact(facts, "Run", report.path("run"));
    fact(facts, "Attempt", attempt.path("attempt"));
    fact(facts, "Version", report.path("code"));
    fact(facts, "Build", report.path("build"));
    fact(facts, "Version of the tables", report.path("schema_version"));
    if (report.has("settings")) {
      facts.add(Map.entry("Settings, sha256", Sha256.of(report.path("settings").toString())));
    }
    return facts;
  }

  private static void fact(List<Map.Entry<String, String>> facts, String name, JsonNode value) {
    if (!value.isMissingNode() && !value.isNull()) {
      facts.add(Map.entry(name, value.asText()));
    }
  }

  private static void list(StringBuilder page, List<Map.Entry<String, String>> facts) {
    page.append("<dl>\n");
    facts.forEach(
        fact ->
            page.append("<dt>")
                .append(escaped(fact.getKey()))
                .append("</dt><dd>")
                .append(escaped(fact.getValue()))
                .append("</dd>\n"));
    page.append("</dl>\n");
  }

  private static void paragraph(StringBuilder page, JsonNode text) {
    if (text.isTextual()) {
      page.append("<p>").append(escaped(text.asText())).append("</p>\n");
    }
  }

  private static void missing(StringBuilder page, JsonNode missing) {
    if (!missing.isEmpty()) {
      List<String> names = new ArrayList<>();
      missing.forEach(name -> names.add(name.asText()));
      page.append("<p>Without feeds: ").append(escaped(String.join(", ", names))).append(".</p>\n");
    }
  }

  /** A time as 1 h 02 min, 3 min 04 s or 5.6 s. */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole >= 3600) {
      return String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
    }
    return whole >= 60
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%.1f s", seconds);
  }

  /** A name of the JSON as words. */
  static String words(String key) {
    String spaced =
        key.replaceAll("([a-z])([A-Z])", "$1 $2").replace('_', ' ').toLowerCase(Locale.ROOT);
    return spaced.isEmpty()
        ? ""
        : spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
  }

  /** Text for a page, without signs that turn the direction of what stands around it. */
  static String escaped(String text) {
    StringBuilder seen = new StringBuilder();
    text.codePoints()
        .filter(c -> c == '\n' || !Character.isISOControl(c))
        .filter(c -> !(c >= 0x202a && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069))
        .forEach(seen::appendCodePoint);
    return seen.toString()
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
