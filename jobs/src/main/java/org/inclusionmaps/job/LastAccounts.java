package org.inclusionmaps.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.ingest.IngestContext;
import org.inclusionmaps.ingest.IngestContext.EarlierFeed;
import org.inclusionmaps.publish.Releases;

/** What the feeds of the last run of an output that published held. */
final class LastAccounts {
  private LastAccounts() {}

  /**
   * What feeds are judged by.
   *
   * @param run the folder of the run that reads them, which is not compared with itself
   */
  static IngestContext context(Settings settings, Path run, Configuration hadoop) {
    boolean asked =
        settings.inputs().values().stream()
            .filter(Objects::nonNull)
            .flatMap(List::stream)
            .map(FeedSettings::expect)
            .anyMatch(expect -> expect.countsOperators());
    return IngestContext.of(settings, asked ? last(run, hadoop) : Map.of());
  }

  /**
   * By the releases, and not by what runs report: a run that published may have failed when it was
   * started again.
   */
  private static Map<String, List<EarlierFeed>> last(Path run, Configuration hadoop) {
    Path runs = run.getParent();
    return Releases.in(runs.getParent().toString(), hadoop).list().stream()
        .map(release -> release.name().split("-", 2)[0])
        .filter(id -> !id.equals(run.getName()))
        .map(id -> accounts(new Path(runs, id), hadoop))
        .filter(feeds -> !feeds.isEmpty())
        .findFirst()
        .orElse(Map.of());
  }

  /** Table to what its feeds held, by the records of a run's finished tables. */
  private static Map<String, List<EarlierFeed>> accounts(Path run, Configuration hadoop) {
    Map<String, List<EarlierFeed>> tables = new TreeMap<>();
    FinishedTables.accounts(run, hadoop)
        .forEach(
            (table, account) -> {
              if (account.isArray()) {
                tables.put(table, feeds(account));
              }
            });
    return tables;
  }

  private static List<EarlierFeed> feeds(JsonNode account) {
    List<EarlierFeed> feeds = new ArrayList<>();
    for (JsonNode feed : account) {
      Map<String, Long> operators = new TreeMap<>();
      feed.path("operators")
          .properties()
          .forEach(rows -> operators.put(rows.getKey(), rows.getValue().asLong()));
      feeds.add(new EarlierFeed(feed.path("ok").asLong(), operators));
    }
    return List.copyOf(feeds);
  }
}
