package org.inclusionmaps.job;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.inclusionmaps.publish.ViewServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Opens the map of a release on this machine. */
@Command(
    name = "view",
    description = "Serves a release to the browser of this machine, until stopped by Ctrl-C.",
    mixinStandardHelpOptions = true)
final class ViewCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "RELEASE",
      arity = "0..1",
      defaultValue = "out",
      description =
          "a release, or an output folder, whose current release is shown; ${DEFAULT-VALUE}")
  private Path release = Path.of("out");

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "port on this machine; 0 takes any that is free; ${DEFAULT-VALUE}")
  private int port;

  @Spec private CommandSpec spec;

  /** Picocli makes the command and fills in its fields. */
  @SuppressWarnings("NullAway.Init")
  ViewCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    try (ViewServer server = ViewServer.start(release, port)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("Showing " + server.root() + " at " + server.address());
      out.println("Stop with Ctrl-C.");
      out.flush();
      Thread.currentThread().join();
    }
    return 0;
  }
}
