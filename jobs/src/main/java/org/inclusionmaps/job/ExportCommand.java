package org.inclusionmaps.job;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.publish.Export;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the files of a release as a database takes them. */
@Command(
    name = "export",
    description =
        "Writes hexagons and areas of a release as CSV for a database's COPY, outlines as hexadecimal"
            + " WKB; prints each file with its rows. scripts/load-postgis calls it.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RELEASE", description = "folder of a release")
  private Path release = Path.of("");

  @Option(
      names = "--into",
      required = true,
      paramLabel = "DIR",
      description = "a folder that is there")
  private Path into = Path.of("");

  @Spec private CommandSpec spec;

  /** Picocli makes the command and fills in its fields. */
  @SuppressWarnings("NullAway.Init")
  ExportCommand() {}

  @Override
  public Integer call() {
    SparkSession spark = Sessions.open("inclusion-maps export");
    try {
      Export.write(spark, release, into)
          .forEach((file, rows) -> spec.commandLine().getOut().println(file + " " + rows));
    } finally {
      spark.stop();
    }
    return 0;
  }
}
