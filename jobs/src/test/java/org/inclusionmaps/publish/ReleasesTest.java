package org.inclusionmaps.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.publish.writing.ReleaseFiles;
import org.inclusionmaps.security.Lease;
import org.inclusionmaps.testing.TinyRelease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasesTest {
  private static final String A = "000000000000000a";
  private static final String B = "000000000000000b";
  private static final String C = "000000000000000c";
  private static final String D = "000000000000000d";

  private final Configuration hadoop = new Configuration();
  @TempDir Path output;

  private Releases releases() {
    return Releases.in(output.toString(), hadoop);
  }

  private ReleaseFiles folder() {
    return new ReleaseFiles(new org.apache.hadoop.fs.Path(output.toString(), "releases"), hadoop);
  }

  private Path release(String name) {
    return output.resolve("releases").resolve(name);
  }

  private void publish(String name, String writtenAt) throws IOException {
    publish(name, writtenAt, "");
  }

  private void publish(String name, String writtenAt, String comparedWith) throws IOException {
    TinyRelease.write(output.toString(), name, comparedWith, hadoop);
    Files.setLastModifiedTime(
        release(name).resolve("manifest.json"), FileTime.from(Instant.parse(writtenAt)));
    Pointer.move(folder(), name, "Made & Up", History.Cause.PUBLISHED, Authority.ALONE);
  }

  private static void refused(ErrorCode code, String message, ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(InclusionException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  @Test
  void releasesAreListedTheLastWrittenFirst() throws Exception {
    publish(B, "2026-01-02T00:00:00Z");
    publish(A, "2026-01-03T00:00:00Z");
    Files.createDirectories(output.resolve("releases/notes"));
    assertThat(releases().list())
        .containsExactly(
            new Releases.Listed(
                A, "2026-01-01", "MU", Instant.parse("2026-01-03T00:00:00Z"), true, false, 531),
            new Releases.Listed(
                B, "2026-01-01", "MU", Instant.parse("2026-01-02T00:00:00Z"), false, false, 531));
  }

  @Test
  void rollbackGoesToTheReleaseBeforeAndBackAgain() throws Exception {
    publish(A, "2026-01-01T00:00:00Z");
    refused(
        ErrorCode.INPUT_MISSING,
        "no release was current before " + A,
        () -> releases().rollback(Authority.ALONE));
    publish(B, "2026-01-02T00:00:00Z");
    assertThat(releases().rollback(Authority.ALONE)).isEqualTo(A);
    assertThat(Files.readString(release("CURRENT"))).isEqualTo(A + "\n");
    assertThat(Files.readString(release("catalog.json"))).contains("\"latest\" : \"" + A);
    assertThat(releases().rollback(Authority.ALONE)).isEqualTo(B);
    assertThat(new History(folder()).releases()).containsExactly(A, B, A, B);
    assertThat(output.resolve("history/00000003.json")).content().contains("rolled_back");
  }

  @Test
  void aPointerThatNoEntryTellsOfIsAddedToTheHistory() throws Exception {
    publish(A, "2026-01-01T00:00:00Z");
    TinyRelease.write(output, B);
    Files.writeString(release("CURRENT"), B + "\n");
    publish(C, "2026-01-03T00:00:00Z");
    assertThat(new History(folder()).releases()).containsExactly(A, B, C);
    assertThat(releases().rollback(Authority.ALONE)).isEqualTo(B);
  }

  @Test
  void aDamagedReleaseIsNotPromoted() throws Exception {
    publish(A, "2026-01-01T00:00:00Z");
    publish(B, "2026-01-02T00:00:00Z");
    Files.writeString(release(A).resolve("indicators.csv"), "area,value\nMU,000000000000000b\n");
    refused(
        ErrorCode.RELEASE_REFUSED,
        "is damaged: indicators.csv has other bytes",
        () -> releases().promote(A, Authority.ALONE));
    assertThat(releases().current()).contains(B);
  }

  @Test
  void whatDiffersFromTheManifestIsTold() throws Exception {
    publish(A, "2026-01-01T00:00:00Z");
    assertThat(releases().verify(A).files()).isEqualTo(2);
    Files.writeString(release(A).resolve("more.txt"), "not ours");
    Files.delete(release(A).resolve("inclusion/part-0.txt"));
    Files.writeString(release(A).resolve("indicators.csv"), "short");
    refused(
        ErrorCode.RELEASE_REFUSED,
        "inclusion/part-0.txt is missing; indicators.csv has 5 bytes and not ",
        () -> releases().verify(A));
    refused(
        ErrorCode.RELEASE_REFUSED, "more.txt is not in the manifest", () -> releases().verify(A));
    Files.writeString(release(A).resolve("manifest.json"), "{");
    refused(ErrorCode.RELEASE_REFUSED, "manifest.json is not JSON", () -> releases().verify(A));
    Files.delete(release(A).resolve("manifest.json"));
    refused(ErrorCode.INPUT_MISSING, "it has no manifest", () -> releases().verify(A));
    refused(ErrorCode.SETTINGS_WRONG, "is no name of a release", () -> releases().verify("../x"));
  }

  @Test
  void aManifestOfAnotherMajorVersionIsRefusedAndOfAnotherMinorOneIsRead() throws Exception {
    publish(A, "2026-01-01T00:00:00Z");
    Path manifest = release(A).resolve("manifest.json");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replace("\"1.0\"", "\"1.7\""));
    assertThat(releases().verify(A).files()).isEqualTo(2);
    Files.writeString(manifest, text.replace("\"1.0\"", "\"2.0\""));
    refused(
        ErrorCode.CONTRACT_BROKEN,
        "manifest.json has schema_version 2.0, but this version of inclusion-maps reads 1.x",
        () -> releases().verify(A));
    assertThat(ReleaseFolder.of(folder()).unreadable())
        .containsExactly(A + " (of a newer version of this software)");
  }

  @Test
  void aReleaseThatReadersArePointedToIsNotWrittenAnewIfItIsDamaged() throws Exception {
    publish(A, "2026-01-01T00:00:00Z");
    assertThat(Standing.isWhole(folder().release(A), Authority.ALONE)).isTrue();
    Files.writeString(release(A).resolve("indicators.csv"), "damaged");
    refused(
        ErrorCode.RELEASE_REFUSED,
        "which CURRENT names, was damaged since it was published: indicators.csv has 7 bytes",
        () -> Standing.isWhole(folder().release(A), Authority.ALONE));
    publish(B, "2026-01-02T00:00:00Z");
    assertThat(Standing.isWhole(folder().release(A), Authority.ALONE)).isFalse();
    assertThat(Standing.isWhole(folder().release(C), Authority.ALONE)).isFalse();
  }

  @Test
  void aReleaseWhoseFolderIsGoneIsWrittenAnewThoughReadersArePointedToIt() throws Exception {
    publish(A, "2026-01-01T00:00:00Z");
    FileUtils.deleteDirectory(release(A).toFile());
    assertThat(Standing.isWhole(folder().release(A), Authority.ALONE)).isFalse();
  }

  @Test
  void aSignatureIsAddedOnceAndChangesNoOtherFile() throws Exception {
    publish(A, "2026-01-01T00:00:00Z");
    Map<String, String> before = TinyRelease.texts(release(A));
    Standing.isWhole(folder().release(A), signing("first"));
    Standing.isWhole(folder().release(A), signing("second"));
    Map<String, String> after = TinyRelease.texts(release(A));
    assertThat(after.remove("manifest.sig")).isEqualTo("Zmlyc3Q=\n");
    assertThat(after).isEqualTo(before);
    assertThat(releases().verify(A).signature()).isEqualTo("Zmlyc3Q=");
    assertThat(releases().list().get(0).signed()).isTrue();
  }

  private static Authority signing(String signature) {
    return new Authority() {
      @Override
      public void confirm() {}

      @Override
      public Optional<byte[]> signature(byte[] manifest) {
        return Optional.of(signature.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      }
    };
  }

  @Test
  void whatNobodyFollowsIsCollected() throws Exception {
    publish("0000000000000001", "2026-01-01T00:00:00Z");
    publish(A, "2026-01-02T00:00:00Z");
    publish(B, "2026-01-03T00:00:00Z");
    publish(C, "2026-01-04T00:00:00Z", A);
    publish(D, "2026-01-05T00:00:00Z");
    releases().promote(C, Authority.ALONE); // before it D, compared with A
    Path half = Files.createDirectories(release("00000000000000ff-00ab"));
    Files.writeString(half.resolve("x"), "half");
    Files.writeString(Files.createDirectories(release("notes")).resolve("x"), "somebody's");
    assertThat(releases().collect(null, 0)).isEmpty();
    assertThat(releases().collect(1, Long.MAX_VALUE))
        .containsExactlyInAnyOrder("0000000000000001", B, "00000000000000ff-00ab");
    assertThat(output.resolve("releases").toFile().list())
        .containsExactlyInAnyOrder("CURRENT", "catalog.json", "notes", A, C, D);
  }

  @Test
  void readersWhoPollWhileReleasesArePublishedSeeEachWhole() throws Exception {
    publish(A, "2026-01-01T00:00:00Z");
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        readers.add(
            pool.submit(
                () -> {
                  int looks = 0;
                  while (!done.get()) {
                    releases().verify(Files.readString(release("CURRENT")).strip());
                    looks++;
                  }
                  return looks;
                }));
      }
      for (int i = 0; i < 30; i++) {
        publish("00000000000001%02x".formatted(i), "2026-01-02T00:00:00Z");
      }
      done.set(true);
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isPositive();
      }
    } finally {
      done.set(true);
      pool.shutdownNow();
    }
  }

  /** As a run publishes; whether it was let to. */
  private boolean tryToPublish(String name) throws IOException {
    try (Lease lease = Lease.take(output.toString(), "run " + name, 120, hadoop)) {
      TinyRelease.write(output.toString(), name, "", hadoop);
      Pointer.move(
          folder(),
          name,
          "Made & Up",
          History.Cause.PUBLISHED,
          new Authority() {
            @Override
            public void confirm() {
              lease.confirm();
            }

            @Override
            public Optional<byte[]> signature(byte[] manifest) {
              return Optional.empty();
            }
          });
      return true;
    } catch (InclusionException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.RUN_IN_PROGRESS);
      return false;
    }
  }

  @Test
  void twoWhoPublishAtOnceLeaveOneWholeRelease() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 50; round++) {
        CyclicBarrier start = new CyclicBarrier(2);
        List<String> names =
            List.of("00000000000002%02x".formatted(round), "00000000000003%02x".formatted(round));
        List<Future<Boolean>> both = new ArrayList<>();
        for (String name : names) {
          both.add(
              pool.submit(
                  () -> {
                    start.await();
                    return tryToPublish(name);
                  }));
        }
        List<String> published = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          if (both.get(i).get()) {
            published.add(names.get(i));
          }
        }
        assertThat(published).isNotEmpty();
        String current = releases().current().orElseThrow();
        assertThat(published).contains(current);
        assertThat(releases().verify(current).files()).isEqualTo(2);
        assertThat(Files.readString(release("catalog.json"))).contains(current);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aDamagedEntryOfTheHistoryKeepsNobodyFromPublishingOrGoingBack() throws Exception {
    publish(A, "2026-01-01T00:00:00Z");
    publish(B, "2026-01-02T00:00:00Z");
    Files.writeString(output.resolve("history/00000002.json"), "{\"release\": \"00");
    publish(C, "2026-01-03T00:00:00Z");
    assertThat(new History(folder()).releases()).containsExactly(A, B, C);
    assertThat(releases().rollback(Authority.ALONE)).isEqualTo(B);
  }

  /** What can stand in {@code CURRENT} beside the name of a release, and what is told of it. */
  private static Map<byte[], String> damages() {
    return Map.of(
        new byte[0],
        "it is empty",
        "\n".getBytes(StandardCharsets.UTF_8),
        "it is empty",
        new byte[] {(byte) 0xff, 0, 7, '\n'},
        "its 4 bytes are no name of a release",
        "../elsewhere\n".getBytes(StandardCharsets.UTF_8),
        "its 13 bytes are no name of a release",
        (D + "\n").getBytes(StandardCharsets.UTF_8),
        "it names " + D + ", and there is no such");
  }

  @Test
  void aDamagedPointerIsToldWithWhatToDo() throws Exception {
    publish(A, "2026-01-01T00:00:00Z");
    publish(B, "2026-01-02T00:00:00Z");
    for (Map.Entry<byte[], String> damage : damages().entrySet()) {
      Files.write(release("CURRENT"), damage.getKey());
      refused(
          ErrorCode.RELEASE_REFUSED,
          release("CURRENT") + " names no release: " + damage.getValue(),
          () -> releases().current());
      refused(
          ErrorCode.RELEASE_REFUSED,
          "(the last that was current is %s), and point readers to one by `inclusion releases promote RELEASE`"
              .formatted(B),
          () -> releases().current());
    }
    Files.delete(release("CURRENT"));
    refused(ErrorCode.RELEASE_REFUSED, "it is not there", () -> releases().current());
    refused(
        ErrorCode.RELEASE_REFUSED, "it is not there", () -> releases().rollback(Authority.ALONE));
    releases().promote(B, Authority.ALONE);
    assertThat(releases().current()).contains(B);
  }

  @Test
  void whereNothingWasPublishedThereIsNoCurrentRelease() throws Exception {
    assertThat(releases().current()).isEmpty();
    refused(
        ErrorCode.INPUT_MISSING,
        "CURRENT is not there: nothing was published",
        () -> releases().rollback(Authority.ALONE));
  }

  @Test
  void aDamagedPointerEntersNoHistoryAndIsMendedByTheNextRelease() throws Exception {
    publish(A, "2026-01-01T00:00:00Z");
    for (byte[] damage : damages().keySet()) {
      Files.write(release("CURRENT"), damage);
      publish(B, "2026-01-02T00:00:00Z");
      assertThat(new History(folder()).releases()).containsExactly(A, B);
      assertThat(releases().current()).contains(B);
    }
    Files.write(release("CURRENT"), new byte[] {(byte) 0xff});
    releases().promote(A, Authority.ALONE);
    assertThat(new History(folder()).releases()).containsExactly(A, B, A);
    assertThat(releases().rollback(Authority.ALONE)).isEqualTo(B);
  }

  @Test
  void anEntryOfTheHistoryThatNamesNoReleaseIsPassedOver() throws Exception {
    publish(A, "2026-01-01T00:00:00Z");
    Files.writeString(output.resolve("history/00000002.json"), "{\"release\": \"\ufffd!\"}");
    publish(B, "2026-01-02T00:00:00Z");
    assertThat(new History(folder()).releases()).containsExactly(A, A, B);
    assertThat(releases().rollback(Authority.ALONE)).isEqualTo(A);
  }

  @Test
  void whereTheCurrentReleaseIsGoneRollbackGoesToTheOneBefore() throws Exception {
    publish(A, "2026-01-01T00:00:00Z");
    publish(B, "2026-01-02T00:00:00Z");
    Files.delete(release(B).resolve("manifest.json"));
    refused(
        ErrorCode.RELEASE_REFUSED,
        "its manifest is missing",
        () -> Standing.isWhole(folder().release(B), Authority.ALONE));
    assertThat(releases().rollback(Authority.ALONE)).isEqualTo(A);
    assertThat(new History(folder()).releases()).containsExactly(A, B, A);
  }

  @Test
  void whoDiesWhileAWholeReleaseIsSignedLeavesItWhole() throws Exception {
    publish(A, "2026-01-01T00:00:00Z");
    Files.writeString(release(A).resolve("_draft-0"), "half a signa");
    assertThat(releases().verify(A).files()).isEqualTo(2);
    assertThat(Standing.isWhole(folder().release(A), Authority.ALONE)).isTrue();
    Files.writeString(release(A).resolve("inclusion/_draft-0"), "not ours");
    refused(
        ErrorCode.RELEASE_REFUSED,
        "inclusion/_draft-0 is not in the manifest",
        () -> releases().verify(A));
  }
}
