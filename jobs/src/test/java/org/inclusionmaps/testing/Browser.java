package org.inclusionmaps.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A page in headless Chromium, driven by the JDK alone over the DevTools protocol. Source:
 * chromedevtools.github.io/devtools-protocol.
 */
public final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--use-gl=angle",
          "--use-angle=swiftshader",
          "--enable-unsafe-swiftshader",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--no-first-run",
          "--hide-scrollbars",
          "--remote-debugging-port=0");
  private static final long PATIENCE_SECONDS = 180;

  private final Process process;
  private final Path profile;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> answers;
  private final AtomicInteger next = new AtomicInteger();
  private String session = "";

  private Browser(
      Process process,
      Path profile,
      WebSocket socket,
      Map<Integer, CompletableFuture<JsonNode>> answers) {
    this.process = process;
    this.profile = profile;
    this.socket = socket;
    this.answers = answers;
  }

  /** Where Chromium is on this machine, if it is. */
  public static Optional<Path> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(":", -1))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Opens a page of a size in pixels. */
  public static Browser open(Path chromium, String address, int width, int height)
      throws Exception {
    Path profile = Files.createTempDirectory("chromium");
    List<String> command = new ArrayList<>(List.of(chromium.toString()));
    command.addAll(FLAGS);
    command.add("--user-data-dir=" + profile);
    command.add("about:blank");
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(devTools(process)), new Listener(answers))
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    Browser browser = new Browser(process, profile, socket, answers);
    String target =
        browser.send("Target.createTarget", Map.of("url", "about:blank")).path("targetId").asText();
    browser.session =
        browser
            .send("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .path("sessionId")
            .asText();
    browser.send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    browser.send("Page.navigate", Map.of("url", address));
    return browser;
  }

  private static String devTools(Process process) throws IOException {
    BufferedReader log = process.errorReader(StandardCharsets.UTF_8);
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      int at = line.indexOf("ws://");
      if (at >= 0) {
        Thread reader = new Thread(() -> log.lines().forEach(rest -> {}), "chromium's log");
        reader.setDaemon(true);
        reader.start();
        return line.substring(at);
      }
    }
    throw new IOException("Chromium ended without a DevTools address");
  }

  /** The value of an expression of JavaScript, as text. */
  public String evaluate(String expression) throws Exception {
    JsonNode result =
        send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(result.path("exceptionDetails").toString());
    }
    return result.path("result").path("value").asText();
  }

  /** Waits until an expression is true. */
  public void await(String expression) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!evaluate("Boolean(" + expression + ")").equals("true")) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("never true: " + expression);
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** Chooses an option of a select as a reader would. */
  public void choose(String id, String value) throws Exception {
    evaluate(
        "(() => { const s = document.getElementById('%s'); s.value = '%s'; s.dispatchEvent(new Event('change')); })()"
            .formatted(id, value));
  }

  /** Clicks at a point of the page. */
  public void click(int x, int y) throws Exception {
    for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
      send(
          "Input.dispatchMouseEvent",
          Map.of("type", type, "x", x, "y", y, "button", "left", "clickCount", 1));
    }
  }

  /** Clicks at a point, again and again, as a map may still be drawing, until something is true. */
  public void clickUntil(int x, int y, String expression) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    do {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("never true after a click: " + expression);
      }
      click(x, y);
      TimeUnit.SECONDS.sleep(1);
    } while (!evaluate("Boolean(" + expression + ")").equals("true"));
  }

  /** A picture of what is seen, PNG. */
  public byte[] picture() throws Exception {
    return Base64.getDecoder()
        .decode(send("Page.captureScreenshot", Map.of("format", "png")).path("data").asText());
  }

  private JsonNode send(String method, Map<String, Object> parameters) throws Exception {
    ObjectNode message = JSON.createObjectNode();
    int id = next.incrementAndGet();
    message.put("id", id).put("method", method).set("params", JSON.valueToTree(parameters));
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    socket.sendText(message.toString(), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    JsonNode got = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (got.has("error")) {
      throw new IllegalStateException(method + ": " + got.path("error"));
    }
    return got.path("result");
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  /** Puts answers to who waits for them. */
  private static final class Listener implements WebSocket.Listener {
    private final Map<Integer, CompletableFuture<JsonNode>> answers;
    private final StringBuilder text = new StringBuilder();

    Listener(Map<Integer, CompletableFuture<JsonNode>> answers) {
      this.answers = answers;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        try {
          JsonNode message = JSON.readTree(text.toString());
          CompletableFuture<JsonNode> waiting = answers.remove(message.path("id").asInt(-1));
          if (waiting != null) {
            waiting.complete(message);
          }
        } catch (IOException e) {
          answers.values().forEach(waiting -> waiting.completeExceptionally(e));
        }
        text.setLength(0);
      }
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }
}
