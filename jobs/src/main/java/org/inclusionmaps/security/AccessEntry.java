package org.inclusionmaps.security;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the log of who opened rows of persons, or deleted them.
 *
 * @param schemaVersion of the entry, 1
 * @param entry its number, from 1 on
 * @param at when, as ISO 8601 in UTC
 * @param user who, as the operating system or Kerberos names them
 * @param command what for: measure, left-out, pseudonymise, purge
 * @param measurement name of the measurement; empty where there is none
 * @param purpose why persons are counted, as settings state it
 * @param files the files opened, each by its hash under a key: who has the key and the file can
 *     tell that it is meant, nobody else can
 * @param deleted what was deleted; null where nothing was
 * @param previous sha256 of the entry before, in hexadecimal; of the first one, zeros
 */
public record AccessEntry(
    @JsonProperty("schema_version") int schemaVersion,
    int entry,
    String at,
    String user,
    String command,
    String measurement,
    String purpose,
    List<String> files,
    @Nullable Deleted deleted,
    String previous)
    implements EntryChain.Entry {
  /** How far a deletion is. */
  public enum Step {
    /** It begins. */
    @JsonProperty("planned")
    PLANNED,

    /** All is gone. */
    @JsonProperty("done")
    DONE
  }

  /**
   * A deletion.
   *
   * @param step planned, before the first file is deleted, or done
   * @param folders what is deleted, by their paths below the output
   * @param files how many files
   * @param bytes of all files
   * @param list sha256 of the list of files: a line each, its path below the output, a tab and its
   *     bytes
   */
  public record Deleted(Step step, List<String> folders, long files, long bytes, String list) {
    public Deleted {
      folders = List.copyOf(folders);
    }
  }

  public AccessEntry {
    files = List.copyOf(files);
  }

  @Override
  public void check() {
    Objects.requireNonNull(at);
    Objects.requireNonNull(user);
    Objects.requireNonNull(command);
  }
}
