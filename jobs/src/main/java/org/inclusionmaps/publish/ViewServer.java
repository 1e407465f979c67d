package org.inclusionmaps.publish;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.jspecify.annotations.Nullable;

/**
 * Serves the files of a release, and of other releases beside it, to this machine alone, with the
 * byte ranges that the map asks for. Source: RFC 9110, section 14.
 */
public final class ViewServer implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{0,18})");
  private static final String PAGE = "viewer/index.html";
  private static final int THREADS = 4;
  private static final int LAST_PORT = 65535;

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json",
          "csv", "text/csv; charset=utf-8",
          "md", "text/markdown; charset=utf-8",
          "txt", "text/plain; charset=utf-8");

  private final Path root;
  private final HttpServer server;
  private final ExecutorService threads;

  private ViewServer(Path root, HttpServer server) {
    this.root = root;
    this.server = server;
    this.threads = Executors.newFixedThreadPool(THREADS);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
  }

  /**
   * Starts to serve.
   *
   * @param release a release, or an output folder with releases, whose current one is served
   * @param port 0 for any that is free
   * @throws InclusionException if there is no release, or the port is none or cannot be opened
   */
  public static ViewServer start(Path release, int port) {
    if (port < 0 || port > LAST_PORT) {
      throw new InclusionException(
          ErrorCode.SETTINGS_WRONG,
          "--port is %d but must be 0 to %d; 0 takes any that is free".formatted(port, LAST_PORT));
    }
    Path root = current(release.toAbsolutePath().normalize());
    try {
      InetAddress here = InetAddress.getLoopbackAddress();
      HttpServer http = HttpServer.create(new InetSocketAddress(here, port), 0);
      ViewServer server = new ViewServer(root.toRealPath(), http);
      http.start();
      return server;
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.SETTINGS_WRONG,
          "port %d cannot be opened: %s; choose another with --port"
              .formatted(port, e.getMessage()),
          e);
    }
  }

  /** The address of the map. */
  public String address() {
    return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), page());
  }

  private String page() {
    Path releases = root.resolveSibling("");
    return "/" + releases.toUri().relativize(root.toUri()).getRawPath() + PAGE;
  }

  /** The folder of the release that is shown. */
  public Path root() {
    return root;
  }

  /** Stops at once. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static Path current(Path given) {
    if (Files.isRegularFile(given.resolve(PAGE))) {
      return given;
    }
    for (Path folder : new Path[] {given, given.resolve("releases")}) {
      Path pointer = folder.resolve(Pointer.NAME);
      if (Files.isRegularFile(pointer)) {
        try {
          return Pointer.name(Files.readAllBytes(pointer))
              .map(folder::resolve)
              .filter(release -> Files.isRegularFile(release.resolve(PAGE)))
              .orElseThrow(() -> namesNone(pointer));
        } catch (IOException e) {
          throw new InclusionException(
              ErrorCode.INPUT_MISSING, pointer + " cannot be read: " + e.getMessage(), e);
        }
      }
    }
    throw InclusionException.withRemedy(
        ErrorCode.INPUT_MISSING,
        given + " is no release and has no releases/" + Pointer.NAME,
        "Start `inclusion run` first, or name a release or an output folder that is there.");
  }

  private static InclusionException namesNone(Path pointer) {
    return InclusionException.withRemedy(
        ErrorCode.INPUT_MISSING,
        pointer + " names no release that has a map",
        "See which releases there are by `inclusion releases list`, and name the folder of one, or"
            + " point readers to one by `inclusion releases promote RELEASE`.");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!method.equals("GET") && !method.equals("HEAD")) {
        refuse(exchange, 405, "only GET and HEAD");
        return;
      }
      String asked = exchange.getRequestURI().getPath();
      if (asked.equals("/")) {
        exchange.getResponseHeaders().set("Location", page());
        exchange.sendResponseHeaders(302, -1);
        return;
      }
      Path file = file(asked.substring(1));
      if (file == null) {
        refuse(exchange, 404, "no such file");
        return;
      }
      send(exchange, file, method.equals("HEAD"));
    }
  }

  /** A file within a release: the first name of what is asked for is the release's folder. */
  private @Nullable Path file(String asked) throws IOException {
    Path releases = root.resolveSibling("");
    Path file = releases.resolve(asked).normalize();
    if (!file.startsWith(releases) || file.getNameCount() <= releases.getNameCount() + 1) {
      return null;
    }
    Path release = releases.resolve(file.getName(releases.getNameCount()));
    boolean within =
        Files.isRegularFile(release.resolve(PAGE))
            && Files.isRegularFile(file)
            && file.toRealPath().startsWith(release.toRealPath());
    return within ? file : null;
  }

  private static void send(HttpExchange exchange, Path file, boolean headersOnly)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    String name = String.valueOf(file.getFileName());
    String ending = name.substring(name.lastIndexOf('.') + 1);
    headers.set("Content-Type", TYPES.getOrDefault(ending, "application/octet-stream"));
    headers.set("Accept-Ranges", "bytes");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Cache-Control", "no-cache");
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      long from = 0;
      long to = size - 1;
      String range = exchange.getRequestHeaders().getFirst("Range");
      Matcher asked = RANGE.matcher(range == null ? "" : range);
      int status = 200;
      if (asked.matches()) {
        from = Long.parseLong(asked.group(1));
        to = asked.group(2).isEmpty() ? to : Math.min(to, Long.parseLong(asked.group(2)));
        if (from >= size || from > to) {
          headers.set("Content-Range", "bytes */" + size);
          refuse(exchange, 416, "no such range");
          return;
        }
        status = 206;
        headers.set("Content-Range", "bytes %d-%d/%d".formatted(from, to, size));
      }
      long length = to - from + 1;
      if (headersOnly || length == 0) {
        headers.set("Content-Length", String.valueOf(length));
        exchange.sendResponseHeaders(status, -1);
        return;
      }
      exchange.sendResponseHeaders(status, length);
      try (OutputStream out = exchange.getResponseBody()) {
        copy(channel.position(from), length, out);
      }
    }
  }

  private static void copy(FileChannel channel, long length, OutputStream out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    var target = Channels.newChannel(out);
    for (long left = length; left > 0; left -= buffer.limit()) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), left));
      while (buffer.hasRemaining()) {
        if (channel.read(buffer) < 0) {
          throw new IOException("the file has become shorter");
        }
      }
      target.write(buffer.flip());
    }
  }

  private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
    byte[] text = (why + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, text.length);
    exchange.getResponseBody().write(text);
  }
}
