package org.inclusionmaps.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inclusionmaps.config.OutputSettings;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which output folder is meant: told, or that of settings. */
final class OutputOption {
  @ArgGroup(multiplicity = "1")
  private Where where = new Where();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "one setting, as output.path=out; wins over the files")
  private List<String> sets = new ArrayList<>();

  /** One of the two. */
  static final class Where {
    @Option(
        names = "--output",
        paramLabel = "PATH",
        description = "the output folder (output.path)")
    private @Nullable String output;

    @Option(
        names = "--config",
        split = ",",
        paramLabel = "FILE",
        description = "settings of the country, YAML, which name the output folder")
    private List<Path> config = new ArrayList<>();
  }

  String path() {
    String output = where.output;
    return output == null ? settings().output().path() : output;
  }

  /** How long a holder of its lease may show no life. */
  int leaseSeconds() {
    return where.output == null
        ? settings().output().leaseSeconds()
        : OutputSettings.USUAL_LEASE_SECONDS;
  }

  private Settings settings() {
    return SettingsLoader.load(where.config, System.getenv(), sets);
  }
}
