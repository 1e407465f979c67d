package org.inclusionmaps.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RunPageTest {
  private static final String FAILED =
      """
      {"run": "0123", "country": "XA", "settings": {"inputs": {"census": [
         {"path": "/feeds/census.csv", "max_rejected_pct": 2.5}]}},
       "attempt": {"attempt": "a", "outcome": "failed", "exit_status": 4, "code": "CONTRACT_BROKEN",
         "message": "[CONTRACT_BROKEN] census: first is <script>alert('x')</script>",
         "remedy": "Correct the feed.", "seconds": 3723.4},
       "inputs": {"census": [{"path": "/feeds/census.csv", "read": 100, "ok": 96, "duplicate": 1,
           "rejected": {"sex is <b>odd</b>": 3}, "freshness": {"days": 4, "verdict": "stale"}}],
         "terrain": {"files": 2, "holes": 5}},
       "stages": [
         {"stage": "ingest tariffs", "outcome": "done", "table": "tariffs", "rows": 1234,
          "files": 5, "bytes": 67800, "seconds": 1},
         {"stage": "ingest census", "outcome": "failed", "seconds": 2, "failed_tasks": 4}],
       "missing": ["market"],
       "new_part": {"a_number": 1234567, "text": "<i>"}}
      """;

  private static String page(String json) throws IOException {
    JsonNode report = new ObjectMapper().readTree(json);
    return RunPage.html(report);
  }

  @Test
  void aFailureIsToldFirstWithWhatToDo() throws IOException {
    assertThat(page(FAILED))
        .contains("<h1>Run of XA: failed</h1>", "<p>Correct the feed.</p>", "1 h 02 min")
        .contains("class=\"outcome bad\"");
  }

  @Test
  void whatTheReportHoldsIsTextAndNoMarkup() throws IOException {
    assertThat(page(FAILED))
        .doesNotContain("<script", "<b>odd", "<i>\"", "&lt;i&gt;\"")
        .contains("&lt;script&gt;alert(&#39;x&#39;)", "sex is &lt;b&gt;odd&lt;/b&gt;");
  }

  @Test
  void refusedRowsStandBesideTheirCeilingWithALinkToThem() throws IOException {
    assertThat(page(FAILED))
        .contains("<a href=\"quarantine/census/\">3</a>", "3.00 %", "over the ceiling of 2.5 %");
    assertThat(page(FAILED.replace("2.5", "3"))).contains("within the ceiling of 3 %");
  }

  @Test
  void aStageThatWroteATableHasItsRowsFilesAndSizeAndOneThatFailedHasNone() throws IOException {
    assertThat(page(FAILED))
        .contains("done</td><td>1,234</td><td>5</td><td>67.8 kB</td><td>1.0 s</td>")
        .contains("failed</td><td></td><td></td><td></td><td>2.0 s</td>");
  }

  @Test
  void partsThatThePageDoesNotKnowAreShownToo() throws IOException {
    assertThat(page(FAILED))
        .contains("freshness days 4, verdict stale")
        .contains("<h2>New part</h2>", "<dt>A number</dt><dd>1,234,567</dd>")
        .contains("files 2, holes 5");
  }

  @Test
  void aReportOfAnAttemptThatDidNothingIsAPage() throws IOException {
    assertThat(page("{\"attempt\": {\"outcome\": \"failed\", \"exit_status\": 7}}"))
        .contains("failed", "<dt>Exit status</dt><dd>7</dd>")
        .doesNotContain("<h2>Feeds", "<h2>Stages");
  }
}
