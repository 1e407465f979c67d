package org.inclusionmaps.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.inclusionmaps.publish.figures.AreaNames;
import org.inclusionmaps.publish.figures.Chunks;
import org.inclusionmaps.publish.figures.PlaceTotals;
import org.inclusionmaps.publish.figures.SensitivePlaces;
import org.inclusionmaps.publish.figures.ShownPlaces;
import org.inclusionmaps.publish.report.EarlierReleases;
import org.inclusionmaps.publish.report.Findings;
import org.inclusionmaps.publish.report.Report;
import org.inclusionmaps.publish.writing.ReleaseContext;
import org.inclusionmaps.publish.writing.ReleaseFiles;

/**
 * The tables of a finished run to a folder of files that people open, and then the pointer to it.
 * The same tables give the same bytes.
 */
public final class Release {
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

  private Release() {}

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
              totals,
              overview.groups().size(),
              coarse,
              sensitive,
              names,
              ReleaseContent.levels(settings),
              settings.leastPeople());
      try {
        return publish(
            spark,
            context.named(shown.name(context.runId(), earlier.key()), earlier.list()),
            new ReleaseContent(tables, overview, totals, names, shown, earlier),
            authority);
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

  private static Published publish(
      SparkSession spark, ReleaseContext context, ReleaseContent content, Authority authority) {
    if (content.everybody().persons() <= 0) {
      throw new InclusionException(
          ErrorCode.RELEASE_REFUSED,
          "nobody of 15 and over lives anywhere in the table inclusion: correct the census;"
              + " nothing was published and CURRENT is as it was");
    }
    ReleaseFiles files =
        new ReleaseFiles(
            new Path(new Path(context.settings().output().path(), "releases"), context.runId()),
            spark.sparkContext().hadoopConfiguration());
    if (!Standing.isWhole(files, authority)) {
      new ReleaseWriter(spark, context, content, files).write(authority);
    }
    Pointer.move(
        files.releases(),
        context.runId(),
        context.settings().country().name(),
        History.Cause.PUBLISHED,
        authority);
    List<String> lines =
        new ArrayList<>(
            Report.lines(
                content.country(),
                Findings.indicators(
                    content.table(Tables.INDICATORS), context.settings().country().id())));
    lines.addAll(content.shown().sentences());
    lines.addAll(content.shown().warnings());
    lines.addAll(content.earlier().faults());
    return new Published(files.root(), lines, content.shown().counts());
  }
}
