package org.inclusionmaps.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.inclusionmaps.job.Jobs;
import org.inclusionmaps.testing.ChildProcess;

/**
 * A tiny made-up country, and its release by one thread and one partition: what every cluster has
 * to give, byte for byte. Both are made once for a jar, and kept for the next test run.
 */
final class Country {
  private static final Path FOLDER = Path.of("target", "cluster-tests").toAbsolutePath();
  private static final Duration LONGEST = Duration.ofMinutes(20);

  private Country() {}

  /** A new, empty folder for a test's files; it stays after the test, for its logs. */
  static Path folder(String name) throws IOException {
    Path folder = FOLDER.resolve(name);
    if (Files.exists(folder)) {
      try (Stream<Path> old = Files.walk(folder)) {
        for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    return Files.createDirectories(folder);
  }

  /** The folder of the country: settings, inputs, truth. */
  static synchronized Path made() throws IOException, InterruptedException {
    return kept("country", folder -> List.of("sample", "--scale", "0.05", "--out", folder))
        .resolve("out");
  }

  /** The sha256 of each file of the release that one thread makes. */
  static synchronized SortedMap<String, String> release() throws IOException, InterruptedException {
    return Jobs.hashes(releaseFolder());
  }

  /** The folder of the release that one thread makes. */
  static synchronized Path releaseFolder() throws IOException, InterruptedException {
    String settings = made().resolve("inclusion.yaml").toString();
    return Jobs.release(kept("reference", folder -> run(settings, folder)).resolve("out"));
  }

  private interface Command {
    List<String> into(String folder);
  }

  /** A folder of which {@code out} is what a command made, with the jar that is there now. */
  private static Path kept(String name, Command command) throws IOException, InterruptedException {
    Path folder = FOLDER.resolve(name + "-" + jar());
    if (!Files.exists(folder.resolve("done"))) {
      folder(name + "-" + jar());
      try (ChildProcess job =
          SparkHome.ours(folder.resolve("spark"))
              .submit(
                  folder.resolve("log"),
                  Map.of(),
                  List.of(
                      "--master",
                      "local[1]",
                      "--conf",
                      "spark.sql.shuffle.partitions=1",
                      "--conf",
                      "spark.sql.adaptive.enabled=false"),
                  command.into(folder.resolve("out").toString()))) {
        assertThat(job.ends(LONGEST)).as(job.said()).isZero();
      }
      Files.createFile(folder.resolve("done"));
    }
    return folder;
  }

  private static String jar() throws IOException {
    try {
      byte[] jar = Files.readAllBytes(Packaged.need("inclusion-maps.jar"));
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(jar);
      return HexFormat.of().formatHex(hash).substring(0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The command that computes the country into an output folder, from settings at their place. */
  static List<String> run(String output) throws IOException, InterruptedException {
    return run(made().resolve("inclusion.yaml").toString(), output);
  }

  /** The command that computes a country into an output folder. */
  static List<String> run(String settings, String output) {
    return List.of(
        "run", "--config", settings, "--set", "output.path=" + output, "--progress", "none");
  }

  /** The same command with another setting. */
  static List<String> runWith(String setting, String settings, String output) {
    List<String> command = new ArrayList<>(run(settings, output));
    command.addAll(List.of("--set", setting));
    return command;
  }

  /** Settings whose inputs are below another folder, as one of HDFS or S3; their file. */
  static Path settingsFor(String inputs, Path file) throws IOException, InterruptedException {
    String text = Files.readString(made().resolve("inclusion.yaml"));
    return Files.writeString(file, text.replace("path: inputs", "path: " + inputs));
  }
}
