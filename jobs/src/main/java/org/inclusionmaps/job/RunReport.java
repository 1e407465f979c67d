package org.inclusionmaps.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.inclusionmaps.contract.Note;
import org.inclusionmaps.contract.SchemaVersion;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.job.FinishedTables.Finished;
import org.inclusionmaps.operations.StageAccount;
import org.jspecify.annotations.Nullable;

/**
 * What a run did, as {@code run-report.json}: settings, code, rows, what was refused or missing.
 */
final class RunReport {
  static final String NAME = "run-report.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Map<String, Object> fields = new LinkedHashMap<>();
  private final Map<String, Object> ingested = new LinkedHashMap<>();
  private final Map<String, Long> rows = new LinkedHashMap<>();
  private final String build;
  private final List<Table> missing = new ArrayList<>();

  RunReport(String runId, String code, String build, Map<String, Object> settings) {
    fields.put("run", runId);
    fields.put("code", code);
    fields.put("build", build);
    this.build = build;
    fields.put("schema_version", SchemaVersion.CURRENT);
    fields.put("settings", settings);
    fields.put("inputs", ingested);
    fields.put("missing", List.of());
    fields.put("rows", rows);
  }

  /** The hash of the code that runs. */
  String build() {
    return build;
  }

  /** Whether a run's report tells that build, and that some tables were written and checked. */
  static boolean tells(String report, String build, List<Table> tables) {
    try {
      JsonNode json = JSON.readTree(report);
      return json.path("build").asText().equals(build)
          && tables.stream().allMatch(table -> json.path("rows").has(table.name()));
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  void ingested(Table table, Object counts) {
    ingested.put(table.name(), counts);
  }

  /** Heights that the terrain's files do not know, of this try or of the one it continues. */
  long terrainHoles() {
    return JSON.valueToTree(ingested.get(Tables.TERRAIN.name())).path("holes").asLong();
  }

  /** Operators that feeds lack or hold twice, while the run goes on, of this try or an earlier. */
  Set<String> partialOperators() {
    Set<String> partial = new TreeSet<>();
    for (JsonNode feeds : JSON.<JsonNode>valueToTree(ingested)) {
      for (JsonNode feed : feeds) {
        feed.path("partial").forEach(operator -> partial.add(operator.asText()));
      }
    }
    return partial;
  }

  /** Table to what became of the rows of its feeds. */
  Map<String, Object> ingested() {
    return ingested;
  }

  void missing(Table table) {
    missing.add(table);
  }

  /** A stage's table is there: written now, or by an earlier try of the same run. */
  void has(Finished made) {
    rows.put(made.table(), made.rows());
  }

  /** What was left out or assumed: rows, or persons. */
  void notes(Map<Note, Long> notes) {
    Map<String, Object> counts = new LinkedHashMap<>();
    notes.forEach(
        (note, amount) ->
            counts.put(
                note.key(),
                note.countsPersons() ? (Object) BigDecimal.valueOf(amount, 6) : amount));
    fields.put("left_out_or_assumed", counts);
  }

  /** What the release does not show of places, and why: places and persons. */
  void notShown(Map<String, Object> counts) {
    fields.put("places_not_shown", counts);
  }

  /** How the attempt went, and each of its stages: feeds, tables, the release. */
  void attempt(Map<String, @Nullable Object> account, List<StageAccount> stages) {
    fields.put("attempt", account);
    fields.put("stages", stages);
  }

  List<Table> missing() {
    return missing;
  }

  /** Table to the rows that the run wrote. */
  Map<String, Long> rows() {
    return rows;
  }

  String json() {
    fields.put(
        "missing",
        missing.stream()
            .filter(table -> !table.equals(Tables.SUBSCRIPTIONS)) // no run reads them
            .map(Table::name)
            .toList());
    try {
      return JSON.writeValueAsString(fields) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
