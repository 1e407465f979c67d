package org.inclusionmaps.operations;

import com.codahale.metrics.Gauge;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;

/**
 * The attempt's figures in Spark's own metrics system, for whatever sink the user has set. Spark
 * makes it by its name in {@code spark.plugins}; executors have no part in it.
 */
public final class MetricsPlugin implements SparkPlugin {
  private static final String PLUGINS = "spark.plugins";

  /** Spark makes it. */
  public MetricsPlugin() {}

  /** The setting of Spark that turns it on, beside the plugins that the user has. */
  public static Map.Entry<String, String> setting(SparkConf spark) {
    String theirs = spark.get(PLUGINS, "").strip();
    String own = MetricsPlugin.class.getName();
    if (theirs.isEmpty() || theirs.contains(own)) {
      return Map.entry(PLUGINS, theirs.isEmpty() ? own : theirs);
    }
    return Map.entry(PLUGINS, theirs + "," + own);
  }

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public void registerMetrics(String application, PluginContext context) {
        RunGauges.NAMES
            .keySet()
            .forEach(
                name ->
                    context
                        .metricRegistry()
                        .register(name, (Gauge<Double>) () -> RunGauges.value(name)));
      }
    };
  }

  @Override
  public @Nullable ExecutorPlugin executorPlugin() {
    return null;
  }
}
