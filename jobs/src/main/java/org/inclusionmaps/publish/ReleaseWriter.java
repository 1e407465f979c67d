package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.format.pmtiles.Bounds;
import org.inclusionmaps.publish.desktop.AreaFile;
import org.inclusionmaps.publish.desktop.Desktop;
import org.inclusionmaps.publish.desktop.HexagonFile;
import org.inclusionmaps.publish.desktop.IndicatorCsv;
import org.inclusionmaps.publish.desktop.SdmxCsv;
import org.inclusionmaps.publish.figures.AreaTotals;
import org.inclusionmaps.publish.figures.Areas;
import org.inclusionmaps.publish.figures.Chunks;
import org.inclusionmaps.publish.figures.Figures;
import org.inclusionmaps.publish.figures.Group;
import org.inclusionmaps.publish.figures.ShownPlaces;
import org.inclusionmaps.publish.figures.Thousandths;
import org.inclusionmaps.publish.figures.Totals;
import org.inclusionmaps.publish.rasters.RasterGrid;
import org.inclusionmaps.publish.rasters.Rasters;
import org.inclusionmaps.publish.report.Datasheet;
import org.inclusionmaps.publish.report.Estimates;
import org.inclusionmaps.publish.report.Findings;
import org.inclusionmaps.publish.report.Report;
import org.inclusionmaps.publish.report.ReportMaps;
import org.inclusionmaps.publish.report.ReportModels;
import org.inclusionmaps.publish.tiles.ReadBack;
import org.inclusionmaps.publish.tiles.TileArchive;
import org.inclusionmaps.publish.tiles.ZoomPlan;
import org.inclusionmaps.publish.writing.ReleaseContext;
import org.inclusionmaps.publish.writing.ReleaseFiles;

/** Writes the files of a release, and checks whether they agree. */
final class ReleaseWriter {
  private final SparkSession spark;
  private final ReleaseContext context;
  private final ReleaseContent content;
  private final ReleaseFiles files;
  private final ShownPlaces shown;
  private final Figures everybody;
  private final int resolution;
  private final Map<String, Long> rows = new TreeMap<>();
  private final ReleaseCheck check = new ReleaseCheck();

  ReleaseWriter(
      SparkSession spark, ReleaseContext context, ReleaseContent content, ReleaseFiles files) {
    this.spark = spark;
    this.context = context;
    this.content = content;
    this.files = files;
    this.shown = content.shown();
    this.everybody = content.everybody();
    this.resolution = context.settings().places().resolution();
  }

  /**
   * Writes them in place of what is left of one that was not finished; the manifest last.
   *
   * @throws InclusionException {@code RELEASE_REFUSED} if a check fails
   */
  void write(Authority authority) {
    try {
      files.deleteAll();
    } catch (IOException e) {
      throw files.unwritable("", e);
    }
    check.parts(content.overview().broken());
    List<Equity> equity =
        Equity.of(
            content.tableOrNull(Tables.SUBSCRIBERS),
            content.table(Tables.INCLUSION),
            content.names().parents());
    check.equity(equity, context.settings().release().equityWaiver() != null);
    Dataset<Row> areaTotals =
        AreaTotals.of(
                content.totals(),
                content.table(Tables.AREAS),
                content.names().parents(),
                ReleaseContent.levels(context.settings().release()))
            .persist(StorageLevel.DISK_ONLY());
    Map<String, String> sha256;
    try {
      sha256 = files(Areas.of(areaTotals, content.names().names()), equity);
    } finally {
      areaTotals.unpersist();
    }
    Manifest.write(context, rows, check.passed(), sha256, authority, files);
  }

  /** Writes all but the manifest; gives the sha256 of files that were read for it. */
  private Map<String, String> files(Areas areas, List<Equity> equity) {
    Findings findings = findings(areas);
    check.indicators(
        findings.indicators(), everybody, Thousandths.most(shown.chunks(), resolution));
    tables(areas);
    persons();
    maps(findings, areas);
    check.rasters(Rasters.write(shown, resolution, context, files), everybody);
    Desktop desktop =
        Desktop.write(
            spark,
            context,
            areas,
            content.groups(),
            content.table(Tables.INDICATORS),
            resolution,
            files);
    rows.putAll(desktop.rows());
    Datasheet.write(context, findings, shown.sentences(), files);
    PrivacyNote.write(context, equity, files);
    RasterGrid grid = RasterGrid.of(resolution, shown.chunks().box());
    return Stac.write(context, desktop, rows, areas, content.bounds(areas), grid, files);
  }

