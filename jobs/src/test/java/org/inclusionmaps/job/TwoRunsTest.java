package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes that are started at once on one output. */
class TwoRunsTest {
  @TempDir Path folder;

  @Test
  void oneOfTwoWritesAWholeReleaseAndTheOtherSaysThatItIsNotAlone() throws Exception {
    round(0);
  }

  @Test
  @Tag("slow")
  void andSoFiftyTimes() throws Exception {
    for (int round = 1; round <= 50; round++) {
      round(round);
    }
  }

  private void round(int round) throws Exception {
    TinyCountry country = TinyCountry.get();
    Path output = folder.resolve("out " + round);
    Path logA = folder.resolve("a.log");
    Path logB = folder.resolve("b.log");
    Process a = Jobs.start(1, 2, logA, country.arguments(output));
    Process b = Jobs.start(1, 3, logB, country.arguments(output));
    List<Integer> statuses = List.of(a.waitFor(), b.waitFor());
    String said = Files.readString(logA) + Files.readString(logB);
    assertThat(statuses).as(said).containsExactlyInAnyOrder(0, 7);
    assertThat(said).contains("another run writes to " + output);
    assertThat(Jobs.hashes(Jobs.release(output))).isEqualTo(country.release());
  }
}
