package org.inclusionmaps.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.store.SmallFiles;

/**
 * The files of leases: {@code 00000007.json} tells the holder of epoch 7 and is only ever created;
 * {@code 00000007.done} that it was given back; {@code 00000007.beat} is a counter that its holder
 * raises.
 */
record LeaseFolder(Path folder, FileSystem files) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NAME = Pattern.compile("(\\d{8,18})\\.(json|done|beat)");

  /** No lease comes near it: a file of a higher number is somebody's own. */
  private static final long HIGHEST = 999_999_999_999L;

  static LeaseFolder of(Path output, FileSystem files) {
    return new LeaseFolder(new Path(output, "lease"), files);
  }

  /** The highest epoch; 0 if there is none. */
  long highest() throws IOException {
    long highest = 0;
    for (FileStatus status : list()) {
      Matcher name = NAME.matcher(status.getPath().getName());
      if (name.matches() && name.group(2).equals("json")) {
        long epoch = Long.parseLong(name.group(1));
        highest = epoch < HIGHEST ? Math.max(highest, epoch) : highest;
      }
    }
    return highest;
  }

  /** Who holds an epoch; nothing if its file is gone. */
  Optional<LeaseEntry> holder(long epoch) throws IOException {
    Optional<byte[]> bytes = SmallFiles.read(files, path(epoch, "json"));
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    LeaseEntry unknown = new LeaseEntry(0, epoch, "an unknown run", "unknown", 0, "", 0, "");
    try {
      LeaseEntry entry = JSON.readValue(bytes.get(), LeaseEntry.class);
      return Optional.of(entry != null && entry.isWhole() ? entry.at(epoch) : unknown);
    } catch (JsonProcessingException e) {
      return Optional.of(unknown);
    }
  }

  boolean isGivenBack(long epoch) throws IOException {
    return files.exists(path(epoch, "done"));
  }

  /** The counter of an epoch, as text; empty if it was never raised. */
  String beat(long epoch) throws IOException {
    return SmallFiles.read(files, path(epoch, "beat"))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .orElse("");
  }

  void beat(long epoch, long count) throws IOException {
    byte[] text = (count + "\n").getBytes(StandardCharsets.UTF_8);
    SmallFiles.replace(files, path(epoch, "beat"), text);
  }

  /** Whether the entry is the first of its epoch. */
  boolean create(LeaseEntry entry) throws IOException {
    try {
      SmallFiles.create(files, path(entry.epoch(), "json"), JSON.writeValueAsBytes(entry));
      return true;
    } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Whether an entry is of the highest epoch there is. */
  boolean isHighest(LeaseEntry entry) throws IOException {
    return highest() == entry.epoch() && holder(entry.epoch()).equals(Optional.of(entry));
  }

  void withdraw(LeaseEntry entry) throws IOException {
    files.delete(path(entry.epoch(), "json"), /* recursive= */ false);
  }

  void giveBack(LeaseEntry entry) throws IOException {
    byte[] text = (entry.nonce() + "\n").getBytes(StandardCharsets.UTF_8);
    SmallFiles.create(files, path(entry.epoch(), "done"), text);
  }

  /** Deletes the files of earlier epochs, and what writers that died left. */
  void deleteBefore(long epoch) throws IOException {
    for (FileStatus status : list()) {
      Matcher name = NAME.matcher(status.getPath().getName());
      if (name.matches() && Long.parseLong(name.group(1)) < epoch) {
        files.delete(status.getPath(), /* recursive= */ false);
      }
    }
    SmallFiles.sweep(files, folder);
  }

  private FileStatus[] list() throws IOException {
    try {
      return files.listStatus(folder);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }

  private Path path(long epoch, String kind) {
    return new Path(folder, String.format(Locale.ROOT, "%08d.%s", epoch, kind));
  }
}
