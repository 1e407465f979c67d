package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.inclusionmaps.config.ReleaseSettings;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.format.pmtiles.Bounds;
import org.inclusionmaps.publish.desktop.AreaFile;
import org.inclusionmaps.publish.desktop.Desktop;
import org.inclusionmaps.publish.desktop.HexagonFile;
import org.inclusionmaps.publish.desktop.IndicatorCsv;
import org.inclusionmaps.publish.desktop.SdmxCsv;
import org.inclusionmaps.publish.figures.AreaNames;
import org.inclusionmaps.publish.figures.AreaTotals;
import org.inclusionmaps.publish.figures.Areas;
import org.inclusionmaps.publish.figures.Chunks;
import org.inclusionmaps.publish.figures.Figures;
import org.inclusionmaps.publish.figures.Group;
import org.inclusionmaps.publish.figures.PlaceTotals;
import org.inclusionmaps.publish.figures.SensitivePlaces;
import org.inclusionmaps.publish.figures.ShownPlaces;
import org.inclusionmaps.publish.figures.Thousandths;
import org.inclusionmaps.publish.figures.Totals;
import org.inclusionmaps.publish.rasters.RasterGrid;
import org.inclusionmaps.publish.rasters.Rasters;
import org.inclusionmaps.publish.report.Datasheet;
import org.inclusionmaps.publish.report.EarlierReleases;
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
  private final Dataset<Row> totals;
  private final AreaNames names;
  private final ShownPlaces shown;
  private final EarlierReleases earlier;
  private final Authority authority;
  private final Map<String, Long> rows = new TreeMap<>();
  private final ReleaseCheck check = new ReleaseCheck();

  /**
   * What was published.
   *
   * @param folder the release
   * @param lines its main figures in words
   * @param notShown places and persons that are shown elsewhere or coarsely alone
   */
  public record Published(Path folder, List<String> lines, Map<String, Object> notShown) {
    public Published {
      lines = List.copyOf(lines);
    }
  }

  private Release(
      SparkSession spark,
      ReleaseContext context,
      Map<Table, Dataset<Row>> tables,
      Overview overview,
      Dataset<Row> totals,
      AreaNames names,
      ShownPlaces shown,
      EarlierReleases earlier,
      Authority authority) {
    this.spark = spark;
    this.authority = authority;
    this.earlier = earlier;
    this.context = context.named(shown.name(context.runId(), earlier.key()), earlier.list());
    this.tables = tables;
    this.overview = overview;
    this.totals = totals;
    this.names = names;
    this.shown = shown;
    this.files =
        new ReleaseFiles(
            new Path(
                new Path(context.settings().output().path(), "releases"), this.context.runId()),
            spark.sparkContext().hadoopConfiguration());
  }

  /** The same for one who is alone with the folder, and does not sign. */
  public static Published write(
      SparkSession spark, ReleaseContext context, Map<Table, Dataset<Row>> tables) {
    return write(spark, context, tables, Authority.ALONE);
  }

  /**
   * Writes a release and points readers to it. One of the same name that is there whole stays as it
   * is; what is left of one that was not finished is replaced.
   *
   * @param tables of a finished run: inclusion, indicators and areas at least
   * @throws InclusionException {@code RELEASE_REFUSED} if a check fails; the pointer stays
   */
  public static Published write(
      SparkSession spark,
      ReleaseContext context,
      Map<Table, Dataset<Row>> tables,
      Authority authority) {
    try {
      return writeFrom(spark, context, tables, authority);
    } catch (FSError e) { // Hadoop tells a full local disk by an error
      throw new InclusionException(
          ErrorCode.RESOURCES_EXHAUSTED,
          "the release cannot be written to %s: %s; CURRENT is as it was, or names this release whole"
              .formatted(context.settings().output().path(), e.getMessage()),
          e);
    }
  }

  private static Published writeFrom(
      SparkSession spark,
      ReleaseContext context,
      Map<Table, Dataset<Row>> tables,
      Authority authority) {
    EarlierReleases earlier = EarlierSearch.find(spark, context);
    Overview overview = Overview.of(table(tables, Tables.INCLUSION));
    int groups = overview.groups().size();
    SensitivePlaces sensitive = SensitivePlaces.of(tables.get(Tables.SENSITIVE_PLACES));
    int coarse = sensitive.coarsest(Chunks.resolution(context.settings().places().resolution()));
    Dataset<Row> totals =
        PlaceTotals.of(
                table(tables, Tables.INCLUSION),
                tables.get(Tables.OFFERS),
                overview.groups(),
                coarse)
            .persist(StorageLevel.DISK_ONLY());
    AreaNames names = AreaNames.of(table(tables, Tables.AREAS));
    ReleaseSettings settings = context.settings().release();
    try {
      ShownPlaces shown =
          ShownPlaces.of(
              totals, groups, coarse, sensitive, names, levels(settings), settings.leastPeople());
      try {
        return new Release(
                spark, context, tables, overview, totals, names, shown, earlier, authority)
            .write();
      } finally {
        shown.rows().unpersist();
      }
    } finally {
      totals.unpersist();
    }
  }

  private static Dataset<Row> table(Map<Table, Dataset<Row>> tables, Table table) {
    return Objects.requireNonNull(tables.get(table), table.name());
  }

  private Dataset<Row> table(Table table) {
    return table(tables, table);
  }

  private Published write() {
    int resolution = context.settings().places().resolution();
    Map<Group, Figures> country = country(shown.chunks().country());
    if (all(country).persons() <= 0) {
      throw new InclusionException(
          ErrorCode.RELEASE_REFUSED,
          "nobody of 15 and over lives anywhere in the table inclusion: correct the census;"
              + " nothing was published and CURRENT is as it was");
    }
    if (!Standing.isWhole(files, authority)) {
      write(country, resolution);
    }
    ReleaseFiles releases = files.releases();
    String called = context.settings().country().name();
    Pointer.move(releases, context.runId(), called, History.Cause.PUBLISHED, authority);
    List<String> lines =
        new ArrayList<>(
            Report.lines(
                country,
                Findings.indicators(table(Tables.INDICATORS), context.settings().country().id())));
    lines.addAll(shown.sentences());
    lines.addAll(shown.warnings());
    lines.addAll(earlier.faults());
    return new Published(files.root(), lines, shown.counts());
  }

  private Map<Group, Figures> country(Totals totals) {
    Map<Group, Figures> country = new LinkedHashMap<>();
    for (int i = 0; i < overview.groups().size(); i++) {
      country.put(overview.groups().get(i), totals.figures(i));
    }
    return country;
  }

  private void write(Map<Group, Figures> country, int resolution) {
    try {
      files.deleteAll();
    } catch (IOException e) {
      throw files.unwritable("", e);
    }
    check.parts(overview.broken());
    List<Equity> equity =
        Equity.of(tables.get(Tables.SUBSCRIBERS), table(Tables.INCLUSION), names.parents());
    check.equity(equity, context.settings().release().equityWaiver() != null);
    Map<String, String> sha256;
    Dataset<Row> areaTotals =
        AreaTotals.of(
                totals, table(Tables.AREAS), names.parents(), levels(context.settings().release()))
            .persist(StorageLevel.DISK_ONLY());
    try {
      Areas areas = Areas.of(areaTotals, names.names());
      Findings findings = findings(country, areas);
      check.indicators(
          findings.indicators(), all(country), Thousandths.most(shown.chunks(), resolution));
      tables(areas, resolution);
      files(all(country), resolution);
      maps(findings, areas, resolution);
      check.rasters(Rasters.write(shown, resolution, context, files), all(country));
      Desktop desktop =
          Desktop.write(
              spark,
              context,
              areas,
              overview.groups(),
              table(Tables.INDICATORS),
              resolution,
              files);
      rows.putAll(desktop.rows());
      Datasheet.write(context, findings, shown.sentences(), files);
      PrivacyNote.write(context, equity, files);
      RasterGrid grid = RasterGrid.of(resolution, shown.chunks().box());
      sha256 = Stac.write(context, desktop, rows, bounds(areas), grid, files);
    } finally {
      areaTotals.unpersist();
    }
    Manifest.write(context, rows, check.passed(), sha256, authority, files);
  }

  private void tables(Areas areas, int resolution) {
    List<Group> groups = overview.groups();
    Dataset<Row> indicators = table(Tables.INDICATORS);
    rows.putAll(HexagonFile.write(shown.rows(), groups, shown.chunks(), resolution, files));
    rows.putAll(AreaFile.write(areas.rows(), indicators, groups, files));
    rows.put(IndicatorCsv.NAME, IndicatorCsv.write(indicators, table(Tables.AREAS), files));
    rows.put(SdmxCsv.NAME, SdmxCsv.write(context, indicators, table(Tables.AREAS), files));
  }

  private void files(Figures country, int resolution) {
    check.files(
        country.persons(),
        shown.heldBack(),
        back(HexagonFile.folder(resolution)),
        back(AreaFile.folder(0)));
  }

  private void maps(Findings findings, Areas areas, int resolution) {
    Chunks chunks = shown.chunks();
    Bounds bounds = bounds(areas);
    List<Group> groups = overview.groups();
    TileArchive.Written written =
        TileArchive.write(
            shown.rows(),
            chunks,
            areas,
            tables.get(Tables.SETTLEMENTS),
            groups,
            resolution,
            bounds,
            about(),
            context.settings().release().mbtiles(),
            files);
    check.tiles(
        written, all(findings.country()), HexagonFile.counts(rows, resolution), shown, areas);
    sameFigures(areas, findings, written.plan(), resolution);
    int borderLevel = areas.drawn().keySet().stream().filter(l -> l > 0).findFirst().orElse(0);
    List<Areas.Border> borders = areas.borders(borderLevel);
    Viewer.write(
        context, groups, bounds, areas.drawn(), borderLevel, borders, shown.sentences(), files);
    ViewerAreas.write(areas, table(Tables.INDICATORS), groups, files);
    ReportMaps maps =
        ReportMaps.of(shown, HexagonFile.counts(rows, resolution), areas, borders, bounds);
    Report.write(context, findings, maps, models(), files);
  }

  private void sameFigures(Areas areas, Findings findings, ZoomPlan plan, int resolution) {
    ReadBack back = new ReadBack(files, overview.groups());
    Map<Integer, ReadBack.Sums> hexagons = new TreeMap<>();
    HexagonFile.counts(rows, resolution)
        .keySet()
        .forEach(r -> hexagons.put(r, back.hexagons(spark, HexagonFile.folder(r))));
    Map<String, Long> ofAreas = new TreeMap<>();
    areas.list().stream()
        .map(Areas.Area::level)
        .distinct()
        .forEach(level -> ofAreas.putAll(back.areas(spark, AreaFile.folder(level))));
    check.sameFigures(back.tiles(spark), hexagons, ofAreas, plan, all(findings.country()));
  }

  private Bounds bounds(Areas areas) {
    Envelope box = shown.chunks().box();
    box.expandToInclude(areas.box());
    return new Bounds(box.getMinX(), box.getMinY(), box.getMaxX(), box.getMaxY());
  }

  private String models() {
    return ReportModels.html(
        tables.get(Tables.RATE_MODELS), tables.get(Tables.AREA_RATES), names.names());
  }

  private Findings findings(Map<Group, Figures> country, Areas areas) {
    Set<String> whole = new TreeSet<>(Set.of(context.settings().country().id()));
    areas.below().stream().filter(a -> a.level() == 1).map(Areas.Area::id).forEach(whole::add);
    return new Findings(
        country,
        Findings.degrees(totals, tables.get(Tables.PLACES), overview.groups()),
        areas.below(),
        Findings.indicators(table(Tables.INDICATORS), context.settings().country().id()),
        overview.range(),
        Estimates.of(table(Tables.INDICATORS), whole),
        earlier,
        Findings.assumptions(context.notes(), context.named()));
  }

  private static Figures all(Map<Group, Figures> country) {
    return Objects.requireNonNull(country.get(Group.ALL));
  }

  private static List<Integer> levels(ReleaseSettings settings) {
    List<Integer> levels = new ArrayList<>(settings.areaLevels());
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
        return spark.range(0).select(lit(null).cast("decimal(18,3)").as(Totals.PERSONS));
      }
    } catch (IOException e) {
      throw files.unwritable(folder, e);
    }
    return spark.read().schema(Totals.PERSONS + " DECIMAL(18,3)").parquet(path.toString());
  }
}
