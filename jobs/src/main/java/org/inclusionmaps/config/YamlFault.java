package org.inclusionmaps.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Where a text is not YAML. Jackson tells where its last token was, which may be lines before the
 * fault; the parser below it tells the fault's own line.
 */
final class YamlFault {
  private YamlFault() {}

  /** The line of the fault, from 1, and what is wrong there. */
  static String told(JsonProcessingException e) {
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
