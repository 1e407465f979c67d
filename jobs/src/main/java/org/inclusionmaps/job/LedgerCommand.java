package org.inclusionmaps.job;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.inclusionmaps.config.PrivacySettings;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.privacy.Rational;
import org.inclusionmaps.privacy.ZeroConcentrated;
import org.inclusionmaps.security.AccessEntry;
import org.inclusionmaps.security.Ledger;
import org.inclusionmaps.security.LedgerEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the privacy ledger: what was charged, and what is left. */
@Command(
    name = "ledger",
    description = "Checks the privacy ledger, prints its entries and what of the budget is left.",
    mixinStandardHelpOptions = true)
final class LedgerCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Option(
      names = "--access",
      description = "check and print instead the log of who opened or deleted rows of persons")
  private boolean access;

  @Spec private CommandSpec spec;

  /** Picocli makes the command and fills in its fields. */
  @SuppressWarnings("NullAway.Init")
  LedgerCommand() {}

  @Override
  public Integer call() {
    Settings settings = options.settings();
    PrintWriter out = spec.commandLine().getOut();
    if (access) {
      Measuring.accessLog(settings, Sessions.hadoop())
          .entries()
          .forEach(entry -> out.println(words(entry)));
      out.flush();
      return 0;
    }
    Ledger ledger = ledger(settings, Sessions.hadoop());
    for (LedgerEntry entry : ledger.entries()) {
      out.printf(
          Locale.ROOT,
          "%4d  %-7s  %s  rho %-8s %s  %s%n",
          entry.entry(),
          entry.kind().name().toLowerCase(Locale.ROOT),
          entry.at(),
          entry.rho(),
          entry.measurement(),
          entry.purpose());
    }
    out.println(spent(ledger, settings.privacy()));
    out.flush();
    return 0;
  }

  private static String words(AccessEntry entry) {
    String told =
        String.format(
            Locale.ROOT,
            "%4d  %s  %-12s %-12s %s  %s",
            entry.entry(),
            entry.at(),
            entry.user(),
            entry.command(),
            entry.measurement(),
            entry.purpose());
    AccessEntry.Deleted deleted = entry.deleted();
    return deleted == null
        ? told + String.format(Locale.ROOT, "  %d files", entry.files().size())
        : told
            + String.format(
                Locale.ROOT,
                " %s: %d files, %d bytes, list %s",
                deleted.step().name().toLowerCase(Locale.ROOT),
                deleted.files(),
                deleted.bytes(),
                deleted.list());
  }

  /** The ledger that settings name. */
  static Ledger ledger(Settings settings, Configuration hadoop) {
    String own = settings.privacy().ledger();
    return Ledger.in(
        own == null ? settings.output().path() + "/ledger" : own, hadoop, Clock.systemUTC());
  }

  /** What is spent and left, in words. */
  static String spent(Ledger ledger, PrivacySettings privacy) {
    Rational spent = ledger.spent();
    return String.format(
        Locale.ROOT,
        "spent rho %s of %s: epsilon %.2f at delta %.0e",
        spent,
        Rational.of(privacy.lifetimeRho()),
        ZeroConcentrated.epsilon(spent, privacy.delta()),
        privacy.delta());
  }
}
