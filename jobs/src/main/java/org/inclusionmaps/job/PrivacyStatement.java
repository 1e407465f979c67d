package org.inclusionmaps.job;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.PrivacySettings;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.measurement.Query;
import org.inclusionmaps.privacy.Rational;
import org.inclusionmaps.privacy.ZeroConcentrated;
import org.inclusionmaps.security.Ledger;
import org.inclusionmaps.security.LedgerEntry;

/**
 * What a measurement cost and rests on, in words for readers of a release. It is written from the
 * ledger beside the counts, and goes with them, so that a release tells the same whatever is
 * charged later and whoever may read the ledger.
 */
final class PrivacyStatement {
  /** Feeds leave out names that begin so. */
  private static final String NAME = "_privacy.md";

  private static final double NINE_IN_TEN = 1.6448536269514722;

  private PrivacyStatement() {}

  /** Writes the statement of a measurement that was charged for. */
  static void write(
      Settings settings,
      List<Query> queries,
      Ledger ledger,
      LedgerEntry charge,
      Path folder,
      Configuration hadoop) {
    String text = String.join("\n", lines(settings.privacy(), queries, ledger, charge)) + "\n";
    MeasurementFolders.write(new Path(folder, NAME), text, hadoop);
  }

  private static List<String> lines(
      PrivacySettings privacy, List<Query> queries, Ledger ledger, LedgerEntry charge) {
    List<String> lines = new ArrayList<>();
    lines.add("## Measurement " + charge.measurement());
    lines.add("");
    Integer sims = privacy.simsPerPerson();
    lines.add(
        sims == null
            ? "Each person counts once, at one SIM."
            : "Each SIM counts; a person is taken to have %d at most.".formatted(sims));
    if (privacy.detail().containsKey(PrivacySettings.CELL)) {
      lines.add(
          "A home is a radio cell: an area's count is of persons whose home cell stands in it.");
    }
    if (privacy.withoutNoise()) {
      withoutNoise(privacy, queries, lines);
    } else {
      noise(privacy, queries, ledger, charge, lines);
    }
    lines.add("");
    lines.add("Purpose: " + plain(String.valueOf(privacy.purpose())));
    lines.add("Legal basis: " + plain(String.valueOf(privacy.legalBasis())));
    lines.add("Allowed until: " + plain(String.valueOf(privacy.expires())));
    lines.add("Ledger: entry %d, charged %s".formatted(charge.entry(), charge.at()));
    if (privacy.localTrial()) {
      lines.add("");
      lines.add("**A local trial**: Spark was not secured. It must not rest on real persons.");
    }
    return lines;
  }

  private static void withoutNoise(
      PrivacySettings privacy, List<Query> queries, List<String> lines) {
    lines.add(
        "Counts have **no noise**: they are shown as they are, all operators together, or hidden. Hidden is a count of fewer than %d %s, 0 among them (but not 0 of unknown sex or age); one of which a single operator of several has more than %d %%; a group that is all of its area or place; and what would tell these by adding and subtracting. This promises less than noise does: it holds for what is shown here, not for what else is known."
            .formatted(
                privacy.leastCounted(),
                privacy.simsPerPerson() == null ? "persons" : "SIMs",
                privacy.thresholds().mostOperatorPct()));
    lines.add("");
    lines.add("Counted: " + String.join(", ", queries.stream().map(Query::name).toList()) + ".");
  }

  private static void noise(
      PrivacySettings privacy,
      List<Query> queries,
      Ledger ledger,
      LedgerEntry charge,
      List<String> lines) {
    lines.add(
        "Counts have discrete Gaussian noise: with %s zero-concentrated differential privacy, %s."
            .formatted("rho " + charge.rho(), epsilon(charge.charge(), privacy)));
    Rational spent = ledger.spentBy(charge);
    lines.add(
        "With all measurements charged to its ledger before: rho %s of %s, %s."
            .formatted(spent, Rational.of(privacy.lifetimeRho()), epsilon(spent, privacy)));
    lines.add("");
    lines.add("| counted | cost, rho | a raw count is off, 9 times of 10, by at most |");
    lines.add("|---|---|---|");
    for (Query query : queries) {
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | %s | %.0f |",
              query.name(),
              query.rho(),
              NINE_IN_TEN * Math.sqrt(query.variance().roundedUp())));
    }
  }

  private static String epsilon(Rational rho, PrivacySettings privacy) {
    return String.format(
        Locale.ROOT,
        "epsilon %.2f at delta %.0e",
        ZeroConcentrated.epsilon(rho, privacy.delta()),
        privacy.delta());
  }

  /** One line, without what Markdown or HTML would take for more than words. */
  private static String plain(String words) {
    return words.replaceAll("[\\s]+", " ").replaceAll("[<>|`*\\[\\]]", "");
  }

  /** The statements of the measurements that settings name, in the order of their feeds. */
  static List<String> read(Settings settings, Configuration hadoop) {
    List<String> statements = new ArrayList<>();
    for (FeedSettings feed : Feeds.of(settings, Tables.MEASUREMENT)) {
      Path given = new Path(feed.path());
      try {
        FileSystem files = given.getFileSystem(hadoop);
        FileStatus[] found = files.globStatus(given);
        for (FileStatus status : found == null ? new FileStatus[0] : found) {
          Path folder = status.isDirectory() ? status.getPath() : status.getPath().getParent();
          Path statement = new Path(folder, NAME);
          if (!files.exists(statement)) {
            throw new InclusionException(
                ErrorCode.INPUT_MISSING,
                "inputs.measurement: %s has no %s, which tells what the counts cost; copy the whole folder that `inclusion measure` wrote"
                    .formatted(folder, NAME));
          }
          try (InputStream in = files.open(statement)) {
            statements.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
          }
        }
      } catch (IOException e) {
        throw new InclusionException(
            ErrorCode.INPUT_MISSING, "inputs.measurement: %s cannot be read".formatted(given), e);
      }
    }
    return List.copyOf(statements);
  }
}
