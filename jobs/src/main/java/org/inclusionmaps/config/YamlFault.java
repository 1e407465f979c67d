package org.inclusionmaps.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Where a text is not YAML. Jackson tells where its last token was, which may be lines before the
 * fault; the parser below it tells the fault's own line.
 */
final class YamlFault {
  private YamlFault() {}

  /** The line of the fault, from 1, and what is wrong there. */
  static String told(JsonProcessingException e, byte[] text) {
    if (e.getCause() instanceof ReaderException fault) {
      String read = new String(text, StandardCharsets.UTF_8);
      String before = read.substring(0, Math.max(0, read.indexOf(fault.getCodePoint())));
      return "line %d: the character U+%04X cannot be in it"
          .formatted(before.chars().filter(c -> c == '\n').count() + 1, fault.getCodePoint());
    }
    if (e.getCause() instanceof MarkedYAMLException fault && fault.getProblemMark() != null) {
      return told(fault, line(fault.getProblemMark()));
    }
    JsonLocation at = e.getLocation();
    String message = e.getOriginalMessage().lines().findFirst().orElse("");
    return at == null ? message : "line %d: %s".formatted(at.getLineNr(), message);
  }

  private static String told(MarkedYAMLException fault, int line) {
    Mark context = fault.getContextMark();
    int begun = context == null ? line : line(context);
    if (begun == line) {
      return "line %d: %s".formatted(line, fault.getProblem());
    }
    return isMissed(fault.getContext())
        ? "line %d: %s (found at line %d)".formatted(begun, fault.getProblem(), line)
        : "line %d: %s (within what begins at line %d)".formatted(line, fault.getProblem(), begun);
  }

  /** Whether the end of something was sought in vain: the line to mend is where it begins. */
  private static boolean isMissed(@Nullable String context) {
    return context != null
        && (context.endsWith("scanning a simple key")
            || context.endsWith("scanning a quoted scalar"));
  }

  private static int line(Mark mark) {
    return mark.getLine() + 1;
  }
}
