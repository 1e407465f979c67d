package org.inclusionmaps.ingest;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.DeliverySettings.OnBadVersion;
import org.inclusionmaps.config.DeliverySettings.Versions;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.store.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a feed that count. A folder {@code date=YYYY-MM-DD} holds the state of a day, a
 * folder {@code received=YYYY-MM-DDTHHMMSSZ} inside it one delivery of that state, whole.
 */
final class FeedVersions {
  private static final String DATE = "date=";
  private static final String RECEIVED = "received=";

  /** One delivery of a day's state. */
  private record Version(String name, LocalDate date, Instant received, List<FileStatus> files) {}

  /** Refuses a version that cannot count. */
  @FunctionalInterface
  interface Judge {
    void check(String version, Delivery alone);
  }

  private final Configuration hadoop;
  private final Table table;
  private final Delivery all;
  private final IngestContext context;
  private final Judge judge;
  private final List<String> told = new ArrayList<>();

  private FeedVersions(
      Configuration hadoop, Table table, Delivery all, IngestContext context, Judge judge) {
    this.hadoop = hadoop;
    this.table = table;
    this.all = all;
    this.context = context;
    this.judge = judge;
  }

  /** The files of a feed that count: all of them where no folder tells a date. */
  static Delivery chosen(
      SparkSession spark, Table table, FeedSettings feed, IngestContext context) {
    Judge byRows =
        (version, alone) -> {
          try (Ingested read =
              Ingest.read(spark, table, List.of(alone), context, Ingest.Check.ROWS)) {
            if (read.ok() == 0) {
              throw Refusals.broken(table, version + " has no good row");
            }
          }
        };
    return chosen(FeedFiles.configuration(spark), table, feed, context, byRows);
  }

  /** The same where versions are judged otherwise than by reading them. */
  static Delivery chosen(
      Configuration hadoop, Table table, FeedSettings feed, IngestContext context, Judge judge) {
    Delivery all = FeedFiles.delivery(hadoop, table, feed, context.limits());
    return new FeedVersions(hadoop, table, all, context, judge).chosen();
  }

  private Delivery chosen() {
    List<Version> versions = versions();
    if (versions.isEmpty()) {
      return all;
    }
    List<Version> known = new ArrayList<>();
    for (Version version : versions) {
      if (version.date().isAfter(context.referenceDate())) {
        told.add("%s is left out: after release.reference_date".formatted(version.name()));
      } else {
        known.add(version);
      }
    }
    if (known.isEmpty()) {
      throw Refusals.broken(
          table,
          "%s holds no date up to release.reference_date %s: the first is %s; deliver one, or correct the date"
              .formatted(
                  all.feed().path(),
                  context.referenceDate(),
                  versions.get(versions.size() - 1).name()));
    }
    List<FileStatus> files = new ArrayList<>();
    LocalDate newest = null;
    for (List<Version> candidates : candidates(known)) {
      Version taken = taken(candidates);
      files.addAll(taken.files());
      newest = newest == null || taken.date().isAfter(newest) ? taken.date() : newest;
    }
    files.sort(Comparator.comparing(file -> file.getPath().toString()));
    return all.of(files, newest, told);
  }

  /** Versions of which one counts, the newest first: of all dates together, or of each date. */
  private List<List<Version>> candidates(List<Version> newestFirst) {
    if (all.feed().delivery().versions() == Versions.NEWEST) {
      return List.of(newestFirst);
    }
    Map<LocalDate, List<Version>> dates = new TreeMap<>();
    newestFirst.forEach(
        version -> dates.computeIfAbsent(version.date(), date -> new ArrayList<>()).add(version));
    return List.copyOf(dates.values());
  }

  /** The newest of some versions; if it cannot be read and the settings say so, the one before. */
  private Version taken(List<Version> newestFirst) {
    InclusionException refusal = null;
    for (int i = 0; i < newestFirst.size(); i++) {
      Version version = newestFirst.get(i);
      InclusionException fault = fault(version);
      if (fault == null) {
        newestFirst.subList(i + 1, newestFirst.size()).stream()
            .map(
                older -> "%s is left out: superseded by %s".formatted(older.name(), version.name()))
            .forEach(told::add);
        return version;
      }
      refusal = refusal == null ? fault : refusal;
      told.add("%s is left out: %s".formatted(version.name(), fault.getMessage()));
    }
    throw refusal == null ? Refusals.noFiles(table, all.feed().path()) : refusal;
  }

