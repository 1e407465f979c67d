package org.inclusionmaps.security;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/**
 * What Spark must be told before it may read a row of a person: its own defaults send and spill
 * them in clear. `conf/spark-private.conf` has all of it.
 */
public final class SparkGate {
  /** A setting and the value that it must have. */
  private record Demand(String key, String value, String why) {
    boolean met(SparkConf conf) {
      return conf.get(key, "").equalsIgnoreCase(value);
    }
  }

  private static final List<Demand> DEMANDS =
      List.of(
          new Demand("spark.authenticate", "true", "executors must know each other"),
          new Demand("spark.network.crypto.enabled", "true", "shuffles cross the network"),
          new Demand("spark.network.crypto.authEngineVersion", "2", "version 1 is weaker"),
          new Demand(
              "spark.network.crypto.cipher", "AES/GCM/NoPadding", "others do not see a change"),
          new Demand("spark.network.crypto.saslFallback", "false", "it would step back unasked"),
          new Demand("spark.io.encryption.enabled", "true", "spills and shuffles lie on disks"),
          new Demand("spark.io.encryption.keySizeBits", "256", "the default is 128"));

  private SparkGate() {}

  /** What is not as it must be, one sentence each; empty where all is. */
  public static List<String> open(SparkConf conf) {
    List<String> open = new ArrayList<>();
    for (Demand demand : DEMANDS) {
      if (!demand.met(conf)) {
        open.add("%s must be %s: %s".formatted(demand.key, demand.value, demand.why));
      }
    }
    if (conf.getBoolean("spark.ui.enabled", true) && !conf.getBoolean("spark.acls.enable", false)) {
      open.add("spark.ui.enabled must be false, or spark.acls.enable true: the pages show plans");
    }
    if (conf.getBoolean("spark.eventLog.enabled", false) && !conf.contains("spark.eventLog.dir")) {
      open.add("spark.eventLog.dir must name a private folder: the default is /tmp");
    }
    if (!conf.contains("spark.redaction.regex")) {
      open.add("spark.redaction.regex must be set: settings are logged");
    }
    return open;
  }

  /**
   * Refuses to go on unless all is set.
   *
   * @param localTrial lets it pass: for made-up persons on one machine
   * @throws InclusionException with all that is missing
   */
  public static void check(SparkConf conf, boolean localTrial) {
    List<String> open = open(conf);
    if (!open.isEmpty() && !localTrial) {
      throw new InclusionException(
          ErrorCode.SETTINGS_WRONG,
          "persons are not read while Spark is not secured: %s. Use conf/spark-private.conf, or privacy.local_trial: true for made-up persons"
              .formatted(String.join("; ", open)));
    }
  }
}
