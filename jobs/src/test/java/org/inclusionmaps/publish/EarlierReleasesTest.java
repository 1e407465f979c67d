package org.inclusionmaps.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.publish.report.EarlierReleases;
import org.inclusionmaps.publish.report.Estimates;
import org.inclusionmaps.publish.report.Estimates.Estimate;
import org.inclusionmaps.publish.writing.EarlierRelease;
import org.inclusionmaps.store.Sha256;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Which release is compared with, of folders that are written here by hand. */
@ExtendWith(SparkExtension.class)
class EarlierReleasesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path output;
  private SparkSession spark;

  @BeforeEach
  void session(SparkSession session) {
    spark = session;
  }

  private Path release(String id, String country, String date, List<String> earlier)
      throws IOException {
    return release(id, country, date, earlier, "MU,48.5,45,51.25");
  }

  private Path release(String id, String country, String date, List<String> earlier, String figures)
      throws IOException {
    Path folder = Files.createDirectories(output.resolve("releases").resolve(id));
    String[] of = figures.split(",", -1);
    byte[] csv =
        """
        level,area,name,parent,sex,age_band,disability,indicator,year,value,low,high
        0,%1$s,"A ""name"",
        of two lines",,all,all,all,lacking_pct,2025,%2$s,%3$s,%4$s
        0,%1$s,n,,female,all,all,lacking_pct,2025,50,,
        0,%1$s,n,,all,15-24,all,lacking_pct,2025,99,,
        1,MU-N,n,MU,all,all,all,uncovered_pct,2025,0,0,0
        1,MU-N,n,MU,all,all,all,lacking_pct,2025,,,
        1,'-1,n,MU,all,all,all,lacking_pct,2025,3,,
        1,'s,n,MU,all,all,all,lacking_pct,2025,4,,
        2,MU-NE,n,MU-N,all,all,all,lacking_pct,2025,7,,
        """
            .formatted(of[0], of[1], of[2], of[3])
            .replace("\n", "\r\n")
            .getBytes(StandardCharsets.UTF_8);
    Files.write(folder.resolve("indicators.csv"), csv);
    Map<String, Object> manifest =
        Map.of(
            "release",
            id,
            "reference_date",
            date,
            "code",
            "0.1",
            "earlier",
            earlier.stream().map(e -> Map.of("id", e, "date", "")).toList(),
            "settings",
            Map.of("country", Map.of("id", country)),
            "files",
            List.of(
                Map.of("file", "indicators.csv", "bytes", csv.length, "sha256", Sha256.of(csv))));
    JSON.writeValue(folder.resolve("manifest.json").toFile(), manifest);
    return folder;
  }

  private EarlierReleases found(String... settings) {
    return EarlierSearch.find(spark, MadeUpRun.context(output, "own", settings));
  }

  private void current(String id) throws IOException {
    Files.writeString(output.resolve("releases/CURRENT"), id + "\n");
  }

  private static void writtenAt(Path release, long millis) throws IOException {
    Files.setLastModifiedTime(release.resolve("manifest.json"), FileTime.fromMillis(millis));
  }

  @Test
  void aFreshFolderHasNone() {
    assertThat(found()).isEqualTo(EarlierReleases.NONE);
    assertThat(found().key()).isEmpty();
  }

  @Test
  void theNewestOfThisCountryThatIsStrictlyEarlierIsTaken() throws Exception {
    release("a", "MU", "2024-01-01", List.of());
    release("b", "MU", "2025-06-30", List.of("a", "gone"));
    release("c", "XX", "2025-12-31", List.of());
    release("d", "MU", "2026-01-01", List.of());
    release("own", "MU", "2025-12-31", List.of());
    release("own-12345678", "MU", "2025-12-31", List.of());
    Files.createDirectories(output.resolve("releases/killed/inclusion"));
    EarlierReleases found = found();
    assertThat(found.list())
        .containsExactly(
            new EarlierRelease("b", "2025-06-30"), new EarlierRelease("a", "2024-01-01"));
    assertThat(found.faults()).isEmpty();
    assertThat(found.key()).isNotEmpty();
    assertThat(found("release.compare_with=a").list())
        .containsExactly(new EarlierRelease("a", "2024-01-01"));
    assertThat(found("release.compare_with=a").key()).isNotEqualTo(found.key());
    assertThat(found("release.compare_with=none")).isEqualTo(EarlierReleases.NONE);
  }

  @Test
  void figuresAreThoseOfTheCountryAndLevelOneOfEverybodyAndTheSexes() throws Exception {
    release("a", "MU", "2024-01-01", List.of());
    Estimates figures = found().figures();
    assertThat(figures.get("MU", "all", "lacking_pct")).isEqualTo(new Estimate(48.5, 45.0, 51.25));
    assertThat(figures.get("MU", "female", "lacking_pct")).isEqualTo(new Estimate(50, null, null));
    assertThat(figures.get("MU-N", "all", "uncovered_pct")).isEqualTo(new Estimate(0, 0.0, 0.0));
    assertThat(figures.areas())
        .as("codes without the apostrophe that spreadsheets need")
        .containsExactly("'s", "-1", "MU", "MU-N");
    assertThat(figures.found()).hasSize(5);
  }

  @Test
  void ofEqualDatesItIsTheOneReadersArePointedToElseTheLastWritten() throws Exception {
    writtenAt(release("a", "MU", "2025-01-01", List.of()), 3_000_000);
    writtenAt(release("b", "MU", "2025-01-01", List.of()), 9_000_000);
    writtenAt(release("c", "MU", "2025-01-01", List.of()), 6_000_000);
    assertThat(found().list().get(0).id()).isEqualTo("b");
    current("a");
    assertThat(found().list().get(0).id()).isEqualTo("a");
    current("c");
    assertThat(found().list().get(0).id()).isEqualTo("c");
  }

  @Test
  void aRunThatIsMadeAgainFindsWhatItFound() throws Exception {
    writtenAt(release("a", "MU", "2025-01-01", List.of()), 3_000_000);
    writtenAt(release("b", "MU", "2025-01-01", List.of()), 9_000_000);
    current("a");
    String first = found().key();
    Path own = Files.createDirectories(output.resolve("releases/own-12345678"));
    Files.writeString(own.resolve("manifest.json"), "{\"compared_with\": \"a\"}");
    current("own-12345678");
    assertThat(found().key()).isEqualTo(first);
  }

  @Test
  void atMostTwentyAreListed() throws Exception {
    List<String> years = new java.util.ArrayList<>();
    for (int year = 1990; year < 2015; year++) {
      release("r" + year, "MU", year + "-01-01", years);
      years.add(0, "r" + year);
    }
    assertThat(found().list()).hasSize(EarlierReleases.MOST);
    assertThat(found().list().get(19)).isEqualTo(new EarlierRelease("r1995", "1995-01-01"));
  }

  @Test
  void aBrokenReleaseIsToldAndBreaksNothing() throws Exception {
    Path broken = release("b", "MU", "2025-01-01", List.of());
    Files.writeString(broken.resolve("indicators.csv"), "junk");
    assertThat(found().list()).isEmpty();
    assertThat(found().faults())
        .containsExactly(
            "Release b of 2025-01-01 could not be compared with: its files are not those that its"
                + " manifest names.");
    Files.delete(broken.resolve("indicators.csv"));
    assertThat(found().faults()).hasSize(1);
    release("b", "MU", "2025-01-01", List.of(), "MU,lots,,");
    assertThat(found().faults()).hasSize(1).first().asString().contains("cannot be read");
    release("b", "MU", "2025-01-01", List.of(), "MU,4850,,");
    assertThat(found().faults()).hasSize(1).first().asString().contains("cannot be read");
    Files.writeString(broken.resolve("manifest.json"), "{");
    assertThat(found().faults()).hasSize(1).first().asString().contains("manifest", ": b.");
    Files.writeString(broken.resolve("manifest.json"), "[]");
    assertThat(found().faults()).hasSize(1);
    assertThat(found().key()).isNotEmpty();
  }

  @Test
  void aReleaseThatIsNamedMustBeAnEarlierOneOfTheCountry() throws Exception {
    release("c", "XX", "2025-12-31", List.of());
    release("d", "MU", "2026-01-01", List.of());
    assertThatThrownBy(() -> found("release.compare_with=e"))
        .isInstanceOf(InclusionException.class)
        .hasMessageContaining("[SETTINGS_WRONG] release.compare_with: e is no earlier release in");
    assertThatThrownBy(() -> found("release.compare_with=c"))
        .hasMessageContaining("c is a release of the country XX, not MU");
    assertThatThrownBy(() -> found("release.compare_with=d"))
        .hasMessageContaining("d is of 2026-01-01, which is not before 2026-01-01");
    assertThatThrownBy(() -> found("release.compare_with=../d"))
        .hasMessageContaining("must be auto, none, or the name of a release");
  }
}