  /** Why a version does not count; null where it does, or where the settings take the newest. */
  private @Nullable InclusionException fault(Version version) {
    if (all.feed().delivery().onBadVersion() == OnBadVersion.FAIL) {
      return null;
    }
    try {
      judge.check(version.name(), all.of(version.files(), version.date(), List.of()));
      return null;
    } catch (InclusionException e) {
      if (e.code() == ErrorCode.CONTRACT_BROKEN) {
        return e;
      }
      throw e;
    }
  }

  /** The versions by date, receipt and hash, the newest first; none where no folder has a date. */
  private List<Version> versions() {
    Map<String, List<FileStatus>> byFolder = new TreeMap<>();
    String undated = null;
    for (FileStatus file : all.all()) {
      String folder = folder(file);
      if (folder.isEmpty()) {
        undated = file.getPath().toString();
      } else {
        byFolder.computeIfAbsent(folder, name -> new ArrayList<>()).add(file);
      }
    }
    if (!byFolder.isEmpty() && undated != null) {
      throw Refusals.broken(
          table,
          "%s lies beside folders date=YYYY-MM-DD; put it into one, or take it away"
              .formatted(undated));
    }
    List<Version> versions = new ArrayList<>();
    byFolder.forEach(
        (folder, files) ->
            versions.add(new Version(folder, date(folder), received(folder), files)));
    Comparator<Version> oldestFirst =
        Comparator.comparing(Version::date)
            .thenComparing(Version::received)
            .thenComparing(version -> twice(version, versions) ? hash(version) : "");
    versions.sort(oldestFirst.reversed());
    return versions;
  }

  private static boolean twice(Version version, List<Version> versions) {
    return versions.stream()
            .filter(other -> other.date().equals(version.date()))
            .filter(other -> other.received().equals(version.received()))
            .count()
        > 1;
  }

  /**
   * The part of a file's path that tells its version: {@code date=…} or {@code date=…/received=…}.
   */
  private static String folder(FileStatus file) {
    List<String> parts = new ArrayList<>();
    for (String part : file.getPath().getParent().toUri().getPath().split("/", -1)) {
      if (part.startsWith(DATE) || (!parts.isEmpty() && part.startsWith(RECEIVED))) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  private LocalDate date(String folder) {
    String text = folder.split("/", -1)[0].substring(DATE.length());
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw wrong(folder, "date=YYYY-MM-DD, as date=2025-12-31");
    }
  }

  /** When a version came; the earliest of times where its folder does not tell. */
  private Instant received(String folder) {
    String[] parts = folder.split("/", -1);
    if (parts.length == 1) {
      return Instant.MIN;
    }
    String text = parts[1].substring(RECEIVED.length()).toUpperCase(Locale.ROOT);
    String digits = text.replace("%3A", "").replace(":", "");
    try {
      if (digits.matches("\\d{4}-\\d{2}-\\d{2}")) {
        return LocalDate.parse(digits).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      if (digits.matches("\\d{4}-\\d{2}-\\d{2}T\\d{6}Z")) {
        return Instant.parse(digits.replaceAll("T(..)(..)(..)Z", "T$1:$2:$3Z"));
      }
    } catch (DateTimeException e) {
      throw wrong(folder, "received=YYYY-MM-DDTHHMMSSZ, as received=2026-01-05T031500Z");
    }
    throw wrong(folder, "received=YYYY-MM-DDTHHMMSSZ, as received=2026-01-05T031500Z");
  }

  private InclusionException wrong(String folder, String form) {
    return Refusals.broken(
        table,
        "%s has a folder %s, but it must be %s; rename it"
            .formatted(all.feed().path(), folder, form));
  }

  /** A hash of a version's files, which tells apart two that came at once. */
  private String hash(Version version) {
    try {
      List<String> hashes = new ArrayList<>();
      for (FileStatus file : version.files()) {
        hashes.add(Sha256.of(file.getPath().getFileSystem(hadoop), file.getPath()));
      }
      hashes.sort(Comparator.naturalOrder());
      return Sha256.of(String.join("", hashes));
    } catch (IOException e) {
      throw Refusals.unreadable(
          table, version.files().get(0).getPath().getParent().toString(), "a file", e);
    }
  }
}
