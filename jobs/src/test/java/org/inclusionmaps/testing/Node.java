package org.inclusionmaps.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Scripts in {@code src/test/node}, run by Node.js with the packages that {@code package-lock.json}
 * pins: readers of tiles that others wrote, and a browser's driver.
 */
public final class Node {
  private static final Path FOLDER = Path.of("src", "test", "node").toAbsolutePath();

  private Node() {}

  /**
   * Skips a test on a machine without Node.js or its packages; fails it where tools are required.
   */
  public static void need() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    boolean node =
        Stream.of(path.split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
    if (!node) {
      missing("Node.js is missing: apt-get install nodejs npm, then npm ci in jobs/src/test/node");
    }
    if (!Files.isDirectory(FOLDER.resolve("node_modules"))) {
      missing("packages of Node.js are missing: npm ci in jobs/src/test/node");
    }
  }

  private static void missing(String what) {
    if ("required".equals(System.getenv("INCLUSION_TOOLS"))) {
      fail(what);
    }
    Assumptions.abort(what);
  }

  /** What a script says; it must succeed. */
  public static String run(String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", script));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
