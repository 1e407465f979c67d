package org.inclusionmaps.config;

/** Where runs and releases go: a folder or a Hadoop address. */
public record OutputSettings(String path) {
  public OutputSettings {
    Checks.given("path", path);
  }
}
