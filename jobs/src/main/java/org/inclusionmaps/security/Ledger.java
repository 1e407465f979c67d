package org.inclusionmaps.security;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.privacy.Rational;
import org.inclusionmaps.security.LedgerEntry.Kind;

/**
 * What of the lifetime budget of privacy is spent: an {@link EntryChain}.
 *
 * <p>A charge is written and made durable before any noise is drawn. It counts as spent from then
 * on, whatever becomes of the run. A measurement that would draw the same noise for the same inputs
 * again is free.
 */
public final class Ledger {
  private static final int SCHEMA_VERSION = 1;

  private final EntryChain<LedgerEntry> chain;
  private final Clock clock;

  private Ledger(EntryChain<LedgerEntry> chain, Clock clock) {
    this.chain = chain;
    this.clock = clock;
  }

  /** The ledger in a folder, which need not be there yet. */
  public static Ledger in(String folder, Configuration hadoop, Clock clock) {
    return new Ledger(
        new EntryChain<>(hadoop, folder, LedgerEntry.class, SCHEMA_VERSION, "privacy ledger"),
        clock);
  }

  /**
   * All entries in their order, each checked against the one before.
   *
   * @throws InclusionException if one is missing, changed or not of this version
   */
  public List<LedgerEntry> entries() {
    return chain.read().entries();
  }

  /** The sum of all charges. */
  public Rational spent() {
    return spent(entries());
  }

  /** The sum of all charges up to one, itself too. */
  public Rational spentBy(LedgerEntry charge) {
    return spent(entries().stream().filter(entry -> entry.entry() <= charge.entry()).toList());
  }

  private static Rational spent(List<LedgerEntry> entries) {
    return entries.stream()
        .filter(entry -> entry.kind() == Kind.RESERVE)
        .map(LedgerEntry::charge)
        .reduce(Rational.ZERO, Rational::plus);
  }

  /**
   * Refuses a measurement that cannot be paid, before any file of persons is opened. One of whose
   * name there is a charge may be the same again, and free: only its files tell.
   *
   * @throws InclusionException {@link ErrorCode#PRIVACY_BUDGET_SPENT} if the limit would be passed
   */
  public void refuseIfSpent(String measurement, Rational rho, Rational limit) {
    List<LedgerEntry> entries = entries();
    if (entries.stream().noneMatch(entry -> entry.measurement().equals(measurement))) {
      refuse(measurement, rho, limit, spent(entries));
    }
  }

  private void refuse(String measurement, Rational rho, Rational limit, Rational spent) {
    if (spent.plus(rho).compareTo(limit) > 0) {
      throw new InclusionException(
          ErrorCode.PRIVACY_BUDGET_SPENT,
          "the measurement %s costs rho %s, but of the lifetime budget of %s (privacy.lifetime_rho) %s is spent by %s; use the stored measurement, or have the budget changed by who is responsible for it"
              .formatted(measurement, rho, limit, spent, chain));
    }
  }

  /**
   * Charges a measurement, before a person is read or noise is drawn. With inputs that were charged
   * before nothing is charged again.
   *
   * @param measurement its name
   * @param inputs hash of all that its noise is keyed to
   * @param rho the charge; 0 for a measurement that is not protected by noise
   * @param limit the lifetime budget
   * @return the charge that counts, new or of before
   * @throws InclusionException {@link ErrorCode#PRIVACY_BUDGET_SPENT} if the limit would be passed
   */
  public LedgerEntry reserve(
      String measurement, String inputs, Rational rho, Rational limit, String purpose) {
    if (rho.compareTo(Rational.ZERO) < 0) {
      throw new IllegalArgumentException("the charge is %s but must be 0 or more".formatted(rho));
    }
    return chain.add(
        all -> {
          Optional<LedgerEntry> before = find(all.entries(), Kind.RESERVE, inputs);
          if (before.isEmpty()) {
            refuse(measurement, rho, limit, spent(all.entries()));
          }
          return before.orElseGet(
              () -> next(all, Kind.RESERVE, measurement, inputs, rho.toString(), purpose));
        });
  }

  /**
   * Notes that a measurement that was charged for is written. Noting it twice is once.
   *
   * @param charge of it
   */
  public void commit(LedgerEntry charge) {
    chain.add(
        all ->
            find(all.entries(), Kind.COMMIT, charge.inputs())
                .orElseGet(
                    () ->
                        next(
                            all,
                            Kind.COMMIT,
                            charge.measurement(),
                            charge.inputs(),
                            "0",
                            charge.purpose())));
  }

  private static Optional<LedgerEntry> find(List<LedgerEntry> entries, Kind kind, String inputs) {
    return entries.stream()
        .filter(entry -> entry.kind() == kind && entry.inputs().equals(inputs))
        .findFirst();
  }

  private LedgerEntry next(
      EntryChain.Chain<LedgerEntry> all,
      Kind kind,
      String measurement,
      String inputs,
      String rho,
      String purpose) {
    return new LedgerEntry(
        SCHEMA_VERSION,
        all.next(),
        kind,
        measurement,
        inputs,
        rho,
        purpose,
        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
        all.last());
  }
}
