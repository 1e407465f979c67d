package org.inclusionmaps.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Tables of the page of a run: feeds, stages, and whatever else the report holds. */
final class RunPageTables {
  private static final Set<String> SHOWN_OF_FEEDS =
      Set.of("path", "read", "ok", "duplicate", "rejected");

  private static final Set<String> TEXTS = Set.of("file", "verdict", "more", "outcome");

  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

  private RunPageTables() {}

  /** The feeds, with what became of their rows and how that compares with what is allowed. */
  static String feeds(JsonNode report) {
    List<String> rows = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    report
        .path("inputs")
        .properties()
        .forEach(
            table -> {
              if (table.getValue().isArray()) {
                for (JsonNode feed : table.getValue()) {
                  rows.add(feed(table.getKey(), feed, ceiling(report, table.getKey(), feed)));
                  reasons(table.getKey(), feed, reasons);
                }
              } else {
                rows.add(
                    row(
                        RunPage.escaped(table.getKey()),
                        "<td class=\"text\" colspan=\"8\">"
                            + words(table.getValue(), Set.of())
                            + "</td>"));
              }
            });
    if (rows.isEmpty()) {
      return "";
    }
    String table =
        table(
            List.of(
                "table",
                "file",
                "rows in",
                "ok",
                "quarantined",
                "duplicate",
                "refused",
                "verdict",
                "more"),
            rows);
    return "<h2>Feeds</h2>\n"
        + table
        + (reasons.isEmpty() ? "" : "<ul>\n" + String.join("", reasons) + "</ul>\n");
  }

  private static String feed(String table, JsonNode feed, double ceiling) {
    long refused = FeedFigures.refused(feed);
    double share = FeedFigures.refusedPct(feed);
    String path = feed.path("path").asText();
    String verdict =
        refused == 0
            ? "complete"
            : share <= ceiling
                ? "within the ceiling of %s %%".formatted(plain(ceiling))
                : "<span class=\"warn\">over the ceiling of %s %%</span>".formatted(plain(ceiling));
    return row(
        RunPage.escaped(table),
        "<td class=\"text\" title=\"%s\">%s</td>"
                .formatted(
                    RunPage.escaped(path),
                    RunPage.escaped(path.substring(path.lastIndexOf('/') + 1)))
            + cell(count(feed.path("read")))
            + cell(count(feed.path("ok")))
            + cell(quarantine(table, refused))
            + cell(count(feed.path("duplicate")))
            + cell(String.format(Locale.ROOT, "%.2f %%", share))
            + "<td class=\"text\">"
            + verdict
            + "</td>"
            + "<td class=\"text\">"
            + words(feed, SHOWN_OF_FEEDS)
            + "</td>");
  }

  private static String quarantine(String table, long refused) {
    String count = String.format(Locale.ROOT, "%,d", refused);
    return refused == 0
        ? count
        : "<a href=\"quarantine/%s/\">%s</a>".formatted(RunPage.escaped(table), count);
  }

  private static void reasons(String table, JsonNode feed, List<String> reasons) {
    feed.path("rejected")
        .properties()
        .forEach(
            reason ->
                reasons.add(
                    "<li>%s: %s %s: %s</li>\n"
                        .formatted(
                            RunPage.escaped(table),
                            count(reason.getValue()),
                            reason.getValue().asLong() == 1 ? "row" : "rows",
                            RunPage.escaped(reason.getKey()))));
  }

  private static double ceiling(JsonNode report, String table, JsonNode feed) {
    for (JsonNode set : report.path("settings").path("inputs").path(table)) {
      if (set.path("path").asText().equals(feed.path("path").asText())) {
        return set.path("max_rejected_pct").asDouble();
      }
    }
    return 0;
  }

  /** The stages, with what each took. */
  static String stages(JsonNode stages) {
    double longest = 0;
    for (JsonNode stage : stages) {
      longest = Math.max(longest, stage.path("seconds").asDouble());
    }
    List<String> rows = new ArrayList<>();
    for (JsonNode stage : stages) {
      rows.add(stage(stage, longest));
    }
    return rows.isEmpty()
        ? ""
        : "<h2>Stages</h2>\n"
            + table(
                List.of(
                    "stage",
                    "outcome",
                    "rows",
                    "files",
                    "size",
                    "time",
                    "",
                    "CPU",
                    "read",
                    "written",
                    "shuffled",
                    "spilled",
                    "most memory of a task",
                    "tasks",
                    "failed"),
                rows);
  }

