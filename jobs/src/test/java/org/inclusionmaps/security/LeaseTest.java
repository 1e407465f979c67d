package org.inclusionmaps.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseTest {
  private final Configuration hadoop = new Configuration();
  @TempDir Path output;

  private Lease take(String holder) {
    return Lease.take(output.toString(), holder, 120, hadoop);
  }

  /** A holder of which this process cannot see whether it lives. */
  private static LeaseEntry elsewhere(String holder, int seconds) {
    return entry(holder, "", seconds);
  }

  private static LeaseEntry entry(String holder, String process, int seconds) {
    return new LeaseEntry(1, 1, holder, "node7", 4711, process, seconds, "nonce of " + holder);
  }

  private LeaseFolder files() throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(output.toString());
    return LeaseFolder.of(path, path.getFileSystem(hadoop));
  }

  private void refused(ThrowingCallable work, String message) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            InclusionException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.RUN_IN_PROGRESS))
        .hasMessageContaining(message);
  }

  @Test
  void secondRunIsRefusedUntilTheFirstEnds() {
    try (Lease first = take("run a")) {
      first.confirm();
      refused(() -> take("run b"), "another run writes to " + output + ": run a (host ");
    }
    assertThat(output.resolve("lease/00000001.done")).exists();
    take("run b").close();
    assertThat(output.resolve("lease").toFile().list())
        .containsExactlyInAnyOrder("00000002.json", "00000002.done");
  }

  @Test
  void aHolderOfThisProcessThatCouldNotGiveItBackIsFollowedAtOnce() throws IOException {
    Lease first = take("run a");
    Path lease = output.resolve("lease");
    Path aside = Files.move(lease, output.resolve("aside"));
    Files.createFile(lease); // a file where the folder was: nothing can be written there
    first.close();
    Files.delete(lease);
    Files.move(aside, lease);
    assertThat(lease.resolve("00000001.done")).doesNotExist();
    try (Lease second = take("run b")) {
      second.confirm();
    }
  }

  @Test
  void aHolderElsewhereThatBeatsIsLeftAlone() {
    try (Lease first = Lease.take(output.toString(), elsewhere("run far", 1), hadoop)) {
      refused(() -> take("run b"), "run far (host node7, process 4711, lease 1)");
      first.confirm();
    }
  }

  @Test
  void aHolderElsewhereThatShowsNoLifeIsFollowedByOneOfThoseWhoWait() throws Exception {
    assertThat(files().create(elsewhere("run dead", 1))).isTrue();
    List<Lease> taken =
        atOnce(4, i -> Lease.take(output.toString(), elsewhere("run " + i, 1), hadoop));
    assertThat(taken).hasSize(1);
    taken.get(0).confirm();
    assertThat(output.resolve("lease/00000002.json")).exists();
    assertThat(output.resolve("lease/00000001.json")).doesNotExist();
    taken.get(0).close();
  }

  @Test
  void aProcessOfThisMachineThatIsGoneIsFollowedAtOnce() throws Exception {
    String self = ThisProcess.name();
    assumeTrue(!self.isEmpty(), "needs the /proc of Linux");
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    String[] words = self.split(" ");
    words[words.length - 2] = Long.toString(gone.pid());
    // So long that only the short cut lets this test end.
    assertThat(files().create(entry("run gone", String.join(" ", words), 3600))).isTrue();
    take("run b").close();
    assertThat(output.resolve("lease/00000002.done")).exists();
  }

  @Test
  void aNumberOfAProcessThatAnotherHasNowIsNoSignOfLife() {
    String self = ThisProcess.name();
    assumeTrue(!self.isEmpty(), "needs the /proc of Linux");
    assertThat(ThisProcess.life(self)).isEqualTo(ThisProcess.Life.ALIVE);
    assertThat(ThisProcess.life(self + "0")).isEqualTo(ThisProcess.Life.GONE);
    assertThat(ThisProcess.life("other boot " + self)).isEqualTo(ThisProcess.Life.UNKNOWN);
    assertThat(ThisProcess.life("")).isEqualTo(ThisProcess.Life.UNKNOWN);
  }

  @Test
  void aLeaseThatWasTakenOverIsNotConfirmed() throws Exception {
    try (Lease first = take("run a")) {
      assertThat(files().create(elsewhere("run b", 1).at(2))).isTrue();
      refused(first::confirm, "another run took over the lease");
    }
  }

  @Test
  void aLeaseThatCannotBeRenewedIsNotConfirmed() throws Exception {
    try (Lease first = take("run a")) {
      Files.delete(output.resolve("lease/00000001.json"));
      Files.delete(output.resolve("lease"));
      Files.writeString(output.resolve("lease"), "no folder");
      refused(first::confirm, "cannot be confirmed");
    }
  }

  @Test
  void noTwoHoldAtOnceWhereManyTakeAndGiveBack() throws Exception {
    AtomicInteger holding = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger turns = new AtomicInteger();
    atOnce(
        6,
        i -> {
          while (turns.get() < 20) {
            try (Lease lease = take("run " + i)) {
              most.accumulateAndGet(holding.incrementAndGet(), Math::max);
              lease.confirm();
              turns.incrementAndGet();
              holding.decrementAndGet();
            } catch (InclusionException e) {
              assertThat(e.code()).isEqualTo(ErrorCode.RUN_IN_PROGRESS);
            }
          }
          throw new InclusionException(ErrorCode.RUN_IN_PROGRESS, "enough");
        });
    assertThat(most).hasValue(1);
  }

  @Test
  void aFileInPlaceOfTheOutputFolderIsNoOtherRun() throws Exception {
    Path file = Files.writeString(output.resolve("out"), "a file");
    for (Path folder : List.of(file, file.resolve("below"))) {
      assertThatThrownBy(() -> Lease.take(folder.toString(), "a", 120, hadoop))
          .isInstanceOfSatisfying(
              InclusionException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.SETTINGS_WRONG))
          .hasMessage(
              "[SETTINGS_WRONG] output.path is %s, which is no folder: a file is in its place or"
                      .formatted(folder)
                  + " above it; name another");
    }
  }

  @RepeatedTest(30)
  void oneOfManyRacingRunsWins() throws Exception {
    List<Lease> taken = atOnce(16, i -> take("run " + i));
    assertThat(taken).hasSize(1);
    taken.get(0).close();
  }

  private interface Attempt {
    Lease take(int number) throws Exception;
  }

  /** The leases of those of some threads that were not refused. */
  private static List<Lease> atOnce(int threads, Attempt attempt) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Lease>> attempts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        attempts.add(pool.submit(() -> attempt.take(number)));
      }
      List<Lease> taken = new ArrayList<>();
      for (Future<Lease> each : attempts) {
        try {
          taken.add(each.get());
        } catch (ExecutionException e) {
          assertThat(e).cause().isInstanceOf(InclusionException.class);
        }
      }
      return taken;
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void whereProcessesCannotBeToldApartAnotherIsNotTakenForThisOne() {
    assertThat(Claim.endedHere(elsewhere("run a", 120), "")).isFalse();
    assertThat(Claim.endedHere(entry("run a", "boot 1 2", 120), "boot 1 2")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "null", "[]", "{\"process\": null, \"seconds\": 1}"})
  void anEntryThatWasDamagedIsWaitedForAndThenTakenOver(String text) throws IOException {
    Path folder = Files.createDirectories(output.resolve("lease"));
    Files.writeString(folder.resolve("00000001.json"), text);
    try (Lease lease = Lease.take(output.toString(), "run b", 1, hadoop)) {
      lease.confirm();
    }
    assertThat(folder.resolve("00000002.json")).exists();
  }

  @Test
  void aFileOfANumberThatNoLeaseHasIsPassedOver() throws IOException {
    Path folder = Files.createDirectories(output.resolve("lease"));
    Files.writeString(folder.resolve("999999999999999999.json"), "{}");
    try (Lease lease = take("run a")) {
      lease.confirm();
    }
    assertThat(folder.resolve("00000001.done")).exists();
  }

  @Test
  void whatWasGivenBackIsNotConfirmedAndMayBeGivenBackAgain() {
    Lease lease = take("run a");
    lease.close();
    refused(lease::confirm, "was given back, as this process ends");
    lease.close();
    take("run b").close();
  }

  @Test
  void aFileInPlaceOfTheLeasesFolderIsToldAndNotTriedForEver() throws IOException {
    Files.writeString(output.resolve("lease"), "not ours");
    assertThatThrownBy(() -> take("run a"))
        .isInstanceOfSatisfying(
            InclusionException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCES_EXHAUSTED))
        .hasMessageContaining("lease is no folder: a file is in its place");
  }
}
