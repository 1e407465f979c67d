package org.inclusionmaps.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.security.AccessEntry.Deleted;
import org.jspecify.annotations.Nullable;

/**
 * Who opened rows of persons, when and why: an {@link EntryChain}. The entry is durable before the
 * first row is read.
 */
public final class AccessLog {
  private static final int SCHEMA_VERSION = 1;

  private final EntryChain<AccessEntry> chain;
  private final Clock clock;

  private AccessLog(EntryChain<AccessEntry> chain, Clock clock) {
    this.chain = chain;
    this.clock = clock;
  }

  /** The log in a folder, which need not be there yet. */
  public static AccessLog in(String folder, Configuration hadoop, Clock clock) {
    return new AccessLog(
        new EntryChain<>(hadoop, folder, AccessEntry.class, SCHEMA_VERSION, "access log"), clock);
  }

  /**
   * All entries in their order, each checked against the one before.
   *
   * @throws InclusionException if one is missing, changed or not of this version
   */
  public List<AccessEntry> entries() {
    return chain.read().entries();
  }

  /**
   * Notes that files of persons are about to be opened.
   *
   * @param files as {@link #hidden} tells them
   */
  public AccessEntry opened(
      String command, String measurement, String purpose, List<String> files) {
    return add(command, measurement, purpose, files, null);
  }

  /** Notes a deletion. */
  public AccessEntry deleted(String command, Deleted what) {
    return add(command, "", "", List.of(), what);
  }

  private AccessEntry add(
      String command,
      String measurement,
      String purpose,
      List<String> files,
      @Nullable Deleted deleted) {
    String user = user();
    return chain.add(
        all ->
            new AccessEntry(
                SCHEMA_VERSION,
                all.next(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                user,
                command,
                measurement,
                purpose,
                files,
                deleted,
                all.last()));
  }

  /**
   * What stands for files where others see it: the HMAC of each one's name and hash. A hash without
   * a key would let who knows all persons but one try that one.
   *
   * @param files name to sha256
   */
  public static List<String> hidden(byte[] key, Map<String, String> files) {
    Mac mac = Hashes.hmac(key);
    return new TreeMap<>(files)
        .entrySet().stream()
            .map(file -> "access 1\n" + file.getKey() + "\n" + file.getValue())
            .map(
                text ->
                    HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))))
            .toList();
  }

  private static String user() {
    try {
      return UserGroupInformation.getCurrentUser().getShortUserName();
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.SETTINGS_WRONG,
          "who runs this cannot be told: %s; log in to the cluster".formatted(e.getMessage()),
          e);
    }
  }
}
