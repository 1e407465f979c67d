package org.inclusionmaps.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.inclusionmaps.testing.SparkExtension;

/** Looks for marks in whatever a run left: as bytes, unpacked, and as rows of readable Parquet. */
final class CanaryScan {
  private CanaryScan() {}

  /** Where a mark is found: file and what was found there. */
  static List<String> of(List<String> marks, Path... roots) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path root : roots) {
      try (Stream<Path> walk = Files.walk(root)) {
        for (Path file : walk.filter(Files::isRegularFile).toList()) {
          String what = find(marks, file);
          if (!what.isEmpty()) {
            found.add(root.relativize(file) + ": " + what);
          }
        }
      }
    }
    return found;
  }

  private static String find(List<String> marks, Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    List<String> texts = new ArrayList<>();
    texts.add(new String(bytes, StandardCharsets.ISO_8859_1));
    texts.add(new String(bytes, StandardCharsets.UTF_16LE));
    texts.add(new String(bytes, StandardCharsets.UTF_16BE));
    if (bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b) {
      try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
        texts.add(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
      }
    }
    if (texts.get(0).startsWith("PAR1") && texts.get(0).endsWith("PAR1")) {
      texts.addAll(
          SparkExtension.session().read().parquet(file.toString()).toJSON().collectAsList());
    }
    return marks.stream()
        .filter(mark -> texts.stream().anyMatch(text -> text.contains(mark)))
        .findFirst()
        .orElse("");
  }

  /**
   * Keeps what is written to a folder while it lives: Spark deletes its temporary files. A file is
   * linked, not copied, so that what is written later is seen too.
   */
  static Thread keep(Path from, Path to) {
    Thread thread =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                try (Stream<Path> walk = Files.walk(from)) {
                  for (Path file : walk.filter(Files::isRegularFile).toList()) {
                    Path link = to.resolve(file.getFileName() + "-" + file.hashCode());
                    if (!Files.exists(link)) {
                      Files.createLink(link, file);
                    }
                  }
                } catch (IOException | UncheckedIOException e) {
                  // The file was deleted meanwhile.
                }
                try {
                  Thread.sleep(20);
                } catch (InterruptedException e) {
                  return;
                }
              }
            },
            "keeper");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
