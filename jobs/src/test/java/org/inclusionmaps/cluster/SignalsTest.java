package org.inclusionmaps.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inclusionmaps.testing.ChildProcess;
import org.junit.jupiter.api.Test;

/**
 * Who ends a script ends the job that it began, and has its status when the job has ended. The jobs
 * here are scripts that take a second to end.
 */
class SignalsTest {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private static final String JOB =
      """
      #!/bin/bash
      trap 'kill %1; sleep 1; echo the job ended; exit 143' TERM
      echo the job began
      sleep 60 &
      wait
      """;

  private static final String END_IT =
      """
      "$@" >"$LOG" 2>&1 &
      until grep -q 'the job began' "$LOG"; do sleep 0.1; done
      kill -TERM $!
      wait $! || echo "status $?"
      cat "$LOG"
      """;

  @Test
  void aNightOnThisMachine() throws Exception {
    Path home = Country.folder("signals of a night");
    script(home.resolve("scripts/inclusion"), JOB);
    endedWithItsJob(home, Map.of(), SparkHome.PROJECT.resolve("conf/cluster/nightly"));
  }

  @Test
  void aNightThatIsSubmitted() throws Exception {
    Path home = Country.folder("signals of a cluster's night");
    script(home.resolve("scripts/submit"), JOB);
    script(home.resolve("scripts/inclusion"), "#!/bin/sh\nexit 143\n");
    Files.copy(SparkHome.PROJECT.resolve("scripts/relay"), home.resolve("scripts/relay"));
    endedWithItsJob(
        home,
        Map.of("INCLUSION_SUBMIT_OPTIONS", "--master yarn"),
        SparkHome.PROJECT.resolve("conf/cluster/nightly"));
  }

  @Test
  void theFirstRunWhichStoresClassesForTheNext() throws Exception {
    Path home = Country.folder("signals of a first run");
    for (String name : List.of("inclusion", "relay")) {
      Files.createDirectories(home.resolve("scripts"));
      Files.copy(SparkHome.PROJECT.resolve("scripts/" + name), home.resolve("scripts/" + name));
    }
    Files.createDirectories(home.resolve("jobs/target/spark/jars"));
    Files.createFile(home.resolve("jobs/target/inclusion-maps.jar"));
    script(home.resolve("job"), JOB);
    // What Spark's launcher says: the command, its parts ended by zeros.
    script(home.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\0' \"" + home.resolve("job") + "\"\n");
    endedWithItsJob(
        home,
        Map.of("PATH", home.resolve("bin") + ":" + System.getenv("PATH")),
        home.resolve("scripts/inclusion"),
        "run");
  }

  private static void endedWithItsJob(
      Path home, Map<String, String> more, Path program, String... arguments) throws Exception {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("LOG", home.resolve("job.log").toString());
    environment.put("INCLUSION_HOME", home.toString());
    environment.put("INCLUSION_CONFIG", "c");
    environment.put("INCLUSION_OUTPUT", "o");
    environment.put("INCLUSION_LOCK", home.resolve("lock").toString());
    List<String> command = new ArrayList<>(List.of("bash", "-c", END_IT, "bash"));
    command.add(program.toString());
    command.addAll(List.of(arguments));
    try (ChildProcess process = ChildProcess.start(home.resolve("log"), environment, command)) {
      process.ends(LONGEST);
      assertThat(process.said()).contains("the job ended").contains("status 143");
    }
  }

  private static void script(Path path, String text) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    assertThat(path.toFile().setExecutable(true)).isTrue();
  }
}
