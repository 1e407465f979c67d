package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promise of docs/flow.md: the same inputs give the same bytes, however the work is split. */
class SameBytesTest {
  @TempDir Path folder;

  @Test
  void aReleaseIsTheSameWhateverThePartitionsAndThreads() throws IOException {
    Path country = folder.resolve("country");
    Jobs.Outcome made = Jobs.run("sample", "--scale", "0.05", "--out", country.toString());
    assertThat(made.status()).as(made.err()).isZero();

    SortedMap<String, String> first = hashes(country, 1, 1);
    assertThat(first).containsKey("inclusion.pmtiles").containsKey("indicators.csv");
    assertThat(hashes(country, 2, 7)).isEqualTo(first);
    assertThat(hashes(country, 2, 64)).isEqualTo(first);
  }

  private SortedMap<String, String> hashes(Path country, int threads, int partitions)
      throws IOException {
    Path output = folder.resolve("out-%d-%d".formatted(threads, partitions));
    Jobs.Outcome run =
        Jobs.runWith(
            threads,
            partitions,
            "run",
            "--config",
            country.resolve("inclusion.yaml").toString(),
            "--set",
            "output.path=" + output,
            "--progress",
            "none");
    assertThat(run.status()).as(run.err()).isZero();
    return Jobs.hashes(Jobs.release(output));
  }
}
