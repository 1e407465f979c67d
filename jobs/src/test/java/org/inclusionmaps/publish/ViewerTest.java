package org.inclusionmaps.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.testing.Browser;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The map as a reader uses it: in Chromium, from the server of {@code inclusion view}. Pictures of
 * it are left in {@code target/pictures}.
 */
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViewerTest {
  private Path output;
  private Path chromium;

  @BeforeAll
  void publish(SparkSession spark, @TempDir Path folder) {
    output = folder;
    Optional<Path> found = Browser.find();
    if (found.isEmpty()) {
      String missing = "Chromium is missing: apt-get install chromium";
      if ("required".equals(System.getenv("INCLUSION_TOOLS"))) {
        fail(missing);
      }
      Assumptions.abort(missing);
    }
    chromium = found.orElseThrow();
    Release.write(spark, MadeUpRun.context(output, "seen"), MadeUpRun.tables(spark, 12));
  }

  @Test
  void aReaderChoosesAnIndicatorAndAGroupAndSeesThePartsOfAPlace() throws Exception {
    try (ViewServer server = ViewServer.start(output, 0);
        Browser page = Browser.open(chromium, server.address(), 1280, 800)) {
      page.await("document.body && document.body.dataset.ready === 'true'");
      assertThat(page.evaluate("document.title")).startsWith("Made & Up: ");
      assertThat(page.evaluate("document.getElementById('problem').hidden")).isEqualTo("true");
      assertThat(page.evaluate("document.getElementById('about').textContent"))
          .contains("2026-01-01")
          .contains("subscriptions");
      keep("viewer", page);

      page.choose("indicator", "priced_out");
      page.choose("group", "female");
      assertThat(page.evaluate("document.getElementById('meaning').textContent"))
          .contains("cheapest basket");
      // The country is a disc around the middle of the map; north-east of it, all parts are known.
      page.clickUntil(900, 330, "!document.getElementById('panel').hidden");
      String panel = page.evaluate("document.getElementById('panel').innerText");
      assertThat(panel)
          .contains("Women")
          .contains("Lacking affordable access")
          .contains("Uncovered")
          .contains("Priced out")
          .contains("Burdened")
          .contains("Held back")
          .contains("Included");
      keep("viewer-panel", page);

      page.choose("unit", "1");
      page.clickUntil(
          900, 330, "document.getElementById('panel').innerText.includes('Norte (MU-N)')");
      keep("viewer-areas", page);
    }
  }

  @Test
  void fitsThePhoneAndReport() throws Exception {
    try (ViewServer server = ViewServer.start(output, 0)) {
      try (Browser page = Browser.open(chromium, server.address(), 390, 844)) {
        page.await("document.body && document.body.dataset.ready === 'true'");
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo("390");
        keep("viewer-390", page);
      }
      String report = server.address().replace("viewer/index.html", "report.html");
      try (Browser page = Browser.open(chromium, report, 1000, 3200)) {
        page.await("document.querySelector('svg.map')");
        assertThat(page.evaluate("document.querySelectorAll('svg.map path').length"))
            .isNotEqualTo("0");
        keep("report", page);
      }
    }
  }

  private static void keep(String name, Browser page) throws Exception {
    Path folder = Files.createDirectories(Path.of("target", "pictures"));
    Files.write(folder.resolve(name + ".png"), page.picture());
  }
}
