package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promise of docs/flow.md: the same inputs give the same bytes, however the work is split. */
class SameBytesTest {
  @TempDir Path folder;

  @Test
  void aReleaseIsTheSameWhateverThePartitionsThreadsAndProcess() throws Exception {
    Path country = folder.resolve("country");
    Jobs.Outcome made = Jobs.run("sample", "--scale", "0.05", "--out", country.toString());
    assertThat(made.status()).as(made.err()).isZero();

    SortedMap<String, String> first = hashes("one", run -> Jobs.runWith(1, 1, java.util.List.of(), run));
    assertThat(first).containsKey("inclusion.pmtiles").containsKey("indicators.csv");
    assertThat(hashes("two", run -> Jobs.runWith(2, 7, java.util.List.of(), run))).isEqualTo(first);
    assertThat(hashes("three", run -> Jobs.inAnotherProcess(2, 64, run))).isEqualTo(first);
  }

  /** How a run of the country is started. */
  private interface Start {
    Jobs.Outcome run(String... arguments) throws Exception;
  }

  private SortedMap<String, String> hashes(String name, Start start) throws Exception {
    Path output = folder.resolve(name);
    Jobs.Outcome run =
        start.run(
            "run",
            "--config",
            folder.resolve("country/inclusion.yaml").toString(),
            "--set",
            "output.path=" + output,
            "--progress",
            "none");
    assertThat(run.status()).as(run.err()).isZero();
    return Jobs.hashes(Jobs.release(output));
  }
}