  private void tables(Areas areas) {
    List<Group> groups = content.groups();
    Dataset<Row> indicators = content.table(Tables.INDICATORS);
    rows.putAll(HexagonFile.write(shown.rows(), groups, shown.chunks(), resolution, files));
    rows.putAll(AreaFile.write(areas.rows(), indicators, groups, files));
    rows.put(IndicatorCsv.NAME, IndicatorCsv.write(indicators, content.table(Tables.AREAS), files));
    rows.put(SdmxCsv.NAME, SdmxCsv.write(context, indicators, content.table(Tables.AREAS), files));
  }

  private void persons() {
    check.files(
        everybody.persons(),
        shown.heldBack(),
        back(HexagonFile.folder(resolution)),
        back(AreaFile.folder(0)));
  }

  private void maps(Findings findings, Areas areas) {
    Chunks chunks = shown.chunks();
    Bounds bounds = content.bounds(areas);
    List<Group> groups = content.groups();
    TileArchive.Written written =
        TileArchive.write(
            shown.rows(),
            chunks,
            areas,
            content.tableOrNull(Tables.SETTLEMENTS),
            groups,
            resolution,
            bounds,
            about(),
            context.settings().release().mbtiles(),
            files);
    check.tiles(written, everybody, HexagonFile.counts(rows, resolution), shown, areas);
    sameFigures(areas, written.plan());
    int borderLevel = areas.drawn().keySet().stream().filter(l -> l > 0).findFirst().orElse(0);
    List<Areas.Border> borders = areas.borders(borderLevel);
    Viewer.write(
        context, groups, bounds, areas.drawn(), borderLevel, borders, shown.sentences(), files);
    ViewerAreas.write(areas, content.table(Tables.INDICATORS), groups, files);
    ReportMaps maps =
        ReportMaps.of(shown, HexagonFile.counts(rows, resolution), areas, borders, bounds);
    Report.write(context, findings, maps, models(), files);
  }

  private void sameFigures(Areas areas, ZoomPlan plan) {
    ReadBack back = new ReadBack(files, content.groups());
    Map<Integer, ReadBack.Sums> hexagons = new TreeMap<>();
    HexagonFile.counts(rows, resolution)
        .keySet()
        .forEach(r -> hexagons.put(r, back.hexagons(spark, HexagonFile.folder(r))));
    Map<String, Long> ofAreas = new TreeMap<>();
    areas.list().stream()
        .map(Areas.Area::level)
        .distinct()
        .forEach(level -> ofAreas.putAll(back.areas(spark, AreaFile.folder(level))));
    check.sameFigures(back.tiles(spark), hexagons, ofAreas, plan, everybody);
  }

  private String models() {
    return ReportModels.html(
        content.tableOrNull(Tables.RATE_MODELS),
        content.tableOrNull(Tables.AREA_RATES),
        content.names().names());
  }

  private Findings findings(Areas areas) {
    Set<String> whole = new TreeSet<>(Set.of(context.settings().country().id()));
    areas.below().stream().filter(a -> a.level() == 1).map(Areas.Area::id).forEach(whole::add);
    return new Findings(
        content.country(),
        Findings.degrees(content.totals(), content.tableOrNull(Tables.PLACES), content.groups()),
        areas.below(),
        Findings.indicators(content.table(Tables.INDICATORS), context.settings().country().id()),
        content.overview().range(),
        Estimates.of(content.table(Tables.INDICATORS), whole),
        content.earlier(),
        Findings.assumptions(context.caveats().notes(), context.caveats().named()));
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

  /** The persons of a folder of files; no row where there is none. */
  private Dataset<Row> back(String folder) {
    Path path = files.path(folder);
    try {
      if (!files.system().exists(path)) {
        return spark.range(0).select(lit(null).cast("decimal(18,3)").as(Totals.PERSONS));
      }
    } catch (IOException e) {
      throw files.unwritable(folder, e);
    }
    return spark.read().schema(Totals.PERSONS + " DECIMAL(18,3)").parquet(path.toString());
  }
}
