package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.format.pmtiles.Bounds;

/**
 * The tables of a finished run to a folder of files that people open, and then the pointer to it.
 * The same tables give the same bytes.
 */
public final class Release {
  private static final int COARSER_FILES = 4;

  private final SparkSession spark;
  private final ReleaseContext context;
  private final Map<Table, Dataset<Row>> tables;
  private final ReleaseFiles files;
  private final List<Group> groups;
  private final Map<String, Long> rows = new TreeMap<>();
  private final ReleaseCheck check = new ReleaseCheck();

  /**
   * What was published.
   *
   * @param folder the release
   * @param lines its main figures in words
   */
  public record Published(Path folder, List<String> lines) {
    public Published {
      lines = List.copyOf(lines);
    }
  }

  private Release(
      SparkSession spark,
      ReleaseContext context,
      Map<Table, Dataset<Row>> tables,
      ReleaseFiles files) {
    this.spark = spark;
    this.context = context;
    this.tables = tables;
    this.files = files;
    this.groups = Group.of(table(tables, Tables.INCLUSION));
  }

  /**
   * Writes a release and points readers to it. One of the same name that is there whole stays as it
   * is; what is left of one that was not finished is replaced.
   *
   * @param tables of a finished run: inclusion, indicators and areas at least
   * @throws InclusionException {@code RELEASE_REFUSED} if a check fails; the pointer stays
   */
  public static Published write(
      SparkSession spark, ReleaseContext context, Map<Table, Dataset<Row>> tables) {
    Path folder =
        new Path(new Path(context.settings().output().path(), "releases"), context.runId());
    ReleaseFiles files = new ReleaseFiles(folder, spark.sparkContext().hadoopConfiguration());
    Release release = new Release(spark, context, tables, files);
    Map<Group, Figures> country = Findings.country(table(tables, Tables.INCLUSION), release.groups);
    if (!Manifest.verifies(files)) {
      try {
        files.deleteAll();
      } catch (IOException e) {
        throw files.unwritable("", e);
      }
      release.write(country);
    }
    Pointer.move(files);
    return new Published(folder, Report.lines(country));
  }

  private static Dataset<Row> table(Map<Table, Dataset<Row>> tables, Table table) {
    return Objects.requireNonNull(tables.get(table), table.name());
  }

  private void write(Map<Group, Figures> country) {
    Dataset<Row> inclusion = table(tables, Tables.INCLUSION);
    check.parts(inclusion);
    Dataset<Row> totals =
        Totals.of(inclusion, groups, col(Tables.PLACE)).persist(StorageLevel.DISK_ONLY());
    Dataset<Row> areaTotals =
        AreaTotals.of(inclusion, table(tables, Tables.AREAS), groups, levels())
            .persist(StorageLevel.DISK_ONLY());
    try {
      Findings findings = findings(country, totals, areaTotals);
      check.indicators(findings.indicators(), all(country));
      write(findings, totals, areaTotals);
    } finally {
      totals.unpersist();
      areaTotals.unpersist();
    }
    Manifest.write(context, rows, check.passed(), files);
  }

  private void write(Findings findings, Dataset<Row> totals, Dataset<Row> areaTotals) {
    int resolution = context.settings().places().resolution();
    Chunks chunks = Chunks.of(totals, Totals.measures(groups), resolution);
    hexagons(totals, chunks, resolution);
    Dataset<Row> indicators = table(tables, Tables.INDICATORS);
    rows.putAll(AreaFile.write(areaTotals, indicators, groups, levels(), files));
    rows.put(IndicatorCsv.NAME, IndicatorCsv.write(indicators, table(tables, Tables.AREAS), files));
    long persons = all(findings.country()).persons();
    if (persons > 0) {
      check.files(persons, back(HexagonFile.folder(resolution)), back(AreaFile.folder(0)));
    }
    Dataset<Row> tenths = Tenths.of(totals, groups, chunks).persist(StorageLevel.DISK_ONLY());
    try {
      maps(findings, tenths, totals, areaTotals, resolution);
    } finally {
      tenths.unpersist();
    }
    Datasheet.write(context, findings, files);
  }

  private void hexagons(Dataset<Row> totals, Chunks chunks, int resolution) {
    rows.putAll(HexagonFile.write(totals, groups, chunks, resolution, files));
    int coarsest = Math.max(chunks.resolution(), resolution - COARSER_FILES);
    for (int coarser = resolution - 1; coarser >= coarsest; coarser--) {
      Dataset<Row> rolledUp =
          Totals.rolledUp(totals, groups, Chunks.parent(coarser).as(Tables.PLACE));
      rows.putAll(HexagonFile.write(rolledUp, groups, chunks, coarser, files));
    }
  }

  private void maps(
      Findings findings,
      Dataset<Row> tenths,
      Dataset<Row> totals,
      Dataset<Row> areaTotals,
      int resolution) {
    AreaShapes shapes = AreaShapes.of(areaTotals, groups);
    Bounds bounds = Extent.of(totals, areaTotals);
    TileArchive.Written written =
        TileArchive.write(tenths, shapes, groups, resolution, bounds, about(), files);
    check.tiles(written, all(findings.country()), shapes);
    int borderLevel = shapes.counts().keySet().stream().filter(l -> l > 0).findFirst().orElse(0);
    List<MapPicture.Border> borders = borders(shapes, borderLevel);
    Viewer.write(context, groups, bounds, shapes.counts(), borderLevel, borders, files);
    Report.write(
        context, findings, MapPicture.svg(tenths, groups, resolution, bounds, borders), files);
  }

  private List<MapPicture.Border> borders(AreaShapes shapes, int level) {
    return shapes
        .rows()
        .where(col("level").equalTo(level))
        .orderBy(col("values").getItem(0).desc_nulls_last(), col("area"))
        .select("name", "geometry")
        .collectAsList()
        .stream()
        .map(row -> new MapPicture.Border(row.getString(0), AreaTiles.read(row.getAs(1))))
        .toList();
  }

  private Findings findings(
      Map<Group, Figures> country, Dataset<Row> totals, Dataset<Row> areaTotals) {
    return new Findings(
        country,
        Findings.degrees(totals, tables.get(Tables.PLACES)),
        Findings.areas(areaTotals, table(tables, Tables.AREAS)),
        Findings.indicators(table(tables, Tables.INDICATORS), context.settings().country().id()),
        Findings.range(table(tables, Tables.INCLUSION)),
        Findings.assumptions(tables));
  }

  private static Figures all(Map<Group, Figures> country) {
    return Objects.requireNonNull(country.get(Group.ALL));
  }

  private List<Integer> levels() {
    List<Integer> levels = new ArrayList<>(context.settings().release().areaLevels());
    if (!levels.contains(0)) {
      levels.add(0);
    }
    levels.sort(null);
    return levels;
  }

  private Map<String, String> about() {
    Map<String, String> about = new java.util.LinkedHashMap<>();
    about.put("name", context.title());
    about.put(
        "description",
        "Persons 15 and older by what stands between them and affordable access, "
            + context.settings().release().referenceDate());
    about.put("attribution", "inclusion-maps, release " + context.runId());
    about.put("version", context.runId());
    return about;
  }

  private Dataset<Row> back(String folder) {
    Path path = files.path(folder);
    try {
      if (!files.system().exists(path)) {
        return spark.range(0).select(lit(null).cast("decimal(18,6)").as(Totals.PERSONS));
      }
    } catch (IOException e) {
      throw files.unwritable(folder, e);
    }
    return spark.read().parquet(path.toString());
  }
}
