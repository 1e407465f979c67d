package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.inclusionmaps.testing.SparkExtension;

/** Runs commands as the command line does, in sessions of their own. */
public final class Jobs {
  private Jobs() {}

  /** What a command ended with. */
  public record Outcome(int status, String out, String err) {}

  /** Runs a command in the session that tests share; a command ends the session that it uses. */
  public static Outcome run(String... arguments) {
    SparkExtension.session();
    return execute(arguments);
  }

  /** Runs a command in the session that is there. */
  static Outcome runHere(String... arguments) {
    return execute(arguments);
  }

  /** Starts a command in a Java process of its own. */
  static Process start(int threads, int partitions, Path log, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add") || option.startsWith("-X"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("-Dspark.master=local[" + threads + "]");
    command.add("-Dspark.sql.shuffle.partitions=" + partitions);
    command.add("-Dspark.sql.session.timeZone=UTC");
    command.add("-Dspark.ui.enabled=false");
    command.add("-Dspark.driver.host=127.0.0.1");
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static Outcome execute(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.execute(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    return new Outcome(status, out.toString(), err.toString());
  }

  /** The release that an output folder's pointer names. */
  public static Path release(Path output) throws IOException {
    String current = Files.readString(output.resolve("releases/CURRENT")).strip();
    return output.resolve("releases").resolve(current);
  }

  /** The sha256 of each file below a folder, by its path from there; checksum files left out. */
  public static SortedMap<String, String> hashes(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.filter(Files::isRegularFile).forEach(files::add);
    }
    SortedMap<String, String> hashes = new TreeMap<>();
    for (Path file : files) {
      if (!file.getFileName().toString().endsWith(".crc")) {
        hashes.put(folder.relativize(file).toString(), sha256(Files.readAllBytes(file)));
      }
    }
    assertThat(hashes).isNotEmpty();
    return hashes;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
