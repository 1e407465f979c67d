package org.inclusionmaps.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.inclusionmaps.testing.ChildProcess;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in {@code conf/cluster}: each is read by what it is for, as far as that is here. */
class ClusterFilesTest {
  private static final Path FILES = SparkHome.PROJECT.resolve("conf/cluster");
  private static final Duration LONGEST = Duration.ofMinutes(1);

  @Test
  void systemdAcceptsTheServiceAndItsTimer() throws Exception {
    need("systemd-analyze", "systemd");
    Path folder = Country.folder("systemd");
    for (String unit : List.of("inclusion-maps.service", "inclusion-maps.timer")) {
      // The program has to be there for systemd to accept it.
      String text = Files.readString(FILES.resolve(unit));
      String here = FILES.resolve("nightly").toString();
      Files.writeString(
          folder.resolve(unit), text.replace("/opt/inclusion-maps/conf/cluster/nightly", here));
    }
    String said =
        says(
            0,
            "systemd-analyze",
            "verify",
            "--man=no",
            folder.resolve("inclusion-maps.service").toString(),
            folder.resolve("inclusion-maps.timer").toString());
    assertThat(said.lines().filter(line -> line.contains("inclusion-maps"))).isEmpty();
    says(0, "systemd-analyze", "calendar", "*-*-* 01:30:00");
    assertThat(Files.readString(FILES.resolve("inclusion-maps.timer")))
        .contains("OnCalendar=*-*-* 01:30:00")
        .contains("Persistent=true");
  }

  @Test
  void thePythonOfAirflowCompilesAndAsksForTheStatusWhateverBecameOfTheRun() throws Exception {
    need("python3", "python3");
    String file = FILES.resolve("airflow_dag.py").toString();
    String tree =
        """
        import ast, sys
        tree = ast.parse(open(sys.argv[1]).read())
        calls = [c for c in ast.walk(tree) if isinstance(c, ast.Call)]
        tasks = {}
        for call in calls:
            words = {k.arg: ast.unparse(k.value) for k in call.keywords}
            if 'task_id' in words:
                tasks[ast.literal_eval(words['task_id'])] = words
        assert list(tasks) == ['carry', 'status'], list(tasks)
        assert tasks['status']['trigger_rule'] == 'TriggerRule.ALL_DONE'
        assert tasks['status']['retries'] == '0'
        assert 'nightly' in tasks['carry']['bash_command']
        assert 'status --output' in tasks['status']['bash_command']
        shifts = [b for b in ast.walk(tree) if isinstance(b, ast.BinOp) and isinstance(b.op, ast.RShift)]
        assert [ast.unparse(s) for s in shifts] == ['carry >> status']
        dag = next(w for w in ({k.arg: ast.unparse(k.value) for k in c.keywords} for c in calls) if 'dag_id' in w)
        assert dag['max_active_runs'] == '1' and dag['catchup'] == 'False', dag
        compile(tree, sys.argv[1], 'exec')
        """;
    says(0, "python3", "-c", tree, file);
  }

  @Test
  void theLineOfCronHasFiveFieldsInTheirRanges() throws IOException {
    List<String> jobs =
        Files.readAllLines(FILES.resolve("crontab")).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .filter(line -> !line.matches("[A-Z_]+=.*"))
            .toList();
    assertThat(jobs).hasSize(1);
    String[] fields = jobs.get(0).split(" ", 6);
    int[][] ranges = {{0, 59}, {0, 23}, {1, 31}, {1, 12}, {0, 7}};
    for (int field = 0; field < ranges.length; field++) {
      if (!fields[field].equals("*")) {
        assertThat(Integer.parseInt(fields[field])).isBetween(ranges[field][0], ranges[field][1]);
      }
    }
    assertThat(fields[5]).doesNotContain("%"); // cron takes it for the end of the line
  }

