package org.inclusionmaps.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of Spark's warnings operators see. */
class LogConfigurationTest {
  @ParameterizedTest
  @ValueSource(strings = {"log4j2.properties", "log4j2-json.properties"})
  void warningsThatSayNothingOfTheRunAreQuietAndOthersAreNot(String file) {
    try (LoggerContext context = new LoggerContext("test")) {
      Configuration configuration =
          ConfigurationFactory.getInstance()
              .getConfiguration(context, "test", Path.of("../conf", file).toUri());
      configuration.initialize();
      assertThat(warns(configuration, "org.apache.spark.util.SparkStringUtils", "Truncated"))
          .isFalse();
      String blocks = "org.apache.spark.storage.BlockManager";
      assertThat(
              warns(
                  configuration, blocks, "Asked to remove block broadcast_0, which does not exist"))
          .isFalse();
      assertThat(warns(configuration, blocks, "Putting block rdd_1_2 failed")).isTrue();
      assertThat(warns(configuration, "org.apache.spark.util.Utils", "anything")).isTrue();
    }
  }

  private static boolean warns(Configuration configuration, String logger, String message) {
    LoggerConfig found = configuration.getLoggerConfig(logger);
    return found.getLevel().isLessSpecificThan(Level.WARN)
        && !found.isFiltered(
            Log4jLogEvent.newBuilder()
                .setLoggerName(logger)
                .setLevel(Level.WARN)
                .setMessage(new SimpleMessage(message))
                .build());
  }
}
