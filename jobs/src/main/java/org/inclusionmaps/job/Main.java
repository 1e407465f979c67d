package org.inclusionmaps.job;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.operations.Failure;
import org.inclusionmaps.operations.StandardError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line: {@code inclusion COMMAND}. The exit status is {@link ErrorCode#exitStatus()}.
 */
@Command(
    name = "inclusion",
    description = "Who lacks affordable access to digital networks, where, and why.",
    mixinStandardHelpOptions = true,
    versionProvider = CodeVersion.class,
    subcommands = {
      RunCommand.class,
      PlanCommand.class,
      DoctorCommand.class,
      MeasureCommand.class,
      LeftOutCommand.class,
      PseudonymiseCommand.class,
      PurgeCommand.class,
      LedgerCommand.class,
      KeyCommand.class,
      SampleCommand.class,
      AccuracyCommand.class,
      ReleasesCommand.class,
      CompareCommand.class,
      ExportCommand.class,
      StatusCommand.class,
      ViewCommand.class
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "2:settings or options wrong",
      "3:input missing",
      "4:a feed or table breaks its contract",
      "5:privacy budget spent",
      "6:disk or memory ran out, or no right to write",
      "7:another run holds the lease",
      "8:release refused by a check",
      "70:a fault of the software"
    })
public final class Main implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  @Spec private CommandSpec spec;

  /** Picocli makes the command and fills in its fields. */
  @SuppressWarnings("NullAway.Init")
  Main() {}

  /** Starts a command; ends the process only if it failed, so that YARN sees a success as one. */
  public static void main(String[] arguments) {
    int status =
        execute(
            arguments,
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            StandardError.writer());
    if (status != 0) {
      System.exit(status);
    }
  }

  static int execute(String[] arguments, PrintWriter out, PrintWriter err) {
    // Some languages write numbers in digits of their own: a release would have other bytes there.
    Locale.setDefault(Locale.ROOT);
    CommandLine command =
        new CommandLine(new Main())
            .setOut(out)
            .setErr(err)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler((error, line, parsed) -> refuse(error, line.getErr()));
    try {
      return command.execute(arguments);
    } catch (Error e) { // Hadoop tells a full disk by an error, and picocli lets it through
      return refuse(e, err);
    }
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int refuse(Throwable error, PrintWriter err) {
    Failure failure = Failure.of(error);
    if (failure.exitStatus() == Failure.INTERRUPTED) {
      return failure.exitStatus(); // the lease tells it
    }
    if (!failure.known()) {
      LOG.error("The run ended by a fault", error);
    }
    err.println(failure.message());
    err.println(failure.remedy());
    return failure.exitStatus();
  }
}
