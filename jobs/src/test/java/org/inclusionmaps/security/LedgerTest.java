package org.inclusionmaps.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.privacy.Rational;
import org.inclusionmaps.security.LedgerEntry.Kind;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private static final Rational QUARTER = Rational.parse("0.0125");
  private static final Rational LIFETIME = Rational.parse("0.05");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-31T12:00:00.5Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  private Ledger ledger() {
    return Ledger.in(folder.resolve("ledger").toString(), new Configuration(), CLOCK);
  }

  private static LedgerEntry reserve(Ledger ledger, String inputs) {
    return ledger.reserve("m-" + inputs, inputs, QUARTER, LIFETIME, "statistics");
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("ledger"))) {
      return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
    }
  }

  @Test
  void chargesOnceForTheSameInputsAndAgainForOthers() {
    assertThat(ledger().spent()).isEqualTo(Rational.ZERO);
    LedgerEntry first = reserve(ledger(), "a");
    ledger().commit(first);
    ledger().commit(first);
    assertThat(reserve(ledger(), "a")).isEqualTo(first);
    assertThat(ledger().spent()).isEqualTo(QUARTER);
    reserve(ledger(), "b");
    assertThat(ledger().spent()).isEqualTo(Rational.of(1, 40));
    assertThat(ledger().entries())
        .extracting(LedgerEntry::kind)
        .containsExactly(Kind.RESERVE, Kind.COMMIT, Kind.RESERVE);
    assertThat(first.at()).isEqualTo("2026-03-31T12:00:00Z");
  }

  @Test
  void countsAChargeAsSpentThoughTheRunDies() {
    reserve(ledger(), "a"); // and never commits
    assertThat(ledger().spent()).isEqualTo(QUARTER);
  }

  @Test
  void refusesWhatPassesTheLimitAndNothingThatMeetsIt() throws IOException {
    for (String inputs : List.of("a", "b", "c", "d")) {
      reserve(ledger(), inputs);
    }
    assertThat(ledger().spent()).isEqualTo(LIFETIME);
    assertThatThrownBy(() -> reserve(ledger(), "e"))
        .isInstanceOfSatisfying(
            InclusionException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.PRIVACY_BUDGET_SPENT))
        .hasMessageContaining("costs rho 1/80")
        .hasMessageContaining("lifetime budget of 1/20")
        .hasMessageContaining("1/20 is spent");
    assertThat(entries()).hasSize(4);
    assertThat(reserve(ledger(), "d").entry()).isEqualTo(4);
  }

  @Test
  void findsEveryEntryThatWasChangedTakenOutOrPutIn() throws IOException {
    for (String inputs : List.of("a", "b", "c")) {
      reserve(ledger(), inputs);
    }
    Path second = entries().get(1);
    String whole = Files.readString(second);
    for (String bad :
        List.of(
            whole.replace("1/80", "1/800"),
            whole.replace("m-b", "m-x"),
            whole.replace("\"schema_version\":1", "\"schema_version\":2"),
            "",
            whole.substring(0, whole.length() / 2))) {
      Files.writeString(second, bad);
      assertThatThrownBy(() -> ledger().entries())
          .hasMessageContaining("the privacy ledger is not whole at");
      assertThatThrownBy(() -> reserve(ledger(), "z")).hasMessageContaining("is not whole");
    }
    Files.delete(second);
    assertThatThrownBy(() -> ledger().spent()).hasMessageContaining("entry 2 should stand here");
    Files.writeString(second, whole);
    assertThat(ledger().entries()).hasSize(3);
  }

  @RepeatedTest(20)
  void chargesEachOfManyRacingRunsOnce() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<LedgerEntry>> races = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        String inputs = "abcd".substring(i % 4, i % 4 + 1);
        races.add(pool.submit(() -> reserve(ledger(), inputs)));
      }
      for (Future<LedgerEntry> race : races) {
        race.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(ledger().entries())
        .extracting(LedgerEntry::inputs)
        .containsExactlyInAnyOrder("a", "b", "c", "d");
    assertThat(ledger().spent()).isEqualTo(LIFETIME);
    try (Stream<Path> files = Files.list(folder.resolve("ledger"))) {
      assertThat(files).hasSize(4); // no drafts
    }
  }
}
