package org.inclusionmaps.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The command-line programs of GDAL: another reader and writer of GeoTIFF. */
public final class Gdal {
  private Gdal() {}

  /** Skips a test on a machine without GDAL; fails it where tools are required. */
  public static void need() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    if (Stream.of(path.split(":", -1))
        .noneMatch(folder -> Files.isExecutable(Path.of(folder, "gdal_translate")))) {
      String missing = "GDAL is missing: apt-get install gdal-bin";
      if ("required".equals(System.getenv("INCLUSION_TOOLS"))) {
        fail(missing);
      }
      Assumptions.abort(missing);
    }
  }

  /**
   * What GDAL's validator of Cloud-Optimised GeoTIFF says of a file that it finds valid, with a
   * full check. It comes with Debian's python3-gdal, for Debian's own Python.
   */
  public static String validCog(Path file) throws IOException, InterruptedException {
    String validator = "osgeo_utils.samples.validate_cloud_optimized_geotiff";
    String python = "/usr/bin/python3";
    if (!Files.isExecutable(Path.of(python)) || !succeeds(python, "-c", "import " + validator)) {
      String missing = "GDAL's validator is missing: apt-get install python3-gdal";
      if ("required".equals(System.getenv("INCLUSION_TOOLS"))) {
        fail(missing);
      }
      Assumptions.abort(missing);
    }
    return run(python, "-m", validator, "--full-check=yes", file.toString());
  }

  private static boolean succeeds(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(List.of(command)).redirectErrorStream(true).start().waitFor() == 0;
  }

  /** What a program says; it must succeed. */
  public static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
