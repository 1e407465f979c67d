package org.inclusionmaps.publish.desktop;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.publish.figures.Chunks;
import org.inclusionmaps.publish.figures.Figures;
import org.inclusionmaps.publish.figures.Group;
import org.inclusionmaps.publish.figures.Hexagon;
import org.inclusionmaps.publish.figures.Outline;
import org.inclusionmaps.publish.figures.Part;
import org.inclusionmaps.publish.figures.PlaceTotals;
import org.inclusionmaps.publish.figures.Runs;
import org.inclusionmaps.publish.figures.SensitivePlaces;
import org.inclusionmaps.publish.figures.Shown;
import org.inclusionmaps.publish.figures.Totals;
import org.inclusionmaps.publish.writing.ReleaseFiles;
import org.jspecify.annotations.Nullable;

/**
 * Hexagons for desktop maps and notebooks: one row a place, a group's figures side by side, so that
 * no outline lies on another. What is shown coarsely alone has no row in finer files. Columns of
 * everybody have no ending; those of a group end with its name.
 */
public final class HexagonFile implements Serializable {
  private static final int COARSER_FILES = 4;
  private static final List<Part> BARRIERS =
      List.of(Part.UNCOVERED, Part.PRICED_OUT, Part.BURDENED, Part.UNAFFORDABLE, Part.HELD_BACK);

  private static final StructType ROWS =
      Totals.schema(GeoParquet.FILE.add(GeoParquet.ORDER, DataTypes.LongType, false));

  @Serial private static final long serialVersionUID = 1;

  private final int coarse;
  private final HashMap<Long, Integer> numbers;
  private final List<Integer> resolutions;
  private final SensitivePlaces sensitive;

  private HexagonFile(Chunks chunks, int finest) {
    this.coarse = chunks.resolution();
    this.numbers = chunks.files();
    this.resolutions = resolutions(finest, coarse);
    this.sensitive = chunks.sensitive();
  }

  public static String folder(int resolution) {
    return "inclusion/resolution=" + resolution;
  }

  private static List<Integer> resolutions(int finest, int coarse) {
    int coarsest = Math.max(coarse, finest - COARSER_FILES);
    return new ArrayList<>(
        IntStream.rangeClosed(coarsest, finest).map(r -> finest + coarsest - r).boxed().toList());
  }

  /**
   * Writes the places and coarser hexagons; gives the rows of each file.
   *
   * @param totals of {@link PlaceTotals}
   * @param finest resolution of the places
   */
  public static Map<String, Long> write(
      Dataset<Row> totals, List<Group> groups, Chunks chunks, int finest, ReleaseFiles files) {
    HexagonFile hexagons = new HexagonFile(chunks, finest);
    StructType schema = new StructType().add("h3", DataTypes.StringType);
    schema = figures(schema, groups);
    for (String mean : Totals.MEANS) {
      schema = schema.add(mean, DataTypes.DoubleType);
    }
    schema =
        schema
            .add(Totals.BEST, DataTypes.StringType)
            .add("barrier", DataTypes.StringType)
            .add(Totals.SOURCE, DataTypes.StringType)
            .add(GeoRowSupport.GEOMETRY, DataTypes.BinaryType);
    return new GeoParquet(files, schema, persons(groups), HexagonFile::values)
        .write(
            totals.mapPartitions(
                (MapPartitionsFunction<Row, Row>) hexagons::rows, Encoders.row(ROWS)));
  }

  /** Resolution to how many hexagons of it were written, from the rows of the files. */
  public static Map<Integer, Long> counts(Map<String, Long> written, int finest) {
    Map<Integer, Long> counts = new TreeMap<>();
    written.forEach(
        (file, rows) -> {
          for (int resolution = finest; resolution >= 0; resolution--) {
            if (file.startsWith(folder(resolution) + "/")) {
              counts.merge(resolution, rows, Long::sum);
            }
          }
        });
    return counts;
  }

  /** The columns of the figures of all groups, after others. */
  static StructType figures(StructType before, List<Group> groups) {
    StructType schema = before;
    for (Group group : groups) {
      for (String name : Shown.names(group)) {
        schema =
            schema.add(name, name.contains("_pct") ? DataTypes.DoubleType : DataTypes.LongType);
      }
    }
    return schema;
  }

  /** The columns that count persons. */
  static Set<String> persons(List<Group> groups) {
    Set<String> names = new LinkedHashSet<>();
    groups.forEach(group -> names.addAll(Shown.counts(group)));
    return names;
  }

  private Iterator<Row> rows(Iterator<Row> places) {
    return Runs.stream(Hexagon.of(places, resolutions, sensitive))
        .filter(Hexagon::ofItsResolution)
        .map(
            hexagon ->
                RowFactory.create(
                    hexagon
                        .totals()
                        .after(
                            folder(hexagon.resolution()),
                            numbers.get(Places.parent(hexagon.place(), coarse)),
                            hexagon.place())))
        .iterator();
  }

  private static List<@Nullable Object> values(Row row) {
    long place = row.getLong(2);
    Totals totals = Totals.of(row, 3);
    List<@Nullable Object> values = new ArrayList<>();
    values.add(Places.address(place));
    values.addAll(Shown.figures(totals));
    for (int mean = 0; mean < Totals.MEANS.size(); mean++) {
      values.add(totals.mean(mean));
    }
    values.add(totals.best());
    values.add(barrier(totals.figures(0)));
    values.add(totals.source());
    values.add(Outline.wkb(place));
    return values;
  }

  /**
   * The largest of the parts that keep people out; of equal ones the first in the list. Null where
   * nobody is kept out.
   */
  static @Nullable String barrier(Figures everybody) {
    if (everybody.known() <= 0) {
      return Part.UNKNOWN.key();
    }
    Part largest = null;
    for (Part part : BARRIERS) {
      if (everybody.part(part) > (largest == null ? 0 : everybody.part(largest))) {
        largest = part;
      }
    }
    return largest == null ? null : largest.key();
  }
}
