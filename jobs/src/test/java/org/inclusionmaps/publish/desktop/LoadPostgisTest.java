package org.inclusionmaps.publish.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.publish.Export;
import org.inclusionmaps.publish.HostileRun;
import org.inclusionmaps.publish.MadeUpRun;
import org.inclusionmaps.publish.Release;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code scripts/load-postgis} without a server: a psql that keeps what it is given. The folder of
 * the release has a name that hurts careless quoting.
 */
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoadPostgisTest {
  private static final Pattern COPY =
      Pattern.compile("\\\\copy \"([a-z_0-9]+)\"[^\n]* FROM '((?:[^']|'')+)' WITH [^\n]+");

  /** What a run of the script says and how it ends. */
  private record Run(int status, String said) {}

  private Path folder;
  private Path release;
  private Map<String, Long> rows;

  @BeforeAll
  void publish(SparkSession spark, @TempDir Path temporary) throws Exception {
    folder = temporary;
    Path output = Files.createDirectory(folder.resolve("it's \"here\""));
    Release.write(spark, MadeUpRun.context(output, "loaded"), HostileRun.tables(spark, 3));
    release = output.resolve("releases/loaded");
    Path exported = Files.createDirectory(folder.resolve("exported"));
    rows = Export.write(spark, release, exported);
    List<String> told = new ArrayList<>();
    rows.forEach((file, count) -> told.add(file + " " + count));
    Files.write(folder.resolve("told"), told);
    Path programs = Files.createDirectory(folder.resolve("programs"));
    program(
        programs.resolve("export"),
        "cp '%s'/* \"$4\" && cat '%s/told'".formatted(exported, folder));
    program(
        programs.resolve("psql"),
        "printf '%s\\n' \"$@\" >\"$GIVEN/arguments\" && cp \"$(dirname \"$5\")\"/* \"$GIVEN\"");
  }

  private static void program(Path file, String commands) throws Exception {
    Files.writeString(file, "#!/bin/sh\nset -e\n" + commands + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Run run(Path given, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("../scripts/load-postgis"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Path programs = folder.resolve("programs");
    builder.environment().put("PATH", programs + ":" + System.getenv("PATH"));
    builder.environment().put("GIVEN", given.toString());
    builder.environment().put("INCLUSION_EXPORT", programs.resolve("export").toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), said);
  }

  @Test
  void helpTellsTheUse(@TempDir Path given) throws Exception {
    Run run = run(given, "--help");
    assertThat(run.status()).isZero();
    assertThat(run.said())
        .startsWith("usage: scripts/load-postgis RELEASE")
        .contains("--schema", "PGDATABASE");
  }

  @Test
  void wrongArgumentsAreToldAndNothingIsSent(@TempDir Path given) throws Exception {
    Path none = Files.createDirectories(folder.resolve("none"));
    Map<String, List<String>> wrong = new TreeMap<>();
    wrong.put("usage:", List.of());
    wrong.put("unknown option --table", List.of(release.toString(), "--table", "x"));
    wrong.put("--schema needs a name", List.of(release.toString(), "--schema"));
    wrong.put("it has no manifest.json", List.of(none.toString()));
    wrong.put("small letters", List.of(release.toString(), "--schema", "a\"; DROP SCHEMA b; --"));
    for (var fault : wrong.entrySet()) {
      Run run = run(given, fault.getValue().toArray(String[]::new));
      assertThat(run.status()).as(fault.getKey()).isNotZero();
      assertThat(run.said()).contains(fault.getKey());
    }
    assertThat(given).isEmptyDirectory();
  }

  @Test
  void sendsEveryTableWithItsRowsInOneTransaction(@TempDir Path given) throws Exception {
    Run run = run(given, release.toString(), "--schema", "made_up");
    assertThat(run.said()).contains("Loaded loaded into the schema made_up: 8 tables");
    assertThat(run.status()).isZero();
    assertThat(Files.readAllLines(given.resolve("arguments")))
        .startsWith("-X", "-q", "--single-transaction", "-f");
    String sql = Files.readString(given.resolve("load.sql"));
    assertThat(sql)
        .startsWith("\\set ON_ERROR_STOP on\n")
        .contains("SET search_path = \"made_up\", public;")
        .doesNotContainPattern("(?i)\\b(begin|commit|rollback)\\s*;");
    Set<String> tables = new TreeSet<>();
    Matcher copy = COPY.matcher(sql);
    while (copy.find()) {
      String table = copy.group(1);
      assertThat(tables.add(table)).as(table).isTrue();
      Path file = Path.of(copy.group(2).replace("''", "'"));
      Path kept = file.startsWith(release.toRealPath()) ? file : given.resolve(file.getFileName());
      assertThat(header(kept)).as(table).isEqualTo(columns(table));
      Long count = rows.get(table + ".csv");
      if (count != null) {
        assertThat(count(kept)).isEqualTo(count);
        assertThat(sql)
            .contains("IF (SELECT count(*) FROM \"%s\") <> %d THEN".formatted(table, count));
      }
    }
    Set<String> expected = new TreeSet<>(Set.of("columns", "indicators"));
    rows.keySet().forEach(file -> expected.add(file.replace(".csv", "")));
    assertThat(tables).isEqualTo(expected);
  }

  private static List<String> header(Path file) throws Exception {
    try (var lines = Files.lines(file)) {
      return List.of(lines.findFirst().orElseThrow().split(",", -1));
    }
  }

  /** The columns of the table that the script makes: those of the dictionary, without boxes. */
  private List<String> columns(String table) throws Exception {
    if (table.equals("columns")) {
      return List.of("file", "column", "type", "unit", "meaning", "absent_means");
    }
    String file =
        table.startsWith("hexagons_")
            ? Desktop.HEXAGONS
            : table.startsWith("areas_") ? Desktop.AREAS : IndicatorCsv.NAME;
    List<String> columns = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT \"column\" FROM read_csv('%s', all_varchar = true) WHERE file = '%s' AND type NOT LIKE 'xmin%%'"
                    .formatted(quoted(release.resolve(Dictionary.NAME)), file))) {
      while (found.next()) {
        columns.add(found.getString(1));
      }
    }
    return columns;
  }

  private static long count(Path file) throws Exception {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet found =
            statement.executeQuery("SELECT count(*) FROM read_csv('%s')".formatted(quoted(file)))) {
      found.next();
      return found.getLong(1);
    }
  }

  private static String quoted(Path file) {
    return file.toString().replace("'", "''");
  }
}
