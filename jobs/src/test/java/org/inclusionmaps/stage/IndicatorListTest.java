package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.inclusionmaps.stage.IndicatorList.Sexes;
import org.junit.jupiter.api.Test;

class IndicatorListTest {
  private static final Path PAGE = Path.of("docs/methods/indicators.md");

  @Test
  void everyIndicatorIsDefinedOnceAndExplainedOnItsPage() throws IOException {
    List<String> names = new ArrayList<>();
    IndicatorList.all(Sexes.TOLD_APART).forEach(indicator -> names.add(indicator.name()));
    for (MobileCoverage.Of of : MobileCoverage.Of.values()) {
      MobileCoverage.indicators(of).forEach(indicator -> names.add(indicator.name()));
    }
    names.addAll(NationalPrices.NAMES);
    List<String> explained =
        Pattern.compile("(?m)^\\| `([a-z0-9_]+)`")
            .matcher(Files.readString(PAGE))
            .results()
            .map((MatchResult row) -> row.group(1))
            .toList();
    assertThat(names).doesNotHaveDuplicates();
    assertThat(explained).containsExactlyElementsOf(names);
  }
}
