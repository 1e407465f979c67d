package org.inclusionmaps.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.store.Sha256;
import org.inclusionmaps.store.SmallFiles;

/**
 * A folder of entries, one file each, which are only ever created. Each has the hash of the one
 * before, so that none can be changed or taken out without a trace; the last ones can be, so the
 * folder must be kept as carefully as the data.
 *
 * @param <E> the entries
 */
final class EntryChain<E extends EntryChain.Entry> {
  /** What every entry tells. */
  interface Entry {
    /** Of how it is written. */
    int schemaVersion();

    /** Its number, from 1 on. */
    int entry();

    /** Hash of the entry before. */
    String previous();

    /** Refuses what is no value of an entry, by an exception. */
    void check();
  }

  private static final String NONE = "0".repeat(64);
  private static final int TRIES = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileSystem files;
  private final Path folder;
  private final Class<E> type;
  private final int schemaVersion;
  private final String name;

  /**
   * The chain in a folder, which need not be there yet.
   *
   * @param name what messages call it
   */
  EntryChain(Configuration hadoop, String folder, Class<E> type, int schemaVersion, String name) {
    this.folder = new Path(folder);
    this.type = type;
    this.schemaVersion = schemaVersion;
    this.name = name;
    try {
      this.files = this.folder.getFileSystem(hadoop);
    } catch (IOException e) {
      throw unreadable(this.folder, e);
    }
  }

  /** Entries in their order, and the hash of the last one. */
  record Chain<E>(List<E> entries, String last) {
    /** The number that the next entry has. */
    int next() {
      return entries.size() + 1;
    }
  }

  /**
   * All entries, each checked against the one before.
   *
   * @throws InclusionException if one is missing, changed or not of this version
   */
  Chain<E> read() {
    List<E> entries = new ArrayList<>();
    String last = NONE;
    for (Path path : names()) {
      byte[] bytes = bytes(path);
      E entry = parse(path, bytes);
      int number = entries.size() + 1;
      if (!path.getName().equals(path(number).getName()) || entry.entry() != number) {
        throw broken(path, "entry %d should stand here".formatted(number));
      }
      if (!entry.previous().equals(last)) {
        throw broken(path, "the entry before it is not the one that it was written after");
      }
      entries.add(entry);
      last = Sha256.of(bytes);
    }
    return new Chain<>(List.copyOf(entries), last);
  }

  /**
   * Writes an entry and makes it durable. Where others write at the same time it is made again.
   *
   * @param make the next entry of a chain, or one of its entries, if nothing need be written
   * @return what was made
   */
  E add(Function<Chain<E>, E> make) {
    for (int tries = 0; tries < TRIES; tries++) {
      Chain<E> chain = read();
      E entry = make.apply(chain);
      if (entry.entry() < chain.next() || append(entry)) {
        return entry;
      }
    }
    throw new InclusionException(
        ErrorCode.RUN_IN_PROGRESS,
        "%s is written to by others all the time; run again".formatted(folder));
  }

  /** Where it is. */
  @Override
  public String toString() {
    return folder.toString();
  }

  /** Whether the entry was created: not, if another run made one of the same number first. */
  private boolean append(E entry) {
    Path path = path(entry.entry());
    try {
      SmallFiles.create(files, path, JSON.writeValueAsBytes(entry));
      return true;
    } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.RESOURCES_EXHAUSTED,
          "%s cannot be written: %s; nothing was read of persons".formatted(path, e.getMessage()),
          e);
    }
  }

  private Path path(int entry) {
    return new Path(folder, String.format(Locale.ROOT, "%08d.json", entry));
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

  private E parse(Path path, byte[] bytes) {
    try {
      E entry = JSON.readValue(bytes, type);
      if (entry.schemaVersion() != schemaVersion) {
        throw broken(path, "its schema_version is not " + schemaVersion);
      }
      entry.check();
      return entry;
    } catch (JsonProcessingException | NumberFormatException | NullPointerException e) {
      throw broken(path, "it is not an entry");
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private InclusionException broken(Path path, String why) {
    return new InclusionException(
        ErrorCode.CONTRACT_BROKEN,
        "the %s is not whole at %s: %s; nothing is measured until it is restored from a copy"
            .formatted(name, path, why));
  }

  private InclusionException unreadable(Path path, IOException e) {
    return new InclusionException(
        ErrorCode.INPUT_MISSING,
        "the %s cannot be read at %s: %s".formatted(name, path, e.getMessage()),
        e);
  }
}
