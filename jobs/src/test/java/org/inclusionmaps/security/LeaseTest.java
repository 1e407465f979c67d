package org.inclusionmaps.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {
  private final Configuration hadoop = new Configuration();
  @TempDir Path output;

  @Test
  void secondRunIsRefusedUntilTheFirstEnds() {
    try (Lease first = Lease.take(output.toString(), "a", hadoop)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> Lease.take(output.toString(), "b", hadoop))
          .isInstanceOfSatisfying(
              InclusionException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.RUN_IN_PROGRESS))
          .hasMessageContaining("another run writes to " + output);
    }
    Lease.take(output.toString(), "b", hadoop).close();
    assertThat(output.resolve("LEASE")).doesNotExist();
  }

  @Test
  void aFileInPlaceOfTheOutputFolderIsNoOtherRun() throws Exception {
    Path file = Files.writeString(output.resolve("out"), "a file");
    for (Path folder : List.of(file, file.resolve("below"))) {
      assertThatThrownBy(() -> Lease.take(folder.toString(), "a", hadoop))
          .isInstanceOfSatisfying(
              InclusionException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.SETTINGS_WRONG))
          .hasMessage(
              "[SETTINGS_WRONG] output.path is %s, which is no folder: a file is in its place or"
                      .formatted(folder)
                  + " above it; name another");
    }
  }

  @RepeatedTest(100)
  void oneOfManyRacingRunsWins() throws Exception {
    try (var pool = new Pool(8)) {
      List<Future<Boolean>> attempts = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        String holder = "run " + i;
        attempts.add(
            pool.submit(
                () -> {
                  try {
                    Lease.take(output.toString(), holder, hadoop);
                    return true;
                  } catch (InclusionException e) {
                    return false;
                  }
                }));
      }
      int winners = 0;
      for (Future<Boolean> attempt : attempts) {
        winners += attempt.get() ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
    }
  }

  private record Pool(java.util.concurrent.ExecutorService threads) implements AutoCloseable {
    Pool(int size) {
      this(Executors.newFixedThreadPool(size));
    }

    <T> Future<T> submit(Callable<T> work) {
      return threads.submit(work);
    }

    @Override
    public void close() {
      threads.shutdownNow();
    }
  }
}
