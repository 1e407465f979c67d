package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.execute(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  private String config(String inputs) throws IOException {
    Path file = folder.resolve("country.yaml");
    Files.writeString(
        file,
        "country: {id: SM, name: Samara}\nrelease: {reference_date: \"2026-01-01\"}\n" + inputs);
    return file.toString();
  }

  @Test
  void missingCommandIsAUsageError() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("a command is missing").contains("Usage: inclusion");
  }

  @Test
  void missingSettingsFileExitsWith3() {
    assertThat(run("plan", "--config", folder.resolve("no.yaml").toString())).isEqualTo(3);
    assertThat(err.toString())
        .startsWith("[INPUT_MISSING] settings file " + folder.resolve("no.yaml"));
  }

  @Test
  void missingFeedExitsWith3AndSaysWhereToNameIt() throws IOException {
    assertThat(run("plan", "--config", config(""))).isEqualTo(3);
    assertThat(err.toString())
        .startsWith(
            "[INPUT_MISSING] no feed for radio_cells (The operators' radio cells, one row a"
                + " cell.); name its file in inputs.radio_cells");
  }

  @Test
  void aTableWithoutAValueIsOneWithoutAFeed() throws IOException {
    assertThat(run("plan", "--config", config("inputs:\n  radio_cells:\n"))).isEqualTo(3);
    assertThat(err.toString()).startsWith("[INPUT_MISSING] no feed for radio_cells");
  }

  @Test
  void thePlanSaysThatAreasAreUnknownWhereOnlyOperatorsTellOfNetworks() throws IOException {
    String inputs =
        """
        inputs:
          coverage_areas: [{path: c.csv}]
          areas: [{path: a.csv}]
          census: [{path: p.csv}]
          tariffs: [{path: t.csv}]
          incomes: [{path: i.csv}]
        """;
    String told =
        "  An area where coverage_areas state no service is unknown, not uncovered: there are no"
            + " radio_cells. If these areas are all there are, set radio.cell_list to complete.";
    assertThat(run("plan", "--config", config(inputs))).isZero();
    assertThat(out.toString().lines()).contains(told);
    out.getBuffer().setLength(0);
    assertThat(run("plan", "--config", config(inputs + "radio: {cell_list: complete}\n"))).isZero();
    assertThat(out.toString().lines()).contains("Stages").doesNotContain(told);
    out.getBuffer().setLength(0);
    assertThat(run("plan", "--config", config(inputs + "  radio_cells: [{path: r.csv}]\n")))
        .isZero();
    assertThat(out.toString().lines()).contains("Stages").doesNotContain(told);
  }

  @Test
  void aSettingGivenTwiceInOneFileIsRefused() throws IOException {
    assertThat(run("plan", "--config", config("country: {id: TW, name: Twice}\n"))).isEqualTo(2);
    assertThat(err.toString()).startsWith("[SETTINGS_WRONG]").contains("country");
  }

  @Test
  void unknownTableExitsWith2() throws IOException {
    assertThat(run("plan", "--config", config("inputs: {cells: [{path: a.csv}]}\n"))).isEqualTo(2);
    assertThat(err.toString()).startsWith("[SETTINGS_WRONG] inputs.cells is not a table");
  }

  @Test
  void sampleOfNoPossibleScaleExitsWith2BeforeAnythingIsWritten() {
    assertThat(run("sample", "--out", folder.resolve("s").toString(), "--scale", "9999"))
        .isEqualTo(2);
    assertThat(err.toString())
        .startsWith("[SETTINGS_WRONG] --scale: scale must be 0.05 to 2500 but is 9999.0");
    assertThat(folder.resolve("s")).doesNotExist();
  }

  @Test
  void theLanguageOfTheMachineWritesNoNumber() {
    Locale machine = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      assertThat("%03d".formatted(7)).isNotEqualTo("007");
      run("--version");
      assertThat("%03d".formatted(7)).isEqualTo("007");
    } finally {
      Locale.setDefault(machine);
    }
    SparkConf conf = new SparkConf(false).set("spark.executor.defaultJavaOptions", "-Da=b");
    assertThat(Sessions.executorJava(conf)).isEqualTo("-Duser.language=en -Duser.country=US -Da=b");
  }
}
