package org.inclusionmaps.job;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Properties;
import java.util.stream.Stream;
import picocli.CommandLine.IVersionProvider;

/** The version of the code, as the build wrote it into the jar. */
final class CodeVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"inclusion-maps " + version()};
  }

  static String version() {
    Properties properties = new Properties();
    try (InputStream in = CodeVersion.class.getResourceAsStream("/inclusion-version.properties")) {
      if (in == null) {
        throw new IllegalStateException("inclusion-version.properties is not in the jar");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return properties.getProperty("version", "unknown");
  }

  /**
   * A hash of the code that runs: of its jar, or of its classes in a folder. Unlike the version it
   * tells two builds of one version apart.
   */
  static String build() {
    try {
      Path code =
          Path.of(CodeVersion.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (Stream<Path> files = Files.walk(code)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          digest.update(code.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
          digest.update(Files.readAllBytes(file));
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException | URISyntaxException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("the code's own files cannot be read", e);
    }
  }
}
