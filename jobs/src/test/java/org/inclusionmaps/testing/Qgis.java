package org.inclusionmaps.testing;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Debian's QGIS without a screen: what a desktop user sees of a file. */
public final class Qgis {
  /** Debian's own Python: another one does not find QGIS. */
  private static final String PYTHON = "/usr/bin/python3";

  private static final Path MODULE = Path.of("/usr/lib/python3/dist-packages/qgis/core");

  private Qgis() {}

  /** Skips a test on a machine without QGIS; fails it where tools are required. */
  public static void need() {
    if (!Files.exists(MODULE)) {
      String missing = "QGIS is missing: apt-get install python3-qgis qgis-providers";
      if ("required".equals(System.getenv("INCLUSION_TOOLS"))) {
        fail(missing);
      }
      Assumptions.abort(missing);
    }
  }

  /**
   * Draws a layer; gives what {@code src/test/qgis/render.py} says, one line each.
   *
   * @param layer a file, {@code file|layername=name}, or a folder of vector tiles
   * @param picture where the PNG goes
   * @param more a QML file or none, then west, south, east and north in degrees or none
   */
  public static List<String> draw(String layer, Path picture, Object... more)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(PYTHON, "src/test/qgis/render.py", layer, picture.toString()));
    Stream.of(more).map(Object::toString).forEach(command::add);
    return Gdal.run(command.toArray(String[]::new)).lines().toList();
  }
}
