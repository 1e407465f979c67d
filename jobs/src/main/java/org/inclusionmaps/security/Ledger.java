package org.inclusionmaps.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.privacy.Rational;
import org.inclusionmaps.security.LedgerEntry.Kind;

/**
 * What of the lifetime budget of privacy is spent: a folder of entries, one file each, which are
 * only ever created. Each has the hash of the one before, so that none can be changed or taken out
 * without a trace; the last ones can be, so the folder must be kept as carefully as the data.
 *
 * <p>A charge is written and made durable before any noise is drawn. It counts as spent from then
 * on, whatever becomes of the run. A measurement that would draw the same noise for the same inputs
 * again is free.
 */
public final class Ledger {
  private static final String NONE = "0".repeat(64);
  private static final int SCHEMA_VERSION = 1;
  private static final int TRIES = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileSystem files;
  private final Path folder;
  private final Clock clock;

  private Ledger(FileSystem files, Path folder, Clock clock) {
    this.files = files;
    this.folder = folder;
    this.clock = clock;
  }

  /** The ledger in a folder, which need not be there yet. */
  public static Ledger in(String folder, Configuration hadoop, Clock clock) {
    Path path = new Path(folder);
    try {
      return new Ledger(path.getFileSystem(hadoop), path, clock);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /**
   * All entries in their order, each checked against the one before.
   *
   * @throws InclusionException if one is missing, changed or not of this version
   */
  public List<LedgerEntry> entries() {
    return read().entries();
  }

  /** The sum of all charges. */
  public Rational spent() {
    return spent(entries());
  }

  private static Rational spent(List<LedgerEntry> entries) {
    return entries.stream()
        .filter(entry -> entry.kind() == Kind.RESERVE)
        .map(LedgerEntry::charge)
        .reduce(Rational.ZERO, Rational::plus);
  }

  /**
   * Charges a measurement, before a person is read or noise is drawn. With inputs that were charged
   * before nothing is charged again.
   *
   * @param measurement its name
   * @param inputs hash of all that its noise is keyed to
   * @param rho the charge, above 0
   * @param limit the lifetime budget
   * @return the charge that counts, new or of before
   * @throws InclusionException {@link ErrorCode#PRIVACY_BUDGET_SPENT} if the limit would be passed
   */
  public LedgerEntry reserve(
      String measurement, String inputs, Rational rho, Rational limit, String purpose) {
    if (rho.compareTo(Rational.ZERO) <= 0) {
      throw new IllegalArgumentException("the charge is %s but must be above 0".formatted(rho));
    }
    for (int tries = 0; tries < TRIES; tries++) {
      Chain chain = read();
      Optional<LedgerEntry> before =
          chain.entries().stream()
              .filter(e -> e.kind() == Kind.RESERVE && e.inputs().equals(inputs))
              .findFirst();
      if (before.isPresent()) {
        return before.get();
      }
      Rational spent = spent(chain.entries());
      if (spent.plus(rho).compareTo(limit) > 0) {
        throw new InclusionException(
            ErrorCode.PRIVACY_BUDGET_SPENT,
            "the measurement %s costs rho %s, but of the lifetime budget of %s (privacy.lifetime_rho) %s is spent by %s; use the stored measurement, or have the budget changed by who is responsible for it"
                .formatted(measurement, rho, limit, spent, folder));
      }
      LedgerEntry entry = next(chain, Kind.RESERVE, measurement, inputs, rho.toString(), purpose);
      if (append(entry)) {
        return entry;
      }
    }
    throw contended();
  }

  /**
   * Notes that a measurement that was charged for is written. Noting it twice is once.
   *
   * @param reserved its charge
   */
  public void commit(LedgerEntry reserved) {
    for (int tries = 0; tries < TRIES; tries++) {
      Chain chain = read();
      boolean known =
          chain.entries().stream()
              .anyMatch(e -> e.kind() == Kind.COMMIT && e.inputs().equals(reserved.inputs()));
      LedgerEntry entry =
          next(
              chain,
              Kind.COMMIT,
              reserved.measurement(),
              reserved.inputs(),
              "0",
              reserved.purpose());
      if (known || append(entry)) {
        return;
      }
    }
    throw contended();
  }

  private InclusionException contended() {
    return new InclusionException(
        ErrorCode.RUN_IN_PROGRESS,
        "%s is written to by others all the time; run again".formatted(folder));
  }

  private LedgerEntry next(
      Chain chain, Kind kind, String measurement, String inputs, String rho, String purpose) {
    return new LedgerEntry(
        SCHEMA_VERSION,
        chain.entries().size() + 1,
        kind,
        measurement,
        inputs,
        rho,
        purpose,
        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
        chain.last());
  }

  /** Whether the entry was created: not, if another run made one of the same number first. */
  private boolean append(LedgerEntry entry) {
    Path path = path(entry.entry());
    try {
      files.mkdirs(folder);
      CreateOnly.write(files, path, JSON.writeValueAsBytes(entry));
      return true;
    } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.RESOURCES_EXHAUSTED,
          "%s cannot be written: %s; nothing was drawn".formatted(path, e.getMessage()),
          e);
    }
  }

  private Path path(int entry) {
    return new Path(folder, String.format(Locale.ROOT, "%08d.json", entry));
  }

  /** Entries, and the hash of the last one. */
  private record Chain(List<LedgerEntry> entries, String last) {}

  private Chain read() {
    List<LedgerEntry> entries = new ArrayList<>();
    String last = NONE;
    for (Path path : names()) {
      byte[] bytes = bytes(path);
      LedgerEntry entry = parse(path, bytes);
      int number = entries.size() + 1;
      if (!path.getName().equals(path(number).getName()) || entry.entry() != number) {
        throw broken(path, "entry %d should stand here".formatted(number));
      }
      if (!entry.previous().equals(last)) {
        throw broken(path, "the entry before it is not the one that it was written after");
      }
      entries.add(entry);
      last = sha256(bytes);
    }
    return new Chain(List.copyOf(entries), last);
  }

  private List<Path> names() {
    List<Path> names = new ArrayList<>();
    try {
      for (FileStatus status : files.listStatus(folder)) {
        if (status.getPath().getName().endsWith(".json")) {
          names.add(status.getPath());
        }
      }
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
    names.sort(Comparator.comparing(Path::getName));
    return names;
  }

  private byte[] bytes(Path path) {
    try (InputStream in = files.open(path)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static LedgerEntry parse(Path path, byte[] bytes) {
    try {
      LedgerEntry entry = JSON.readValue(bytes, LedgerEntry.class);
      if (entry.schemaVersion() != SCHEMA_VERSION) {
        throw broken(path, "its schema_version is not " + SCHEMA_VERSION);
      }
      entry.charge();
      return entry;
    } catch (JsonProcessingException | NumberFormatException | NullPointerException e) {
      throw broken(path, "it is not an entry");
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static InclusionException broken(Path path, String why) {
    return new InclusionException(
        ErrorCode.CONTRACT_BROKEN,
        "the privacy ledger is not whole at %s: %s; nothing is measured until it is restored from a copy"
            .formatted(path, why));
  }

  private static InclusionException unreadable(Path path, IOException e) {
    return new InclusionException(
        ErrorCode.INPUT_MISSING,
        "the privacy ledger cannot be read at %s: %s".formatted(path, e.getMessage()),
        e);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
