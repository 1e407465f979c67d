package org.inclusionmaps.publish.desktop;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.publish.MadeUpRun;
import org.inclusionmaps.publish.Release;
import org.inclusionmaps.publish.ViewServer;
import org.inclusionmaps.publish.figures.Classes;
import org.inclusionmaps.publish.figures.Part;
import org.inclusionmaps.publish.tiles.TileArchive;
import org.inclusionmaps.testing.Browser;
import org.inclusionmaps.testing.Node;
import org.inclusionmaps.testing.Qgis;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The styles of a release draw its own archive of tiles, in MapLibre and in QGIS, in the classes of
 * the shares that its GeoParquet file has. Pictures are left in {@code target/styles}.
 */
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StylesTest {
  /** West, south, east and north of the made-up country, degrees. */
  private static final List<Double> BOX = List.of(-64.6, -21.6, -64.4, -21.4);

  /** What a hexagon of the picture has at least, of 600 x 600 or 400 x 400 pixels. */
  private static final int PIXELS = 100;

  private Path output;
  private Path release;
  private Path pictures;
  private final Set<String> expected = new TreeSet<>();

  @BeforeAll
  void publish(SparkSession spark, @TempDir Path folder) throws Exception {
    output = folder;
    Release.write(spark, MadeUpRun.context(output, "drawn"), MadeUpRun.tables(spark, 8));
    release = output.resolve("releases/drawn");
    pictures = Files.createDirectories(Path.of("target/styles").toAbsolutePath());
    Dataset<Row> hexagons =
        spark.read().parquet(release.resolve("inclusion/resolution=8").toString());
    for (Row row : hexagons.select(col("lacking_pct").cast("double")).collectAsList()) {
      expected.add(row.isNullAt(0) ? Part.UNKNOWN.colour() : Classes.colour(row.getDouble(0)));
    }
    assertThat(expected).contains(Part.UNKNOWN.colour()).hasSizeGreaterThan(2);
  }

  @Test
  void mapLibreFindsItsStyleValidAndDrawsTheTilesByIt() throws Exception {
    Node.need();
    Path chromium = Browser.find().orElseGet(StylesTest::missing);
    try (ViewServer server = ViewServer.start(output, 0)) {
      String address = server.address().replace("/viewer/index.html", "");
      String said =
          Node.run(
              "style.mjs",
              address,
              chromium.toString(),
              pictures.resolve("maplibre.png").toString(),
              BOX.get(0).toString(),
              BOX.get(1).toString(),
              BOX.get(2).toString(),
              BOX.get(3).toString());
      assertThat(classes(said.lines().toList())).isEqualTo(expected);
    }
  }

  private static Path missing() {
    String missing = "Chromium is missing: apt-get install chromium";
    if ("required".equals(System.getenv("INCLUSION_TOOLS"))) {
      fail(missing);
    }
    return Assumptions.abort(missing);
  }

  @Test
  void qgisDrawsTheTilesByTheirStyle() throws Exception {
    Node.need();
    Qgis.need();
    Path tiles = Files.createDirectory(output.resolve("tiles"));
    Node.run("unpack.mjs", release.resolve(TileArchive.NAME).toString(), tiles.toString());
    List<String> said =
        Qgis.draw(
            tiles.toString(),
            pictures.resolve("qgis.png"),
            release.resolve("styles/tiles.qml"),
            BOX.get(0),
            BOX.get(1),
            BOX.get(2),
            BOX.get(3));
    assertThat(said).contains("renderer basic");
    assertThat(classes(said)).isEqualTo(expected);
  }

  /** The colours of classes that a drawing has, without those of borders and paper. */
  private static Set<String> classes(List<String> said) {
    Set<String> classes = new TreeSet<>(Classes.WORSE);
    classes.add(Classes.ZERO);
    classes.add(Part.UNKNOWN.colour());
    return said.stream()
        .map(line -> line.split(" ", -1))
        .filter(words -> words[0].equals("colour") && Integer.parseInt(words[2]) > PIXELS)
        .map(words -> words[1])
        .filter(classes::contains)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
