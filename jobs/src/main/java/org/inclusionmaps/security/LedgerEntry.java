package org.inclusionmaps.security;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.inclusionmaps.privacy.Rational;

/**
 * One entry of the privacy ledger.
 *
 * @param schemaVersion of the entry, 1
 * @param entry its number, from 1 on
 * @param kind reserve, before noise is drawn, or commit, when the measurement is written
 * @param measurement the measurement's name
 * @param inputs hash of all that the measurement's noise is keyed to: what is drawn again with the
 *     same is the same, and costs nothing
 * @param rho the charge, as {@code 1/80}
 * @param purpose why persons were counted
 * @param at when, as ISO 8601 in UTC
 * @param previous sha256 of the entry before, in hexadecimal; of the first one, zeros
 */
public record LedgerEntry(
    @JsonProperty("schema_version") int schemaVersion,
    int entry,
    Kind kind,
    String measurement,
    String inputs,
    String rho,
    String purpose,
    String at,
    String previous)
    implements EntryChain.Entry {
  /** What an entry tells. */
  public enum Kind {
    /** The charge: spent from now on, even if the run dies. */
    @JsonProperty("reserve")
    RESERVE,

    /** The measurement that was charged for is written. */
    @JsonProperty("commit")
    COMMIT
  }

  /** The charge as a number. */
  public Rational charge() {
    return Rational.parse(rho);
  }

  @Override
  public void check() {
    charge();
  }
}
