package org.inclusionmaps.cluster;

import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** What the build makes in {@code jobs/target}, and what it fetches for clusters. */
final class Packaged {
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  private Packaged() {}

  /** A file or folder that the packaging makes; a test that comes before it is skipped. */
  static Path need(String name) {
    return need(TARGET.resolve(name), "not packaged yet: mvn package, or scripts/check");
  }

  /** Jars of a cluster, which are fetched once; without them a test is skipped. */
  static Path jars(String name) {
    return need(
        TARGET.resolve("cluster").resolve(name), "jars are missing: scripts/fetch-clusters");
  }

  private static Path need(Path path, String missing) {
    if (!Files.exists(path)) {
      if ("required".equals(System.getenv("INCLUSION_TOOLS"))) {
        fail(path + ": " + missing);
      }
      Assumptions.abort(path + ": " + missing);
    }
    return path;
  }
}
