package org.inclusionmaps.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class MetricsPluginTest {
  private static final String OWN = MetricsPlugin.class.getName();

  private static String plugins(String theirs) {
    SparkConf spark = new SparkConf(false);
    if (!theirs.isEmpty()) {
      spark.set("spark.plugins", theirs);
    }
    return MetricsPlugin.setting(spark).getValue();
  }

  @Test
  void pluginsOfTheUserStayAndOursIsAddedOnce() {
    assertThat(plugins("")).isEqualTo(OWN);
    assertThat(plugins("a.B,c.D")).isEqualTo("a.B,c.D," + OWN);
    assertThat(plugins("a.B," + OWN)).isEqualTo("a.B," + OWN);
  }

  @Test
  void executorsHaveNoPart() {
    assertThat(new MetricsPlugin().executorPlugin()).isNull();
  }
}
