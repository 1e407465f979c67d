package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A reader of what we use of OpenMetrics 1.0: families of gauges with labels, and an end. */
final class OpenMetrics {
  private static final Pattern TYPE = Pattern.compile("# TYPE ([a-z_:][a-z0-9_:]*) gauge");
  private static final Pattern HELP = Pattern.compile("# HELP ([a-z_:][a-z0-9_:]*) \\S.*");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-z_:][a-z0-9_:]*)"
              + "(\\{[a-z_]+=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"(?:,[a-z_]+=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\")*})"
              + " (NaN|[+-]?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)");

  private OpenMetrics() {}

  /**
   * Samples by name and labels. Each belongs to the family that was told last, and is told once.
   */
  static Map<String, Double> parse(String text) {
    assertThat(text).endsWith("\n# EOF\n");
    Map<String, Double> samples = new LinkedHashMap<>();
    Set<String> families = new HashSet<>();
    String family = "";
    for (String line : text.lines().toList()) {
      Matcher type = TYPE.matcher(line);
      Matcher help = HELP.matcher(line);
      if (type.matches()) {
        family = type.group(1);
        assertThat(families.add(family)).as(line).isTrue();
      } else if (help.matches()) {
        assertThat(help.group(1)).isEqualTo(family);
      } else if (!line.equals("# EOF")) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        assertThat(sample.group(1)).isEqualTo(family);
        Double before =
            samples.put(sample.group(1) + sample.group(2), Double.valueOf(sample.group(3)));
        assertThat(before).as(line).isNull();
      }
    }
    return samples;
  }
}
