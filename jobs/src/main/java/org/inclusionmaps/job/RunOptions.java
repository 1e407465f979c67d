package org.inclusionmaps.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;
import picocli.CommandLine.Option;

/** Options of the commands that need settings. */
final class RunOptions {
  @Option(
      names = "--config",
      split = ",",
      required = true,
      paramLabel = "FILE",
      description = "settings of the country, YAML; several by commas, a later one wins")
  private List<Path> config = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "one setting, as places.resolution=7; wins over the files")
  private List<String> sets = new ArrayList<>();

  @Option(
      names = "--from",
      defaultValue = "",
      description = "first stage to make anew; what is finished before it is kept")
  private String from = "";

  @Option(names = "--to", defaultValue = "", description = "last stage to run")
  private String to = "";

  @Option(
      names = "--progress",
      defaultValue = "auto",
      description = "auto: a line that renews itself on a terminal, else log lines; plain; none")
  private Progress.Mode progress = Progress.Mode.AUTO;

  @Option(
      names = "--force",
      description = "make every table anew, also those that an earlier try of this run finished")
  private boolean force;

  @Option(
      names = "--attempt",
      defaultValue = "",
      paramLabel = "LABEL",
      description = "name of this start for `inclusion status --attempt`, as a scheduler's run id")
  private String attempt = "";

  Settings settings() {
    return SettingsLoader.load(config, System.getenv(), sets);
  }

  String from() {
    return from;
  }

  String to() {
    return to;
  }

  Run.Again again() {
    return force ? Run.Again.ALL : Run.Again.UNFINISHED;
  }

  String attempt() {
    return attempt;
  }

  Progress.Mode progress() {
    return progress;
  }
}
