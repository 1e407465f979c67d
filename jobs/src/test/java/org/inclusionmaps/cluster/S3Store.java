package org.inclusionmaps.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inclusionmaps.testing.ChildProcess;

/**
 * An object store that speaks S3, in a process of its own, with the bucket {@code country}. Two
 * addresses lead to it: {@code back} is s3proxy itself, {@code front} holds writers to their
 * conditions one at a time, as Amazon S3 does.
 */
record S3Store(ChildProcess process, URI front, URI back) implements AutoCloseable {
  private static final Path SOURCES = Path.of("src", "test", "cluster", "s3").toAbsolutePath();

  static S3Store start(Path folder) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(SparkHome.JAVA.split(" ")));
    command.add("-Xmx512m");
    command.add("-Dlogback.configurationFile=" + SOURCES.resolve("logback.xml"));
    command.addAll(List.of("-cp", Packaged.jars("s3") + "/*"));
    command.addAll(List.of(SOURCES.resolve("S3Server.java").toString(), folder.toString()));
    ChildProcess process = ChildProcess.start(folder.resolve("s3.log"), Map.of(), command);
    Matcher ready = process.says("ready (\\S+) (\\S+)", 1, Duration.ofMinutes(2));
    S3Store store = new S3Store(process, URI.create(ready.group(1)), URI.create(ready.group(2)));
    assertThat(store.put(store.back(), "/country", "", Map.of())).isEqualTo(200);
    return store;
  }

  /** Spark's settings that lead S3A to the front. */
  List<String> options() {
    List<String> options = new ArrayList<>();
    String jars = Packaged.jars("s3a") + "/*";
    Map.of(
            "spark.driver.extraClassPath", jars,
            "spark.executor.extraClassPath", jars,
            "spark.hadoop.fs.s3a.endpoint", front.toString(),
            "spark.hadoop.fs.s3a.endpoint.region", "us-east-1",
            "spark.hadoop.fs.s3a.path.style.access", "true",
            "spark.hadoop.fs.s3a.connection.ssl.enabled", "false",
            "spark.hadoop.fs.s3a.access.key", "inclusion",
            "spark.hadoop.fs.s3a.secret.key", "inclusion")
        .forEach((key, value) -> options.addAll(List.of("--conf", key + "=" + value)));
    return options;
  }

  /** The status of a PUT at one of the addresses. */
  int put(URI address, String path, String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path)).PUT(BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  /** Copies all objects whose names begin with a prefix into a folder. */
  void copy(String prefix, Path folder) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    String after = "";
    Pattern key = Pattern.compile("<Key>([^<]+)</Key>");
    for (boolean more = true; more; ) {
      URI list =
          back.resolve("/country?list-type=2&prefix=" + prefix + "&start-after=" + encoded(after));
      String page =
          client.send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString()).body();
      for (Matcher found = key.matcher(page); found.find(); ) {
        after = found.group(1);
        if (!after.endsWith("/")) {
          Path file = folder.resolve(after);
          Files.createDirectories(file.getParent());
          URI object = back.resolve("/country/" + encoded(after));
          assertThat(
                  client
                      .send(HttpRequest.newBuilder(object).build(), BodyHandlers.ofFile(file))
                      .statusCode())
              .isEqualTo(200);
        }
      }
      more = page.contains("<IsTruncated>true");
    }
  }

  private static String encoded(String key) {
    return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }

  /** The statuses of writers who all create one object at the same time, if it is not there. */
  List<Integer> race(URI address, String path, int writers) throws Exception {
    ExecutorService all = Executors.newFixedThreadPool(writers);
    try {
      List<Callable<Integer>> puts = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        String body = "writer " + writer;
        puts.add(() -> put(address, path, body, Map.of("If-None-Match", "*")));
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> status : all.invokeAll(puts)) {
        statuses.add(status.get());
      }
      return statuses;
    } finally {
      all.shutdownNow();
    }
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
