package org.inclusionmaps.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.publish.writing.ReleaseFiles;
import org.inclusionmaps.testing.FaultyFileSystem;
import org.inclusionmaps.testing.FaultyFileSystem.Fault;
import org.inclusionmaps.testing.TinyRelease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation of the steps that follow a finished release fails in every way, one at a time.
 */
class PointerCrashTest {
  private static final String OLDEST = "00000000000000a0";
  private static final String OLD = "00000000000000aa";
  private static final String NEW = "00000000000000bb";

  private final Configuration hadoop = new Configuration();
  @TempDir Path output;
  private Map<String, String> before;

  @BeforeEach
  void begin() throws IOException {
    FaultyFileSystem.register(hadoop);
    FaultyFileSystem.heal();
    for (String name : List.of(OLDEST, OLD)) {
      write(name);
      publish(name);
    }
    write(NEW);
    before = TinyRelease.texts(output);
  }

  @AfterEach
  void heal() {
    FaultyFileSystem.heal();
  }

  private String address() {
    return FaultyFileSystem.address(output);
  }

  private void write(String name) throws IOException {
    TinyRelease.write(address(), name, "", hadoop);
  }

  private ReleaseFiles folder() {
    return new ReleaseFiles(new org.apache.hadoop.fs.Path(address(), "releases"), hadoop);
  }

  private void publish(String name) {
    Pointer.move(folder(), name, "Made & Up", History.Cause.PUBLISHED, Authority.ALONE);
  }

  private Releases releases() {
    return Releases.in(address(), hadoop);
  }

  /** What readers are pointed to, whole, and what the catalog names, whole too. */
  private String seen(String when) throws IOException {
    String current = releases().current().orElseThrow();
    assertThat(releases().verify(current).files()).as(when).isEqualTo(2);
    String catalog = Files.readString(output.resolve("releases/catalog.json"));
    assertThat(catalog)
        .as(when)
        .containsPattern("\"latest\" : \"(%s|%s|%s)\"".formatted(OLDEST, OLD, NEW));
    return current;
  }

  private interface Step {
    void run() throws Exception;
  }

  /** Fails each operation of a step; afterwards readers see one of some releases. */
  private int failEach(Step step, List<String> mayBeSeen, String last) throws Exception {
    TinyRelease.restore(output, before);
    FaultyFileSystem.heal();
    step.run();
    assertThat(seen("without faults")).isEqualTo(last);
    List<String> operations = FaultyFileSystem.operations();
    for (int at = 0; at < operations.size(); at++) {
      for (Fault fault :
          List.of(Fault.DIES_BEFORE, Fault.DIES_AFTER, Fault.FAILS, Fault.DONE_BUT_FAILS)) {
        String when = fault + " " + at + ": " + operations.get(at);
        TinyRelease.restore(output, before);
        FaultyFileSystem.fail(at, fault);
        boolean said = true;
        try {
          step.run();
        } catch (InclusionException | IOException e) {
          said = false;
        }
        FaultyFileSystem.heal();
        String seen = seen(when);
        assertThat(seen).as(when).isIn(mayBeSeen);
        if (said) {
          assertThat(seen).as(when).isEqualTo(last);
        } else if (fault == Fault.DIES_BEFORE || fault == Fault.DIES_AFTER) {
          step.run();
          assertThat(seen(when)).as(when).isEqualTo(last);
        }
      }
    }
    return operations.size();
  }

  @Test
  void readersSeeTheOldOrTheNewReleaseWhateverFailsWhenThePointerMoves() throws Exception {
    int operations = failEach(() -> publish(NEW), List.of(OLD, NEW), NEW);
    assertThat(operations).isEqualTo(9); // three files, each by a draft, its close and its name
    assertThat(new History(folder()).releases()).endsWith(OLD, NEW);
    assertThat(Files.readString(output.resolve("releases/catalog.json"))).contains(NEW);
  }

  @Test
  void readersSeeTheOldOrThePromotedReleaseWhateverFails() throws Exception {
    failEach(() -> releases().promote(OLDEST, Authority.ALONE), List.of(OLD, OLDEST), OLDEST);
  }

  @Test
  void aRollbackThatDiedIsKnownByCurrent() throws Exception {
    releases().rollback(Authority.ALONE);
    assertThat(seen("rollback")).isEqualTo(OLDEST);
    int operations = FaultyFileSystem.operations().size();
    assertThat(operations).isPositive();
    for (int at = 0; at < 9; at++) {
      TinyRelease.restore(output, before);
      FaultyFileSystem.fail(at, Fault.DIES_AFTER);
      assertThatThrownBy(() -> releases().rollback(Authority.ALONE))
          .isInstanceOf(InclusionException.class);
      FaultyFileSystem.heal();
      String now = seen("rollback " + at);
      // The operator sees which one is current, and points to the one that is wanted.
      releases().promote(OLDEST, Authority.ALONE);
      assertThat(now).isIn(OLD, OLDEST);
      assertThat(seen("promote")).isEqualTo(OLDEST);
      assertThat(new History(folder()).before(OLDEST)).contains(OLD);
    }
  }

  @Test
  void aCollectionThatDiesTakesNothingThatReadersFollowAndTheNextOneEndsIt() throws Exception {
    publish(NEW);
    Files.createDirectories(output.resolve("releases/00000000000000dd/inclusion"));
    Files.writeString(output.resolve("releases/00000000000000dd/inclusion/part-0"), "half");
    before = TinyRelease.texts(output);
    failEach(() -> releases().collect(1, Long.MAX_VALUE), List.of(NEW), NEW);
    assertThat(output.resolve("releases").toFile().list())
        .containsExactlyInAnyOrder("CURRENT", "catalog.json", OLD, NEW);
  }

  @Test
  void withoutTheRightThePointerStays() {
    Authority lost =
        new Authority() {
          @Override
          public void confirm() {
            throw new InclusionException(ErrorCode.RUN_IN_PROGRESS, "taken over");
          }

          @Override
          public Optional<byte[]> signature(byte[] manifest) {
            return Optional.empty();
          }
        };
    assertThatThrownBy(
            () -> Pointer.move(folder(), NEW, "Made & Up", History.Cause.PUBLISHED, lost))
        .hasMessage("[RUN_IN_PROGRESS] taken over");
    assertThat(releases().current()).contains(OLD);
  }

  @Test
  void whereAllIsAsItShouldBeNothingIsWritten() {
    FaultyFileSystem.heal();
    publish(OLD);
    assertThat(FaultyFileSystem.operations()).isEmpty();
  }
}
