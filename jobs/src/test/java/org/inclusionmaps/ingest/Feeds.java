package org.inclusionmaps.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.config.FeedSettings;

/** Feeds written by tests, and the settings that read them. */
final class Feeds {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  private Feeds() {}

  /** Writes a file; gzipped if its name ends so. */
  static Path file(Path folder, String name, String text) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream raw = Files.newOutputStream(file);
          OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(raw) : raw) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** The settings of a feed: its path, then lines of YAML. */
  static FeedSettings feed(Path path, String yaml) {
    try {
      return YAML.readValue("path: '" + path + "'\n" + yaml.stripIndent(), FeedSettings.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static FeedSettings feed(Path path) {
    return FeedSettings.at(path.toString());
  }

  /** Rows as texts of some columns, in order of the text. */
  static List<String> texts(Dataset<Row> rows, String... columns) {
    return rows.selectExpr("concat_ws('|', " + coalesced(columns) + ")").collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private static String coalesced(String... columns) {
    StringBuilder made = new StringBuilder();
    for (String column : columns) {
      made.append(made.isEmpty() ? "" : ", ");
      made.append("coalesce(cast(`").append(column).append("` as string), '-')");
    }
    return made.toString();
  }
}
