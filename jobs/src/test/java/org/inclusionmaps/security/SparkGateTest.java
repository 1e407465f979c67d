package org.inclusionmaps.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.junit.jupiter.api.Test;

class SparkGateTest {
  /** The settings that are shipped, each a line of name and value. */
  private static SparkConf shipped() throws IOException {
    SparkConf conf = new SparkConf(/* loadDefaults= */ false);
    Path file = Path.of("..", "conf", "spark-private.conf");
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("spark.")) {
        String[] parts = line.split("\\s+", 2);
        conf.set(parts[0], parts[1].strip());
      }
    }
    return conf;
  }

  @Test
  void opensForTheSettingsThatAreShipped() throws IOException {
    assertThat(SparkGate.open(shipped())).isEmpty();
    assertThatNoException().isThrownBy(() -> SparkGate.check(shipped(), false));
  }

  @Test
  void staysShutForEachOneThatIsMissing() throws IOException {
    for (var setting : shipped().getAll()) {
      SparkConf without = shipped().remove(setting._1());
      boolean byDefault = setting._1().equals("spark.eventLog.enabled");
      assertThat(SparkGate.open(without)).as(setting._1()).hasSize(byDefault ? 0 : 1);
    }
  }

  @Test
  void namesAllThatSparksOwnDefaultsLackAndLetsATrialPass() {
    SparkConf bare = new SparkConf(/* loadDefaults= */ false).set("spark.eventLog.enabled", "true");
    assertThatThrownBy(() -> SparkGate.check(bare, false))
        .isInstanceOfSatisfying(
            InclusionException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SETTINGS_WRONG))
        .hasMessageContainingAll(
            "spark.authenticate must be true",
            "spark.io.encryption.keySizeBits must be 256",
            "spark.ui.enabled must be false",
            "spark.eventLog.dir must name a private folder",
            "spark.redaction.regex must be set",
            "conf/spark-private.conf");
    assertThatNoException().isThrownBy(() -> SparkGate.check(bare, true));
  }
}
