package org.inclusionmaps.security;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Who holds the lease of an output folder. No personal data.
 *
 * @param epoch its number: a higher one ends it
 * @param holder what the process does, as {@code run 0123}
 * @param host the machine's name, for people alone
 * @param process {@link ThisProcess#name()}
 * @param seconds how long its counter may stand still before others take it for dead
 * @param nonce what no other holder's entry has
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record LeaseEntry(
    @JsonProperty("schema_version") int schemaVersion,
    @JsonProperty("epoch") long epoch,
    @JsonProperty("holder") String holder,
    @JsonProperty("host") String host,
    @JsonProperty("pid") long pid,
    @JsonProperty("process") String process,
    @JsonProperty("seconds") int seconds,
    @JsonProperty("nonce") String nonce) {
  static final int SCHEMA_VERSION = 1;

  /** The same of another epoch. */
  LeaseEntry at(long other) {
    return new LeaseEntry(schemaVersion, other, holder, host, pid, process, seconds, nonce);
  }

  /** Whether it tells all that others go by: a file that somebody changed may not. */
  boolean isWhole() {
    return Stream.of(holder, host, process, nonce).allMatch(Objects::nonNull);
  }

  /** In words. */
  String words() {
    return "%s (host %s, process %d, lease %d)".formatted(holder, host, pid, epoch);
  }
}
