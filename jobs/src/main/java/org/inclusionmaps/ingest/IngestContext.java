package org.inclusionmaps.ingest;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.inclusionmaps.config.LimitsSettings;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;

/**
 * What feeds are judged by besides their own settings.
 *
 * @param limits what their files may ask of a machine
 * @param referenceDate the day that the figures stand for: later versions do not count
 * @param last table to its feeds, in their order, as the current release had them; empty where
 *     there is none
 */
public record IngestContext(
    LimitsSettings limits, LocalDate referenceDate, Map<String, List<EarlierFeed>> last) {

  /**
   * A feed in the current release.
   *
   * @param ok its rows that met the contract
   * @param operators operator to its rows among them; empty where they were not counted
   */
  public record EarlierFeed(long ok, Map<String, Long> operators) {
    public EarlierFeed {
      operators = Map.copyOf(operators);
    }
  }

  public IngestContext {
    last = Map.copyOf(last);
  }

  /** The default limits, any date, and no run before. */
  public static IngestContext plain() {
    return new IngestContext(SettingsLoader.defaultLimits(), LocalDate.MAX, Map.of());
  }

  /** What settings say, after a run. */
  public static IngestContext of(Settings settings, Map<String, List<EarlierFeed>> last) {
    return new IngestContext(
        settings.limits(), LocalDate.parse(settings.release().referenceDate()), last);
  }
}
