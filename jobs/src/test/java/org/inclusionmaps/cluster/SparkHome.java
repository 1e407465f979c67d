package org.inclusionmaps.cluster;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inclusionmaps.testing.ChildProcess;

/**
 * Spark as its distributions lay it out, of jars from Maven: {@code jars} and {@code
 * bin/spark-submit}. Every program that it starts listens on 127.0.0.1 alone.
 */
record SparkHome(Path folder) {
  /** A compiler and a collector for short runs. */
  static final String JAVA =
      "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=256m -XX:+UseSerialGC";

  /** The folder of the project. */
  static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  /** Spark of the version that we build on, from the jars that the packaging lays out. */
  static SparkHome ours(Path folder) throws IOException {
    return of(folder, Packaged.need("spark/jars"));
  }

  /** Spark whose jars are in a folder. */
  static SparkHome of(Path folder, Path jars) throws IOException {
    Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(folder.resolve("jars"), jars.toAbsolutePath());
    Files.copy(Path.of("src/test/cluster/spark-submit"), folder.resolve("bin/spark-submit"));
    return new SparkHome(folder);
  }

  /** Starts a class of Spark, as its shell scripts do. */
  ChildProcess start(Path log, String heap, String mainClass, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JAVA.split(" ")));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx" + heap, "-cp", folder.resolve("jars") + "/*", mainClass));
    command.addAll(arguments);
    return ChildProcess.start(log, environment(Map.of()), command);
  }

  /** Submits a command of ours by the project's own script. */
  ChildProcess submit(
      Path log, Map<String, String> more, List<String> options, List<String> arguments)
      throws IOException {
    return submit(PROJECT.resolve("scripts/submit"), log, more, options, arguments);
  }

  /** Submits a command of ours by a script at another path. */
  ChildProcess submit(
      Path script, Path log, Map<String, String> more, List<String> options, List<String> arguments)
      throws IOException {
    List<String> small = new ArrayList<>();
    small.addAll(List.of("--driver-memory", "1g", "--driver-java-options", JAVA));
    small.addAll(List.of("--conf", "spark.executor.extraJavaOptions=" + JAVA));
    small.addAll(List.of("--conf", "spark.driver.host=127.0.0.1"));
    small.addAll(options);
    return submitAsIs(script, log, more, small, arguments);
  }

  /** Submits a command of ours by a script, with no option but those that are given. */
  ChildProcess submitAsIs(
      Path script, Path log, Map<String, String> more, List<String> options, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(options);
    command.add("--");
    command.addAll(arguments);
    return ChildProcess.start(log, environment(more), command);
  }

  private Map<String, String> environment(Map<String, String> more) {
    Map<String, String> all = new HashMap<>();
    all.put("SPARK_HOME", folder.toString());
    all.put("SPARK_SCALA_VERSION", "2.13");
    all.put("SPARK_LOCAL_IP", "127.0.0.1");
    all.put("TMPDIR", Optional.ofNullable(System.getenv("TMPDIR")).orElse("/tmp"));
    all.putAll(more);
    return all;
  }
}
