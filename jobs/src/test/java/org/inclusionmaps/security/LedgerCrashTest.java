package org.inclusionmaps.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.privacy.Rational;
import org.inclusionmaps.security.LedgerEntry.Kind;
import org.inclusionmaps.testing.FaultyFileSystem;
import org.inclusionmaps.testing.FaultyFileSystem.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every operation of a charge fails in every way: it is charged at most once, and then once. */
class LedgerCrashTest {
  private static final Rational RHO = Rational.parse("0.0125");
  private static final Rational LIMIT = Rational.parse("0.02"); // a second charge would be refused

  @TempDir Path folder;

  @AfterEach
  void heal() {
    FaultyFileSystem.heal();
  }

  private Ledger ledger(String name) {
    Configuration hadoop = new Configuration();
    FaultyFileSystem.register(hadoop);
    return Ledger.in(FaultyFileSystem.address(folder.resolve(name)), hadoop, Clock.systemUTC());
  }

  private static void measure(Ledger ledger) {
    ledger.commit(ledger.reserve("2026-Q1", "inputs", RHO, LIMIT, "statistics"));
  }

  @Test
  void aMeasurementIsChargedOnceWhateverFails() {
    FaultyFileSystem.heal();
    measure(ledger("whole"));
    List<String> operations = FaultyFileSystem.operations();
    assertThat(operations).hasSizeGreaterThanOrEqualTo(6);
    for (int at = 0; at < operations.size(); at++) {
      for (Fault fault :
          List.of(Fault.DIES_BEFORE, Fault.DIES_AFTER, Fault.FAILS, Fault.DONE_BUT_FAILS)) {
        String when = fault + " " + at + ": " + operations.get(at);
        String name = fault + "-" + at;
        FaultyFileSystem.fail(at, fault);
        try {
          measure(ledger(name));
        } catch (InclusionException e) {
          assertThat(e).as(when).hasMessageContaining("fault");
        }
        FaultyFileSystem.heal();
        assertThat(ledger(name).spent()).as(when).isIn(Rational.ZERO, RHO);
        measure(ledger(name));
        assertThat(ledger(name).spent()).as(when).isEqualTo(RHO);
        assertThat(ledger(name).entries())
            .as(when)
            .extracting(LedgerEntry::kind)
            .containsExactly(Kind.RESERVE, Kind.COMMIT);
      }
    }
  }
}
