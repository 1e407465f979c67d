package org.inclusionmaps.job;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.publish.NothingPublished;
import org.inclusionmaps.security.Lease;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells how a command ended, with the same exit status: where a cluster keeps it to itself. */
@Command(
    name = "status",
    description =
        "Tells how the last run, or the attempt of a label, ended, and ends with the same status:"
            + " 7 if it still runs, 70 if its process died without a word, 3 if there is none.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Mixin private OutputOption where = new OutputOption();

  @Option(
      names = "--attempt",
      defaultValue = "",
      paramLabel = "LABEL",
      description =
          "what was given to run --attempt; without it the attempt that started last, and was not"
              + " refused because another held the lease")
  private String label = "";

  @Option(
      names = "--json",
      description = "print it as JSON, as its file in the folder attempts has it")
  private boolean json;

  @Spec private CommandSpec spec;

  /** Picocli makes the command and fills in its fields. */
  @SuppressWarnings("NullAway.Init")
  StatusCommand() {}

  @Override
  public Integer call() {
    Configuration hadoop = Sessions.hadoop();
    String output = where.path();
    Attempt attempt = found(output, hadoop);
    if (attempt.state() == Attempt.State.RUNNING
        && (attempt.isGone() || Lease.isAbandoned(output, attempt.holder(), hadoop))) {
      attempt = attempt.died();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(attempt.json());
    } else {
      print(attempt, out);
    }
    out.flush();
    Integer status = attempt.exitStatus();
    return status == null ? ErrorCode.RUN_IN_PROGRESS.exitStatus() : status;
  }

  private Attempt found(String output, Configuration hadoop) {
    return AttemptFiles.find(output, label, hadoop)
        .orElseThrow(
            () ->
                label.isEmpty()
                    ? NothingPublished.refusal(
                        "no attempt is recorded in %s: nothing was started there".formatted(output))
                    : InclusionException.withRemedy(
                        ErrorCode.INPUT_MISSING,
                        "no attempt %s is recorded in %s: it was not started, or failed before its driver could tell"
                            .formatted(label, output),
                        "See the log of the submission; or name what was given to `inclusion run"
                            + " --attempt`."));
  }

  private static void print(Attempt attempt, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: %s %s since %s%s%n",
        attempt.label(),
        attempt.command(),
        attempt.state().name().toLowerCase(Locale.ROOT),
        attempt.started(),
        attempt.ended() == null ? "" : ", ended " + attempt.ended());
    line(out, "run", attempt.run());
    line(out, "release", attempt.release());
    line(out, "message", attempt.message());
  }

  private static void line(
      PrintWriter out, String name, @org.jspecify.annotations.Nullable String value) {
    if (value != null) {
      out.printf(Locale.ROOT, "  %-8s %s%n", name, value);
    }
  }
}
