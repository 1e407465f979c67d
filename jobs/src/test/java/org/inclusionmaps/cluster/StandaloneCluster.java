package org.inclusionmaps.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inclusionmaps.testing.ChildProcess;

/** A standalone master and two workers of one core each, in processes of their own. */
final class StandaloneCluster implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);

  private final List<ChildProcess> processes;
  private final String master;
  private final String rest;

  private StandaloneCluster(List<ChildProcess> processes, String master, String rest) {
    this.processes = processes;
    this.master = master;
    this.rest = rest;
  }

  static StandaloneCluster start(SparkHome home, Path folder)
      throws IOException, InterruptedException {
    ChildProcess master =
        home.start(
            folder.resolve("master.log"),
            "256m",
            "org.apache.spark.deploy.master.Master",
            List.of(
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--webui-port",
                "0",
                "--properties-file",
                properties(folder).toString()));
    String rest =
        "http://127.0.0.1:" + master.says("submitting applications on.* (\\d+)", 1, START).group(1);
    String address = master.says("Starting Spark master at (spark://[^ \\n]+)", 1, START).group(1);
    List<ChildProcess> all = new ArrayList<>(List.of(master));
    for (String name : List.of("one", "two")) {
      all.add(
          home.start(
              folder.resolve("worker-" + name + ".log"),
              "256m",
              "org.apache.spark.deploy.worker.Worker",
              List.of(
                  "--host",
                  "127.0.0.1",
                  "--port",
                  "0",
                  "--webui-port",
                  "0",
                  "--cores",
                  "2",
                  "--memory",
                  "2g",
                  "--work-dir",
                  folder.resolve("work-" + name).toString(),
                  address)));
    }
    master.says("Registering worker", 2, START);
    return new StandaloneCluster(all, address, rest);
  }

  private static Path properties(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("master.conf"),
        """
        spark.master.rest.enabled true
        spark.master.rest.host 127.0.0.1
        spark.master.rest.port 0
        """);
  }

  String master() {
    return master;
  }

  /** What the master tells of a driver by its REST interface: FINISHED, FAILED, RUNNING … */
  String driverState(String driver) throws IOException, InterruptedException {
    URI status = URI.create(rest + "/v1/submissions/status/" + driver);
    String body =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(status).build(), BodyHandlers.ofString())
            .body();
    Matcher state = Pattern.compile("\"driverState\"\\s*:\\s*\"(\\w+)\"").matcher(body);
    return state.find() ? state.group(1) : body;
  }

  @Override
  public void close() throws IOException {
    for (ChildProcess process : processes) {
      process.close();
    }
  }
}
