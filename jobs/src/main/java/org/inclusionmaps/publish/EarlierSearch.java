package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.regexp_replace;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.ReleaseSettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.publish.ReleaseFolder.Entry;
import org.inclusionmaps.publish.desktop.IndicatorCsv;
import org.inclusionmaps.publish.report.EarlierReleases;
import org.inclusionmaps.publish.report.Estimates;
import org.inclusionmaps.publish.writing.EarlierRelease;
import org.inclusionmaps.publish.writing.ReleaseContext;
import org.inclusionmaps.publish.writing.ReleaseFiles;
import org.jspecify.annotations.Nullable;

/** Looks for the releases of a country that came before one, in the same folder. */
final class EarlierSearch {
  private EarlierSearch() {}

  /**
   * Looks for them.
   *
   * @param context of the run, before the release has its name
   * @throws InclusionException {@code SETTINGS_WRONG} if {@code release.compare_with} names a
   *     release that is not there, of another country, or not earlier
   */
  static EarlierReleases find(SparkSession spark, ReleaseContext context) {
    String with = context.settings().release().compareWith();
    if (with.equals(ReleaseSettings.NO_RELEASE)) {
      return EarlierReleases.NONE;
    }
    ReleaseFolder folder =
        ReleaseFolder.of(
            new ReleaseFiles(
                new Path(context.settings().output().path(), "releases"),
                spark.sparkContext().hadoopConfiguration()),
            context.runId());
    List<String> faults = new ArrayList<>();
    if (!folder.unreadable().isEmpty()) {
      faults.add(
          "These folders beside this release have a manifest that cannot be read, so nothing was compared with them: %s."
              .formatted(String.join(", ", folder.unreadable())));
    }
    Entry chosen =
        with.equals(ReleaseSettings.NEWEST) ? newest(folder, context) : named(folder, context);
    if (chosen == null) {
      return new EarlierReleases(List.of(), Estimates.NONE, List.of(), faults);
    }
    try {
      if (folder.whole(chosen) && folder.sameIndicators(chosen)) {
        return new EarlierReleases(
            list(chosen, folder),
            figures(spark, folder.files(chosen.release().id())),
            Comparability.differences(chosen.manifest(), context),
            faults);
      }
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      faults.add(fault(chosen, "its files cannot be read"));
      return new EarlierReleases(List.of(), Estimates.NONE, List.of(), faults);
    }
    faults.add(fault(chosen, "its files are not those that its manifest names"));
    return new EarlierReleases(List.of(), Estimates.NONE, List.of(), faults);
  }

  private static String fault(Entry chosen, String why) {
    return "Release %s of %s could not be compared with: %s."
        .formatted(chosen.release().id(), chosen.release().date(), why);
  }

  private static Entry named(ReleaseFolder folder, ReleaseContext context) {
    String id = context.settings().release().compareWith();
    Entry named = folder.releases().get(id);
    if (named == null) {
      throw wrong(
          "%s is no earlier release in %s; name one that is there"
              .formatted(id, folder.folder().root()));
    }
    String country = context.settings().country().id();
    if (!named.country().equals(country)) {
      throw wrong(
          "%s is a release of the country %s, not %s".formatted(id, named.country(), country));
    }
    String date = context.settings().release().referenceDate();
    if (!earlier(named, date)) {
      throw wrong(
          "%s is of %s, which is not before %s, the reference_date"
              .formatted(id, named.release().date(), date));
    }
    return named;
  }

  private static InclusionException wrong(String why) {
    return new InclusionException(
        ErrorCode.SETTINGS_WRONG, "release.compare_with: " + why + ", or say auto or none");
  }

  private static boolean earlier(Entry entry, String date) {
    return entry.release().date().compareTo(date) < 0;
  }

  /** The newest earlier one; of equal dates the one that readers are pointed to, else the last. */
  private static @Nullable Entry newest(ReleaseFolder folder, ReleaseContext context) {
    String country = context.settings().country().id();
    String date = context.settings().release().referenceDate();
    String current = folder.pointedTo(context.runId());
    Entry best = null;
    for (Entry entry : folder.releases().values()) {
      if (entry.country().equals(country) && earlier(entry, date)) {
        best = best == null || better(entry, best, current) ? entry : best;
      }
    }
    return best;
  }

  private static boolean better(Entry entry, Entry best, String current) {
    int later = entry.release().date().compareTo(best.release().date());
    if (later != 0) {
      return later > 0;
    }
    return !best.release().id().equals(current)
        && (entry.release().id().equals(current) || entry.written() > best.written());
  }

  /** The chosen one, and those that came before it and are still there. */
  private static List<EarlierRelease> list(Entry chosen, ReleaseFolder folder) throws IOException {
    List<EarlierRelease> list = new ArrayList<>(List.of(chosen.release()));
    for (JsonNode before : chosen.manifest().path("earlier")) {
      Entry entry = folder.releases().get(before.path("id").asText());
      if (list.size() < EarlierReleases.MOST && entry != null && folder.whole(entry)) {
        list.add(entry.release());
      }
    }
    return List.copyOf(list);
  }

  private static Estimates figures(SparkSession spark, ReleaseFiles files) {
    return Estimates.collect(
        spark
            .read()
            .option("header", true)
            .option("multiLine", true)
            .option("escape", "\"")
            .csv(files.path(IndicatorCsv.NAME).toString())
            .withColumn(Tables.AREA, regexp_replace(col(Tables.AREA), IndicatorCsv.APOSTROPHE, ""))
            .where(col("level").isin("0", "1")));
  }
}
