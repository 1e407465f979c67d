package org.inclusionmaps.operations;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.inclusionmaps.error.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said on standard error. Where a machine reads it ({@code INCLUSION_LOG=json}), each line
 * that a command prints is a log line too, so that all of it is JSON.
 */
public final class StandardError {
  private static final Logger LOG = LoggerFactory.getLogger("org.inclusionmaps.Console");

  private StandardError() {}

  /** Where commands print what people read. */
  public static PrintWriter writer() {
    if ("json".equals(System.getenv("INCLUSION_LOG"))) {
      // The logger exists, so its appender holds the real standard error.
      LOG.debug("standard error is logged line by line");
      System.setErr(new PrintStream(new Lines(), /* autoFlush= */ true, StandardCharsets.UTF_8));
    }
    return new PrintWriter(System.err, /* autoFlush= */ true, StandardCharsets.UTF_8);
  }

  private static boolean refuses(String line) {
    return Arrays.stream(ErrorCode.values()).anyMatch(code -> line.startsWith("[" + code + "] "));
  }

  /** Each line of bytes becomes a log line. */
  static final class Lines extends OutputStream {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int value) {
      if (value != '\n') {
        line.write(value);
        return;
      }
      String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
      line.reset();
      if (refuses(text)) {
        LOG.error(text);
      } else if (!text.isEmpty()) {
        LOG.info(text);
      }
    }
  }
}