  /**
   * The fields that the types of sparkoperator.k8s.io/v1beta2 have; those in capitals are needed.
   */
  @Test
  void theOperatorOfKubeflowKnowsEveryField() throws IOException {
    JsonNode file = yaml("spark-operator.yaml");
    assertThat(file.path("apiVersion").asText()).isEqualTo("sparkoperator.k8s.io/v1beta2");
    assertThat(file.path("kind").asText()).isEqualTo("ScheduledSparkApplication");
    known(
        file.path("spec"),
        "SCHEDULE TEMPLATE suspend concurrencyPolicy successfulRunHistoryLimit failedRunHistoryLimit");
    JsonNode template = file.at("/spec/template");
    known(
        template,
        "TYPE SPARKVERSION MAINAPPLICATIONFILE DRIVER EXECUTOR mode image imagePullPolicy mainClass arguments sparkConf"
            + " hadoopConf volumes restartPolicy timeToLiveSeconds memoryOverheadFactor dynamicAllocation");
    known(
        template.path("driver"),
        "cores memory memoryOverhead serviceAccount volumeMounts envFrom env labels securityContext");
    known(template.path("executor"), "cores memory memoryOverhead instances volumeMounts");
    known(template.path("dynamicAllocation"), "enabled initialExecutors minExecutors maxExecutors");
    assertThat(template.path("type").asText()).isEqualTo("Java");
    assertThat(template.at("/restartPolicy/type").asText()).isEqualTo("Never");
    assertThat(file.at("/spec/concurrencyPolicy").asText()).isEqualTo("Forbid");
    texts(template.path("sparkConf"));
  }

  /** The fields that the custom resource spark.apache.org/v1 has. */
  @Test
  void theOperatorOfApacheKnowsEveryField() throws IOException {
    JsonNode file = yaml("spark-apache-operator.yaml");
    assertThat(file.path("apiVersion").asText()).isEqualTo("spark.apache.org/v1");
    assertThat(file.path("kind").asText()).isEqualTo("SparkApplication");
    JsonNode spec = file.path("spec");
    known(
        spec,
        "RUNTIMEVERSIONS mainClass jars driverArgs deploymentMode applicationTolerations driverSpec executorSpec sparkConf");
    known(spec.path("runtimeVersions"), "SPARKVERSION scalaVersion jdkVersion");
    assertThat(spec.at("/applicationTolerations/restartConfig/restartPolicy").asText())
        .isEqualTo("Never");
    texts(spec.path("sparkConf"));
  }

  @Test
  void bothOperatorsGiveTheSettingsThatSubmitWouldAdd() throws IOException {
    Set<String> ours = settings(SparkHome.PROJECT.resolve("conf/spark-defaults.conf"));
    ours.remove("spark.ui.enabled"); // the operators show the page of a run
    assertThat(ours).hasSizeGreaterThan(5);
    for (String path :
        List.of("spark-operator.yaml /spec/template", "spark-apache-operator.yaml /spec")) {
      Set<String> theirs = new TreeSet<>();
      String[] parts = path.split(" ", -1);
      yaml(parts[0]).at(parts[1] + "/sparkConf").fieldNames().forEachRemaining(theirs::add);
      assertThat(theirs).as(path).containsAll(ours);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"standalone.conf", "yarn.conf", "kubernetes.conf", "s3.conf"})
  void settingsOfSparkAreNamesAndValuesEachOnce(String name) throws IOException {
    List<String> lines =
        Files.readAllLines(FILES.resolve(name)).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    assertThat(lines).isNotEmpty().allMatch(line -> line.matches("spark\\.[\\w.-]+ +\\S+"));
    assertThat(settings(FILES.resolve(name))).hasSameSizeAs(lines);
  }

  @ParameterizedTest(name = "submit {0}, status {1}: {2}")
  @CsvSource({
    "0, 0, 0", // done
    "0, 4, 4", // a green scheduler, a failed run
    "1, 4, 4", // YARN says 1 for every fault
    "1, 3, 1", // it never came to run
    "0, 3, 3",
    "0, 7, 7" // the client went away, and the run goes on
  })
  void aNightEndsWithWhatTheRunDidAndNotWhoCarriedIt(int submit, int status, int expected)
      throws Exception {
    Path home = Country.folder("nightly");
    script(home.resolve("scripts/submit"), submit);
    Files.copy(SparkHome.PROJECT.resolve("scripts/relay"), home.resolve("scripts/relay"));
    script(home.resolve("scripts/inclusion"), status);
    Map<String, String> environment =
        Map.of(
            "INCLUSION_HOME", home.toString(),
            "INCLUSION_CONFIG", "a country.yaml",
            "INCLUSION_OUTPUT", "hdfs:///a/b",
            "INCLUSION_ATTEMPT", "2026-01-02",
            "INCLUSION_SUBMIT_OPTIONS", "--master yarn",
            "INCLUSION_LOCK", home.resolve("lock").toString());
    try (ChildProcess night =
        ChildProcess.start(
            home.resolve("log"), environment, List.of(FILES.resolve("nightly").toString()))) {
      assertThat(night.ends(LONGEST)).as(night.said()).isEqualTo(expected);
      assertThat(night.said())
          .contains(
              "[--master][yarn][--][run][--config][a country.yaml][--set][output.path=hdfs:///a/b]"
                  + "[--attempt][2026-01-02]")
          .contains("[status][--output][hdfs:///a/b][--attempt][2026-01-02]");
    }
  }

