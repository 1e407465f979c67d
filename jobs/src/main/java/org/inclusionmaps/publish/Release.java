package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.format.pmtiles.Bounds;
import org.locationtech.jts.geom.Envelope;

/**
 * The tables of a finished run to a folder of files that people open, and then the pointer to it.
 * The same tables give the same bytes.
 */
public final class Release {
  private final SparkSession spark;
  private final ReleaseContext context;
  private final Map<Table, Dataset<Row>> tables;
  private final ReleaseFiles files;
  private final Overview overview;
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
    this.overview = Overview.of(table(Tables.INCLUSION));
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
    return new Release(spark, context, tables, files).write();
  }

  private Dataset<Row> table(Table table) {
    return Objects.requireNonNull(tables.get(table), table.name());
  }

  private Published write() {
    int resolution = context.settings().places().resolution();
    int coarse = Chunks.resolution(resolution);
    Dataset<Row> totals =
        PlaceTotals.of(table(Tables.INCLUSION), overview.groups(), coarse)
            .persist(StorageLevel.DISK_ONLY());
    try {
      Chunks chunks = Chunks.of(totals, overview.groups().size(), coarse);
      Map<Group, Figures> country = country(chunks.country());
      if (all(country).persons() <= 0) {
        throw new InclusionException(
            ErrorCode.RELEASE_REFUSED,
            "nobody of 15 and over lives anywhere in the table inclusion: correct the census;"
                + " nothing was published and CURRENT is as it was");
      }
      if (!Manifest.verifies(files)) {
        write(totals, chunks, country, resolution);
      }
      Pointer.move(files);
      return new Published(
          files.root(),
          Report.lines(
              country,
              Findings.indicators(table(Tables.INDICATORS), context.settings().country().id())));
    } finally {
      totals.unpersist();
    }
  }

  private Map<Group, Figures> country(Totals totals) {
    Map<Group, Figures> country = new LinkedHashMap<>();
    for (int i = 0; i < overview.groups().size(); i++) {
      country.put(overview.groups().get(i), totals.figures(i));
    }
    return country;
  }

  private void write(
      Dataset<Row> totals, Chunks chunks, Map<Group, Figures> country, int resolution) {
    try {
      files.deleteAll();
    } catch (IOException e) {
      throw files.unwritable("", e);
    }
    check.parts(overview.broken());
    AreaNames names = AreaNames.of(table(Tables.AREAS));
    List<Equity> equity =
        Equity.of(tables.get(Tables.SUBSCRIBERS), table(Tables.INCLUSION), names.parents());
    check.equity(equity, context.settings().release().equityWaiver() != null);
    Dataset<Row> areaTotals =
        AreaTotals.of(totals, table(Tables.AREAS), names.parents(), levels())
            .persist(StorageLevel.DISK_ONLY());
    try {
      Areas areas = Areas.of(areaTotals, names.names());
      Findings findings = findings(country, totals, areas);
      check.indicators(findings.indicators(), all(country));
      tables(totals, chunks, areas, resolution);
      files(all(country), resolution);
      maps(findings, totals, chunks, areas, resolution, models(names));
      Datasheet.write(context, findings, files);
      PrivacyNote.write(context, equity, files);
    } finally {
      areaTotals.unpersist();
    }
    Manifest.write(context, rows, check.passed(), files);
  }

  private void tables(Dataset<Row> totals, Chunks chunks, Areas areas, int resolution) {
    List<Group> groups = overview.groups();
    Dataset<Row> indicators = table(Tables.INDICATORS);
    rows.putAll(HexagonFile.write(totals, groups, chunks, resolution, files));
    rows.putAll(AreaFile.write(areas.rows(), indicators, groups, files));
    rows.put(IndicatorCsv.NAME, IndicatorCsv.write(indicators, table(Tables.AREAS), files));
  }

  private void files(Figures country, int resolution) {
    check.files(country.persons(), back(HexagonFile.folder(resolution)), back(AreaFile.folder(0)));
  }

  private void maps(
      Findings findings,
      Dataset<Row> totals,
      Chunks chunks,
      Areas areas,
      int resolution,
      String models) {
    Envelope box = chunks.box();
    box.expandToInclude(areas.box());
    Bounds bounds = new Bounds(box.getMinX(), box.getMinY(), box.getMaxX(), box.getMaxY());
    List<Group> groups = overview.groups();
    TileArchive.Written written =
        TileArchive.write(totals, chunks, areas, groups, resolution, bounds, about(), files);
    check.tiles(written, all(findings.country()), HexagonFile.counts(rows, resolution), areas);
    int borderLevel = areas.drawn().keySet().stream().filter(l -> l > 0).findFirst().orElse(0);
    List<MapPicture.Border> borders = areas.borders(borderLevel);
    Viewer.write(context, groups, bounds, areas.drawn(), borderLevel, borders, files);
    String picture =
        MapPicture.svg(totals, chunks, HexagonFile.counts(rows, resolution), bounds, borders);
    Report.write(context, findings, picture, models, files);
  }

  private String models(AreaNames names) {
    return ReportModels.html(
        tables.get(Tables.RATE_MODELS), tables.get(Tables.AREA_RATES), names.names());
  }

  private Findings findings(Map<Group, Figures> country, Dataset<Row> totals, Areas areas) {
    return new Findings(
        country,
        Findings.degrees(totals, tables.get(Tables.PLACES)),
        areas.below(),
        Findings.indicators(table(Tables.INDICATORS), context.settings().country().id()),
        overview.range(),
        Findings.assumptions(context.notes(), context.named()));
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
    Map<String, String> about = new LinkedHashMap<>();
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
    return spark.read().schema(Totals.PERSONS + " DECIMAL(18,6)").parquet(path.toString());
  }
}
