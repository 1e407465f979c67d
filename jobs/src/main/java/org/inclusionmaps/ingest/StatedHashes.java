package org.inclusionmaps.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.DeliverySettings;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.store.SmallFiles;
import org.jspecify.annotations.Nullable;

/** The hashes that a feed's files must have: where some are stated, each file needs one. */
final class StatedHashes {
  /** A line of sha256sum: hash, space, a space or a star, name. */
  private static final Pattern LINE = Pattern.compile("\\\\?([0-9a-fA-F]{64})[ \\t]+\\*?(.+)");

  private StatedHashes() {}

  /** File to hash; empty where the settings state none. */
  static Map<String, String> of(SparkSession spark, Table table, Delivery delivery) {
    DeliverySettings settings = delivery.feed().delivery();
    Map<String, String> stated = new TreeMap<>();
    settings.sha256().forEach((name, hash) -> stated.put(name, hash.toLowerCase(Locale.ROOT)));
    Path list = delivery.sumsFile();
    if (list != null) {
      stated.putAll(list(spark, table, list));
    }
    Map<String, String> byFile = new TreeMap<>();
    if (stated.isEmpty()) {
      return byFile;
    }
    Set<String> used = new HashSet<>();
    delivery.all().stream()
        .map(file -> name(stated, delivery, file))
        .filter(Objects::nonNull)
        .forEach(used::add);
    for (FileStatus file : delivery.files()) {
      String name = name(stated, delivery, file);
      if (name == null) {
        throw Refusals.broken(
            table,
            "%s has no stated SHA-256, but other files of the feed have; state its own or take the file away"
                .formatted(file.getPath()));
      }
      byFile.put(file.getPath().toString(), String.valueOf(stated.get(name)));
    }
    for (String name : stated.keySet()) {
      if (!used.contains(name)) {
        throw Refusals.broken(
            table,
            "a SHA-256 is stated for %s, but %s has no such file; deliver it, or correct inputs.%s.delivery"
                .formatted(name, delivery.feed().path(), table.name()));
      }
    }
    return byFile;
  }

  /** The name by which a file's hash is stated: its path within the feed's folder, or its name. */
  private static @Nullable String name(
      Map<String, String> stated, Delivery delivery, FileStatus file) {
    String inside = delivery.inside(file);
    if (stated.containsKey(inside)) {
      return inside;
    }
    String name = file.getPath().getName();
    return stated.containsKey(name) ? name : null;
  }

  private static Map<String, String> list(SparkSession spark, Table table, Path list) {
    Map<String, String> stated = new TreeMap<>();
    try {
      byte[] bytes =
          SmallFiles.read(list.getFileSystem(FeedFiles.configuration(spark)), list)
              .orElseThrow(() -> Refusals.missing(table, list.toString()));
      for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
        Matcher matcher = LINE.matcher(line.strip());
        if (matcher.matches()) {
          String name = matcher.group(2).replaceAll("^(\\./)+", "");
          stated.put(name, matcher.group(1).toLowerCase(Locale.ROOT));
        } else if (!line.isBlank() && !line.startsWith("#")) {
          throw Refusals.broken(
              table,
              "%s has a line that sha256sum does not write: %s; write it again"
                  .formatted(list, line));
        }
      }
    } catch (IOException e) {
      throw Refusals.unreadable(table, list.toString(), "a list of SHA-256", e);
    }
    if (stated.isEmpty()) {
      throw Refusals.broken(table, list + " names no file; write it again by sha256sum");
    }
    return stated;
  }
}