  private static String stage(JsonNode stage, double longest) {
    double seconds = stage.path("seconds").asDouble();
    String outcome = stage.path("outcome").asText();
    long width = longest == 0 ? 0 : Math.round(100 * seconds / longest);
    String failed = count(stage.path("failed_tasks"));
    return row(
        RunPage.escaped(stage.path("stage").asText()),
        "<td class=\"text%s\">%s</td>"
                .formatted(outcome.equals("failed") ? " warn" : "", RunPage.escaped(outcome))
            + cell(stage.has("table") ? count(stage.path("rows")) : "")
            + cell(stage.has("table") ? count(stage.path("files")) : "")
            + cell(stage.has("table") ? bytes(stage.path("bytes")) : "")
            + cell(RunPage.duration(seconds))
            + "<td class=\"bar\"><i style=\"width:%d%%\"></i></td>".formatted(width)
            + cell(RunPage.duration(stage.path("cpu_millis").asDouble() / 1000))
            + cell(bytes(stage.path("input_bytes")))
            + cell(bytes(stage.path("output_bytes")))
            + cell(bytes(stage.path("shuffle_write_bytes")))
            + cell(bytes(stage.path("spilled_disk_bytes")))
            + cell(bytes(stage.path("peak_memory_bytes")))
            + cell(count(stage.path("tasks")))
            + cell(failed.equals("0") ? failed : "<span class=\"warn\">" + failed + "</span>"));
  }

  /** A part of the report under a heading: names and values; nothing if there are none. */
  static String pairs(String heading, JsonNode part) {
    if (part.isMissingNode() || part.isNull() || (part.isContainerNode() && part.isEmpty())) {
      return "";
    }
    StringBuilder text = new StringBuilder("<h2>" + RunPage.escaped(heading) + "</h2>\n");
    if (!part.isObject()) {
      return text.append("<p>").append(value(part)).append("</p>\n").toString();
    }
    text.append("<dl>\n");
    for (Map.Entry<String, JsonNode> pair : part.properties()) {
      text.append("<dt>")
          .append(RunPage.escaped(RunPage.words(pair.getKey())))
          .append("</dt><dd>")
          .append(value(pair.getValue()))
          .append("</dd>\n");
    }
    return text.append("</dl>\n").toString();
  }

  private static String value(JsonNode value) {
    if (value.isIntegralNumber()) {
      return count(value);
    }
    if (value.isObject()) {
      return words(value, Set.of());
    }
    if (value.isArray()) {
      List<String> items = new ArrayList<>();
      value.forEach(item -> items.add(value(item)));
      return String.join("; ", items);
    }
    return RunPage.escaped(value.asText());
  }

  /** Names and values in a line; what is 0 or empty is left out. */
  private static String words(JsonNode object, Set<String> without) {
    List<String> words = new ArrayList<>();
    for (Map.Entry<String, JsonNode> pair : object.properties()) {
      JsonNode value = pair.getValue();
      boolean empty =
          value.isNull()
              || (value.isContainerNode() && value.isEmpty())
              || (value.isNumber() && value.asDouble() == 0);
      if (!without.contains(pair.getKey()) && !empty) {
        words.add(
            RunPage.escaped(RunPage.words(pair.getKey()).toLowerCase(Locale.ROOT))
                + " "
                + value(value));
      }
    }
    return String.join(", ", words);
  }

  private static String table(List<String> header, List<String> rows) {
    StringBuilder table = new StringBuilder("<div class=\"wide\"><table>\n<thead><tr>");
    for (String name : header) {
      table.append(
          TEXTS.contains(name) ? "<th scope=\"col\" class=\"text\">" : "<th scope=\"col\">");
      table.append(name).append("</th>");
    }
    table.append("</tr></thead>\n<tbody>\n");
    rows.forEach(table::append);
    return table.append("</tbody>\n</table></div>\n").toString();
  }

  private static String row(String head, String cells) {
    return "<tr><th scope=\"row\">" + head + "</th>" + cells + "</tr>\n";
  }

  private static String cell(String escaped) {
    return "<td>" + escaped + "</td>";
  }

  private static String count(JsonNode number) {
    return String.format(Locale.ROOT, "%,d", number.asLong());
  }

  private static String plain(double number) {
    return java.math.BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private static String bytes(JsonNode number) {
    double left = number.asDouble();
    int unit = 0;
    while (left >= 1000 && unit < UNITS.length - 1) {
      left /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", left, UNITS[unit]);
  }
}
