package org.inclusionmaps.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.inclusionmaps.store.Sha256;

/**
 * A release of two files and a manifest, of which everything but the figures is as it should be.
 */
public final class TinyRelease {
  private TinyRelease() {}

  /** Writes one into a local output folder. */
  public static void write(Path output, String name) throws IOException {
    write(output.toString(), name, "", new Configuration());
  }

  /**
   * Writes one.
   *
   * @param output an address
   * @param comparedWith the release that it says it is compared with
   */
  public static void write(String output, String name, String comparedWith, Configuration hadoop)
      throws IOException {
    Configuration own = new Configuration(hadoop);
    own.set("fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem");
    own.setBoolean("fs.file.impl.disable.cache", true);
    var folder = new org.apache.hadoop.fs.Path(output + "/releases/" + name);
    FileSystem files = folder.getFileSystem(own);
    Map<String, String> texts = new TreeMap<>();
    texts.put("indicators.csv", "area,value\nMU," + name + "\n");
    texts.put("inclusion/part-0.txt", ("rows of " + name + "\n").repeat(20));
    StringBuilder entries = new StringBuilder();
    for (Map.Entry<String, String> text : texts.entrySet()) {
      put(files, new org.apache.hadoop.fs.Path(folder, text.getKey()), text.getValue());
      entries
          .append(entries.isEmpty() ? "" : ", ")
          .append(
              "{\"file\": \"%s\", \"bytes\": %d, \"sha256\": \"%s\"}"
                  .formatted(text.getKey(), text.getValue().length(), Sha256.of(text.getValue())));
    }
    put(
        files,
        new org.apache.hadoop.fs.Path(folder, "manifest.json"),
        """
        {"release": "%s", "country": "Made & Up", "reference_date": "2026-01-01",
         "compared_with": "%s", "schema_version": "1.0", "settings": {"country": {"id": "MU"}},
         "files": [%s]}
        """
            .formatted(name, comparedWith, entries));
  }

  private static void put(FileSystem files, org.apache.hadoop.fs.Path path, String text)
      throws IOException {
    try (FSDataOutputStream out = files.create(path, /* overwrite= */ true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** All files below a folder by their paths from there, with their texts. */
  public static Map<String, String> texts(Path folder) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (var walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        texts.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return texts;
  }

  /** Makes a folder have these files and no others. */
  public static void restore(Path folder, Map<String, String> texts) throws IOException {
    try (var walk = Files.walk(folder)) {
      for (Path path : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    for (Map.Entry<String, String> text : texts.entrySet()) {
      Path file = folder.resolve(text.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, text.getValue());
    }
  }
}
