package org.inclusionmaps.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.ingest.Footers;
import org.inclusionmaps.ingest.IngestContext;
import org.inclusionmaps.operations.Doctor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells whether this machine can run the job. */
@Command(
    name = "doctor",
    description =
        "Looks whether this machine can run the job, without running it. The exit status is that of the first fault.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      split = ",",
      paramLabel = "FILE",
      description = "settings of the country: its output and its feeds are looked at too")
  private List<Path> config = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "one setting; wins over the files")
  private List<String> sets = new ArrayList<>();

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  @Spec private CommandSpec spec;

  /** Picocli makes the command and fills in its fields. */
  @SuppressWarnings("NullAway.Init")
  DoctorCommand() {}

  @Override
  public Integer call() throws JsonProcessingException {
    String output = "";
    Map<String, List<String>> inputs = new TreeMap<>();
    Doctor.Look look = (table, path, hadoop) -> "";
    if (!config.isEmpty()) {
      Settings settings = SettingsLoader.load(config, System.getenv(), sets);
      output = settings.output().path();
      look = (table, path, hadoop) -> footers(settings, table, path, hadoop);
      settings.inputs().entrySet().stream()
          .filter(feeds -> feeds.getValue() != null)
          .forEach(
              feeds ->
                  inputs.put(
                      feeds.getKey(),
                      feeds.getValue().stream()
                          .map(FeedSettings::paths)
                          .flatMap(List::stream)
                          .toList()));
    }
    List<Doctor.Finding> findings = Doctor.examine(new SparkConf(), output, inputs, look);
    print(findings, spec.commandLine().getOut());
    return findings.stream()
        .map(Doctor.Finding::code)
        .filter(Objects::nonNull)
        .findFirst()
        .map(ErrorCode::exitStatus)
        .orElse(0);
  }

  /** Looks at the footers of a feed, or of a file in which its columns are looked up. */
  private static String footers(Settings settings, String table, String path, Configuration hadoop)
      throws IOException {
    Optional<Table> known =
        Tables.INPUTS.stream().filter(input -> input.name().equals(table)).findFirst();
    if (known.isEmpty() || known.get().equals(Tables.TERRAIN)) {
      return ""; // terrain is GeoTIFF, whatever its folder's name tells
    }
    FeedSettings feed =
        Feeds.of(settings, known.get()).stream()
            .filter(stated -> stated.path().equals(path))
            .findFirst()
            .orElseGet(() -> FeedSettings.at(path));
    return Footers.check(hadoop, known.get(), feed, IngestContext.of(settings, Map.of()));
  }

  private void print(List<Doctor.Finding> findings, PrintWriter out)
      throws JsonProcessingException {
    if (json) {
      out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(findings));
    } else {
      for (Doctor.Finding finding : findings) {
        String mark = finding.code() == null ? "ok" : finding.code().toString();
        out.println(
            String.format(Locale.ROOT, "%-19s %s: %s", mark, finding.what(), finding.found()));
        if (finding.code() != null) {
          out.println(" ".repeat(20) + finding.remedy());
        }
      }
    }
    out.flush();
  }
}
