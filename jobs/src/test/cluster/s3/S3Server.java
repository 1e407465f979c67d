import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import org.gaul.s3proxy.Main;

/**
 * An object store that speaks S3, on 127.0.0.1, until the process ends: {@code java -cp
 * 'jobs/target/cluster/s3/*' S3Server.java FOLDER}. The line "ready FRONT BACK" tells two addresses.
 * BACK is s3proxy. FRONT is s3proxy behind a door that lets writes under a condition ({@code
 * If-None-Match: *}, {@code If-Match: etag}) through one at a time and holds them to it, as Amazon
 * S3 does: s3proxy looks and then writes. Objects are in memory: s3proxy's folders on a disk list
 * objects that are being written, without a size, on which S3A fails.
 */
public final class S3Server {
  private static final Set<String> OWN_HEADERS = // the client of the JDK sets these itself
      Set.of("host", "content-length", "connection", "expect", "upgrade", "transfer-encoding");

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Object DOOR = new Object();

  private S3Server() {}

  public static void main(String[] arguments) throws Exception {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    URI back = URI.create("http://127.0.0.1:" + freePort());
    Path settings = folder.resolve("s3proxy.properties");
    Files.writeString(
        settings,
        """
        s3proxy.endpoint=%s
        s3proxy.authorization=none
        jclouds.provider=transient
        jclouds.identity=inclusion
        jclouds.credential=inclusion
        """
            .formatted(back));
    Main.main(new String[] {"--properties", settings.toString()});
    HttpServer front =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    front.setExecutor(Executors.newCachedThreadPool());
    front.createContext("/", exchange -> pass(exchange, back));
    front.start();
    System.out.println("ready http://127.0.0.1:" + front.getAddress().getPort() + " " + back);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void pass(HttpExchange exchange, URI back) throws IOException {
    try (exchange) {
      boolean condition =
          exchange.getRequestHeaders().containsKey("If-None-Match")
              || exchange.getRequestHeaders().containsKey("If-Match");
      boolean writes = Set.of("PUT", "POST").contains(exchange.getRequestMethod());
      if (condition && writes) {
        synchronized (DOOR) {
          if (holds(exchange, back)) {
            forward(exchange, back, Set.of("if-none-match", "if-match"));
          }
        }
      } else {
        forward(exchange, back, Set.of());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the object is as the writer's condition has it; if not, the writer is told so. */
  private static boolean holds(HttpExchange exchange, URI back)
      throws IOException, InterruptedException {
    URI object = back.resolve(exchange.getRequestURI().getRawPath());
    HttpResponse<Void> head =
        CLIENT.send(
            HttpRequest.newBuilder(object)
                .method("HEAD", BodyPublishers.noBody())
                .build(),
            BodyHandlers.discarding());
    boolean there = head.statusCode() == 200;
    String wanted = exchange.getRequestHeaders().getFirst("If-Match");
    if (wanted != null && !there) {
      refuse(exchange, 404, "NoSuchKey");
      return false;
    }
    String etag = head.headers().firstValue("etag").orElse("").replace("\"", "");
    if (wanted == null ? there : !wanted.replace("\"", "").equals(etag)) {
      refuse(exchange, 412, "PreconditionFailed");
      return false;
    }
    return true;
  }

  private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] body =
        ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%s</Message>"
                + "<RequestId>1</RequestId></Error>")
            .formatted(code, code)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static void forward(HttpExchange exchange, URI back, Set<String> without)
      throws IOException, InterruptedException {
    String query = exchange.getRequestURI().getRawQuery();
    String path = exchange.getRequestURI().getRawPath();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(back + path + (query == null ? "" : "?" + query)));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (!OWN_HEADERS.contains(lower) && !without.contains(lower)) {
                values.forEach(value -> request.header(name, value));
              }
            });
    request.method(exchange.getRequestMethod(), body(exchange));
    HttpResponse<InputStream> response =
        CLIENT.send(request.build(), BodyHandlers.ofInputStream());
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (!List.of("transfer-encoding", "connection", "date").contains(lower)) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    try (InputStream in = response.body()) {
      long length = response.headers().firstValueAsLong("content-length").orElse(0);
      boolean none =
          exchange.getRequestMethod().equals("HEAD")
              || response.statusCode() == 204
              || response.statusCode() == 304
              || response.headers().firstValue("content-length").orElse("").equals("0");
      exchange.sendResponseHeaders(response.statusCode(), none ? -1 : length);
      if (!none) {
        try (OutputStream out = exchange.getResponseBody()) {
          in.transferTo(out);
        }
      }
    }
  }

  private static BodyPublisher body(HttpExchange exchange) {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (length == null || length.equals("0")) {
      return BodyPublishers.ofByteArray(new byte[0]);
    }
    return BodyPublishers.fromPublisher(
        BodyPublishers.ofInputStream(exchange::getRequestBody), Long.parseLong(length));
  }
}
