package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.inclusionmaps.security.Lease;
import org.inclusionmaps.store.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurgeCommandTest {
  @TempDir Path folder;

  private Jobs.Outcome purge(String... more) throws IOException {
    Path config = folder.resolve("country.yaml");
    Files.writeString(
        config,
        "country: {id: SM, name: Samara}\nrelease: {reference_date: \"2026-01-01\"}\noutput: {path: "
            + folder.resolve("out")
            + "}\n");
    List<String> arguments = new ArrayList<>(List.of("purge", "--config", config.toString()));
    arguments.addAll(List.of(more));
    return Jobs.run(arguments.toArray(String[]::new));
  }

  private Path file(String name, int daysOld) throws IOException {
    Path file = folder.resolve("out").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "12345");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(daysOld))));
    return file;
  }

  @Test
  void deletesWhatIsDeadOrOldAndProvesIt() throws Exception {
    List<Path> go =
        List.of(
            file("_scratch-2025-Q4-0123/rows/part-0.parquet", 0),
            file("measurements/_draft-2025-Q4-0123/part-0.parquet", 0),
            file("persons/2025-Q3-0123/left_out/part-0.parquet", 91),
            file("runs/a/quarantine/survey/part-0.parquet", 91),
            file("runs/a/survey/part-0.parquet", 91));
    List<Path> stay =
        List.of(
            file("persons/2025-Q4-0123/left_out/part-0.parquet", 89),
            file("measurements/2025-Q3-0123/part-00000.parquet", 400),
            file("runs/a/census/part-0.parquet", 400),
            file("releases/a/indicators.csv", 400));
    Jobs.Outcome plan = purge("--plan");
    assertThat(plan.out()).contains("_scratch-2025-Q4-0123", "nothing was deleted");
    assertThat(go).allMatch(Files::exists);

    Jobs.Outcome done = purge();
    assertThat(done.status()).as(done.err()).isZero();
    assertThat(go).noneMatch(Files::exists);
    assertThat(stay).allMatch(Files::exists);
    String list =
        "_scratch-2025-Q4-0123/rows/part-0.parquet\t5\n"
            + "measurements/_draft-2025-Q4-0123/part-0.parquet\t5\n"
            + "persons/2025-Q3-0123/left_out/part-0.parquet\t5\n"
            + "runs/a/quarantine/survey/part-0.parquet\t5\n"
            + "runs/a/survey/part-0.parquet\t5\n";
    String sha256 = Sha256.of(list.getBytes(StandardCharsets.UTF_8));
    assertThat(done.out()).contains("deleted 5 files, 25 bytes; sha256 of their list " + sha256);
    Path access = folder.resolve("out/access");
    assertThat(access.resolve("00000001.json")).content().contains("planned", sha256);
    assertThat(access.resolve("00000002.json")).content().contains("done", sha256, "\"bytes\":25");
    assertThat(purge().out()).contains("nothing to delete");
  }

  @Test
  void deletesNothingWhileARunHoldsTheLease() throws Exception {
    Path scratch = file("_scratch-2025-Q4-0123/rows/part-0.parquet", 0);
    Lease lease = Lease.take(folder.resolve("out").toString(), "run a", 120, new Configuration());
    Jobs.Outcome refused = purge();
    lease.close();
    assertThat(refused.status()).isEqualTo(7);
    assertThat(scratch).exists();
  }
}
