package org.inclusionmaps.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.inclusionmaps.job.Jobs;

/**
 * A tiny made-up country and its release by one thread and one partition, made once a test run:
 * what every cluster has to give, byte for byte.
 */
final class Country {
  private static final Path FOLDER = Path.of("target", "cluster-tests").toAbsolutePath();
  private static SortedMap<String, String> release = new java.util.TreeMap<>();

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
  static synchronized Path made() throws IOException {
    Path country = FOLDER.resolve("country");
    if (release.isEmpty() && !Files.exists(country.resolve("made"))) {
      folder("country");
      Jobs.Outcome made = Jobs.run("sample", "--scale", "0.05", "--out", country.toString());
      assertThat(made.status()).as(made.err()).isZero();
      Files.createFile(country.resolve("made"));
    }
    return country;
  }

  /** The sha256 of each file of the release that one thread makes. */
  static synchronized SortedMap<String, String> release() throws IOException {
    if (release.isEmpty()) {
      Path output = folder("reference");
      Jobs.Outcome run = Jobs.runWith(1, 1, List.of(), arguments(output.toString()));
      assertThat(run.status()).as(run.err()).isZero();
      release = Jobs.hashes(Jobs.release(output));
    }
    return release;
  }

  /** The command that computes the country into an output folder, from settings at their place. */
  static String[] arguments(String output) throws IOException {
    return run(made().resolve("inclusion.yaml").toString(), output).toArray(String[]::new);
  }

  /** The command that computes a country into an output folder. */
  static List<String> run(String settings, String output) {
    return List.of(
        "run", "--config", settings, "--set", "output.path=" + output, "--progress", "none");
  }

  /** Settings whose inputs are below another folder, as one of HDFS or S3; their file. */
  static Path settingsFor(String inputs, Path file) throws IOException {
    String text = Files.readString(made().resolve("inclusion.yaml"));
    return Files.writeString(file, text.replace("path: inputs", "path: " + inputs));
  }
}