  @Test
  void aNightOnThisMachineEndsWithTheStatusOfItsOwnProcess() throws Exception {
    Path home = Country.folder("night here");
    script(home.resolve("scripts/inclusion"), 137);
    Map<String, String> environment =
        Map.of(
            "INCLUSION_HOME",
            home.toString(),
            "INCLUSION_CONFIG",
            "c",
            "INCLUSION_OUTPUT",
            "o",
            "INCLUSION_LOCK",
            home.resolve("lock").toString());
    try (ChildProcess night =
        ChildProcess.start(
            home.resolve("log"), environment, List.of(FILES.resolve("nightly").toString()))) {
      assertThat(night.ends(LONGEST)).as(night.said()).isEqualTo(137);
      // Two starts of one day are told apart, so that none takes the other's end for its own.
      assertThat(night.said())
          .containsPattern("\\[--attempt]\\[\\d{4}-\\d\\d-\\d\\dT\\d{6}Z]")
          .doesNotContain("[status]");
    }
  }

  @Test
  void aSecondNightBesideOneThatStillGoesOnIsRefused() throws Exception {
    Path home = Country.folder("two nights");
    Path lock = home.resolve("lock");
    List<String> holder = List.of("flock", lock.toString(), "-c", "echo held; sleep 60");
    try (ChildProcess first = ChildProcess.start(home.resolve("first"), Map.of(), holder)) {
      first.says("held", 1, LONGEST);
      Map<String, String> environment =
          Map.of(
              "INCLUSION_HOME",
              home.toString(),
              "INCLUSION_CONFIG",
              "c",
              "INCLUSION_OUTPUT",
              "o",
              "INCLUSION_LOCK",
              lock.toString());
      try (ChildProcess second =
          ChildProcess.start(
              home.resolve("second"), environment, List.of(FILES.resolve("nightly").toString()))) {
        assertThat(second.ends(LONGEST)).as(second.said()).isEqualTo(7);
      }
    }
  }

  /** A program that says what it was given and ends with a status. */
  private static void script(Path path, int status) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, "#!/bin/sh\nprintf '[%s]' \"$@\"\nexit " + status + "\n");
    assertThat(path.toFile().setExecutable(true)).isTrue();
  }

  private static JsonNode yaml(String name) throws IOException {
    return new ObjectMapper(new YAMLFactory()).readTree(FILES.resolve(name).toFile());
  }

  private static void known(JsonNode node, String fields) {
    Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    known.addAll(List.of(fields.split(" ", -1)));
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    assertThat(names).isNotEmpty().allMatch(known::contains);
    for (String field : fields.split(" ", -1)) {
      if (field.equals(field.toUpperCase(java.util.Locale.ROOT))) {
        assertThat(names).anyMatch(field::equalsIgnoreCase);
      }
    }
  }

  /** Kubernetes refuses a map of texts that has a number or a truth value in it. */
  private static void texts(JsonNode map) {
    assertThat(map).isNotEmpty();
    map.properties()
        .forEach(entry -> assertThat(entry.getValue().isTextual()).as(entry.getKey()).isTrue());
  }

  private static Set<String> settings(Path file) throws IOException {
    Set<String> names = new TreeSet<>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("spark.")) {
        names.add(line.split("\\s+", 2)[0]);
      }
    }
    return names;
  }

  private static String says(int status, String... command) throws Exception {
    Path log = Country.folder("tools").resolve("log");
    try (ChildProcess process = ChildProcess.start(log, Map.of(), List.of(command))) {
      assertThat(process.ends(LONGEST)).as(process.said()).isEqualTo(status);
      return process.said();
    }
  }

  private static void need(String program, String debian) {
    boolean there =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    if (!there) {
      String missing = program + " is missing: apt-get install " + debian;
      if ("required".equals(System.getenv("INCLUSION_TOOLS"))) {
        fail(missing);
      }
      Assumptions.abort(missing);
    }
  }
}
