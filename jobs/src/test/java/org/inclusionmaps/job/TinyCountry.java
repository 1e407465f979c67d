package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.apache.commons.io.FileUtils;
import org.jspecify.annotations.Nullable;

/**
 * The smallest made-up country, run coarsely and without intervals, and the release that a run
 * which nothing disturbs makes of it. Both are made once in a process.
 */
final class TinyCountry {
  private static @Nullable TinyCountry made;

  private final Path folder;
  private final SortedMap<String, String> release;

  private TinyCountry(Path folder) throws IOException {
    this.folder = folder;
    Jobs.Outcome sample = Jobs.run("sample", "--scale", "0.05", "--out", folder.toString());
    assertThat(sample.status()).as(sample.err()).isZero();
    Path output = undisturbed();
    Jobs.Outcome run = Jobs.run(arguments(output));
    assertThat(run.status()).as(run.err()).isZero();
    this.release = Jobs.hashes(Jobs.release(output));
  }

  static synchronized TinyCountry get() throws IOException {
    if (made == null) {
      Path folder = Files.createTempDirectory("tiny-country");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      made = new TinyCountry(folder.resolve("country"));
    }
    return made;
  }

  private static void delete(Path folder) {
    try {
      FileUtils.deleteDirectory(folder.toFile());
    } catch (IOException e) {
      System.err.println(folder + " is left behind: " + e);
    }
  }

  /** The command line of its run. */
  String[] arguments(Path output, String... more) {
    return arguments(folder, output.toString(), more);
  }

  /**
   * The command line of a run of it or of a copy of it.
   *
   * @param country a folder with its settings and inputs
   * @param output a folder, or an address on any file system
   */
  static String[] arguments(Path country, String output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                "--config",
                country.resolve("inclusion.yaml").toString(),
                "--set",
                "output.path=" + output,
                "--set",
                "uncertainty.replicates=1",
                "--set",
                "places.resolution=7",
                "--progress",
                "none"));
    arguments.addAll(Arrays.asList(more));
    return arguments.toArray(String[]::new);
  }

  /** Copies its settings and inputs, in place of what is there. */
  void copyTo(Path to) throws IOException {
    FileUtils.deleteDirectory(to.toFile());
    FileUtils.copyDirectory(folder.resolve("inputs").toFile(), to.resolve("inputs").toFile());
    Files.copy(folder.resolve("inclusion.yaml"), to.resolve("inclusion.yaml"));
  }

  /** The output of the run that nothing disturbed. */
  Path undisturbed() {
    return folder.resolve("undisturbed");
  }

  /** The hashes of the files of the release that nothing disturbed. */
  SortedMap<String, String> release() {
    return release;
  }
}
