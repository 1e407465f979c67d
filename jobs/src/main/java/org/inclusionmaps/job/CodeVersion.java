package org.inclusionmaps.job;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
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
}
